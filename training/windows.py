"""Compose training windows from the pool of spoken sentences that synth.py wrote. Imported by train.py."""
import json
import random
from typing import NamedTuple

import numpy as np

from bpe import Tokenizer
from grammar import LANGS

RATE_HZ = 16000
FRAME_SAMPLES = 320  # one encoder frame, 20 ms
MAX_PROMPT = 223  # Whisper keeps this much of the text before


class Window(NamedTuple):
    x: np.ndarray  # samples
    ids: list[int]  # decoder ids from the start of the transcript
    before: tuple[str, str]  # language and text key a window before it would have
    centre: np.ndarray  # encoder frame each id looks at, -1 unknown
    frames: np.ndarray  # phoneme sounding in each frame, 0 silence


class WindowMaker:
    """Draws windows; the order of the draws is kept as the demo model was trained with."""

    def __init__(self, prefix: str, tok: Tokenizer, rng: random.Random):
        self.tok, self.rng, self.special = tok, rng, tok.special
        self.pool = np.load(prefix + ".npy", mmap_mode="r")
        with open(prefix + ".json") as file:
            meta = json.load(file)
        names = sorted({p for m in meta for _, p in m["phones"]})
        self.phone_ids = {p: i + 1 for i, p in enumerate(names)}
        self.by_lang = {lang: [m for m in meta if m["lang"] == lang] for lang in LANGS}

    def stamp(self, sec: float) -> int:
        return self.special["<|0.00|>"] + min(1500, max(0, round(sec / 0.02)))

    def make_noise(self, n: int) -> np.ndarray:
        """White or brown, unit variance."""
        x = np.random.randn(n).astype(np.float32)
        if self.rng.random() < 0.5:
            x = np.cumsum(x)
            x -= np.linspace(x[0], x[-1], n)
            x /= np.abs(x).max() + 1e-9
        return x / (x.std() + 1e-9)

    def token_frames(self, m: dict) -> list[float]:
        """Encoder frame, counted from the utterance's start, at which each text token is spoken."""
        if "frames" not in m:
            times = [s for s, _, _ in m["words"]] + [m["size"]]
            chars = [p for _, p, _ in m["words"]] + [len(m["text"])]
            at, out = 0, []
            for piece in self.tok.encode(" " + m["text"]):
                n = len(self.tok.decode([piece]).replace("\ufffd", "")) or 1
                out.append(float(np.interp(at - 1 + n / 2, chars, times)) / FRAME_SAMPLES)
                at += n
            m["frames"] = out
        return m["frames"]

    def previous(self, lang: str, key: str) -> list[int]:
        """What the decoder is shown of the window before: segments with timestamps, as transcription passes them on, or a sentence."""
        rng, tok = self.rng, self.tok
        if rng.random() < 0.15:
            return tok.encode(" " + rng.choice(self.by_lang[lang])[key])
        ids, t = [], rng.uniform(0, 2)
        # part of one window before, or the tail of several
        for _ in range(rng.choice((rng.randint(1, 12), rng.randint(6, 36)))):
            m = rng.choice(self.by_lang[lang])
            end = t + m["size"] / RATE_HZ
            if end > 30:  # the next window's clock
                t = rng.uniform(0, 2)
                end = t + m["size"] / RATE_HZ
            ids += [self.stamp(t)] + tok.encode(" " + m[key]) + [self.stamp(end)]
            t = end + rng.uniform(0.15, 2) if rng.random() < 0.9 else end + rng.uniform(2, 12)
        return ids[-MAX_PROMPT:]

    def place_speech(self, x: np.ndarray, seconds: float, lang: str, speech: bool) -> list[tuple]:
        """Add utterances to x; (start s, end s, utterance, whether it ends inside)."""
        rng, N = self.rng, len(x)
        segments, t = [], rng.choice((0.0, 0.0, rng.uniform(0, 1.2)))
        if seconds >= 15 and rng.random() < 0.5:
            t = rng.uniform(6, seconds - 4)  # late timestamps need as much practice as early ones
        sparse = seconds >= 15 and rng.random() < 0.15
        most = rng.choice((1, 1, 2, 3)) if seconds >= 15 and rng.random() < 0.35 else 99
        while speech:
            m = rng.choice(self.by_lang[lang])
            start, size = int(t * RATE_HZ), m["size"]
            if start >= N - 3200:
                break
            if segments and start + size > N and rng.random() < (0.75 if seconds < 15 else 0.4):
                break
            if not segments and start + size > N:
                start = 0 if size > N else rng.randint(0, N - size)
                if size > N:
                    m = min((rng.choice(self.by_lang[lang]) for _ in range(8)), key=lambda c: c["size"])
                    size = m["size"]
                if start + size > N:
                    continue
            raw = self.pool[m["start"]: m["start"] + min(size, N - start)].astype(np.float32)
            piece = raw / 32768 * rng.uniform(0.4, 1.4)
            x[start: start + len(piece)] += piece
            end = (start + size) / RATE_HZ
            segments.append((start / RATE_HZ, end, m, start + size <= N))
            if sparse:
                t = end + rng.uniform(3, 24)
            else:
                t = end + (rng.uniform(0.15, 0.8) if rng.random() < 0.7 else rng.uniform(0.8, 4))
            if len(segments) >= most or not sparse and rng.random() < (0.15 if seconds < 8 else 0.03):
                break
        return segments

    def label(self, segments: list[tuple], lang: str, n_frames: int) -> tuple:
        """ids, before, centre and frames of a Window with speech."""
        S, rng = self.special, self.rng
        task = "translate" if lang != "en" and rng.random() < 0.3 else "transcribe"
        key = "english" if task == "translate" else "text"
        stamps = rng.random() < 0.7  # without them too: word timing reads the attentions of such a sequence
        ids = [S["<|startoftranscript|>"], S[f"<|{lang}|>"], S[f"<|{task}|>"]]
        ids += [] if stamps else [S["<|notimestamps|>"]]
        centre, frames = [-1] * len(ids), np.zeros(n_frames, np.int64)
        for start, end, m, whole in segments:
            edges = [s for s, _ in m["phones"]] + [m["size"]]
            for (s, p), e in zip(m["phones"], edges[1:]):
                span = slice(round(start * 50 + s / FRAME_SAMPLES), round(start * 50 + e / FRAME_SAMPLES))
                frames[span] = self.phone_ids[p]
            if whole:
                text = self.tok.encode(" " + m[key])
                where = [start * 50 + f for f in self.token_frames(m)] if key == "text" else [-1] * len(text)
                ids += [self.stamp(start)] + text + [self.stamp(end)] if stamps else text
                centre += [start * 50] + where + [end * 50] if stamps else where
            elif stamps:
                ids += [self.stamp(start)]
                centre += [start * 50]
        return ids + [S["<|endoftext|>"]], (lang, key), np.array(centre + [-1]), frames

    def make(self, seconds: float) -> Window:
        rng, S, N = self.rng, self.special, int(seconds * RATE_HZ)
        x = np.zeros(N, np.float32)
        lang = rng.choices(LANGS, (0.43, 0.19, 0.19, 0.19))[0]
        level = 10 ** rng.uniform(-4.2, -1.9) if rng.random() < 0.85 else 0
        segments = self.place_speech(x, seconds, lang, rng.random() > 0.06)
        if level:
            x += self.make_noise(N) * level
        if segments:
            return Window(x, *self.label(segments, lang, N // FRAME_SAMPLES))
        ids = [S["<|startoftranscript|>"], S["<|nospeech|>"], S["<|endoftext|>"]]
        return Window(x, ids, (lang, "text"), np.full(3, -1), np.zeros(N // FRAME_SAMPLES, np.int64))
