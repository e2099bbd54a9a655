"""Frames for training without an encoder in the loop, with noise like that of one."""

import io

import numpy as np
from PIL import Image

from ..config import FRAMES, IMAGE_SIZE
from ..world.draw import draw
from ..world.scene import SECONDS
from .frames import squash


def frame_times(rng=None):
    """The times (s) of the frames the model sees in a 4 s clip, a little off when `rng` is given."""
    times = (np.arange(FRAMES) + 0.5) * SECONDS / FRAMES
    return times if rng is None else np.clip(times + rng.uniform(-0.06, 0.06), 0, SECONDS - 0.02)


def render(scene, look, times, rng, direct=0.75):
    """(n, 96, 96, 3) uint8 as if decoded: all but a share `direct` drawn larger and squashed, many through JPEG."""
    draw_ = rng.random()
    if draw_ < direct:
        frames = draw(scene, look, times, IMAGE_SIZE, IMAGE_SIZE)
    else:
        height = int(rng.choice([120, 144, 180]) * scene.height)
        width = int(round(height * scene.width / scene.height))
        frames = draw(scene, look, times, width, height)
        if draw_ > (1 + direct) / 2:
            quality = int(rng.integers(30, 85))
            frames = [_through_jpeg(frame, quality) for frame in frames]
        frames = np.stack([squash(frame, IMAGE_SIZE) for frame in frames])
    if rng.random() < 0.5:  # colour matrices and ranges differ between encoders
        gain = 1 + rng.uniform(-0.06, 0.06) + rng.uniform(-0.03, 0.03, 3)
        frames = np.clip(frames * gain + rng.uniform(-6, 6), 0, 255).astype(np.uint8)
    return frames


def _through_jpeg(frame, quality):
    buffer = io.BytesIO()
    Image.fromarray(frame).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))
