"""Clips to practise on: what is hard comes more often than in the world."""

from .scene import sample_scene
from .sound import sample_sounds

RELATED = 0.7  # share of audio-video clips in which a sound and a deed are related in time
CROWDED = [0.12, 0.33, 0.55]  # shares of one, two and three things
TWINS = 0.4  # share of scenes of several things of which two must have a colour or a shape in common
CALM = 0.2  # share of scenes in which nothing happens, so that each still thing must be told, and told once


def practice_script(rng, modality="audio-video"):
    """(scene, sounds); those for training on sight and sound are mostly related, which by chance they seldom are."""
    while True:
        scene, sounds = practice_scene(rng), sample_sounds(rng)
        if modality != "audio-video" or rng.random() > RELATED or related(scene, sounds):
            return scene, sounds


def practice_scene(rng):
    count = int(rng.choice([1, 2, 3], p=CROWDED))
    twins, calm = count > 1 and rng.random() < TWINS, count > 1 and rng.random() < CALM
    while True:
        scene = sample_scene(rng, count=count)
        if (not twins or has_twins(scene)) and (not calm or is_calm(scene)):
            return scene


def related(scene, sounds):
    """Whether a sound and a deed keep to one half each, so that one can be asked about by the other."""
    return any(act.half != "all" for thing in scene.things for act in thing.acts) and any(s.half != "all" for s in sounds)


def has_twins(scene):
    return min(len({t.colour for t in scene.things}), len({t.shape for t in scene.things})) < len(scene.things)


def is_calm(scene):
    return not any(thing.acts for thing in scene.things)
