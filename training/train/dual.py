"""Stage 3: the dual encoder for search: frames and short texts in one space.

The vision tower's first layers are the trained ones, kept; its last layer,
pooling head and the text tower learn by SigLIP's sigmoid loss, where every
text is positive for every frame that it truly describes.

python -m training.train.dual [--resume]
"""

import argparse

import numpy as np
import torch
import torch.nn.functional as F

from ..config import TEXT, VISION
from ..features.frames import to_pixel_values
from ..features.render import frame_times, render
from ..model.siglip import DualEncoder, VisionTower
from ..text.tokenizer import encode, special
from ..world.draw import sample_look
from ..world.motion import pose_at
from ..world.palette import COLOUR_NAMES, SHAPE_NAMES
from ..world.scene import sample_scene
from .run import Run, arguments, load_modules

SIZES = ("small", "large")


def sample_frame(rng):
    """(frame (96, 96, 3), [(colour, shape, size or None) of what is visible])."""
    while True:
        scene = sample_scene(rng)
        time = frame_times(rng)[rng.integers(8)]
        poses = [pose_at(thing, [time]) for thing in scene.things]
        seen = []
        for thing, pose in zip(scene.things, poses):
            if pose.visible[0]:
                radius = pose.radius[0]
                seen.append((thing.colour, thing.shape, "small" if radius < 0.14 else "large" if radius > 0.165 else None))
        if seen and not any(0.3 < act.start < time < act.end and act.name == "behind" for t in scene.things for act in t.acts):
            return render(scene, sample_look(rng, scene), np.array([time]), rng)[0], seen


def sample_claims(seen, rng):
    """What a text says of the frame: [(colour, shape, size)] with None for unsaid; now and then everything."""
    claims, order = [], [seen[i] for i in rng.permutation(len(seen))]
    precise, sized = rng.random() < 0.4, rng.random() < 0.5
    for colour, shape, size in order if precise else order[: int(rng.integers(1, len(order) + 1))]:
        draw = 1 if precise else rng.random()
        claims.append((colour if draw > 0.15 else None, shape if draw < 0.15 or draw > 0.27 else None,
                       size if sized else None))
    return claims


def misled(claims, seen, rng):
    """The same claims with a colour, a shape or a size taken from elsewhere, most often from another thing of the frame."""
    claims, at, part = list(claims), int(rng.integers(len(claims))), int(rng.integers(3))
    if len(claims) > 1 and rng.random() < 0.4:  # "a red circle and a blue square" turned into a blue circle and a red square
        (one, shape, size), (other, *rest) = claims[:2]
        return [(other, shape, size), (one, *rest), *claims[2:]]
    if part == 2 and claims[at][2] is None:
        part = int(rng.integers(2))
    pool = [thing[part] for thing in seen] if rng.random() < 0.5 and part < 2 else (COLOUR_NAMES, SHAPE_NAMES, SIZES)[part]
    claim = list(claims[at])
    claim[part] = str(rng.choice(pool))
    claims[at] = tuple(claim)
    return claims


def text_of(claims, rng):
    names = [" ".join(word for word in (size, colour, shape or "object") if word) for colour, shape, size in claims]
    article = str(rng.choice(["", "a ", "the "], p=[0.4, 0.45, 0.15]))
    text = " and ".join(article + name for name in names)
    if rng.random() < 0.25:
        text = str(rng.choice(["a video of ", "there is ", "a clip with ", "show me "])) + text
    if rng.random() < 0.3:
        text = text[0].upper() + text[1:]
    return text + ("." if rng.random() < 0.2 else "")


def is_true(claims, seen):
    return all(any(all(c is None or c == s for c, s in zip(claim, thing)) for thing in seen) for claim in claims)


def text_ids(texts):
    """(n, 32) ids, padded with the end-of-text token as SigLIP pads."""
    length, pad = TEXT["max_position_embeddings"], special("<|endoftext|>")
    rows = [list(encode(text))[:length] for text in texts]
    return torch.tensor([row + [pad] * (length - len(row)) for row in rows])


def batch_of(rng, size, misleading=0):
    """Pixels, ids of one text for each frame and `misleading` nearly right ones, and which text is true of which frame."""
    frames, seen = zip(*(sample_frame(rng) for _ in range(size)))
    claims = [sample_claims(things, rng) for things in seen]
    claims += [misled(claims[i], seen[i], rng) for i in range(size) for _ in range(misleading)]
    texts = [text_of(claim, rng) for claim in claims]
    truth = torch.tensor([[is_true(claim, things) for claim in claims] for things in seen])
    return to_pixel_values(np.stack(frames)), text_ids(texts), truth


def similarities(model, features, ids):
    image = F.normalize(model.vision_model.embed_features(features), dim=-1)
    text = F.normalize(model.text_model(ids), dim=-1)
    return image @ text.T  # (frames, texts)


def sigmoid_loss(model, cosines, truth):
    logits = cosines * model.logit_scale.exp() + model.logit_bias
    return F.softplus(torch.where(truth, -logits, logits)).sum() / len(cosines)


@torch.no_grad()
def evaluate(model, features, ids, truth):
    """Of texts asked over all frames: is the first frame found one that the text describes?"""
    best = similarities(model, features, ids).argmax(0)
    return truth[best, torch.arange(len(best))].float().mean().item()


def take_over_tower(model):
    """All of the trained vision tower but its last layer and head, which are the dual encoder's own."""
    trained, tower = VisionTower(VISION), model.vision_model
    load_modules("vision", {"tower": trained})
    tower.embeddings.load_state_dict(trained.embeddings.state_dict())
    for mine, theirs in zip(tower.encoder.layers[:-1], trained.encoder.layers):
        mine.load_state_dict(theirs.state_dict())
    return tower


def main():
    options = arguments(argparse.ArgumentParser(), steps=3000, lr=1e-3)
    options.add_argument("--batch", type=int, default=32)
    options.add_argument("--misleading", type=int, default=3, help="nearly right texts for each frame")
    options.add_argument("--start", default="", help="start from this run's text tower and head")
    options = options.parse_args()
    torch.manual_seed(options.seed)
    model = DualEncoder(TEXT, VISION)
    if options.start:
        load_modules(options.start, {"dual": model})
    tower = take_over_tower(model)
    learned = [*model.text_model.parameters(), *tower.encoder.layers[-1].parameters(),
               *tower.post_layernorm.parameters(), *tower.head.parameters(), model.logit_scale, model.logit_bias]
    run = Run("dual", options, {"dual": model}, [(learned, 1.0)])
    with torch.no_grad():
        held = batch_of(np.random.default_rng(999), 500)
        held_features = torch.cat([tower.features(p) for p in held[0].split(50)])
    losses = []
    for step in run.steps():
        pixels, ids, truth = batch_of(run.rng, options.batch, options.misleading)
        with torch.no_grad():
            features = tower.features(pixels)
        loss = sigmoid_loss(model, similarities(model, features, ids), truth)
        run.update(loss)
        losses.append(loss.item())
        if step % options.every == options.every - 1:
            run.say(loss=round(float(np.mean(losses)), 3), scale=round(model.logit_scale.item(), 2),
                    first_of_500=round(evaluate(model, held_features, *held[1:]), 3))
            losses = []
            run.save()
    run.save()


if __name__ == "__main__":
    main()
