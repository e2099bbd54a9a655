"""A pool of really encoded and decoded clips, as the model will see and hear them.

python -m training.pool --clips 300 [--seed 77] [--held-out] [--out training/out/pool.pkl]
"""

import argparse
import pickle
from pathlib import Path

import numpy as np

from .config import FRAMES, IMAGE_SIZE, OUT
from .features.frames import sample_indices, squash
from .world.clip import encoded_and_decoded, sample_clip


def make(clips, seed, held_out):
    rng = np.random.default_rng(seed)
    for _ in range(clips):
        clip = sample_clip(rng, held_out)
        frames, wave = encoded_and_decoded(clip, rng)
        seen = np.stack([squash(frames[i], IMAGE_SIZE) for i in sample_indices(len(frames), FRAMES)])
        yield {"scene": clip.scene, "sounds": clip.sounds, "frames": seen, "wave": wave.astype(np.float16)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clips", type=int, default=300)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT / "pool.pkl")
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    made = []
    for clip in make(options.clips, options.seed, options.held_out):
        made.append(clip)
        if len(made) % 50 == 0 or len(made) == options.clips:
            print(len(made), "clips", flush=True)
            options.out.write_bytes(pickle.dumps(made))


if __name__ == "__main__":
    main()
