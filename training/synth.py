"""Speak sentences of the grammar with espeak-ng, keeping each word's and phoneme's true time.

usage: synth.py COUNT SEED OUT   writes OUT.npy (int16 samples, 16 kHz) and OUT.json (one entry an utterance)
"""
import ctypes as C
import json
import random
import sys
from multiprocessing import Pool

import numpy as np
from scipy.signal import resample_poly

from grammar import LANGS, draw

SAMPLE_RATE_HZ = 16000
SHARE = {"en": 0.46, "de": 0.18, "es": 0.18, "fr": 0.18}
VOICES = {"en": ["gmw/en-US", "gmw/en"], "de": ["gmw/de"], "es": ["roa/es"], "fr": ["roa/fr"]}
VARIANTS = ["", "m1", "m3", "m4", "m7", "f1", "f2", "f3", "f5", "Annie", "Michael", "Hugo"]
WORD, PHONEME = 1, 7  # espeak_EVENT_TYPE
SYNCHRONOUS, PHONEME_EVENTS = 2, 1  # espeak_Initialize: AUDIO_OUTPUT_SYNCHRONOUS, PHONEME_EVENTS
RATE, PITCH = 1, 3  # espeak_PARAMETER
CHARS_UTF8 = 1  # espeak_Synth


class Event(C.Structure):
    """espeak_EVENT of speak_lib.h."""

    _fields_ = [
        ("type", C.c_int), ("uid", C.c_uint), ("text_position", C.c_int), ("length", C.c_int),
        ("audio_position", C.c_int), ("sample", C.c_int), ("user", C.c_void_p), ("string", C.c_char * 8),
    ]


CALLBACK = C.CFUNCTYPE(C.c_int, C.POINTER(C.c_short), C.c_int, C.POINTER(Event))
# espeak-ng calls back into module state: one synthesis at a time in a process.
heard, events = [], []
lib, native_rate_hz = None, 0


@CALLBACK
def collect(wav, n_samples, event):
    if wav and n_samples:
        heard.append(np.ctypeslib.as_array(wav, (n_samples,)).copy())
    i = 0
    while event and event[i].type:
        e = event[i]
        if e.type in (WORD, PHONEME):
            events.append((e.type, e.sample, e.text_position, e.length, e.string.decode("utf-8", "replace")))
        i += 1
    return 0


def load_espeak() -> None:
    global lib, native_rate_hz
    if lib is None:
        lib = C.CDLL("libespeak-ng.so.1")
        native_rate_hz = lib.espeak_Initialize(SYNCHRONOUS, 0, None, PHONEME_EVENTS)
        lib.espeak_SetSynthCallback(collect)


def synthesize(seed: int, lang: str, text: str) -> tuple[str, np.ndarray]:
    """The drawn voice's name and its samples at espeak's own rate; `events` is left filled."""
    rng = random.Random(seed)
    variant = rng.choice(VARIANTS)
    voice = rng.choice(VOICES[lang]) + ("+" + variant if variant else "")
    heard.clear()
    events.clear()
    if lib.espeak_SetVoiceByName(voice.encode()) != 0:
        raise ValueError(f"espeak-ng has no voice {voice}")
    lib.espeak_SetParameter(RATE, rng.randint(145, 180), 0)
    lib.espeak_SetParameter(PITCH, rng.randint(35, 65), 0)
    raw = text.encode() + b"\0"
    lib.espeak_Synth(raw, len(raw), 0, 1, 0, CHARS_UTF8, None, None)
    return voice, np.concatenate(heard).astype(np.float32) / 32768


def speak(job: tuple[int, str, str]) -> tuple[str, np.ndarray, list, list]:
    """Speak (seed, language, text): voice, int16 samples at 16 kHz trimmed of silence and at half scale,
    words [(sample, character, length)] and phonemes [(sample, name)]."""
    load_espeak()
    voice, x = synthesize(*job)
    g = np.gcd(native_rate_hz, SAMPLE_RATE_HZ)
    x = resample_poly(x, SAMPLE_RATE_HZ // g, native_rate_hz // g)
    scale = SAMPLE_RATE_HZ / native_rate_hz
    loud = np.flatnonzero(np.abs(x) > 0.02 * np.abs(x).max())
    lo, hi = int(loud[0]), int(loud[-1] + 1)

    def trimmed(sample: int) -> int:
        return max(0, min(hi - lo, round(sample * scale) - lo))

    words = [(trimmed(s), p - 1, n) for kind, s, p, n, _ in events if kind == WORD]
    phones = [(trimmed(s), name) for kind, s, _, _, name in events if kind == PHONEME]
    x = x[lo:hi]
    return voice, (0.5 * x / np.abs(x).max() * 32767).astype(np.int16), words, phones


def draw_jobs(count: int, seed: int) -> list[tuple[int, str, str, str]]:
    """(seed, language, text, English text) of each utterance."""
    rng, jobs = random.Random(seed), []
    for i in range(count):
        sentence = draw(rng)
        lang = rng.choices(LANGS, [SHARE[name] for name in LANGS])[0]
        jobs.append((seed * 10**6 + i, lang, sentence[lang], sentence["en"]))
    return jobs


def main(count: int, seed: int, out: str) -> None:
    jobs = draw_jobs(count, seed)
    with Pool(2) as pool:
        spoken = pool.map(speak, [job[:3] for job in jobs], chunksize=64)
    meta, at = [], 0
    for (_, lang, text, english), (voice, x, words, phones) in zip(jobs, spoken):
        meta.append({
            "lang": lang, "text": text, "english": english, "voice": voice,
            "start": at, "size": len(x), "words": words, "phones": phones,
        })
        at += len(x)
    np.save(f"{out}.npy", np.concatenate([s[1] for s in spoken]))
    with open(f"{out}.json", "w") as file:
        json.dump(meta, file)
    n_phones = len({p for m in meta for _, p in m["phones"]})
    print(out, count, "utterances", round(at / SAMPLE_RATE_HZ / 3600, 2), "hours", n_phones, "phones")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
