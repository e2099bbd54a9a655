"""Puts the parts that the stages trained into one model."""

from ..config import LANGUAGE, RUNS, TEXT, VISION
from ..model.siglip import DualEncoder
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


def adopt_pooling_head(model):
    """The tower's last layer and head, which only search uses, come from the dual encoder once it is trained."""
    if (RUNS / "dual.pt").exists():
        dual = DualEncoder(TEXT, VISION)
        load_modules("dual", {"dual": dual})
        tower, other = model.vision_tower, dual.vision_model
        tower.encoder.layers[-1].load_state_dict(other.encoder.layers[-1].state_dict())
        tower.post_layernorm.load_state_dict(other.post_layernorm.state_dict())
        tower.head.load_state_dict(other.head.state_dict())
    return model


def parameters_of(*modules):
    return [p for module in modules for p in module.parameters()]
