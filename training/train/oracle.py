"""Stage 1c: the language model learns to read perception's code, before any pixel is drawn.

Clips are only scripts here: their dense labels become sums of code vectors,
with noise, in place of video and audio tokens.

python -m training.train.oracle [--resume] [--start reading]
"""

import argparse

import numpy as np
import torch

from ..config import AUDIO_BANDS, AUDIO_PATCH, AUDIO_STEPS, LANGUAGE
from ..features.codes import AUDIO_ROWS, ROW_NAMES, VIDEO_ROWS, code_sum, codebook
from ..features.labels import audio_labels, cells_and_story
from ..features.render import frame_times
from ..model.qwen2 import Qwen2
from ..text.packing import answer_loss, pack, run_language, score
from ..text.tokenizer import encode
from ..world.practice import practice_script
from ..world.questions import MODALITIES, ask_everything
from ..world.scene import sample_scene
from ..world.sound import sample_sounds
from .asking import Asking, by_type
from .insight import Insight, run_and_watch
from .run import Run, arguments, load_modules

WIDTH = LANGUAGE["hidden_size"]
SHARES = [0.35, 0.07, 0.58]  # of the modalities
CHOICES = 5  # questions of a clip also asked as multiple choice
CALLED = {"comes": "appears", "goes": "vanishes"}  # codes that are spoken of in other words


def start_words_from_codes(language):
    """A word that names a code value starts on that value's vector, so that answers can be copied."""
    book, weight = codebook(WIDTH), language.embed_tokens.weight
    with torch.no_grad():
        for row, name in enumerate(ROW_NAMES):
            word = CALLED.get(name, name)
            for text in (" " + word, word.capitalize(), " " + word.capitalize(), f" {word}s"):
                ids = encode(text)
                if len(ids) == 1:
                    weight[ids[0]] = 0.6 * book[row] + 0.3 * weight[ids[0]]


def oracle_tokens(scene, sounds, modality, rng, noise=0.08):
    """Noised sums of code vectors (64, D) for video, (85, D) for audio, (149, D) for both; and story (64, 4) or None."""
    parts, story = [], None
    if modality != "audio":
        cells, story = cells_and_story(scene, frame_times(rng))
        parts.append((cells.reshape(-1, cells.shape[-1]), VIDEO_ROWS))
        story = torch.tensor(story)
    if modality != "video":
        steps = audio_labels(sounds, AUDIO_STEPS, AUDIO_PATCH / 100)
        parts.append((np.repeat(steps, AUDIO_BANDS, 0), AUDIO_ROWS))
    summed = []
    for labels, spans in parts:
        lost = rng.random(labels.shape) < 0.015
        summed.append(code_sum(torch.tensor(np.where(lost | (labels < 0), -1, labels)), spans, WIDTH))
    tokens = torch.cat(summed)
    return tokens + noise * torch.from_numpy(rng.standard_normal(tokens.shape, np.float32)), story


def batch_of(rng, size, modality, asking=None, held_out=False):
    """(features (B, P, D), story (B, 64, 4) or None, packed questions)."""
    features, story, rows = [], [], []
    for _ in range(size):
        scene, sounds = (sample_scene(rng, True), sample_sounds(rng)) if held_out else practice_script(rng, modality)
        tokens, done = oracle_tokens(scene, sounds, modality, rng)
        features.append(tokens)
        story.append(done)
        questions = ask_everything(scene, sounds, modality, rng, CHOICES)
        rows.append(asking.pick(questions, rng) if asking else questions)
    return torch.stack(features), None if modality == "audio" else torch.stack(story), pack(rows)


def learn(run, language, insight, batch, modality, asking):
    """One step of training on a batch; returns the answers' loss."""
    features, story, packed = batch
    states, understood = run_and_watch(language, insight, features, packed, modality, story)
    loss = answer_loss(language, states, packed)
    run.update(loss + understood)
    asking.learn(score(language, states.detach(), packed))
    return loss.item()


def evaluate(language, batches):
    scores = []
    with torch.no_grad():
        for features, _, packed in batches:
            scores += score(language, run_language(language, features, packed), packed)
    table, mean = by_type(scores)
    return {"mean": mean, "questions": len(scores), "types": table}


def main():
    options = arguments(argparse.ArgumentParser(), steps=6000, lr=1.5e-3)
    options.add_argument("--batch", type=int, default=8)
    options.add_argument("--start", default="", help="start from this run's language model")
    options = options.parse_args()
    torch.manual_seed(options.seed)
    language, insight = Qwen2(LANGUAGE), Insight(WIDTH)
    start_words_from_codes(language)
    if options.start:
        load_modules(options.start, {"language": language})
    run = Run("oracle", options, {"language": language, "insight": insight},
              [([*language.parameters(), *insight.parameters()], 1.0)], language.matrices())
    asking, losses = Asking(), []
    held_rng = np.random.default_rng(999)
    held = [batch_of(held_rng, 6, MODALITIES[i % 3], held_out=True) for i in range(15)]
    for step in run.steps():
        modality = run.choose(MODALITIES, SHARES)
        batch = batch_of(run.rng, options.batch, modality, asking)
        losses.append(learn(run, language, insight, batch, modality, asking))
        if step % options.every == options.every - 1:
            run.say(loss=round(float(np.mean(losses)), 3), **evaluate(language, held))
            losses = []
            run.save()
    run.save()


if __name__ == "__main__":
    main()
