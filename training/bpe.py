"""Train a small byte-level BPE on the grammar and lay out Whisper's special tokens behind it.

usage: bpe.py MERGES.json
"""
import json
import random
import re
import sys
from collections import Counter

from grammar import LANGS, draw

N_TIMESTAMPS = 1501  # 0.00 to 30.00 s in steps of 0.02 s
SPLIT = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?\d+| ?[^\s\w]+|\s+(?!\S)|\s+")
NO_RANK = 1 << 30


def byte_alphabet() -> dict[int, str]:
    """GPT-2's reversible byte -> printable character map."""
    keep = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    table, extra = {b: chr(b) for b in keep}, 0
    for b in range(256):
        if b not in table:
            table[b] = chr(256 + extra)
            extra += 1
    return table


BYTES = byte_alphabet()


def special_names(languages: list[str] | tuple[str, ...]) -> list[str]:
    """Whisper's special tokens in id order: end, start, languages, tasks, markers, timestamps."""
    names = ["<|endoftext|>", "<|startoftranscript|>"]
    names += [f"<|{lang}|>" for lang in languages]
    names += ["<|translate|>", "<|transcribe|>", "<|startoflm|>"]
    names += ["<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]
    return names + [f"<|{i * 0.02:.2f}|>" for i in range(N_TIMESTAMPS)]


class Tokenizer:
    """Byte-level BPE; `special` maps the names of special tokens to ids."""

    def __init__(self, merges: list[list[str]]):
        self.merges = [tuple(m) for m in merges]
        self.ranks = {m: i for i, m in enumerate(self.merges)}
        self.vocab = {c: i for i, c in enumerate(sorted(BYTES.values()))}
        for a, b in self.merges:
            self.vocab.setdefault(a + b, len(self.vocab))
        self.n_text = len(self.vocab)
        names = special_names(LANGS)
        self.special = {name: self.n_text + i for i, name in enumerate(names)}
        self.size = self.n_text + len(names)
        self.text_of = {i: t for t, i in self.vocab.items()}
        self.unbyte = {c: b for b, c in BYTES.items()}

    def encode_word(self, word: str) -> list[int]:
        parts = [BYTES[b] for b in word.encode()]
        while len(parts) > 1:
            pairs = zip(parts, parts[1:])
            rank, i = min((self.ranks.get(pair, NO_RANK), i) for i, pair in enumerate(pairs))
            if rank == NO_RANK:
                break
            parts[i:i + 2] = [parts[i] + parts[i + 1]]
        return [self.vocab[p] for p in parts]

    def encode(self, text: str) -> list[int]:
        return [t for w in SPLIT.findall(text) for t in self.encode_word(w)]

    def decode(self, ids: list[int]) -> str:
        """Text of the ids; special tokens are left out, broken UTF-8 becomes U+FFFD."""
        chars = (c for i in ids if i < self.n_text for c in self.text_of[i])
        return bytes(self.unbyte[c] for c in chars).decode("utf-8", "replace")


def merge_pair(parts: list[str], pair: tuple[str, str]) -> list[str]:
    out, i = [], 0
    while i < len(parts):
        if i + 1 < len(parts) and (parts[i], parts[i + 1]) == pair:
            out.append(pair[0] + pair[1])
            i += 2
        else:
            out.append(parts[i])
            i += 1
    return out


def train_merges(n_merges: int, seed: int = 0, sentences: int = 6000) -> list[tuple[str, str]]:
    """The most frequent pairs of the grammar's own sentences, in the order they merge."""
    rng = random.Random(seed)
    texts = (t for _ in range(sentences) for t in draw(rng).values())
    words = Counter(w for t in texts for w in SPLIT.findall(" " + t))
    parts = {w: [BYTES[b] for b in w.encode()] for w in words}
    merges = []
    for _ in range(n_merges):
        pairs = Counter()
        for w, n in words.items():
            for p in zip(parts[w], parts[w][1:]):
                pairs[p] += n
        if not pairs:
            break
        best = max(pairs, key=lambda p: (pairs[p], p))
        merges.append(best)
        parts = {w: merge_pair(p, best) for w, p in parts.items()}
    return merges


def main(path: str) -> None:
    merges = train_merges(600)
    with open(path, "w") as file:
        json.dump(merges, file, ensure_ascii=False)
    tok = Tokenizer(merges)
    sample = " La niña pequeña espera en la estación lundi matin. What's that?"
    ids = tok.encode(sample)
    print(len(merges), "merges", tok.n_text, "text ids", tok.size, "ids")
    print("round trip", tok.decode(ids) == sample)


if __name__ == "__main__":
    main(sys.argv[1])
