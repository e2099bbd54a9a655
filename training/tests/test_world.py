"""The sample world: scripts are the same for the same seed, stay in the frame, and words tell what the script says."""

import re

import numpy as np
import pytest

from ..world import phrases as say
from ..world import questions_sound, questions_video
from ..world.clip import sample_clip
from ..world.draw import draw
from ..world.motion import path_box, pose_at
from ..world.palette import COLOUR_NAMES, COLOURS, SHAPE_NAMES
from ..world.questions import MODALITIES, ask_everything
from ..world.scene import has_held_out, is_held_out, sample_scene
from ..world.sound import COUNTED, SECONDS, sample_sounds, synthesise

SEEDS = range(60)


def clip_of(seed, held_out=False):
    return sample_clip(np.random.default_rng(seed), held_out)


def questions_of(seed, modality):
    clip = clip_of(seed)
    return clip, ask_everything(clip.scene, clip.sounds, modality, np.random.default_rng(seed + 1))


def test_the_same_seed_gives_the_same_script_and_another_seed_another():
    scripts = [(clip.scene, clip.sounds) for clip in map(clip_of, SEEDS)]
    assert scripts == [(clip.scene, clip.sounds) for clip in map(clip_of, SEEDS)]
    assert len({repr(script) for script in scripts}) == len(SEEDS)


def test_the_same_seed_asks_the_same_questions_with_the_same_answers():
    for modality in MODALITIES:
        assert questions_of(7, modality)[1] == questions_of(7, modality)[1]


def test_the_same_script_sounds_the_same_to_the_last_bit():
    sounds = clip_of(3).sounds
    first, again = (synthesise(sounds, np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(first, again)


@pytest.mark.parametrize("held_out", [False, True])
def test_training_never_sees_a_combination_of_the_benchmark(held_out):
    scenes = [sample_scene(np.random.default_rng(seed), held_out) for seed in SEEDS]
    assert {has_held_out(scene) for scene in scenes} == {held_out}


def test_what_is_held_out_is_some_of_every_colour_and_of_every_shape():
    actions = ("left", "grow", "stay")
    kept = {(c, s) for c in COLOUR_NAMES for s in SHAPE_NAMES for a in actions if not is_held_out(c, s, a)}
    assert {c for c, _ in kept} == set(COLOUR_NAMES)
    assert {s for _, s in kept} == set(SHAPE_NAMES)


def test_nothing_leaves_the_frame_at_any_time():
    for seed in SEEDS:
        scene = clip_of(seed).scene
        for thing in scene.things:
            left, top, right, bottom = path_box(thing)
            assert min(left, top) > -1e-6
            assert right < scene.width + 1e-6
            assert bottom < scene.height + 1e-6


def test_things_that_vanish_are_gone_and_things_that_appear_are_there_at_the_end():
    seen = set()
    for seed in range(300):
        for thing in clip_of(seed).scene.things:
            first, last = pose_at(thing, [0.0, SECONDS]).visible
            for act in thing.acts:
                if act.name == "vanish":
                    assert last == 0
                    seen.add("vanish")
                if act.name == "appear":
                    assert first == 0
                    seen.add("appear")
    assert seen == {"vanish", "appear"}


def test_a_caption_names_every_thing_with_what_it_does_and_nothing_else():
    for seed in range(200):
        scene = clip_of(seed).scene
        told = questions_video.caption(scene).replace("an orange", "a orange").replace("An orange", "A orange")
        for thing in scene.things:
            wanted = f"a {thing.name} {say.deeds(thing, scene)}".replace(" behind the ", " behind a ")
            assert all(word in wanted for act in thing.acts for word in act.name.split("-"))
            is_passed = f"passes behind a {thing.name}" in told and not thing.acts  # told with what passes it
            assert is_passed or wanted.lower() in told.lower()
        assert set(re.findall(r"\w+", told)) & set(COLOUR_NAMES) == {thing.colour for thing in scene.things}
        assert set(re.findall(r"\w+", told)) & set(SHAPE_NAMES) == {thing.shape for thing in scene.things}


def test_what_is_told_of_sounds_counts_and_orders_them_as_the_script_does():
    for seed in range(200):
        sounds = sample_sounds(np.random.default_rng(seed))
        told = questions_sound.caption(sounds)
        places = [told.index(say.sound(event)) for event in sounds]
        assert places == sorted(places)
        assert (told == "It is silent.") == (not sounds)
        for event in sounds:
            assert (event.count > 0) == (event.kind in COUNTED)
            assert event.count in (0, len(event.onsets))


def test_sounds_are_heard_in_their_half_and_nowhere_else():
    for seed in SEEDS:
        sounds = sample_sounds(np.random.default_rng(seed))
        wave = synthesise(sounds, np.random.default_rng(seed), rate=16000, floor=0.0)
        assert len(wave) == SECONDS * 16000
        assert np.abs(wave).max() <= 1
        loud = [bool((half**2).sum() > 0) for half in np.split(wave, 2)]
        halves = {event.half for event in sounds}
        assert loud == [bool(halves & {name, "all"}) for name in ("first", "second")]


def test_a_multiple_choice_offers_the_right_answer_once_under_its_letter():
    asked = [q for seed in SEEDS for q in questions_of(seed, "audio-video")[1] if q.family == "MC-VQA"]
    assert len(asked) > len(SEEDS)
    for question in asked:
        options = [line for letter in "ABCD" for line in [f"({letter}) "] if line in question.text]
        assert f"({question.answer}) " in options
        assert len(options) in (2, 3, 4)  # two of a size
        texts = [question.text.split(mark)[1].split("\n")[0].split(" (")[0].strip() for mark in options]
        assert len(set(texts)) == len(texts)


def test_a_number_that_is_asked_for_is_the_number_of_things():
    counted = 0
    for seed in SEEDS:
        clip, asked = questions_of(seed, "video")
        for question in asked:
            if question.type == "count":
                assert question.answer == say.sentence(say.number(len(clip.scene.things)))
                counted += 1
    assert counted >= len(SEEDS)


def test_frames_show_the_colour_of_a_still_thing_where_it_stands():
    shown = 0
    for seed in range(120):
        clip = clip_of(seed)
        thing = clip.scene.things[0]
        if thing.acts or thing.shape in ("ring", "moon", "cross", "star", "heart"):
            continue
        height, width = 120, round(120 * clip.scene.width / clip.scene.height)
        frame = draw(clip.scene, clip.look, [1.0], width, height)[0]
        pixel = frame[int(thing.y * height / clip.scene.height), int(thing.x * width / clip.scene.width)]
        nearest = min(COLOURS, key=lambda name: np.abs(np.subtract(COLOURS[name], pixel.astype(int))).sum())
        assert nearest == thing.colour
        shown += 1
    assert shown > 5
