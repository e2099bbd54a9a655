"""The held-out benchmark: mp4 files with colour × shape × action triples that training never saw.

python -m training.heldout --out <folder> --clips 200 [--seed 20241] [--workers 2]

A clip is drawn from the seed and its own number: the first of many clips are the same as of few.
Writes clip-00000.mp4 … and questions.jsonl, one question a line: clip, modality,
family, type, question, answer; and clips.jsonl, the ground truth of every clip.
"""

import argparse
import json
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from .world import phrases as say
from .world import questions_sound, questions_video
from .world.clip import sample_clip, sample_format, write_clip
from .world.questions import MODALITIES, ask_everything


def questions_of(clip, rng):
    """Each question once, in the modality its family calls for; about twenty a clip."""
    asked = []
    for modality in MODALITIES:
        for q in ask_everything(clip.scene, clip.sounds, modality, rng):
            asked.append({"modality": modality, "family": q.family, "type": q.type,
                          "question": q.text, "answer": q.answer})
    wanted = []
    for modality, share in (("audio-video", 0.35), ("video", 0.3), ("audio", 0.5)):
        wanted += [q for q in asked if q["modality"] == modality and (q["type"] == "caption" or rng.random() < share)]
    return wanted


def truth_of(clip):
    return {
        "caption": questions_video.caption(clip.scene), "heard": questions_sound.caption(clip.sounds),
        "objects": [{"colour": t.colour, "shape": t.shape, "size": t.size, "does": say.deeds(t, clip.scene),
                     "actions": [[a.name, a.half] for a in t.acts]} for t in clip.scene.things],
        "sounds": [{"kind": s.kind, "count": s.count, "half": s.half} for s in clip.sounds],
    }


def make_clip(out, seed, index):
    """Writes one mp4; returns its truth and its questions."""
    rng, name = np.random.default_rng((seed, index)), f"clip-{index:05d}.mp4"
    clip = sample_clip(rng, held_out=True)
    write_clip(out / name, clip, sample_format(rng, clip.scene), rng)
    return {"clip": name, **truth_of(clip)}, [{"clip": name, **question} for question in questions_of(clip, rng)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--clips", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20241)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with (ProcessPoolExecutor(options.workers) as workers,
          open(options.out / "questions.jsonl", "w") as asked, open(options.out / "clips.jsonl", "w") as truths):
        for truth, questions in workers.map(partial(make_clip, options.out, options.seed), range(options.clips)):
            truths.write(json.dumps(truth) + "\n")
            asked.writelines(json.dumps(question) + "\n" for question in questions)


if __name__ == "__main__":
    main()
