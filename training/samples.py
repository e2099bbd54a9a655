"""Makes the bundled sample clips and samples.json, which says what is in them.

python -m training.samples [--out resources/samples]
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np

from .sample_scripts import LONG, SHORT
from .world import phrases as say
from .world import questions_sound, questions_video
from .world.draw import sample_look
from .world.encode import scene_frames, write_mp4
from .world.questions import ask_everything
from .world.scene import SECONDS, Scene, Thing, _act, _place
from .world.sound import _sound, synthesise

RATE = 48000
SIZES = ((640, 360, 25), (640, 360, 30), (480, 360, 24), (640, 360, 24))
WANTED = ("colour", "shape", "count", "action", "direction", "order", "who", "sound", "sound count", "sound order",
          "av relation", "av seen", "absent", "caption", "mc action", "mc sound", "mc colour")


def make_scene(script, width, height, rng):
    """A Scene from its script, placed where its paths do not cross."""
    shorter = min(width, height)
    for _ in range(4000):
        scene = Scene([], width / shorter, height / shorter)
        for text in script.split(";"):
            look, _, acts = text.partition(":")
            size, colour, shape = look.split()
            radius = rng.uniform(0.11, 0.125) if size == "small" else rng.uniform(0.185, 0.205)
            thing = Thing(shape, colour, size, radius)
            for act in filter(None, (a.strip() for a in acts.split(","))):
                name, half = act.split("@")
                thing.acts.append(_act(name, half, rng))
                if name == "behind":
                    thing.acts[-1].other = 1
            scene.things.append(thing)
        if _place(scene, rng):
            return scene
    raise ValueError(f"no room for: {script}")


def make_sounds(script, rng):
    events = []
    for text in filter(None, (s.strip() for s in script.split(";"))):
        told = re.fullmatch(r"([a-z ]+?)(?: x(\d))?@(\w+)", text)
        if told is None:
            raise ValueError(f"not a sound: {text}")
        kind, count, half = told.groups()
        event = _sound(kind, half, rng)
        while count and event.count != int(count):
            event = _sound(kind, half, rng)
        events.append(event)
    return events


def describe(scene, sounds, start, rng):
    """The ground truth of one scene, for samples.json."""
    questions: list[dict] = []
    taken: dict = {}
    for modality in ("audio-video", "video", "audio"):
        for q in ask_everything(scene, sounds, modality, rng):
            key = (modality, q.type)
            wanted = q.type in (WANTED if modality == "audio-video" else ("action", "sound", "caption"))
            if wanted and taken.get(key, 0) < 3:
                taken[key] = taken.get(key, 0) + 1
                questions.append({"modality": modality, "family": q.family, "type": q.type,
                                  "question": q.text, "answer": q.answer})
    return {
        "startSec": start, "endSec": start + SECONDS,
        "caption": questions_video.caption(scene), "heard": questions_sound.caption(sounds),
        "objects": [{"colour": t.colour, "shape": t.shape, "size": t.size,
                     "actions": [{"name": a.name, "half": a.half} for a in t.acts] or [{"name": "stay", "half": "all"}],
                     "does": say.deeds(t, scene)} for t in scene.things],
        "sounds": [{"kind": s.kind, "count": s.count, "half": s.half, "text": say.sound(s)} for s in sounds],
        "questions": questions,
    }


def make_clip(name, scripts, path, size, seed, texts_only=False):
    width, height, fps = size
    rng, asking = np.random.default_rng(seed), np.random.default_rng(seed + 1000)  # new questions leave the pictures alone
    chunks, waves, scenes = [], [], []
    for index, (things, heard) in enumerate(scripts):
        scene, sounds = make_scene(things, width, height, rng), make_sounds(heard, rng)
        look = sample_look(rng, scene, tidy=True)
        chunks.append(scene_frames(scene, look, fps, width, height))
        waves.append(synthesise(sounds, rng, RATE, floor=0.0))
        scenes.append(describe(scene, sounds, index * SECONDS, asking))
    if not texts_only:
        write_mp4(path, (chunk for scene in chunks for chunk in scene), np.concatenate(waves),
                  fps=fps, width=width, height=height, rate=RATE, crf=21, preset="slow", kbps=80)
    return {"file": path.name, "title": name.replace("-", " ").capitalize(), "durationSec": SECONDS * len(scripts),
            "width": width, "height": height, "fps": fps, "scenes": scenes}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "resources" / "samples")
    parser.add_argument("--texts-only", action="store_true", help="write samples.json anew, leave the clips")
    options = parser.parse_args()
    out = options.out
    out.mkdir(parents=True, exist_ok=True)
    clips = []
    for index, (name, scripts) in enumerate({**SHORT, **LONG}.items()):
        clips.append(make_clip(name, scripts, out / f"{name}.mp4", SIZES[index % len(SIZES)], 500 + index,
                               options.texts_only))
    (out / "samples.json").write_text(json.dumps({"version": 1, "clips": clips}, indent=1) + "\n")


if __name__ == "__main__":
    main()
