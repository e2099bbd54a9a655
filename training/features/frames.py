"""From decoded video to the tower's input, by the reference's rules."""

import numpy as np
import torch
from PIL import Image


def sample_indices(total, count):
    """Uniform sampling: round((total - 1) / count · (i + 0.5) + 1e-6), halves to even."""
    step = (total - 1) / count
    return [int(np.round(step * (i + 0.5) + 1e-6)) for i in range(count)]


def squash(frame, size):
    """(h, w, 3) uint8 -> (size, size, 3) uint8 by Pillow's antialiased bicubic."""
    return np.asarray(Image.fromarray(frame).resize((size, size), Image.Resampling.BICUBIC))


def to_pixel_values(frames):
    """(…, s, s, 3) uint8 -> (…, 3, s, s) float in [-1, 1] (mean and std 0.5)."""
    pixels = torch.as_tensor(frames).float().mul(1 / 255).sub(0.5).div(0.5)
    return pixels.movedim(-1, -3)
