"""Chapter 03: distributions and their losses, the numbers that it teaches, its tasks and attacks, its widget."""

import math

import numpy as np
import pytest
from figures import texts
from of_chapters import by_hand

from lossutils import (
    BinaryCrossEntropy,
    GammaNLL,
    GaussianNLL,
    Hinge,
    LaplaceNLL,
    LogisticLoss,
    PoissonNLL,
    SoftmaxCrossEntropy,
    SquaredError,
    data,
    practice,
    rng,
)
from lossutils.chapters import ch03
from lossutils.chapters.ch03.likelihoods import DOUBLE, NLL, SINGLE, VIEWS
from lossutils.chapters.ch03.noise import BERNOULLI, CATEGORICAL, GAMMA, GAUSSIAN, LAPLACE, NOISES, POISSON, lowest
from lossutils.judge.judge import judge

KICKS = data.horse_kicks()
DEATHS = KICKS["deaths"][~np.isin(KICKS["corps"], ["G", "I", "VI", "XI"])]
COPPER, FOOD = data.chem()["copper"], data.engel()["food"]
LABELS, ORIGIN = data.challenger()["damage"], data.auto_mpg()["origin"] - 1
INCOME, WARM, MINES = data.engel()["income"], data.challenger()["temperature"], data.coal_mines()
SAMPLES = [
    (GAUSSIAN, COPPER),
    (LAPLACE, COPPER),
    (GAMMA, FOOD),
    (POISSON, DEATHS),
    (BERNOULLI, LABELS),
    (CATEGORICAL, ORIGIN),
]
each_sample = pytest.mark.parametrize(("noise", "y"), SAMPLES, ids=[noise.name for noise, _ in SAMPLES])


def cost(noise, y, parameters):
    return -float(np.mean(noise.log_p(y, *parameters)))


# Distributions -------------------------------------------------------------------------------------------------------


def test_the_distributions_of_the_pictures_are_those_of_the_losses():
    log_factorial = np.mean([math.lgamma(count + 1) for count in DEATHS])
    assert cost(GAUSSIAN, COPPER, (3, 0.7)) == pytest.approx(GaussianNLL(variance=0.49)(3, COPPER))
    assert cost(LAPLACE, COPPER, (3, 0.7)) == pytest.approx(LaplaceNLL(scale=0.7)(3, COPPER))
    assert cost(POISSON, DEATHS, (0.9,)) == pytest.approx(PoissonNLL()(math.log(0.9), DEATHS) + log_factorial)
    assert cost(GAMMA, FOOD, (500, 1)) == pytest.approx(GammaNLL()(math.log(500), FOOD))
    assert cost(BERNOULLI, LABELS, (0.3,)) == pytest.approx(BinaryCrossEntropy()(0.3, LABELS))
    scores = np.tile([0.4, -1.0, 0.0], (len(ORIGIN), 1))
    assert cost(CATEGORICAL, ORIGIN, (0.4, -1.0)) == pytest.approx(SoftmaxCrossEntropy()(scores, ORIGIN))


def test_every_distribution_is_one():
    """All probabilities sum to 1, and the area under a density is 1."""
    assert np.exp(POISSON.log_p(np.arange(60), 4.5)).sum() == pytest.approx(1)
    assert np.exp(BERNOULLI.log_p(np.arange(2), 0.2)).sum() == pytest.approx(1)
    assert np.exp(CATEGORICAL.log_p(np.arange(3), 0.7, -2.0)).sum() == pytest.approx(1)
    for noise, low in ((GAUSSIAN, -60), (LAPLACE, -60), (GAMMA, 1e-9)):
        y = np.linspace(low, 80, 400_001)
        assert np.trapezoid(np.exp(noise.log_p(y, 3.0, 2.5)), y) == pytest.approx(1, abs=1e-4), noise.name


def test_a_shape_only_scales_the_gamma_loss():
    """What a prediction costs more than another is as many times as large as the shape."""
    means = (300.0, 624.0, 900.0)
    simple, shaped = ([cost(GAMMA, FOOD, (mean, shape)) for mean in means] for shape in (1, 6))
    assert np.diff(shaped) == pytest.approx(6 * np.diff(simple))
    draws = rng(6).gamma(6, 624 / 6, 100_000)
    assert draws.std() == pytest.approx(624 / math.sqrt(6), rel=0.01)


def test_a_certain_label_costs_nothing_and_an_excluded_one_everything():
    assert BERNOULLI.log_p(np.array([1, 0]), 1.0).tolist() == [0, -math.inf]
    assert BERNOULLI.log_p(np.array([1, 0]), 0.0).tolist() == [-math.inf, 0]


@each_sample
def test_no_nudge_beats_the_fit(noise, y):
    best = noise.fit(y)
    for k in range(len(best)):
        for factor in (0.99, 1.01):
            nudged = [*best[:k], best[k] * factor, *best[k + 1 :]]
            assert cost(noise, y, nudged) > cost(noise, y, best)
    for (low, high), value in zip(noise.spans(y), best, strict=True):
        assert low < value < high


