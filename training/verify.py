"""Checks this PyTorch model against a folder's expected.json and expected.safetensors.

python -m training.verify <checkpoint folder>…   (or a folder of connectors)
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from .features.fbank import eight_clips, fbank, normalise, to_window
from .features.frames import squash, to_pixel_values
from .model.connector import StcConnectorV35
from .model.videollama import generate, load_checkpoint, splice

MODAL = -201  # and -200: placeholders of the features among the input ids


def report(stage, got, want):
    error = float((got - want).abs().max() / want.abs().max())
    print(f"  {'pass' if error < 2e-3 else 'FAIL'}  {stage:<22} {error:.2e}")
    return error < 2e-3


@torch.no_grad()
def verify(folder):
    folder = Path(folder)
    want, told = load_file(folder / "expected.safetensors"), json.loads((folder / "expected.json").read_text())
    model = load_checkpoint(folder)
    print(folder.name)
    size = model.vision_cfg["image_size"]
    frames = torch.stack([torch.from_numpy(squash(f, size).copy()) for f in want["frames"].numpy()])
    good = [report("pixel_values", to_pixel_values(frames), want["pixel_values"])]
    vision = model.vision_features(want["pixel_values"])
    if "vision_features" in want:
        good.append(report("vision_features", vision, want["vision_features"]))
    video = model.video_tokens(vision, len(frames))[0]
    good.append(report("video_tokens", video, want["video_tokens"]))
    audio = {}
    if model.audio_tower is not None:
        audio = _audio(model, want, told, good)
    for index, case in enumerate(told["cases"]):
        good += _case(model, index, case, want, video, audio)
    return all(good)


def _audio(model, want, told, good):
    """Audio tokens by modality: an audio-video case hears the eight clips, as in the reference."""
    seconds = model.cfg.get("audio_window_seconds", 30.0)
    wave = want["waveform_16k"]
    tokens = {}
    for modal, heard in (("audio", wave), ("audio-video", eight_clips(wave))):
        bank = fbank(to_window(heard, seconds))
        features = model.audio_features(normalise(bank)[None])[0]
        tokens[modal] = model.audio_tokens(features)
        if modal == "audio-video":
            good.append(report("fbank", bank, want["fbank"]))
            if "audio_features" in want:
                good.append(report("audio_features", features, want["audio_features"]))
            good.append(report("audio_tokens", tokens[modal], want["audio_tokens"]))
    return tokens


def _case(model, index, case, want, video, audio):
    ids = case["input_ids"]
    at = next(i for i, token in enumerate(ids) if token < 0)
    features = {"video": [video], "image": [want.get("image_tokens")], "audio": [audio.get("audio")],
                "audio-video": [video, audio.get("audio-video")]}
    embeddings = splice(model, ids[:at], features[case["modal"]], ids[at + 1 :])
    greedy, first, _ = generate(model, embeddings, (), len(case["greedy_ids"]))
    same = greedy == case["greedy_ids"]
    print(f"  {'pass' if same else 'FAIL'}  case{index} {case['modal']} greedy tokens")
    return [report(f"case{index} first logits", first, want[f"case{index}.first_logits"]), same]


def verify_connector(folder):
    weights = load_file(Path(folder) / "stc_connector_v35.safetensors")
    want = load_file(Path(folder) / "stc_connector_v35.expected.safetensors")
    connector = StcConnectorV35(40, 56)
    connector.load_state_dict({k.removeprefix("model.mm_projector."): v.float() for k, v in weights.items()})
    with torch.no_grad():
        return report("stc_connector_v35", connector(want["vision_features"], 16)[0], want["video_tokens"])


if __name__ == "__main__":
    torch.set_num_threads(1)
    results = [verify_connector(f) if (Path(f) / "stc_connector_v35.safetensors").exists() else verify(f)
               for f in sys.argv[1:]]
    sys.exit(0 if results and all(results) else 1)
