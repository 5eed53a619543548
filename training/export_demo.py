"""Write a trained checkpoint as a Hugging Face style folder: ONNX in fp32, q8 and q4, configs, tokenizer.

usage: export_demo.py CHECKPOINT.pt MERGES.json OUT
"""
import json
import sys

import torch

from bpe import Tokenizer
from grammar import LANGS
from hf_folder import (
    decoding_fields, find_quiet_tokens, language_fields, shared_fields,
    write_config, write_json, write_preprocessor, write_tokenizer,
)
from onnx_export import SUFFIX, measure_files, weights_of, write_model

N_MELS = 80
NEVER_SPOKEN = (
    "<|startoftranscript|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>",
)


def main(checkpoint: str, merges: str, out: str) -> None:
    trained = torch.load(checkpoint)
    with open(merges) as file:
        tok = Tokenizer(json.load(file))
    dims, weights = trained["dims"], weights_of(trained["weights"])
    for dtype in SUFFIX:
        write_model(weights, dims, dtype, out, attentions=True)
    shared = shared_fields(tok.special, tok.vocab["Ġ"])
    suppress = find_quiet_tokens(tok) + [tok.special[name] for name in NEVER_SPOKEN]
    write_config(out, shared, dims, N_MELS)
    write_json(
        out, "generation_config.json",
        shared | {"is_multilingual": True} | language_fields(tok.special, LANGS)
        | decoding_fields(tok.special, dims, suppress),
    )
    write_preprocessor(out, N_MELS)
    write_tokenizer(out, tok.vocab, [f"{a} {b}" for a, b in tok.merges], tok.special)
    print(measure_files(out, 10**3), "kB")


if __name__ == "__main__":
    main(*sys.argv[1:4])
