"""Lay spoken sentences into recordings with known text, word times and language, for tests.

usage: compose.py SEED OUT_DIR   writes OUT_DIR/*.wav (16 kHz) and OUT_DIR/truth.json
"""
import json
import os
import random
import sys

import numpy as np
from scipy.io import wavfile

from grammar import draw
from synth import SAMPLE_RATE_HZ, speak

INT16_MAX = 32767
SILENCE_SEC = 12

# name: language, sentences, range of the gaps between them in seconds, noise level
PLAN = {
    "en_short": ("en", 1, (0, 0), 0.001),
    "de_short": ("de", 1, (0, 0), 0.001),
    "es_short": ("es", 1, (0, 0), 0.001),
    "fr_short": ("fr", 1, (0, 0), 0.001),
    "en_window": ("en", 7, (0.3, 1.0), 0.002),
    "fr_window": ("fr", 6, (0.3, 1.0), 0.002),
    "en_long": ("en", 42, (0.3, 2.0), 0.002),
    "de_long": ("de", 24, (0.3, 2.0), 0.003),
    "en_sparse": ("en", 5, (14, 38), 0.001),
    "es_noisy": ("es", 8, (0.3, 1.2), 0.006),
}


def describe_sentence(sentence: dict, lang: str, voice: str, words: list, size: int, start_sec: float) -> dict:
    """The truth of one spoken sentence: texts, voice and times in seconds of the recording."""
    text = sentence[lang]

    def sec(sample: int) -> float:
        return round(start_sec + sample / SAMPLE_RATE_HZ, 3)

    ends = [w[0] for w in words[1:]] + [size]
    timed = [
        {"word": text[p:p + n], "start": sec(begin), "end": sec(end)} for (begin, p, n), end in zip(words, ends)
    ]
    return {
        "start": round(start_sec, 3), "end": sec(size), "text": text, "english": sentence["en"],
        "voice": voice, "words": timed,
    }


def make_recording(
    rng: random.Random, lang: str, sentences: int, gaps_sec: tuple[float, float], noise: float,
    lead_sec: float = 0.4, tail_sec: float = 0.6,
) -> tuple[np.ndarray, dict]:
    """Samples at 16 kHz (int16) and the truth: segments with word times in seconds."""
    parts, truth, at_sec = [np.zeros(int(lead_sec * SAMPLE_RATE_HZ))], [], lead_sec
    for i in range(sentences):
        sentence = draw(rng)
        voice, x, words, _ = speak((rng.randrange(10**9), lang, sentence[lang]))
        truth.append(describe_sentence(sentence, lang, voice, words, len(x), at_sec))
        gap = int((rng.uniform(*gaps_sec) if i + 1 < sentences else tail_sec) * SAMPLE_RATE_HZ)
        parts += [x / 32768, np.zeros(gap)]
        at_sec += len(x) / SAMPLE_RATE_HZ + gap / SAMPLE_RATE_HZ
    y = np.concatenate(parts)
    y = y + np.random.default_rng(rng.randrange(10**9)).standard_normal(len(y)) * noise
    return (np.clip(y, -1, 1) * INT16_MAX).astype(np.int16), {
        "language": lang, "duration": round(len(y) / SAMPLE_RATE_HZ, 3),
        "text": " ".join(t["text"] for t in truth), "segments": truth,
    }


def main(seed: int, out: str) -> None:
    os.makedirs(out, exist_ok=True)
    rng, truth = random.Random(seed), {}
    for name, (lang, sentences, gaps_sec, noise) in PLAN.items():
        x, truth[name + ".wav"] = make_recording(rng, lang, sentences, gaps_sec, noise)
        wavfile.write(f"{out}/{name}.wav", SAMPLE_RATE_HZ, x)
    hiss = np.random.default_rng(seed).standard_normal(SAMPLE_RATE_HZ * SILENCE_SEC) * 0.004
    wavfile.write(f"{out}/noise_only.wav", SAMPLE_RATE_HZ, (hiss * INT16_MAX).astype(np.int16))
    truth["noise_only.wav"] = {"language": None, "duration": float(SILENCE_SEC), "text": "", "segments": []}
    with open(f"{out}/truth.json", "w") as file:
        json.dump(truth, file, ensure_ascii=False, indent=1)
    print({name: t["duration"] for name, t in truth.items()})


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
