"""What trained perception makes of clips: their tokens, kept so that the language model can practise on them.

python -m training.perceive --clips 3600 [--encoded 300] [--seed 77] [--held-out] [--out training/out/perceived.pkl] [--workers 2]

`--encoded` of the clips take the way through a real encoder and decoder; the
others are drawn straight into the model's frames, which is ten times quicker.
A clip is drawn from the seed and its own number. Needs the states of the runs
`vision` and `audio`.
"""

import argparse
import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch

from .config import AUDIO_SECONDS, FRAMES, IMAGE_SIZE, OUT
from .features.fbank import fbank, normalise, to_window
from .features.frames import sample_indices, squash, to_pixel_values
from .features.labels import cells_and_story
from .features.render import frame_times, render
from .train.assemble import perception
from .world.clip import Clip, encoded_and_decoded, sample_clip
from .world.draw import sample_look
from .world.practice import practice_script
from .world.questions import MODALITIES
from .world.sound import synthesise


def rendered(clip, rng):
    """(frames, waveform, times of the frames) without an encoder."""
    times = frame_times(rng)
    wave = np.roll(synthesise(clip.sounds, rng), int(rng.integers(0, 800)))  # encoders delay the sound a little
    return render(clip.scene, clip.look, times, rng), wave, times


def encoded(clip, rng):
    frames, wave = encoded_and_decoded(clip, rng)
    picked = np.stack([squash(frames[i], IMAGE_SIZE) for i in sample_indices(len(frames), FRAMES)])
    return picked, wave, frame_times()


@torch.no_grad()
def perceive(model, frames, wave):
    """(64, D) video tokens and (85, D) audio tokens."""
    video = model.video_tokens(model.vision_features(to_pixel_values(frames)), FRAMES)[0]
    bank = fbank(to_window(torch.from_numpy(np.array(wave, np.float32)), AUDIO_SECONDS))
    return video, model.audio_tokens(model.audio_features(normalise(bank)[None]))[0]


def practice_clip(rng):
    """A clip as it is practised on by picture, by sound or by both."""
    scene, sounds = practice_script(rng, str(rng.choice(MODALITIES)))
    return Clip(scene, sample_look(rng, scene), sounds)


@cache
def _perception():
    torch.set_num_threads(1)
    return perception()


def perceived_clip(options, index):
    """{scene, sounds, video, audio, story} of a run's clip number `index`."""
    rng = np.random.default_rng((options.seed, index))
    clip = sample_clip(rng, held_out=True) if options.held_out else practice_clip(rng)
    frames, wave, times = (encoded if index < options.encoded else rendered)(clip, rng)
    video, audio = perceive(_perception(), frames, wave)
    return {"scene": clip.scene, "sounds": clip.sounds, "video": video.half().numpy(), "audio": audio.half().numpy(),
            "story": cells_and_story(clip.scene, times)[1]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clips", type=int, default=3600)
    parser.add_argument("--encoded", type=int, default=300)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT / "perceived.pkl")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(options.workers, get_context("spawn")) as workers:
        clips = list(workers.map(partial(perceived_clip, options), range(options.clips), chunksize=4))
    options.out.write_bytes(pickle.dumps(clips))


if __name__ == "__main__":
    main()
