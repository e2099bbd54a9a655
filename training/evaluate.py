"""Scores a published checkpoint on a held-out folder of mp4 files, by family and question type.

python -m training.evaluate --held-out <folder> [--model training/out/sample-av] [--json <file>]

Exact match of the greedy answer (read teacher-forced: every answer token is the argmax).
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch

from .config import OUT
from .expected import sampled_frames
from .features.fbank import fbank, normalise, to_window
from .features.frames import squash, to_pixel_values
from .model.videollama import load_checkpoint
from .text.packing import pack, run_language, score
from .world.encode import read_waveform


def tokens_of(model, path):
    """{modality: (1, P, D)} of one file, decoded as the app decodes it."""
    frames = sampled_frames(path, model.cfg["num_frames"])
    return tokens_from(model, frames, torch.from_numpy(read_waveform(path).copy()))


@torch.no_grad()
def tokens_from(model, frames, wave):
    """Sampled frames (T, h, w, 3) uint8 and a 16 kHz waveform -> {modality: (1, P, D)}."""
    frames = np.stack([squash(frame, model.vision_cfg["image_size"]) for frame in frames])
    video = model.video_tokens(model.vision_features(to_pixel_values(frames)), len(frames))
    bank = normalise(fbank(to_window(wave, model.cfg["audio_window_seconds"])))[None]
    audio = model.audio_tokens(model.audio_features(bank))
    return {"video": video, "audio": audio, "audio-video": torch.cat([video, audio], 1)}


@torch.no_grad()
def answers(model, tokens, questions):
    """[bool] per question (dicts with question, answer and type)."""
    asked = [SimpleNamespace(text=q["question"], answer=q["answer"], type=q["type"], checks=(), plans=()) for q in questions]
    packed = pack([asked])
    return [right for _, right in score(model.language, run_language(model.language, tokens, packed), packed)]


def evaluate(model, folder, limit=None):
    """[(family, type, right)] over questions.jsonl."""
    by_clip = defaultdict(list)
    for line in (Path(folder) / "questions.jsonl").read_text().splitlines():
        question = json.loads(line)
        by_clip[question["clip"]].append(question)
    results = []
    for clip in sorted(by_clip)[:limit]:
        tokens = tokens_of(model, Path(folder) / clip)
        for modality, features in tokens.items():
            questions = [q for q in by_clip[clip] if q["modality"] == modality]
            if questions:
                named = [f"caption, {modality}" if q["type"] == "caption" else q["type"] for q in questions]
                results += [(q["family"], kind, right)
                            for q, kind, right in zip(questions, named, answers(model, features, questions))]
    return results


def table(results):
    """Rows (family, type, questions, accuracy), each family with its own row of all its types."""
    groups = defaultdict(list)
    for family, kind, right in results:
        groups[family, kind].append(right)
        groups[family, "(all)"].append(right)
    return [(f, k, len(v), float(np.mean(v))) for (f, k), v in sorted(groups.items())]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=OUT / "sample-av")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    torch.set_num_threads(1)
    results = evaluate(load_checkpoint(options.model), options.held_out, options.limit)
    rows = table(results)
    print("| family | type | questions | right |\n|---|---|---|---|")
    for family, kind, count, share in rows:
        print(f"| {family} | {kind} | {count} | {share:.1%} |")
    print(f"| all | | {len(results)} | {np.mean([r for *_, r in results]):.1%} |")
    if options.json:
        options.json.write_text(json.dumps([dict(zip(("family", "type", "questions", "right"), r)) for r in rows]))


if __name__ == "__main__":
    main()
