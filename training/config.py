"""Sizes of the sample model, and where runs and results are kept."""

from pathlib import Path
from typing import Any

HOME = Path(__file__).parent
OUT = HOME / "out"
RUNS = OUT / "runs"
LOGS = HOME / "logs"

FRAMES = 8
IMAGE_SIZE = 96
PATCH = 12  # 8×8 patches a frame
AUDIO_SECONDS = 4.3  # a little over four seconds: encoders lengthen a track
AUDIO_PATCH = 24  # 17 moments of 0.24 s × 5 bands
AUDIO_STEPS, AUDIO_BANDS = 17, 5
VOCABULARY = 768

VISION: dict[str, Any] = {
    "architectures": ["SiglipVisionModel"],
    "attention_dropout": 0.0,
    "hidden_act": "gelu_pytorch_tanh",
    "hidden_size": 96,
    "image_size": IMAGE_SIZE,
    "intermediate_size": 384,
    "layer_norm_eps": 1e-06,
    "model_type": "siglip_vision_model",
    "num_attention_heads": 3,
    "num_channels": 3,
    "num_hidden_layers": 4,  # the connector sees the third; the fourth serves the dual encoder
    "patch_size": PATCH,
}

BEATS: dict[str, Any] = {
    "input_patch_size": AUDIO_PATCH,
    "embed_dim": 128,
    "encoder_layers": 3,
    "encoder_embed_dim": 128,
    "encoder_ffn_embed_dim": 512,
    "encoder_attention_heads": 4,
    "conv_pos": 32,
    "conv_pos_groups": 8,
    "num_buckets": 320,
    "max_distance": 800,
}

LANGUAGE: dict[str, Any] = {
    "architectures": ["Videollama2Qwen2ForCausalLM"],
    "vocab_size": VOCABULARY,
    "hidden_size": 128,
    "intermediate_size": 384,
    "num_hidden_layers": 8,
    "num_attention_heads": 4,
    "num_key_value_heads": 4,
    "hidden_act": "silu",
    "max_position_embeddings": 2048,
    "initializer_range": 0.02,
    "rms_norm_eps": 1e-06,
    "use_cache": True,
    "tie_word_embeddings": False,
    "use_sliding_window": False,
    "sliding_window": None,
    "attention_dropout": 0.0,
    "pad_token_id": None,
    "bos_token_id": None,
    "eos_token_id": None,
    "model_type": "videollama2_qwen2",
    "mm_vision_tower": "siglip-tower",
    "mm_vision_select_layer": -2,
    "mm_vision_select_feature": "patch",
    "mm_projector_type": "stc_connector_v35",
    "mm_hidden_size": VISION["hidden_size"],
    "num_frames": FRAMES,
    "use_mm_proj": True,
    "mm_audio_tower": "audio_tower.bin",
    "mm_projector_a_type": "mlp2x_gelu",
    "mm_hidden_size_a": BEATS["encoder_embed_dim"],
    "hidden_size_a": 128,
    "torch_dtype": "float16",
    "rope_theta": 10000.0,
    "audio_window_seconds": AUDIO_SECONDS,
    "beats_config": BEATS,
}

TEXT: dict[str, Any] = {
    "model_type": "siglip_text_model",
    "vocab_size": VOCABULARY,
    "hidden_size": 96,
    "intermediate_size": 384,
    "num_hidden_layers": 2,
    "num_attention_heads": 3,
    "max_position_embeddings": 32,
    "hidden_act": "gelu_pytorch_tanh",
    "layer_norm_eps": 1e-06,
    "attention_dropout": 0.0,
    "projection_size": VISION["hidden_size"],
}
