"""Kaldi filterbank features, as the reference's audio branch computes them.

128 mel bins, 25 ms Povey window, 10 ms shift, 512-point FFT, pre-emphasis 0.97,
DC removed, 20 Hz to Nyquist, log with floor 1.19e-7, no dither, snip edges.
"""

import math
from fractions import Fraction
from functools import lru_cache

import torch
import torch.nn.functional as F

RATE, WINDOW, SHIFT, FFT, BINS = 16000, 400, 160, 512, 128
MEAN, STD = 15.41663, 6.55582
FLOOR = 1.1920928955078125e-07


@lru_cache
def _mel_banks():
    """(257, 128) triangular weights on Kaldi's mel scale."""
    mel = lambda hz: 1127.0 * torch.log(1.0 + hz / 700.0)
    low, high = mel(torch.tensor(20.0, dtype=torch.float64)), mel(torch.tensor(RATE / 2, dtype=torch.float64))
    delta = (high - low) / (BINS + 1)
    left = low + torch.arange(BINS, dtype=torch.float64)[None, :] * delta
    bins = mel(RATE / FFT * torch.arange(FFT // 2, dtype=torch.float64))[:, None]
    up, down = (bins - left) / delta, (left + 2 * delta - bins) / delta
    banks = torch.clamp(torch.minimum(up, down), min=0)
    return F.pad(banks, (0, 0, 0, 1)).float()  # the Nyquist bin gets no weight


@lru_cache
def _povey_window():
    return torch.hann_window(WINDOW, periodic=False, dtype=torch.float64).pow(0.85).float()


def fbank(waveform):
    """(samples,) or (clips, samples) in [-1, 1] at 16 kHz -> (…, frames, 128), frames = 1 + (n - 400) // 160."""
    frames = (waveform * 2**15).unfold(-1, WINDOW, SHIFT)
    frames = frames - frames.mean(-1, keepdim=True)
    previous = torch.cat([frames[..., :1], frames[..., :-1]], -1)
    frames = (frames - 0.97 * previous) * _povey_window()
    power = torch.fft.rfft(frames, FFT).abs().square()
    return torch.log(torch.clamp(power @ _mel_banks(), min=FLOOR))


def to_window(waveform, seconds):
    """Cuts or pads with zeros to `seconds` at 16 kHz."""
    samples = int(seconds * RATE)
    return F.pad(waveform[..., :samples], (0, max(0, samples - waveform.shape[-1])))


def normalise(bank):
    """Rounds to bfloat16, then to the scale the audio tower was trained at."""
    return (bank.bfloat16().float() - MEAN) / (2 * STD)


def eight_clips(waveform, seconds=2, clips=8):
    """The reference's clips spread evenly over a video's track, joined.

    Its sampler takes the duration as a float and goes on in exact fractions,
    so a start may lie one sample before the rounded one.
    """
    step = max(Fraction(len(waveform) / RATE) - seconds, Fraction(0)) / (clips - 1)
    parts = [waveform[int(step * i * RATE) : int((step * i + seconds) * RATE)] for i in range(clips)]
    return torch.cat(parts)


def frame_count(seconds):
    return 1 + (int(math.floor(seconds * RATE)) - WINDOW) // SHIFT
