"""Turns an open question with a pool of answers into a multiple-choice one."""

LETTERS = "ABCD"

_ENDINGS = (
    "Answer with the letter.",
    "Answer with the option's letter.",
    "Answer with the option's letter from the given choices directly.",
    "Which option is right?",
)


def multiple_choice(question, make, rng):
    """A new question of type 'mc …' whose answer is a letter.

    On the way to it one should know the open answer where the question ends, and
    at the end of every option whether it is right, which is to know its letter.
    """
    right = question.answer.rstrip(".")
    others = [o.rstrip(".") for o in question.pool if o.rstrip(".") != right]
    others = [others[i] for i in rng.permutation(len(others))][: int(rng.integers(2, 4))]
    options = [*others, right]
    options = [options[i] for i in rng.permutation(len(options))]
    text, checks = question.text, [known_at_end(question.text, right, options)]
    joint = "\n" if rng.random() < 0.7 else " "
    if rng.random() < 0.3:
        text += "\nOptions:"
    for letter, option in zip(LETTERS, options):
        text += f"{joint}({letter}) {option}"
        checks.append((len(text), letter if option == right else " no", "verdict"))
    text += "\n" + str(rng.choice(_ENDINGS))
    return make("MC-VQA", "mc " + question.type, text, LETTERS[options.index(right)], (), tuple(checks))


def known_at_end(text, answer, pool):
    """A check: where the question ends, the word of its open answer that fewest of the pool's answers share."""
    words = lambda answer: answer.lower().rstrip(".").split()
    telling = min(words(answer), key=lambda word: sum(word in words(other) for other in pool))
    return len(text), " " + telling, "answer"
