"""Structural twins of the public Whisper models: real tokenizer, special tokens, mel bins and file layout; random weights from a fixed seed.

They say nothing meaningful, but they say it exactly: the reference implementation and a faithful engine must produce the same tokens from them.
Speed and memory are those of the real thing, because the shapes are.

usage: twin.py FAMILY SIZE OUT [--vocab FOLDER] [--dtypes fp32 q8 q4] [--timestamped] [--checkpoint]
  FAMILY  multilingual (99 languages, 80 mel bins) | en (English only) | v3 (100 languages, 128 mel bins)
  SIZE    mini | tiny | base | small | turbo
  FOLDER  holds multilingual.tiktoken and gpt2.tiktoken, openai/whisper's vocabularies (MIT);
          tests/fixtures/twins of this repository unless told otherwise
"""
import argparse
import base64
import os

import numpy as np

from bpe import BYTES, NO_RANK, special_names
from hf_folder import (
    END, decoding_fields, language_fields, shared_fields,
    write_config, write_json, write_preprocessor, write_tokenizer,
)
from onnx_export import SUFFIX, Weights, measure_files, random_weights, write_model

VOCAB_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/fixtures/twins")
CONTEXT = 448
SEED = 12
# width, heads, encoder layers, decoder layers
SIZES = {
    "mini": (128, 2, 2, 2), "tiny": (384, 6, 4, 4), "base": (512, 8, 6, 6),
    "small": (768, 12, 12, 12), "turbo": (1280, 20, 32, 4),
}
# vocabulary, language tokens, mel bins
FAMILIES = {"multilingual": ("multilingual", 99, 80), "en": ("gpt2", 99, 80), "v3": ("multilingual", 100, 128)}
LANGUAGES = (
    "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml "
    "cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am "
    "yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue"
).split()


def read_ranks(path: str) -> dict[bytes, int]:
    with open(path) as file:
        pairs = (line.split() for line in file if line.strip())
        return {base64.b64decode(token): int(rank) for token, rank in pairs}


def split_once(token: bytes, ranks: dict[bytes, int]) -> list[bytes]:
    """The two parts whose merge makes this token: its byte-pair encoding with only earlier ranks allowed."""
    parts = [bytes([b]) for b in token]
    while len(parts) > 2:
        pairs = zip(parts, parts[1:])
        _, i = min((ranks.get(a + b, NO_RANK), i) for i, (a, b) in enumerate(pairs))
        parts[i:i + 2] = [parts[i] + parts[i + 1]]
    return parts


def make_printable(token: bytes) -> str:
    return "".join(BYTES[b] for b in token)


def list_merges(ranks: dict[bytes, int]) -> list[str]:
    tokens = sorted((t for t in ranks if len(t) > 1), key=ranks.get)
    return [" ".join(make_printable(part) for part in split_once(t, ranks)) for t in tokens]


def make_weights(dims: dict, n_mels: int, end: int) -> Weights:
    """Random weights tuned so that text, timestamps and an end all occur.

    Logits spread by about 2.5, positions vary them, and the end grows likelier with position.
    """
    w, d, rng = random_weights(dims, n_mels, SEED), dims["d"], np.random.default_rng(SEED + 1)
    w["tok.weight"] = (rng.standard_normal((dims["vocab"], d)) * 2.5 / d ** 0.5).astype(np.float32)
    drift = rng.standard_normal(d)
    drift /= np.linalg.norm(drift)
    slope = np.linspace(0, 40, CONTEXT)[:, None] * drift
    w["dec_pos"] = (rng.standard_normal((CONTEXT, d)) * 0.7 + slope).astype(np.float32)
    w["tok.weight"][end] = drift * 1.2
    return w


def list_public_tokens(family: str, special: dict[str, int]) -> dict[str, int]:
    """Special tokens as the tokenizer.json of this family was published.

    The older families call the no-speech token <|nocaptions|>, and the oldest files list no timestamp tokens.
    """
    public = {}
    for name, i in special.items():
        if family == "en" and name[2].isdigit():
            continue
        is_renamed = name == "<|nospeech|>" and family != "v3"
        public["<|nocaptions|>" if is_renamed else name] = i
    return public


def write_metadata(out: str, family: str, ranks: dict[bytes, int], special: dict[str, int], dims: dict) -> None:
    _, n_languages, n_mels = FAMILIES[family]
    vocab = {make_printable(t): r for t, r in ranks.items()}
    shared = shared_fields(special, vocab["Ġ"])
    multilingual = family != "en"
    generation = shared | {"is_multilingual": multilingual} | decoding_fields(special, dims, [])
    if multilingual:
        generation |= language_fields(special, LANGUAGES[:n_languages])
    write_config(out, shared, dims, n_mels)
    write_json(out, "generation_config.json", generation)
    write_preprocessor(out, n_mels)
    write_tokenizer(out, vocab, list_merges(ranks), list_public_tokens(family, special))


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("family", choices=FAMILIES)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("out")
    parser.add_argument("--vocab", default=VOCAB_FOLDER, metavar="FOLDER")
    parser.add_argument("--dtypes", nargs="*", default=list(SUFFIX), choices=SUFFIX)
    parser.add_argument("--timestamped", action="store_true", help="give the decoder cross_attentions outputs")
    parser.add_argument("--checkpoint", action="store_true", help="also write weights.npz, which a reference runner reads")
    return parser.parse_args()


def main(args: argparse.Namespace) -> None:
    vocabulary, n_languages, n_mels = FAMILIES[args.family]
    ranks = read_ranks(f"{args.vocab}/{vocabulary}.tiktoken")
    names = special_names(LANGUAGES[:n_languages])
    special = {name: len(ranks) + i for i, name in enumerate(names)}
    d, heads, enc, dec = SIZES[args.size]
    dims = {"vocab": len(ranks) + len(special), "d": d, "heads": heads, "enc": enc, "dec": dec, "ctx": CONTEXT}
    weights = make_weights(dims, n_mels, special[END])
    for dtype in args.dtypes:
        write_model(weights, dims, dtype, args.out, attentions=args.timestamped)
    if args.checkpoint:
        sizes = {"dim_" + k: v for k, v in dims.items()}
        np.savez(f"{args.out}/weights.npz", n_mels=n_mels, **sizes, **weights)
    write_metadata(args.out, args.family, ranks, special, dims)
    print(args.family, args.size, dims, measure_files(args.out, 10**6), "MB")


if __name__ == "__main__":
    main(parse_arguments())
