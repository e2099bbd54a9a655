"""What trained perception makes of clips: their tokens, kept so that the language model can practise on them.

python -m training.perceive --clips 1200 [--encoded 300] [--seed 77] [--held-out] [--out training/out/perceived.pkl]

`--encoded` of the clips take the way through a real encoder and decoder; the
others are drawn straight into the model's frames, which is ten times quicker.
Needs the states of the runs `vision` and `audio`.
"""

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch

from .config import AUDIO_SECONDS, FRAMES, IMAGE_SIZE, OUT
from .features.fbank import fbank, normalise, to_window
from .features.frames import sample_indices, squash, to_pixel_values
from .features.labels import cells_and_story
from .features.render import frame_times, render
from .train.assemble import perception
from .world.clip import encoded_and_decoded, sample_clip
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


def perceived_clip(model, rng, through=rendered, held_out=False):
    """{scene, sounds, video, audio, story}."""
    clip = sample_clip(rng, held_out)
    frames, wave, times = through(clip, rng)
    video, audio = perceive(model, frames, wave)
    story = torch.tensor(cells_and_story(clip.scene, times)[1])
    return {"scene": clip.scene, "sounds": clip.sounds, "video": video.half(), "audio": audio.half(), "story": story}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--clips", type=int, default=1200)
    parser.add_argument("--encoded", type=int, default=300)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT / "perceived.pkl")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model, rng = perception(), np.random.default_rng(options.seed)
    ways = [encoded] * options.encoded + [rendered] * (options.clips - options.encoded)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(pickle.dumps([perceived_clip(model, rng, way, options.held_out) for way in ways]))


if __name__ == "__main__":
    main()