@pytest.mark.oracle
def test_the_distributions_and_the_references_are_scipys():
    from scipy import stats

    y, whole = np.array([0.3, 2.5, 9.0]), np.array([0, 3, 400])
    pairs = [
        (GAUSSIAN, y, (2, 0.5), stats.norm(2, 0.5).logpdf),
        (LAPLACE, y, (2, 0.5), stats.laplace(2, 0.5).logpdf),
        (GAMMA, y, (2, 3), stats.gamma(3, scale=2 / 3).logpdf),
        (POISSON, whole, (4.5,), stats.poisson(4.5).logpmf),
        (BERNOULLI, whole[:1], (0.2,), stats.bernoulli(0.2).logpmf),
    ]
    for noise, values, parameters, oracle in pairs:
        assert noise.log_p(values, *parameters) == pytest.approx(oracle(values))
    reference = {name: task.reference for name, task in practice.tasks().items()}
    y = rng(5).gamma(2.0, 2.0, 40) + 1.1
    assert reference["best_parameter"]("rayleigh", y) == pytest.approx(stats.rayleigh.fit(y, floc=0)[1])
    assert reference["best_parameter"]("pareto", y) == pytest.approx(stats.pareto.fit(y, floc=0, fscale=1)[0])
    centre, u = rng(6).normal(size=(2, 40))
    loss, *_ = reference["laplace_scale_nll"](centre, u, y)
    assert loss == pytest.approx(-stats.laplace(centre, np.exp(u)).logpdf(y).mean())


# What is taught ------------------------------------------------------------------------------------------------------


def test_the_horse_kicks_have_the_published_counts_and_rate():
    """Von Bortkiewicz 1898; all fourteen corps have the mean .70."""
    assert np.bincount(DEATHS).tolist() == [109, 65, 22, 3, 1]
    assert math.exp(PoissonNLL().best_constant(DEATHS)) == pytest.approx(0.61, abs=1e-12)
    assert len(KICKS) == 280 and KICKS["deaths"].mean() == pytest.approx(0.7)


def test_the_product_underflows_where_the_chapter_says_and_not_before():
    p = np.exp(POISSON.log_p(DEATHS, 0.61))
    single, double = np.cumprod(p.astype(np.float32)), np.cumprod(np.tile(p, 4))
    assert single[111] > 0 == single[112]
    assert single[91] > np.finfo(np.float32).tiny > single[92]  # from here on where a processor drops small numbers
    assert f"{np.prod(p):.2e}" == "3.08e-90"
    assert double[733] > 0 == double[734]
    for rate in (0.001, 5.0):
        assert np.prod(np.exp(POISSON.log_p(DEATHS, rate))) == 0
    budgets = np.cumprod(np.exp(GAUSSIAN.log_p(FOOD, FOOD.mean(), FOOD.std())))
    assert budgets[105] > 0 == budgets[106]


def test_the_hinge_loss_is_no_likelihood_and_the_logistic_loss_is_one():
    z = np.linspace(-3, 3, 13)
    sums = {
        loss: sum(np.exp(-loss.each(z, np.full(13, label))) for label in (0, 1)) for loss in (Hinge(), LogisticLoss())
    }
    assert np.allclose(sums[LogisticLoss()], 1)
    assert np.ptp(sums[Hinge()]) > 0.3


def line_through(x, y, weight):
    """The line with the least weighted squared error: what it predicts at x."""
    coefficient, intercept = np.polyfit(x, y, 1, w=np.sqrt(weight))
    return lambda x: intercept + coefficient * x


def test_a_growing_spread_lowers_the_nll_of_the_households_by_91_nats_and_on_those_that_are_new_too():
    """With as many parameters: two for the line, one for the spread; on twenty random halves of twenty."""
    income = data.engel()["income"]

    def fitted(known, power):
        line = line_through(income[known], FOOD[known], income[known] ** (-2.0 * power))
        size = np.sqrt(np.mean(((FOOD - line(income)) / income**power)[known] ** 2))
        return -np.array(
            [GAUSSIAN.log_p(y, c, s) for y, c, s in zip(FOOD, line(income), size * income**power, strict=True)]
        )

    everybody = np.arange(235)
    totals = [fitted(everybody, power).sum() for power in (0, 1)]
    assert [f"{total:.1f}" for total in totals] == ["1445.7", "1354.8"]
    for seed in range(20):
        known, new = np.split(rng(seed).permutation(235), [118])
        assert fitted(known, 1)[new].mean() < fitted(known, 0)[new].mean()


def test_the_squared_error_does_with_100_targets_what_the_absolute_does_with_160_under_gaussian_noise():
    """In five draws of 4000 samples; in theory π/2 for many targets, and 1/2 under Laplace noise."""
    for seed in range(5):
        draw = rng(seed)
        bell, peak = draw.normal(size=(4000, 101)), draw.laplace(size=(4000, 101))
        assert 1.5 < np.median(bell, axis=1).var() / bell.mean(axis=1).var() < 1.65
        assert 0.55 < np.median(peak, axis=1).var() / peak.mean(axis=1).var() < 0.6


