"""What is heard in a clip: silence, one sound, or two in sequence; and its waveform.

Mono, 16 kHz by default (Hz in every formula is real, so other rates work too).
"""

from dataclasses import dataclass

import numpy as np

from .scene import SECONDS

COUNTED = ("beep", "knock")
HELD = ("high tone", "low tone", "rising sweep", "falling sweep", "noise")
KINDS = (*COUNTED, *HELD, "bell")
HALVES = {"first": (0.1, 1.9), "second": (2.1, 3.9), "all": (0.1, 3.9)}


@dataclass
class Sound:
    """One sound event. `count` is 0 unless beeps or knocks; `onsets` are their times (s)."""

    kind: str
    half: str
    count: int
    start: float
    end: float
    onsets: list


def sample_sounds(rng):
    """Zero, one or two sounds in order of time."""
    draw = rng.random()
    if draw < 0.1:
        return []
    if draw < 0.7:
        kind = _kind(rng)
        halves = ["first", "second"] + (["all"] if kind in HELD else [])
        return [_sound(kind, str(rng.choice(halves)), rng)]
    first = _kind(rng)
    second = str(rng.choice([kind for kind in KINDS if kind != first]))
    return [_sound(first, "first", rng), _sound(second, "second", rng)]


def _kind(rng):
    weights = np.array([3 if kind in COUNTED else 1.2 for kind in KINDS])
    return str(rng.choice(KINDS, p=weights / weights.sum()))


def _sound(kind, half, rng):
    early, late = HALVES[half]
    if kind in COUNTED:
        count, period = int(rng.integers(1, 6)), rng.uniform(0.3, 0.37)
        length = (count - 1) * period + 0.13
        start = rng.uniform(early, late - length)
        return Sound(kind, half, count, start, start + length, [start + i * period for i in range(count)])
    if kind == "bell":
        start = rng.uniform(early, late - 1.35)
        return Sound(kind, half, 0, start, start + 1.3, [start])
    length = (late - early) * rng.uniform(0.75, 1.0)
    start = rng.uniform(early, late - length)
    return Sound(kind, half, 0, start, start + length, [start])


def synthesise(sounds, rng, rate=16000, floor=None):
    """Waveform in [-1, 1], SECONDS long, with a faint noise floor (random when None)."""
    samples = int(SECONDS * rate)
    if floor is None:
        floor = 0.0 if rng.random() < 0.3 else 10 ** rng.uniform(-4.5, -2.6)
    wave = rng.normal(0, 1, samples).astype(np.float32) * floor
    for sound in sounds:
        loudness = rng.uniform(0.12, 0.5)
        for onset, tone in zip(sound.onsets, _tones(sound, rng, rate)):
            at = int(onset * rate)
            tone = tone[: samples - at]
            wave[at : at + len(tone)] += loudness * tone
    return np.clip(wave, -1, 1)


def _tones(sound, rng, rate):
    """One waveform per onset."""
    def seconds(length):
        return np.arange(int(length * rate), dtype=np.float32) / rate

    length = sound.end - sound.start
    if sound.kind == "beep":
        pitch, t = rng.uniform(700, 1500), seconds(0.13)
        return [_faded(np.sin(2 * np.pi * pitch * t), rate)] * sound.count
    if sound.kind == "knock":
        t, body = seconds(0.11), rng.uniform(140, 230)
        return [_knock(t, body, rng) for _ in range(sound.count)]
    if sound.kind == "bell":
        t, pitch = seconds(1.3), rng.uniform(600, 950)
        partials = ((1, 0.6), (2.0, 0.25), (2.76, 0.4), (5.4, 0.2))
        return [sum(a * np.sin(2 * np.pi * pitch * k * t) for k, a in partials) * np.exp(-2.6 * t)]
    t = seconds(length)
    if sound.kind == "noise":
        return [_faded(rng.normal(0, 0.45, len(t)).astype(np.float32), rate)]
    if sound.kind in ("high tone", "low tone"):
        pitch = rng.uniform(2200, 3600) if sound.kind == "high tone" else rng.uniform(120, 280)
        return [_faded(np.sin(2 * np.pi * pitch * t) + 0.15 * np.sin(4 * np.pi * pitch * t), rate)]
    low, high = rng.uniform(280, 450), rng.uniform(1800, 2800)
    start, end = (low, high) if sound.kind == "rising sweep" else (high, low)
    ratio = np.log(end / start) / length
    return [_faded(np.sin(2 * np.pi * start * (np.exp(ratio * t) - 1) / ratio), rate)]


def _knock(t, body, rng):
    thud = np.sin(2 * np.pi * body * t) + 0.5 * rng.normal(0, 1, len(t))
    return (thud * np.exp(-45 * t)).astype(np.float32)


def _faded(wave, rate, edge=0.006):
    ramp = np.linspace(0, 1, int(edge * rate), dtype=np.float32)
    wave = wave.astype(np.float32)
    wave[: len(ramp)] *= ramp
    wave[-len(ramp) :] *= ramp[::-1]
    return wave
