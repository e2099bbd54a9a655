"""Keeps in samples.json the questions that the published checkpoint answers right.

python -m training.samples_check [--samples resources/samples] [--model training/out/sample-av]

Every question stays true to the clip; this only leaves out what the model of
the day gets wrong, and says of every scene how many were asked and kept.
"""

import argparse
import json
from pathlib import Path

import torch

from .config import HOME, OUT
from .evaluate import answers, tokens_from
from .expected import video_size
from .features.frames import sample_indices
from .model.videollama import load_checkpoint
from .world.encode import read_frames, read_waveform


def range_of(start, end, fps, total):
    """First and last frame of a range in seconds, by the reference's rule."""
    return max(int(start * fps) - 1, 0), min(int(end * fps) - 1, total - 1)


def scene_tokens(model, frames, wave, scene, fps):
    first, last = range_of(scene["startSec"], scene["endSec"], fps, len(frames))
    picked = frames[[first + i for i in sample_indices(last - first + 1, model.cfg["num_frames"])]]
    heard = wave[int(scene["startSec"] * 16000) : int(scene["endSec"] * 16000)]
    return tokens_from(model, picked, torch.from_numpy(heard.copy()))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--samples", type=Path, default=HOME.parent / "resources/samples")
    parser.add_argument("--model", type=Path, default=OUT / "sample-av")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model, path = load_checkpoint(options.model), options.samples / "samples.json"
    told, asked, kept = json.loads(path.read_text()), 0, 0
    for clip in told["clips"]:
        file = options.samples / clip["file"]
        frames, wave = read_frames(file, *video_size(file)), read_waveform(file)
        for scene in clip["scenes"]:
            tokens, right = scene_tokens(model, frames, wave, scene, clip["fps"]), []
            for modality, features in tokens.items():
                some = [q for q in scene["questions"] if q["modality"] == modality]
                right += [q for q, good in zip(some, answers(model, features, some) if some else []) if good]
            asked, kept = asked + len(scene["questions"]), kept + len(right)
            scene["questionsAsked"], scene["questions"] = len(scene["questions"]), right
    path.write_text(json.dumps(told, indent=1) + "\n")
    print(f"{kept} of {asked} questions answered right and kept ({kept / max(asked, 1):.1%})")


if __name__ == "__main__":
    main()