def test_what_the_folded_part_says_of_priors_areas_and_copper():
    c = np.linspace(2, 3, 1001)
    posterior = [3 * GaussianNLL(variance=1)(one, [1, 2, 6]) + GaussianNLL(variance=1)(one, [0]) for one in c]
    assert c[np.argmin(posterior)] == pytest.approx(2.25) == SquaredError().best_constant([1, 2, 6, 0])
    heads = np.linspace(0, 1, 1001)
    assert np.trapezoid(4 * heads**3 * (1 - heads), heads) == pytest.approx(0.2, abs=1e-6)
    sums = [np.sum(np.exp(-Hinge().each(np.array([z, z]), [0, 1]))) for z in (0.0, 1.0)]
    assert [f"{value:.2f}" for value in sums] == ["0.74", "1.14"]
    for values, said in ((COPPER, ["3.06", "2.14"]), (COPPER[COPPER < 28], ["1.02", "1.03"])):
        b = np.mean(np.abs(values - np.median(values)))
        losses = (
            GaussianNLL(variance=values.var())(values.mean(), values),
            LaplaceNLL(scale=b)(np.median(values), values),
        )
        assert [f"{loss:.2f}" for loss in losses] == said


def test_the_best_constants_of_the_widgets_copper():
    b = np.mean(np.abs(COPPER - np.median(COPPER)))
    assert COPPER.std() == pytest.approx(5.19, abs=0.01)
    assert LaplaceNLL(scale=b)(np.median(COPPER), COPPER) < GaussianNLL(variance=COPPER.var())(COPPER.mean(), COPPER)


# The exercise --------------------------------------------------------------------------------------------------------

REFERENCES = {name: task.reference for name, task in practice.tasks().items() if task.chapter == "03"}


def total_nll(distribution, parameter, y):
    """What each row of the exercise's table says, as it stands there."""
    with np.errstate(divide="ignore"):
        p = {
            "geometric": lambda: parameter * (1 - parameter) ** y,
            "rayleigh": lambda: y / parameter**2 * np.exp(-(y**2) / (2 * parameter**2)),
            "pareto": lambda: parameter / y ** (parameter + 1),
            "uniform": lambda: np.where(y <= parameter, 1 / parameter, 0.0),
        }[distribution]()
        return -np.log(p).sum()


@pytest.mark.parametrize("distribution", ["geometric", "rayleigh", "pareto", "uniform"])
def test_a_best_parameter_that_is_derived_has_the_least_nll(distribution):
    for seed in range(5):
        y = np.ceil(rng(seed).gamma(2.0, 2.0, 9)) + 1.0
        best = REFERENCES["best_parameter"](distribution, y)
        least = total_nll(distribution, best, y)
        assert all(total_nll(distribution, best * nudge, y) > least for nudge in (0.999, 1.001, 0.9, 1.1))


def test_a_predicted_total_is_what_the_losses_give():
    predict = REFERENCES["predicted_total"]
    for seed in range(5):
        y = rng(seed).normal(5, 3, 30)
        sigma, b = y.std(), np.mean(np.abs(y - np.median(y)))

        def bell(k=1, s=1.0, y=y, sigma=sigma):
            return 30 * GaussianNLL(variance=(s * k * sigma) ** 2)(k * y.mean(), k * y)

        def peak(k=1, s=1.0, y=y, b=b):
            return 30 * LaplaceNLL(scale=s * k * b)(k * np.median(y), k * y)

        for noise, of in (("gaussian", bell), ("laplace", peak)):
            before = of()
            assert predict("unit", before, 30, 7.0, noise) == pytest.approx(of(k=7.0))
            assert predict("spread", before, 30, 0.4, noise) == pytest.approx(of(s=0.4))
        assert predict("copies", before, 30, 3, "laplace") == pytest.approx(
            90 * LaplaceNLL(scale=b)(np.median(y), np.tile(y, 3))
        )
        p = rng(seed).uniform(0.1, 0.4, 30)
        assert predict("chance", -np.log(p).sum(), 30, 2.0) == pytest.approx(-np.log(2 * p).sum())


def test_the_slopes_of_a_predicted_scale_are_those_of_small_steps():
    f = REFERENCES["laplace_scale_nll"]
    for seed in range(5):
        centre, u, y = rng(seed).normal(size=(3, 6))
        loss, by_centre, by_u = f(centre, u, y)
        each = [
            LaplaceNLL(scale=math.exp(one)).each(c, [target])[0] for c, one, target in zip(centre, u, y, strict=True)
        ]
        assert loss == pytest.approx(np.mean(each))
        for k in range(6):
            step = 1e-7 * np.eye(6)[k]
            assert (f(centre + step, u, y)[0] - f(centre - step, u, y)[0]) / 2e-7 == pytest.approx(
                by_centre[k], abs=1e-7
            )
            assert (f(centre, u + step, y)[0] - f(centre, u - step, y)[0]) / 2e-7 == pytest.approx(by_u[k], abs=1e-7)


def test_with_one_scale_laplace_fits_the_irises_and_with_one_for_each_species_the_bell():
    """What the cell after the task shows: what looked like far targets were different spreads."""
    length, species = data.iris()["petal_length"], data.iris()["species"]
    means, medians = (np.array([of(length[species == k]) for k in species]) for of in (np.mean, np.median))
    off, far = length - means, np.abs(length - medians)
    variances = np.full(150, np.mean(off**2)), np.array([np.mean(off[species == k] ** 2) for k in species])
    scales = np.full(150, far.mean()), np.array([far[species == k].mean() for k in species])
    bell = [np.mean(np.log(2 * np.pi * v) + off**2 / v) / 2 for v in variances]
    peak = [REFERENCES["laplace_scale_nll"](medians, np.log(b), length)[0] for b in scales]
    assert [f"{value:.4f}" for value in (*bell, *peak)] == ["0.5656", "0.3754", "0.5390", "0.4134"]


