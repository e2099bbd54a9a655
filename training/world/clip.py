"""A whole clip: scene, look and sounds; and the files it can be made into."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .draw import Look, sample_look
from .encode import read_frames, read_waveform, scene_frames, write_mp4
from .scene import Scene, sample_scene
from .sound import sample_sounds, synthesise


@dataclass
class Clip:
    scene: Scene
    look: Look
    sounds: list


def sample_clip(rng, held_out=False):
    scene = sample_scene(rng, held_out)
    return Clip(scene, sample_look(rng, scene), sample_sounds(rng))


def sample_format(rng, scene):
    """Encoder settings of every kind met in the wild, at sizes that are quick to draw."""
    shorter = int(rng.choice([144, 180, 240, 288, 360], p=[0.3, 0.3, 0.2, 0.1, 0.1]))
    even = lambda n: int(round(n / 2)) * 2
    return {
        "width": even(shorter * scene.width), "height": even(shorter * scene.height),
        "fps": float(rng.choice([10, 12, 15, 24, 25, 30], p=[0.3, 0.25, 0.2, 0.1, 0.1, 0.05])),
        "crf": int(rng.integers(17, 33)), "preset": str(rng.choice(["ultrafast", "veryfast", "medium"])),
        "rate": int(rng.choice([32000, 44100, 48000])), "kbps": int(rng.choice([48, 64, 96, 128])),
        "channels": int(rng.integers(1, 3)),
    }


def write_clip(path, clip, how, rng):
    """Encodes the clip to an mp4 file by the settings of sample_format."""
    wave = synthesise(clip.sounds, rng, how["rate"])
    chunks = scene_frames(clip.scene, clip.look, how["fps"], how["width"], how["height"])
    write_mp4(path, chunks, wave, **how)


def encoded_and_decoded(clip, rng):
    """(frames as stored, waveform at 16 kHz) after a trip through a real encoder."""
    how = sample_format(rng, clip.scene)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        write_clip(path, clip, how, rng)
        frames = read_frames(path, how["width"], how["height"])
        return frames, np.array(read_waveform(path))
