"""Puts the parts that the stages trained into one model."""

from ..config import LANGUAGE, RUNS, VISION
from ..model.videollama import VideoLlama
from .run import load_modules


def fresh():
    return VideoLlama(LANGUAGE, VISION)


def assembled(joint="joint"):
    """The joint run's model if there is one, else the stages' parts stitched by their common code."""
    model = fresh()
    if (RUNS / f"{joint}.pt").exists():
        load_modules(joint, {"model": model})
    else:
        stitch(model)
    return model


def stitch(model):
    """Loads what the three stages have saved; a part without a saved state stays untrained, and is named."""
    stages = {
        "vision": {"tower": model.vision_tower, "connector": model.mm_projector},
        "audio": {"tower": model.audio_tower, "projector": model.mm_projector_a},
        "oracle": {"language": model.language},
    }
    for stage, modules in stages.items():
        if (RUNS / f"{stage}.pt").exists():
            load_modules(stage, modules)
        else:
            print(f"no saved state of the {stage} stage: its part is untrained")
    return model


def parameters_of(*modules):
    return [p for module in modules for p in module.parameters()]
