"""Stage 1b: audio tower and projector learn to hear, with a label for every moment.

python -m training.train.audio [--resume]
"""

import argparse

import numpy as np
import torch
from torch import nn

from ..config import AUDIO_BANDS, AUDIO_PATCH, AUDIO_SECONDS, AUDIO_STEPS, BEATS, LANGUAGE
from ..features.codes import AUDIO_ROWS, code_accuracy, code_loss
from ..features.fbank import fbank, normalise, to_window
from ..features.labels import audio_labels
from ..model.beats import Beats
from ..world.sound import sample_sounds, synthesise
from .run import Run, arguments


def make_projector():
    width = LANGUAGE["hidden_size"]
    return nn.Sequential(nn.Linear(BEATS["encoder_embed_dim"], width), nn.GELU(), nn.Linear(width, width))


def batch_of(rng, size):
    """Normalised fbanks (B, 428, 128) and token labels (B · 85, groups)."""
    waves, labels = [], []
    for _ in range(size):
        sounds = sample_sounds(rng)
        wave = synthesise(sounds, rng)
        shift = int(rng.integers(0, 800))  # encoders delay the sound a little
        waves.append(np.concatenate([np.zeros(shift, np.float32), wave, np.zeros(800 - shift, np.float32)]))
        labels.append(audio_labels(sounds, AUDIO_STEPS, AUDIO_PATCH / 100))
    tokens = torch.tensor(np.stack(labels)).repeat_interleave(AUDIO_BANDS, 1).flatten(0, 1)
    return normalise(fbank(to_window(torch.tensor(np.stack(waves)), AUDIO_SECONDS))), tokens


def main():
    options = arguments(argparse.ArgumentParser(), steps=4000, lr=1e-3)
    options.add_argument("--batch", type=int, default=16)
    options = options.parse_args()
    torch.manual_seed(options.seed)
    tower, projector = Beats(BEATS), make_projector()
    modules = {"tower": tower, "projector": projector}
    run = Run("audio", options, modules, [([p for m in modules.values() for p in m.parameters()], 1.0)])
    held_banks, held_labels = batch_of(np.random.default_rng(999), 150)
    recent = []
    for step in run.steps():
        banks, labels = batch_of(run.rng, options.batch)
        loss, _ = code_loss(projector(tower(banks)).flatten(0, 1), labels, AUDIO_ROWS)
        run.update(loss)
        recent.append(loss.item())
        if step % options.every == options.every - 1:
            with torch.no_grad():
                held_loss, amount = code_loss(projector(tower(held_banks)).flatten(0, 1), held_labels, AUDIO_ROWS)
            accuracy = {k: round(v, 3) for k, v in code_accuracy(amount, held_labels, AUDIO_ROWS).items()}
            run.say(loss=round(float(np.mean(recent)), 3), held_out_loss=round(float(held_loss), 3), **accuracy)
            recent = []
            run.save()
    run.save()


if __name__ == "__main__":
    main()
