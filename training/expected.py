"""expected.json and expected.safetensors: what a checkpoint gives for one clip, stage by stage.

The same tensors and cases as the project's parity folders: audio-video cases
hear the reference's eight clips cut to the sound window, audio cases the track.
"""

import json
import subprocess

import torch
from safetensors.torch import save_file

from .features.fbank import eight_clips, fbank, normalise, to_window
from .features.frames import sample_indices, squash, to_pixel_values
from .model.videollama import generate, load_checkpoint, splice
from .text.tokenizer import BEFORE, after, encode, load, special
from .world.encode import read_frames, read_waveform

PLACEHOLDER = {"video": ("<video>", -201), "audio": ("<audio>", -202)}
CASES = (
    ("video", "Describe the video."),
    ("video", "What colour is the circle?\n(A) Green\n(B) Red\n(C) Blue\nAnswer with the letter."),
    ("audio-video", "What do you see and hear?"),
    ("audio-video", "Which shape does the red object have?"),
    ("audio", "What do you hear?"),
    ("audio", "How many beeps are there?"),
)


def video_size(path):
    """(width, height) of the first video stream."""
    told = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height",
                           "-of", "csv=p=0", str(path)], check=True, capture_output=True, text=True).stdout
    return tuple(int(n) for n in told.strip().split(",")[:2])


def sampled_frames(path, count):
    """(count, height, width, 3) uint8, by the reference's uniform rule over the whole file."""
    frames = read_frames(path, *video_size(path))
    return frames[sample_indices(len(frames), count)].copy()


@torch.no_grad()
def write_expected(folder, sample):
    """Runs the checkpoint in `folder` in float32 on the clip `sample`."""
    model = load_checkpoint(folder)
    frames = sampled_frames(sample, model.cfg["num_frames"])
    size, seconds = model.vision_cfg["image_size"], model.cfg["audio_window_seconds"]
    pixels = to_pixel_values(torch.stack([torch.from_numpy(squash(f, size).copy()) for f in frames]))
    wave = torch.from_numpy(read_waveform(sample).copy())
    vision = model.vision_features(pixels)
    banks = {"audio-video": fbank(to_window(eight_clips(wave), seconds)), "audio": fbank(to_window(wave, seconds))}
    heard = {modal: model.audio_features(normalise(bank)[None])[0] for modal, bank in banks.items()}
    tokens = {modal: model.audio_tokens(features) for modal, features in heard.items()}
    video = model.video_tokens(vision, len(frames))[0]
    image = model.video_tokens(vision[:1].repeat(len(frames), 1, 1), len(frames))[0]
    tensors = {
        "frames": torch.from_numpy(frames), "pixel_values": pixels, "vision_features": vision,
        "video_tokens": video, "image_tokens": image, "waveform_16k": wave, "fbank": banks["audio-video"],
        "audio_features": heard["audio-video"], "audio_tokens": tokens["audio-video"],
    }
    features = {"video": [video], "audio-video": [video, tokens["audio-video"]], "audio": [tokens["audio"]]}
    cases = []
    for index, (modal, question) in enumerate(CASES):
        case, tensors[f"case{index}.first_logits"] = _case(model, modal, question, features[modal])
        cases.append(case)
    patch = model.cfg["beats_config"]["input_patch_size"]
    grid = [banks["audio"].shape[0] // patch, banks["audio"].shape[1] // patch]
    told = {"name": folder.name, "system_message": None, "cases": cases, "audio_grid": grid}
    (folder / "expected.json").write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    save_file({name: value.contiguous() for name, value in tensors.items()}, folder / "expected.safetensors")


def _case(model, modal, question, features):
    tag, placeholder = PLACEHOLDER["audio" if modal == "audio" else "video"]
    before, behind = list(encode(BEFORE)), list(encode(after(question)))
    embeddings = splice(model, before, features, behind)
    stop = special("<|im_end|>")
    ids, first, margin = generate(model, embeddings, (stop,))
    case = {
        "modal": modal, "question": question, "prompt": BEFORE + tag + after(question),
        "input_ids": [*before, placeholder, *behind], "sequence_length": embeddings.shape[1],
        "greedy_ids": ids, "greedy_text": load().decode(ids), "smallest_top2_margin": margin,
    }
    return case, first
