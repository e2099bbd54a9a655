"""The PyTorch model: the reference's numbers, weights read back from a bundle, many questions over one clip."""

import numpy as np
import pytest
import torch

from ..config import AUDIO_STEPS, BEATS, FRAMES, HOME, IMAGE_SIZE, LANGUAGE, VISION
from ..features.codes import (
    AUDIO_GROUPS,
    AUDIO_ROWS,
    CODES,
    NORM,
    VIDEO_GROUPS,
    VIDEO_ROWS,
    code_accuracy,
    code_loss,
    code_sum,
    codebook,
)
from ..model.beats import Beats
from ..model.connector import StcConnectorV35
from ..model.qwen2 import Qwen2
from ..model.videollama import PREFIXES, VideoLlama
from ..text.packing import pack, run_language
from ..text.tokenizer import encode, load
from ..unpack import fill, fill_beats, fill_connector, fill_language, weights_of
from ..verify import verify, verify_connector
from ..world.questions import Question

FIXTURES = HOME.parent / "tests" / "fixtures" / "parity"
BUNDLE = HOME.parent / "resources" / "models" / "sample-av"


@pytest.fixture(autouse=True)
def _the_same_noise():
    torch.manual_seed(11)


def noise_in(module):
    """The module with every parameter another than at the start."""
    with torch.no_grad():
        for value in module.state_dict().values():
            value.add_(torch.randn_like(value) * 0.02)
    return module.eval()


@pytest.mark.parametrize("name", ["qwen2-siglip-stc35-beats", "qwen2-siglip-stc35"])
def test_the_blocks_give_the_numbers_and_greedy_tokens_of_the_reference(name):
    assert verify(FIXTURES / name)


def test_the_connector_gives_the_numbers_of_the_reference():
    assert verify_connector(FIXTURES / "connectors")


def test_every_weight_of_the_shipped_bundle_finds_its_place():
    model = VideoLlama(LANGUAGE, VISION)
    assert fill_connector(model.mm_projector, weights_of(BUNDLE / "connector.onnx"), PREFIXES["mm_projector"]) == []
    assert fill_beats(model.audio_tower, weights_of(BUNDLE / "audio.onnx"), PREFIXES["audio_tower"]) == []
    assert fill(model.mm_projector_a, weights_of(BUNDLE / "audio_projector.onnx"), PREFIXES["mm_projector_a"]) == []
    assert fill_language(model.language, BUNDLE) == []
    rows = np.fromfile(BUNDLE / "token_embeddings.bin", np.float16).reshape(LANGUAGE["vocab_size"], -1)
    assert np.array_equal(model.language.embed_tokens.weight.detach().numpy(), rows.astype(np.float32))


def test_a_connector_is_read_back_from_windows_with_their_channels_last():
    trained, prefix = noise_in(StcConnectorV35(24, 32)), PREFIXES["mm_projector"]
    stored = {prefix + name: value.clone() for name, value in trained.state_dict().items()}
    sampler = stored[prefix + "sampler.0.weight"]
    stored[prefix + "sampler.0.weight"] = sampler.flatten(2).transpose(1, 2).reshape(len(sampler), -1)
    again = StcConnectorV35(24, 32).eval()
    assert fill_connector(again, stored, prefix) == []
    features = torch.randn(2, 64, 24)
    assert torch.equal(again(features, 2), trained(features, 2))


def test_an_audio_tower_is_read_back_from_a_folded_convolution_and_a_table_of_distances():
    trained, prefix = noise_in(Beats(BEATS)), PREFIXES["audio_tower"]
    stored = {prefix + name: value.clone() for name, value in trained.state_dict().items()}
    reach = BEATS["max_distance"]
    v = stored.pop(f"{prefix}encoder.pos_conv.0.weight_v")
    g = stored.pop(f"{prefix}encoder.pos_conv.0.weight_g")
    folded = g * v * torch.rsqrt(v.square().sum((0, 1), keepdim=True) + 1e-6)
    stored[f"{prefix}encoder.pos_conv.0.weight"] = folded
    bias = trained.encoder.layers[0].self_attn.relative_attention_bias.weight.detach()
    buckets = trained.encoder._buckets(reach + 1, "cpu")
    stored["relative_position_table"] = torch.cat([bias[buckets[:, 0]].flip(0)[:-1], bias[buckets[0]]]).T
    for index in range(BEATS["encoder_layers"]):
        stored.pop(f"{prefix}encoder.layers.{index}.self_attn.relative_attention_bias.weight")
    again = Beats(BEATS).eval()
    assert fill_beats(again, stored, prefix) == []
    bank = torch.randn(1, 24 * AUDIO_STEPS, 128)
    with torch.no_grad():
        assert torch.allclose(again(bank), trained(bank), atol=1e-5)


def test_a_sum_of_the_code_is_read_back_to_every_value_in_it():
    book = codebook(128)
    assert torch.allclose(book @ book.T, torch.eye(CODES) * NORM**2, atol=1e-4)
    for groups, spans in ((VIDEO_GROUPS, VIDEO_ROWS), (AUDIO_GROUPS, AUDIO_ROWS)):
        labels = torch.stack([torch.randint(-1, len(values), (50,)) for values in groups.values()], 1)
        loss, amount = code_loss(code_sum(labels, spans, 128), labels, spans)
        assert set(code_accuracy(amount, labels, spans).values()) == {1.0}
        assert float(loss) < 1


def test_questions_over_one_clip_are_answered_as_if_each_were_asked_alone():
    language = noise_in(Qwen2(LANGUAGE))
    features = torch.randn(2, 20, LANGUAGE["hidden_size"])
    texts = ["What colour is the circle?", "How many objects are there?", "Describe the video.", "Is there a star?"]
    asked = [Question("OE-VQA", "colour", text, "Red and a longer answer."[: 4 + 6 * i]) for i, text in enumerate(texts)]
    with torch.no_grad():
        together = pack([asked[:3], asked[3:]])
        states = run_language(language, features, together)
        for clip, question, (_, first, end) in zip((0, 0, 0, 1), asked, together.spans, strict=True):
            alone = pack([[question]])
            [(_, begin, finish)] = alone.spans
            expected = run_language(language, features[clip : clip + 1], alone)[begin:finish]
            assert torch.allclose(states[first:end], expected, atol=1e-4)


def test_the_tokenizer_gives_every_text_back():
    for text in ("What colour is the orange moon?", "Ünknown wörds, 12 of them: 東京 🎬", "<|im_start|>user\n"):
        assert load().decode(list(encode(text)), skip_special_tokens=False) == text


def test_the_tower_gives_a_feature_for_every_patch_of_every_frame():
    tower = VideoLlama(LANGUAGE, VISION).eval()
    with torch.no_grad():
        features = tower.vision_features(torch.randn(FRAMES, 3, IMAGE_SIZE, IMAGE_SIZE))
    assert features.shape == (FRAMES, (IMAGE_SIZE // VISION["patch_size"]) ** 2, VISION["hidden_size"])