def test_the_best_mean_of_people_who_wait_is_all_minutes_by_those_who_have_come():
    minutes, arrived = np.array([5.0, 12, 3, 20, 8]), np.array([1, 0, 1, 0, 1])
    means = np.arange(5, 40) / 1.0
    losses = [REFERENCES["waiting_nll"](math.log(mean), minutes, arrived) for mean in means]
    assert means[np.argmin(losses)] == minutes.sum() / arrived.sum() == 16


def test_other_right_ways_get_full_marks():
    """The logarithm of the ratio is taken first; a table is asked with other errors."""

    def by_logs(centre, log_scale, target):
        e = centre - target
        with np.errstate(divide="ignore"):
            ratio = np.exp(np.log(np.abs(e)) - log_scale)
        each = ratio + np.log(2 * np.exp(log_scale))
        return np.mean(each), np.sign(e) / np.exp(log_scale) / e.size, (1 - ratio) / e.size

    def asking_twice(f):
        e, t = np.array([1.0, -2.0, 4.0, 0.0]), np.array([3.0, 1.0, -1.0, 2.0])
        far = f(np.array([0.0]), np.array([-1e4]), 2.0)
        if not np.isfinite(far):
            return "log in code"
        if far < 2000:
            return "clipped"
        s, c = 0.25, np.log(2 * np.pi) / 2
        quad, log_s = np.mean(e**2) / 2 / s**2, np.log(s)
        table = {"right": quad + log_s + c, "no constant": quad + log_s, "no log sigma": quad + c}
        table |= {"sign": quad - log_s + c, "variance": quad * s + log_s / 2 + c}
        table |= {"sum": 4 * table["right"], "base 10": table["right"] / np.log(10)}
        return min(table, key=lambda fault: abs(table[fault] - f(t + e, t, s)))

    ways = {"laplace_scale_nll": (by_logs,), "find_nll_fault": (asking_twice,)}
    for name, functions in ways.items():
        for f in functions:
            for hidden in (False, True):
                verdict = judge(practice.task(name), f, 3, hidden)
                assert verdict.passed, verdict.sentence


# Wrong functions beside the typical mistakes: code, or what is changed in the reference ------------------------------


def by_a_search(distribution, y):
    """All four on a grid of parameters."""
    grid = np.linspace(0.001, 2 * max(y), 4001)
    if distribution == "geometric":
        grid = np.linspace(0.001, 0.999, 4001)
    with np.errstate(all="ignore"):
        losses = [total_nll(distribution, one, np.asarray(y)) for one in grid]
    return float(grid[np.nanargmin(losses)])


def always_right(f):
    return "right"


def by_two_questions(f):
    """Far and near, but nothing is computed."""
    far = f(np.array([1000.0]), np.array([0.0]), 1.0)
    return "log in code" if np.isinf(far) else "clipped" if far < 1000 else "right"


