"""Stage 1c: the language model learns to read perception's code, before any pixel is drawn.

Clips are only scripts here: their dense labels become sums of code vectors,
with noise, in place of video and audio tokens.

python -m training.train.oracle [--resume]
"""

import argparse

import numpy as np
import torch

from ..config import AUDIO_BANDS, AUDIO_PATCH, AUDIO_STEPS, LANGUAGE
from ..features.codes import AUDIO_ROWS, CODES, ROW_NAMES, VIDEO_ROWS, code_sum, codebook
from ..features.labels import audio_labels, video_labels
from ..features.render import frame_times
from ..model.qwen2 import Qwen2
from ..text.packing import answer_loss, pack, run_language, run_language_whole, score, time_loss
from ..text.tokenizer import encode
from ..world.questions import MODALITIES, ask_everything
from ..world.scene import sample_scene
from ..world.sound import sample_sounds
from .asking import Asking, by_type
from .run import Run, arguments

WIDTH = LANGUAGE["hidden_size"]
VIDEO_TOKENS = 64


def start_words_from_codes(language):
    """A word that names a code value starts on that value's vector, so that answers can be copied."""
    book, weight = codebook(WIDTH), language.embed_tokens.weight
    with torch.no_grad():
        for row in range(CODES):
            for text in (" " + ROW_NAMES[row], ROW_NAMES[row].capitalize()):
                ids = encode(text)
                if len(ids) == 1:
                    weight[ids[0]] = 0.6 * book[row] + 0.3 * weight[ids[0]]


def oracle_tokens(scene, sounds, modality, rng, noise=0.08):
    """Noised sums of code vectors: (64, D) for video, (85, D) for audio, (149, D) for both."""
    parts = []
    if modality != "audio":
        _, cells = video_labels(scene, frame_times(rng))
        parts.append((cells.reshape(-1, cells.shape[-1]), VIDEO_ROWS))
    if modality != "video":
        steps = audio_labels(sounds, AUDIO_STEPS, AUDIO_PATCH / 100)
        parts.append((np.repeat(steps, AUDIO_BANDS, 0), AUDIO_ROWS))
    tokens = []
    for labels, spans in parts:
        lost = rng.random(labels.shape) < 0.015
        tokens.append(code_sum(torch.tensor(np.where(lost | (labels < 0), -1, labels)), spans, WIDTH))
    tokens = torch.cat(tokens)
    return tokens + noise * torch.from_numpy(rng.standard_normal(tokens.shape, np.float32))


def batch_of(rng, size, modality, asking=None, held_out=False):
    features, rows = [], []
    for _ in range(size):
        scene, sounds = sample_scene(rng, held_out), sample_sounds(rng)
        features.append(oracle_tokens(scene, sounds, modality, rng))
        questions = ask_everything(scene, sounds, modality, rng)
        rows.append(asking.pick(questions, rng) if asking else questions)
    return torch.stack(features), pack(rows)


def answers_and_times(language, features, packed, modality):
    """(loss, states of the questions): the answers' loss, and that of knowing the time of every feature."""
    seen, states = run_language_whole(language, features, packed)
    video, steps = 0 if modality == "audio" else VIDEO_TOKENS, 0 if modality == "video" else AUDIO_STEPS
    timely = time_loss(language, seen, video, steps, AUDIO_BANDS)
    return answer_loss(language, states, packed) + 0.1 * timely, states


def evaluate(language, batches):
    scores = []
    with torch.no_grad():
        for features, packed in batches:
            scores += score(language, run_language(language, features, packed), packed)
    table, mean = by_type(scores)
    return {"mean": mean, "questions": len(scores), "types": table}


def main():
    options = arguments(argparse.ArgumentParser(), steps=6000, lr=1.5e-3)
    options.add_argument("--batch", type=int, default=8)
    options = options.parse_args()
    torch.manual_seed(options.seed)
    language = Qwen2(LANGUAGE)
    start_words_from_codes(language)
    run = Run("oracle", options, {"language": language}, [(language.parameters(), 1.0)])
    asking, losses = Asking(), []
    held_rng = np.random.default_rng(999)
    held = [batch_of(held_rng, 6, MODALITIES[i % 3], held_out=True) for i in range(15)]
    for step in run.steps():
        modality = MODALITIES[int(run.rng.choice(3, p=[0.3, 0.15, 0.55]))]
        features, packed = batch_of(run.rng, options.batch, modality, asking)
        loss, states = answers_and_times(language, features, packed, modality)
        run.update(loss)
        asking.learn(score(language, states.detach(), packed))
        losses.append(loss.item())
        if step % options.every == options.every - 1:
            run.say(loss=round(float(np.mean(losses)), 3), **evaluate(language, held))
            losses = []
            run.save()
    run.save()


if __name__ == "__main__":
    main()
