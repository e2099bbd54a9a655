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


def perception():
    """A model that sees and hears by the stages of perception; its language is untrained."""
    return stitch(fresh().eval(), ("vision", "audio"))


def stitch(model, wanted=("vision", "audio", "oracle")):
    """Loads what the stages have saved; a part without a saved state stays untrained, and is named."""
    stages = {
        "vision": {"tower": model.vision_tower, "connector": model.mm_projector},
        "audio": {"tower": model.audio_tower, "projector": model.mm_projector_a},
        "oracle": {"language": model.language},
    }
    stages = {stage: stages[stage] for stage in wanted}
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
