"""Stage 2: perception and language together, on rendered and really encoded clips.

Batches of three kinds are mixed: rendered clips, clips from the pool of real
encodes, and oracle clips (cheap practice for the language model alone).

python -m training.train.joint [--resume] [--towers 0.2] [--pool training/out/pool.pkl]
"""

import argparse
import pickle
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import torch

from ..config import AUDIO_BANDS, AUDIO_PATCH, AUDIO_SECONDS, AUDIO_STEPS, FRAMES, OUT
from ..features.codes import AUDIO_ROWS, VIDEO_ROWS, code_loss
from ..features.fbank import fbank, normalise, to_window
from ..features.frames import to_pixel_values
from ..features.labels import audio_labels, video_labels
from ..features.render import frame_times, render
from ..text.packing import pack, run_language, score
from ..world.clip import sample_clip
from ..world.questions import MODALITIES, ask_everything
from ..world.sound import synthesise
from . import oracle
from .asking import Asking, by_type
from .assemble import fresh, parameters_of, stitch
from .run import Run, arguments, load_modules

EMPTY = list(VIDEO_ROWS).index("empty")


def rendered_clip(rng, held_out=False):
    """{scene, sounds, frames, wave, times} without an encoder."""
    clip = sample_clip(rng, held_out)
    times = frame_times(rng)
    wave = np.roll(synthesise(clip.sounds, rng), int(rng.integers(0, 800)))
    return {"scene": clip.scene, "sounds": clip.sounds, "wave": wave, "times": times,
            "frames": render(clip.scene, clip.look, times, rng)}


def pixels_of(clips):
    return to_pixel_values(np.concatenate([clip["frames"] for clip in clips]))


def banks_of(clips):
    waves = [to_window(torch.from_numpy(clip["wave"].astype(np.float32)), AUDIO_SECONDS) for clip in clips]
    return normalise(fbank(torch.stack(waves)))


def video_tokens(model, clips, frozen):
    with torch.no_grad() if frozen else nullcontext():
        features = model.vision_features(pixels_of(clips))
    return model.video_tokens(features, FRAMES)


def audio_tokens(model, clips, frozen):
    with torch.no_grad() if frozen else nullcontext():
        features = model.audio_features(banks_of(clips))
    return model.audio_tokens(features)


def tokens_of(model, clips, modality, frozen=True):
    """(features (B, P, D), the code's auxiliary loss): video tokens, then audio tokens."""
    parts, aux = [], 0.0
    if modality != "audio":
        tokens = video_tokens(model, clips, frozen)
        cells = [video_labels(c["scene"], c.get("times", frame_times()))[1] for c in clips]
        cells = torch.tensor(np.stack(cells)).flatten(0, 3)
        weights = torch.where(cells[:, EMPTY] == 0, 0.15, 1.0)
        aux = aux + code_loss(tokens.flatten(0, 1), cells, VIDEO_ROWS, weights)[0]
        parts.append(tokens)
    if modality != "video":
        tokens = audio_tokens(model, clips, frozen)
        steps = torch.tensor(np.stack([audio_labels(c["sounds"], AUDIO_STEPS, AUDIO_PATCH / 100) for c in clips]))
        labels = steps.repeat_interleave(AUDIO_BANDS, 1).flatten(0, 1)
        aux = aux + code_loss(tokens.flatten(0, 1), labels, AUDIO_ROWS)[0]
        parts.append(tokens)
    return torch.cat(parts, 1), aux


def questions_of(clips, modality, rng, asking=None):
    rows = [ask_everything(clip["scene"], clip["sounds"], modality, rng) for clip in clips]
    return pack([asking.pick(row, rng) if asking else row for row in rows])


def load_pool(path):
    return pickle.loads(Path(path).read_bytes()) if Path(path).is_file() else []


def evaluate(model, clips, rng):
    """Exact match by type on clips, a third of them in each modality (audio-video twice as often)."""
    scores = []
    with torch.no_grad():
        for start in range(0, len(clips), 4):
            modality = ("audio-video", "video", "audio-video", "audio")[start // 4 % 4]
            some = clips[start : start + 4]
            packed = questions_of(some, modality, rng)
            features, _ = tokens_of(model, some, modality)
            scores += score(model.language, run_language(model.language, features, packed), packed)
    table, mean = by_type(scores)
    return {"mean": mean, "questions": len(scores), "types": table}


def main():
    options = arguments(argparse.ArgumentParser(), steps=6000, lr=1e-3)
    options.add_argument("--batch", type=int, default=4)
    options.add_argument("--towers", type=float, default=0.0, help="lr factor of the towers; 0 keeps them frozen")
    options.add_argument("--oracle", type=float, default=0.35, help="share of oracle batches")
    options.add_argument("--aux", type=float, default=0.3, help="weight of the code's auxiliary loss")
    options.add_argument("--pool", default="pool.pkl", help="in training/out, or a path")
    options.add_argument("--start", default="", help="start from this joint run instead of the three stages")
    options = options.parse_args()
    torch.manual_seed(options.seed)
    model = fresh()
    load_modules(options.start, {"model": model}) if options.start else stitch(model)
    groups = [(parameters_of(model.language, model.mm_projector, model.mm_projector_a), 1.0)]
    if options.towers:
        groups.append((parameters_of(model.vision_tower, model.audio_tower), options.towers))
    run = Run("joint", options, {"model": model}, groups)
    pool, asking, losses = load_pool(OUT / options.pool), Asking(), []
    held_rng = np.random.default_rng(999)
    held = [rendered_clip(held_rng, held_out=True) for _ in range(80)]
    run.say(event="stitched", **evaluate(model, held, np.random.default_rng(5)))
    run.save()
    for step in run.steps():
        modality = MODALITIES[int(run.rng.choice(3, p=[0.3, 0.15, 0.55]))]
        loss, answers = _step(model, run, options, pool, asking, modality)
        run.update(loss)
        losses.append(answers)
        if step % options.every == options.every - 1:
            run.say(loss=round(float(np.nanmean(losses)), 3), **evaluate(model, held, np.random.default_rng(5)))
            losses = []
            run.save()
    run.save()


def _step(model, run, options, pool, asking, modality):
    rng, draw = run.rng, run.rng.random()
    if draw < options.oracle:
        features, packed = oracle.batch_of(rng, options.batch, modality, asking)
        return oracle.answers_and_times(model.language, features, packed, modality)[0], float("nan")
    if pool and draw < options.oracle + (1 - options.oracle) * 0.35:
        clips = [pool[i] for i in rng.integers(0, len(pool), options.batch)]
    else:
        clips = [rendered_clip(rng) for _ in range(options.batch)]
    packed = questions_of(clips, modality, rng, asking)
    features, aux = tokens_of(model, clips, modality, frozen=not options.towers)
    loss, states = oracle.answers_and_times(model.language, features, packed, modality)
    asking.learn(score(model.language, states.detach(), packed))
    return loss + options.aux * aux, loss.item()


if __name__ == "__main__":
    main()