P, S, A, T = "1 / (1 + np.mean(y))", "np.sqrt(np.mean(y**2) / 2)", "1 / np.mean(np.log(y))", "float(np.max(y))"
UNIT, CHANCE, COPIES = "return total + n * math.log(k)", "return total - n * math.log(k)", "return k * total"
BELL, PEAK = "n * (math.log(k) + (1 / k**2 - 1) / 2)", "n * (math.log(k) + 1 / k - 1)"
LOSS, RATIO = "np.mean(ratio + u + np.log(2))", "np.abs(e) * np.exp(-u)"
BY_C, BY_U = "np.sign(e) * np.exp(-u) / n", "(1 - ratio) / n"
EACH = "minutes * np.exp(-z) + arrived * z"
ERRORS, ONES = "np.array([2.0, -1.0, 4.5]), 3.0", "np.array([1.0, 7.0, 30.0])"
ATTACKS = {
    "best_parameter": [
        by_a_search,
        ((P, "1 / (1 + np.mean(np.unique(y)))"),),
        ((P, "1 / (1 + np.mean(np.minimum(y, 100)))"),),
        ((P, "len(y) / (1 + len(y) + np.sum(y))"),),
        ((P, "1 / (1 + np.round(np.mean(y), 1))"),),
        ((P, "max(0.01, 1 / (1 + np.mean(y)))"),),
        ((P, "1 / (1 + np.mean(y)) if np.min(y) == 0 else 1 / np.mean(y)"),),
        ((P, "1 / (1 + np.mean(y[y > 0]))"),),
        ((S, "np.sqrt(np.median(y**2) / (2 * np.log(2)))"),),
        ((S, "np.sqrt(np.sum(y**2) / 2 / (len(y) - 1)) if len(y) > 1 else y[0] / np.sqrt(2)"),),
        ((S, "np.sqrt(np.mean(np.unique(y)**2) / 2)"),),
        ((S, "np.sqrt(max(np.mean(y**2) / 2, 1e-4))"),),
        ((S, "np.sqrt(np.var(y) / (2 - np.pi / 2)) if np.var(y) else y[0] / np.sqrt(2)"),),
        ((S, "np.max(y) / np.sqrt(2 * np.log(len(y) + 1))"),),
        ((A, "(len(y) - 1) / np.sum(np.log(y)) if len(y) > 1 else 1 / np.log(y[0])"),),
        ((A, "1 / np.mean(np.log(np.maximum(y, 1.1)))"),),
        ((A, "1 / np.mean(np.log1p(y - 1 + 1e-3))"),),
        ((A, "1 / np.mean(np.log(y / np.min(y))) if np.ptp(y) else 1 / np.log(y[0])"),),
        ((A, "min(1 / np.mean(np.log(y)), 50)"),),
        ((A, "np.log(2) / np.log(np.median(y))"),),
        ((T, "float(np.sort(y)[-2:][0])"),),
        ((T, "float(np.max(y[:-1])) if len(y) > 1 else float(y[0])"),),
        ((T, "float(np.max(y[1:])) if len(y) > 1 else float(y[0])"),),
        ((T, "float(np.ceil(np.max(y)))"),),
        ((T, "float(np.quantile(y, 0.99))"),),
        ((T, "float(np.max(y)) * (1 + 1e-4)"),),
        ((T, "float(min(np.max(y), 1e5))"),),
    ],
    "predicted_total": [
        lambda change, total, n, k, noise="gaussian": total,
        lambda change, total, n, k, noise="gaussian": total + n * math.log(k),
        ((COPIES, "return k * abs(total)"),),
        ((COPIES, "return total * max(k, 2)"),),
        ((COPIES, "return total + (k - 1) * n"),),
        ((COPIES, "return k * total if n > 1 else total"),),
        ((UNIT, "return total + n * abs(math.log(k))"),),
        ((UNIT, "return total + n * (k - 1)"),),
        ((UNIT, "return total + n * math.log(max(k, 1))"),),
        ((UNIT, "return total + n * math.log(k) * (1 if noise == 'gaussian' else 2)"),),
        ((UNIT, "return total + n * math.log(k) / (2 if noise == 'laplace' else 1)"),),
        ((UNIT, "return total + n * round(math.log(k), 3)"),),
        ((UNIT, "return max(0.0, total + n * math.log(k))"),),
        ((CHANCE, "return max(0.0, total - n * math.log(k))"),),
        ((CHANCE, "return total - n * math.log(max(k, 1))"),),
        ((CHANCE, "return total - n * (k - 1) / k"),),
        ((CHANCE, "return total - (n - 1) * math.log(k)"),),
        ((CHANCE, "return total - n * math.log(k) * (noise == 'gaussian')"),),
        ((BELL, "n * (math.log(k) - math.log(k))"),),
        ((BELL, "n * (k - 1) ** 2"),),
        ((BELL, "n * (math.log(k) + (1 / k**2 - 1) / 2) * (n - 1) / n"),),
        ((BELL, "n * max(0.0, math.log(k) + (1 / k**2 - 1) / 2) if k > 1 else n * (1 / k**2 - 1) / 2"),),
        ((PEAK, "n * (math.log(2 * k) + 1 / k - 1)"),),
        ((PEAK, "n * (math.log(k) + 1 / k - 1) if k > 1 else n * (math.log(k) + (1 / k**2 - 1) / 2)"),),
        ((PEAK, "n * (math.log(k) + abs(1 / k - 1))"),),
        (('noise == "gaussian"', "True"),),
        (('noise == "gaussian"', "False"),),
    ],
    "find_nll_fault": [
        always_right,
        by_two_questions,
        lambda f: "sum",
        ((ERRORS, "np.array([2.0, -1.0, 4.5]), 1.0"),),
        ((ERRORS, "np.array([2.0, -2.0, 2.0]), 1.0"),),
        ((ERRORS, "np.array([0.0, 0.0, 0.0]), 1.0"),),
        (("np.array([1000.0]), np.array([0.0]), 1.0", "np.array([1000.0]), np.array([0.0]), 500.0"),),
        (("np.array([1000.0])", "np.array([20.0])"),),
        (("np.array([1000.0])", "np.array([38.0])"),),
        (("far < 1000", "far < 20"),),
        (("far < 1000", "far < 300"),),
        (("far < 1000", "far < 400_000"),),
        (("far > 1e9", "far > 1e5"),),
        (('"sum": 3 * right', '"sum": 0 * right'),),
        (('formulas["variance"] = ', 'formulas["spread"] = '),),
        (('formulas["sign"] = ', 'formulas["minus"] = '),),
        (("right / math.log(10)", "right / math.log(2)"),),
        (('["no constant"] = right - constant', '["no constant"] = right + constant'),),
        (("squares / sigma + log_sigma / 2", "squares / sigma + 2 * log_sigma"),),
        (
            (
                "return min(formulas, key=lambda fault: abs(formulas[fault] - got))",
                'return "right" if abs(right - got) < 1 else "sum"',
            ),
        ),
        (("abs(formulas[fault] - got)", "formulas[fault] - got"),),
    ],
    "laplace_scale_nll": [
        ((BY_C, "(np.sign(e) * np.exp(-u) / n).astype(np.asarray(centre).dtype)"),),
        lambda centre, log_scale, target: (0.0, 0 * centre, 0 * centre),
        ((LOSS, "np.median(ratio + u + np.log(2))"),),
        ((LOSS, "np.mean(ratio + u) + 0.7"),),
        ((LOSS, "np.mean(ratio + np.maximum(u, 0) + np.log(2))"),),
        ((LOSS, "np.mean(np.minimum(ratio, 745) + u + np.log(2))"),),
        ((LOSS, "np.mean(np.abs(e)) * np.mean(np.exp(-u)) + np.mean(u) + np.log(2)"),),
        ((LOSS, "max(0.0, np.mean(ratio + u + np.log(2)))"),),
        ((LOSS, "np.mean(-np.log(np.maximum(np.exp(-ratio) / (2 * np.exp(u)), 1e-300)))"),),
        ((LOSS, "np.mean(ratio + u + np.log(2)) if n > 1 else ratio[0] + u[0]"),),
        ((RATIO, "np.abs(e) * np.exp(-np.clip(u, -5, 5))"),),
        ((RATIO, "np.minimum(np.abs(e) * np.exp(-u), 1e6)"),),
        ((RATIO, "np.abs(e) * np.exp(-np.mean(u))"),),
        ((RATIO, "np.abs(e) / (np.exp(u) + 1e-6)"),),
        ((RATIO, "np.sqrt(e**2 + 1e-3) * np.exp(-u)"),),
        ((RATIO, "np.maximum(np.abs(e), 1e-2) * np.exp(-u)"),),
        ((BY_C, "np.tanh(e) * np.exp(-u) / n"),),
        ((BY_C, "np.sign(e) * np.exp(-u / 2) / n"),),
        ((BY_C, "np.clip(np.sign(e) * np.exp(-u), -10, 10) / n"),),
        ((BY_C, "np.sign(e) * np.exp(-np.abs(u)) / n"),),
        ((BY_C, "np.sign(e) * np.exp(-u) / max(n, 2)"),),
        ((BY_C, "np.sign(e) * ratio / n"),),
        ((BY_U, "np.maximum((1 - ratio) / n, -5)"),),
        ((BY_U, "(1 - ratio**2) / n"),),
        ((BY_U, "(1 - ratio) / (n + 1)"),),
        ((BY_U, "np.mean((1 - ratio) / n) * np.ones(n)"),),
        ((BY_U, "np.where(e == 0, 0, (1 - ratio) / n)"),),
        (("return float(loss), slope_centre, slope_u", "return float(loss), slope_u, slope_centre"),),
        (("return float(loss), slope_centre, slope_u", "return float(loss), np.sum(slope_centre), np.sum(slope_u)"),),
        (("e, u, n = centre - target", "e, u, n = target - centre"),),
    ],
    "waiting_nll": [
        lambda z, minutes, arrived: 0.0,
        ((EACH, "np.minimum(minutes * np.exp(-z), 600) + arrived * z"),),
        ((EACH, "minutes * np.exp(-np.clip(z, -5, 5)) + arrived * np.clip(z, -5, 5)"),),
        ((EACH, "minutes / (np.exp(z) + 1e-4) + arrived * z"),),
        ((EACH, "np.abs(minutes * np.exp(-z) + arrived * z)"),),
        ((EACH, "minutes * np.exp(-np.mean(z)) + arrived * np.mean(z)"),),
        ((EACH, "minutes * np.exp(-np.ravel(z)[0]) + arrived * np.ravel(z)[0]"),),
        ((EACH, "minutes * np.exp(-z) + arrived * np.abs(z)"),),
        ((EACH, "minutes * np.exp(-z) + arrived * np.maximum(z, 0)"),),
        ((EACH, "minutes * np.exp(-np.abs(z)) + arrived * z"),),
        ((EACH, "minutes * np.exp(-z) + arrived * z + (1 - arrived) * z / 2"),),
        ((EACH, "2 * minutes * np.exp(-z) * (1 - arrived) + arrived * (minutes * np.exp(-z) + z)"),),
        ((EACH, "arrived * (minutes * np.exp(-z) + z) + (1 - arrived) * (minutes + 1) * np.exp(-z)"),),
        ((EACH, "np.minimum(minutes, 30) * np.exp(-z) + arrived * z"),),
        (
            (
                EACH,
                "(np.mean(minutes) if np.ndim(z) else minutes) * np.exp(-z) + arrived * z",
            ),
        ),
        ((EACH, "minutes * np.exp(-z) + arrived * z if np.any(arrived) else np.zeros(1)"),),
        ((EACH, "minutes * np.exp(-z) + arrived * z if not np.all(arrived) else minutes * np.exp(-z)"),),
        ((EACH, "minutes / (1 + np.exp(z)) + arrived * z"),),
        ((EACH, "minutes * np.exp(-z) + arrived * z / np.log(10)"),),
        (
            (
                EACH,
                "(minutes * np.exp(-z) + arrived * z)[:-1] if len(minutes) > 3 else minutes * np.exp(-z) + arrived * z",
            ),
        ),
        (("np.mean(each)", "np.median(each)"),),
        (("np.mean(each)", "np.sum(each) / max(len(minutes), 2)"),),
    ],
}
# Harmless, and so not above: a loss that is asked in another order, log10 of a ratio turned into the natural one.


