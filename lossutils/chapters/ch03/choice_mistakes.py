"""What learners write instead of the choice and the search of chapter 03."""

from __future__ import annotations

import numpy as np

from lossutils.judge.task import Mistake

RIGHT = {
    "scale": "gaussian",
    "height": "gaussian",
    "gps": "laplace",
    "waiting": "gamma",
    "goals": "poisson",
    "accidents": "poisson",
    "rain": "bernoulli",
    "exam": "bernoulli",
    "digit": "categorical",
    "party": "categorical",
}


def answers(**instead):
    """`choose_loss` with another answer for one case."""

    def wrong(case):
        if case not in RIGHT:
            raise ValueError
        return (RIGHT | instead)[case]

    return wrong


def with_a_default(case):
    return RIGHT.get(case, "gaussian")


def looks_up(case):
    return RIGHT[case]


TWO = "two outcomes are a case of categorical, with twice as many numbers as needed; here the answer is bernoulli"
CHOOSE_LOSS = (
    Mistake(
        "goals are counted: never negative, never 1.5, and with a spread that grows with the mean",
        answers(goals="gaussian"),
    ),
    Mistake("a gamma target is never 0, but a team often scores no goal", answers(goals="gamma")),
    Mistake("as classes, 3 goals would be no nearer to 2 than to 9; goals are counted", answers(goals="categorical")),
    Mistake("yes or no has two outcomes, not a bell around a number", answers(rain="gaussian")),
    Mistake("yes or no is not counted; 2 can't happen", answers(rain="poisson")),
    Mistake(TWO, answers(rain="categorical")),
    Mistake("nothing is far off on this scale, so the bell fits", answers(scale="laplace")),
    Mistake("positive, but the error is the same for light and for heavy parcels", answers(scale="gamma")),
    Mistake(
        "a height is positive, but its spread around the prediction does not grow with it", answers(height="gamma")
    ),
    Mistake(
        "the two humps come from the inputs; what counts is the noise around the prediction",
        answers(height="categorical"),
    ),
    Mistake("the two humps come from the inputs, and no height is far off its prediction", answers(height="laplace")),
    Mistake("a digit is a name here, not a count: 3 is no nearer to 4 than to 8", answers(digit="poisson")),
    Mistake("a digit is a name here, not a number: 3 is no nearer to 4 than to 8", answers(digit="gaussian")),
    Mistake("the code of a party is a name, not a count", answers(party="poisson")),
    Mistake("the code of a party is a name, not a number", answers(party="gaussian")),
    Mistake("a bell is symmetric, and allows negative times", answers(waiting="gaussian")),
    Mistake("a waiting time is not counted: in seconds it would get another variance", answers(waiting="poisson")),
    Mistake(
        "under a bell, an error of ten spreads costs 50 nats, and would pull the whole fit", answers(gps="gaussian")
    ),
    Mistake("an error has two sides, a gamma target is positive", answers(gps="gamma")),
    Mistake("1 and 2 are names for failed and passed, not counts", answers(exam="poisson")),
    Mistake("1 and 2 are names for failed and passed, not numbers", answers(exam="gaussian")),
    Mistake(TWO, answers(exam="categorical")),
    Mistake("a gamma target is never 0, but most years have no accident", answers(accidents="gamma")),
    Mistake(
        "accidents are counted: never negative, and rarely near the middle of a bell", answers(accidents="gaussian")
    ),
    Mistake("no loss fits everything; for an unknown case raise a ValueError", with_a_default),
    Mistake("an unknown case gets None, and the mistake shows up much later; raise a ValueError", RIGHT.get),
    Mistake("a KeyError names no reason; raise a ValueError that says which case is unknown", looks_up),
)


# A search ----------------------------------------------------------------------------------------------------------


def on_a_grid(points, answer=lambda grid, heights: grid[np.argmin(heights)]):
    def wrong(nll, low, high):
        grid = np.linspace(low, high, points)
        return answer(grid, np.array([nll(place) for place in grid]))

    return wrong


def thirds(rounds=200, better=np.less, answer=lambda nll, low, high: (low + high) / 2):
    """`best_rate` with another part."""

    def wrong(nll, low, high):
        for _ in range(rounds):
            left, right = low + (high - low) / 3, high - (high - low) / 3
            if better(nll(left), nll(right)):
                high = right
            else:
                low = left
        return answer(nll, low, high)

    return wrong


GRID = "a grid is only as fine as its steps; cut the stretch down around the valley instead"
HIGHEST = "this goes to the highest place; the loss should be least"
BEST_RATE = (
    Mistake(
        "this is the least value of the curve; return the place where it is",
        thirds(answer=lambda nll, low, high: nll((low + high) / 2)),
    ),
    Mistake(
        "this is the number of the place in a list, not the place",
        on_a_grid(1001, lambda grid, heights: np.argmin(heights)),
    ),
    Mistake(HIGHEST, thirds(better=np.greater)),
    Mistake(HIGHEST, on_a_grid(1001, lambda grid, heights: grid[np.argmax(heights)])),
    Mistake("this is the middle of the stretch; nothing is searched", thirds(rounds=0)),
    Mistake("these are too few rounds for six digits; each leaves two thirds of the stretch", thirds(rounds=10)),
    Mistake("these are too few rounds for six digits; each leaves two thirds of the stretch", thirds(rounds=20)),
    *(Mistake(GRID, on_a_grid(points)) for points in (101, 1000, 1001, 10001)),
    Mistake(
        "this returns an end of the stretch without searching; compare two places inside",
        lambda nll, low, high: low if nll(low) < nll(high) else high,
    ),
)
