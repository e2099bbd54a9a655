"""The byte-level BPE tokenizer, trained on the world's own sentences, and the chat template.

python -m training.text.tokenizer     writes training/text/tokenizer.json
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from ..config import VOCABULARY

PATH = Path(__file__).parent / "tokenizer.json"
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] "
    "+ '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
BEFORE = "<|im_start|>user\n"  # what stands before <video> or <audio>
_QWEN_SPLIT = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
               r"|\s*[\r\n]+|\s+(?!\S)|\s+")


def after(question):
    """What stands after <video> or <audio>, up to where the answer begins."""
    return f"\n{question}<|im_end|>\n<|im_start|>assistant\n"


def train(sentences):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(_QWEN_SPLIT), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - len(SPECIAL), show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.train_from_iterator(sentences, trainer)
    tokenizer.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in SPECIAL])
    return tokenizer


def sentences(clips=3000, seed=5):
    from ..world.questions import MODALITIES, ask_everything
    from ..world.scene import sample_scene
    from ..world.sound import sample_sounds

    rng = np.random.default_rng(seed)
    yield from ["user\n", "assistant\n", "system\n", " the user", " assistant"] * 200
    for index in range(clips):
        scene, sounds = sample_scene(rng), sample_sounds(rng)
        for q in ask_everything(scene, sounds, MODALITIES[index % 3], rng):
            yield q.text
            yield q.answer


@lru_cache
def load():
    return Tokenizer.from_file(str(PATH))


@lru_cache(maxsize=200_000)
def encode(text):
    """Token ids of a piece of prompt; special tokens in it are recognised, none are added."""
    return tuple(load().encode(text, add_special_tokens=False).ids)


def token_ends(text):
    """Where each token of `text` ends, in characters."""
    return [end for _, end in load().encode(text, add_special_tokens=False).offsets]


def special(text):
    return load().token_to_id(text)


if __name__ == "__main__":
    made = train(sentences())
    made.save(str(PATH))
    words = [w for s in sentences(60, 6) for w in s.split()]
    tokens = sum(len(made.encode(s).ids) for s in sentences(60, 6))
    print(f"{made.get_vocab_size()} tokens, {tokens / len(words):.2f} per word")