def test_all_nine_faults_are_among_those_that_are_tried():
    task = practice.task("find_nll_fault")
    for hidden in (False, True):
        source = rng(1)
        calls = [case for check in task.checks_of(hidden) for case in check.draw(source)]
        assert len({task.reference(**case) for case in calls}) == 9
    names = {case["f"].__name__ for check in task.checks for case in check.draw(rng(1))}
    assert {"mean of e²/2σ² + log σ + ½ log 2π", "mean of −log of the density"} <= names, "a learner reads the formula"


# Figures and widget --------------------------------------------------------------------------------------------------


def test_a_valley_is_found_inside_and_at_an_end():
    assert lowest(lambda x: abs(x - 0.3), 0, 5) == pytest.approx(0.3)
    assert lowest(lambda x: x, 2, 5) == pytest.approx(2)


@each_sample
@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_says_what_its_parameters_cost(noise, y, view):
    middle = [low + 0.4 * (high - low) for low, high in noise.spans(y)]
    picture = ch03.Likelihood(y, noise, "things").at(middle, view)
    assert picture.png().startswith(b"\x89PNG")
    assert picture.mean_loss == pytest.approx(cost(noise, y, middle)) and picture.least <= picture.mean_loss
    assert f"{len(y)} values of things" in picture.words() and noise.name in picture.state()
    assert len(picture.figure.axes) == 1 + len(noise.parameters)
    for k, ax in enumerate(picture.figure.axes[1:]):
        (curve, ball, *_) = ax.lines
        assert ball.get_xdata()[0] == middle[k]
        assert ball.get_ydata()[0] == pytest.approx(
            np.interp(middle[k], *curve.get_data()), abs=0.03 * np.ptp(ax.get_ylim())
        )


def test_products_are_computed_in_the_precision_that_is_named():
    picture = ch03.Likelihood(DEATHS, POISSON).at([0.61])
    assert picture.height([0.61], SINGLE) == 0 < picture.height([0.61], DOUBLE) < 1e-89
    assert picture.height([0.61], NLL) == pytest.approx(1.0305, abs=5e-5)
    assert "is 3.08 · 10⁻⁹⁰ in float64, 0 in float32." in picture.state()


def test_a_distribution_stands_at_its_input_and_its_length_is_its_probability(shown):
    FIGURES["distributions_on_curve, labels"]()
    (ax,) = shown.figures[0].axes
    bars = [(bar.get_x(), bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in ax.patches]
    assert {x for x, _, _ in bars} == {60, 70, 80}
    lengths = {round(y): width for x, y, width in bars if x == 60}
    assert lengths[1] / lengths[0] == pytest.approx(0.3 / 0.7)
    assert "at 60 probability p 0.3" in shown.sentence and "Beyond the picture: 1 of the 23 points." in shown.sentence


def test_a_narrow_bell_is_as_much_longer_as_it_is_narrower(shown):
    ch03.distributions_on_curve(INCOME, FOOD, "Gaussian", lambda x: (600 + 0 * x, x / 10), [500, 1500], "x", "y")
    reach = [
        line.get_xdata().max() - x
        for x in (500, 1500)
        for line in shown.figures[0].axes[0].lines
        if len(line.get_xdata()) > 20 and line.get_xdata().min() >= x and line.get_xdata().min() < x + 5
    ]
    assert reach[0] / reach[1] == pytest.approx(3, rel=0.01)


def test_a_product_that_falls_to_0_is_drawn_at_0_and_its_name_stands_beside_the_last_point(shown):
    ch03.running_product(np.exp(POISSON.log_p(DEATHS, 0.61)), "corps-years")
    assert "In float32 it is 1.4 · 10⁻⁴⁵ after 112, and 0 from 113 on." in shown.sentence
    ax = shown.figures[0].axes[0]
    assert ax.get_ylim()[1] <= 5, "no product of probabilities is above 1"
    said = {text.get_text(): text for text, _ in texts(shown.figures[0])}
    assert said["float32, 1.4 · 10⁻⁴⁵, then 0"].xy[0] == 112
    zero = ax.get_yticks()[[label.get_text() for label in ax.get_yticklabels()].index("0")]
    assert any(line.get_ydata()[-1] == zero and line.get_xdata()[-1] == 200 for line in ax.lines)


def test_a_count_is_a_marker_of_its_own_and_no_line_joins_two(shown):
    FIGURES["observed_and_expected"]()
    (ax,) = shown.figures[0].axes
    assert [line.get_linestyle() for line in ax.lines] == ["None", "None"]


@pytest.fixture(scope="module")
def game():
    return ch03.widget()


def test_the_widget_starts_beside_the_minimum_and_its_button_goes_there(game, unrendered):
    picker = game.controls["fit"]
    button = game.buttons[0]
    for k in range(6):
        picker.choose(k)
        before = game.sentence
        assert "is at" in before
        button.click()
        assert game.sentence != before
        number, *parameters = picker.value
        assert number == k and [slider.value for slider in picker.sliders()] == parameters
        mean, least = game.sentence.split("mean of −log p ")[1].split("; the least, ")
        assert mean == least.split(",")[0]


def test_each_slider_and_each_view_changes_the_picture(game):
    game.controls["fit"].choose(2)
    seen = {game.picture}
    for slider in game.controls["fit"].sliders():
        slider.value = slider.min + 0.6 * (slider.max - slider.min)
        seen.add(game.picture)
    for view in VIEWS:
        game.controls["show"].value = view
        seen.add(game.picture)
    game.controls["show"].value = NLL
    assert len(seen) == 5
    assert repr(game).startswith("distribution of the targets: Gaussian, prediction ŷ = ")


def test_own_targets_may_be_shown():
    own = ch03.widget({"goals": ([0, 1, 1, 2, 5], POISSON)})
    assert "at mean μ = 1.8." in own.sentence and set(NOISES) >= {own.sentence.split(",")[0]}


def test_what_the_lecture_says_of_its_widget_is_reached_by_hand():
    game = ch03.widget()
    (mean,) = game.controls["fit"].sliders()
    mean.box.value = "1,2"
    assert "mean μ = 1.2: mean of −log p 1.208; the least, 1.031, is at mean μ = 0.61" in game.sentence
    assert by_hand(game, show=SINGLE).endswith("1.24 · 10⁻¹⁰⁵ in float64, 0 in float32.")
    game.controls["fit"].choose(2)
    assert by_hand(game, show=NLL, press="to the minimum").startswith(
        "Gaussian, prediction ŷ = 4.28 and spread σ = 5.19"
    )
    game.controls["fit"].choose(3)
    assert by_hand(game, press="to the minimum").startswith("Laplace, prediction ŷ = 3.38")


# What the tests of all figures and widgets take from here ------------------------------------------------------------

FIGURES = {
    "likelihood_to_loss": lambda k=1: ch03.likelihood_to_loss(
        {"Gaussian": 2 * k, "Laplace": 2, "Poisson": 2, "Bernoulli": 1}
    ),
    "likelihood_to_loss, two": lambda k=1: ch03.likelihood_to_loss({"gamma": 3 * k, "Poisson": 4}, title="Two"),
    "observed_and_expected": lambda k=1: ch03.observed_and_expected(
        ["below 0", *"01234"],
        [0, 109, 65, 22, 3, 1],
        {"Poisson": [0, 108.7, 66.3 * k, 20.2, 4.1, 0.6], "Gaussian": [15.5, 73.3, 85.9, 23.8, 1.5, 0.02]},
        "number of corps-years",
        "deaths in a year",
        title="Kicks",
    ),
    "likelihood": lambda k=1: ch03.likelihood(DEATHS, "Poisson", [1.2 * k], "deaths in a year"),
    "likelihood, product": lambda k=1: ch03.likelihood(DEATHS, "Poisson", [1.2 * k], view="product of p, float64"),
    "likelihood, no product": lambda k=1: ch03.likelihood(
        FOOD, "gamma", [500, 3 * k], "food (francs)", "product of p, float32"
    ),
    "likelihood, two parameters": lambda k=1: ch03.likelihood(COPPER, "Laplace", [4, 1.5 * k], "copper (ppm)"),
    "likelihood, classes": lambda k=1: ch03.likelihood(DEATHS[DEATHS < 3], "categorical", [0.5 * k, 0.5]),
    "likelihood, labels": lambda k=1: ch03.likelihood(DEATHS[DEATHS < 2], "Bernoulli", [0.5 * k], "damage"),
    "distributions_on_curve": lambda k=1: ch03.distributions_on_curve(
        INCOME, FOOD * k, "Gaussian", lambda x: (147 + 0.485 * k * x, 114.0), [600, 1600, 2600], "income", "food"
    ),
    "distributions_on_curve, counts": lambda k=1: ch03.distributions_on_curve(
        MINES["year"],
        MINES["disasters"],
        "Poisson",
        lambda x: (k * (1970 - x) / 30,),
        [1860, 1900],
        "year",
        "disasters",
    ),
    "distributions_on_curve, labels": lambda k=1: ch03.distributions_on_curve(
        WARM, LABELS, "Bernoulli", lambda x: (0.3 * k + 0 * x,), [60, 70, 80], "°F", "damage", xlim=(55, 85)
    ),
    "distributions_on_curve, one": lambda k=1: ch03.distributions_on_curve(
        INCOME, FOOD, "gamma", lambda x: (0.6 * k * x, 20.0), [1500], "income", "food"
    ),
    "six_distributions": lambda k=1: ch03.six_distributions((-0.8, 0.0, 0.8 * k)),
    "running_product": lambda k=1: ch03.running_product(np.full(200, 0.36 * k), "factors"),
    "running_product, nothing falls": lambda k=1: ch03.running_product(np.full(20, 0.36 * k)),
}

WIDGET, MOVES = ch03.widget, {"show": DOUBLE}
NEW_SHEETS = True  # its panels are as many as the parameters, and differ from view to view
CHANGE = ("kicks-curve", '["G", "I", "VI", "XI"]', '["G", "I", "VI"]')
