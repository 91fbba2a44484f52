"""A fair comparison gives each way its own rate, chosen on validation data, and survives runs that diverge."""

import numpy as np
import pytest

from lossutils import Huber, SquaredError, data, rng
from lossutils.models import Network
from lossutils.training import Diverged, GradientDescent, fair_compare, train

RATES, SEEDS = (0.1, 1.0, 10.0), (0, 1, 2)


def valley(best):
    """Errors that are least at one rate, and depend on the seed a little."""
    return lambda rate, seed: abs(np.log10(rate / best)) + 0.01 * seed


def run(way, rate, seed):
    return way(rate, seed), 100 * rate + seed


def test_each_way_gets_the_rate_that_serves_it_on_validation_data():
    found = fair_compare(run, {"slow": valley(1.0), "fast": valley(10.0)}, RATES, SEEDS)
    assert (found["slow"].rate, found["fast"].rate) == (1.0, 10.0)
    assert found["slow"].test.tolist() == [100, 101, 102]  # those of the chosen rate, whatever is better on test data
    assert found["slow"].validation == pytest.approx(np.array([[1, 1.01, 1.02], [0, 0.01, 0.02], [1, 1.01, 1.02]]))


def test_a_best_rate_at_the_edge_of_those_tried_is_reported():
    found = fair_compare(run, {"slow": valley(1.0), "fast": valley(10.0)}, RATES, SEEDS)
    assert (found["slow"].at_edge, found["fast"].at_edge) == (False, True)
    assert "10 (edge)" in repr(found) and "1 (edge)" not in repr(found)


def test_the_order_of_the_rates_and_a_rate_given_twice_change_nothing():
    one = fair_compare(run, {"way": valley(1.0)}, RATES, SEEDS)
    other = fair_compare(run, {"way": valley(1.0)}, (10.0, 0.1, 1.0, 0.1), SEEDS)
    assert repr(one) == repr(other) and one["way"].rates == other["way"].rates == RATES


def test_of_two_rates_that_are_as_good_the_smaller_is_taken():
    assert fair_compare(lambda way, rate, seed: (1.0, rate), {"way": None}, RATES, SEEDS)["way"].rate == 0.1


def test_one_lucky_seed_does_not_choose_the_rate():
    def lucky(way, rate, seed):
        return (0.0 if rate == 10 and seed == 0 else rate), rate

    assert fair_compare(lucky, {"way": None}, RATES, SEEDS)["way"].rate == 0.1


@pytest.mark.parametrize("lost", [np.nan, np.inf, Diverged("gone")], ids=["nan", "inf", "raised"])
def test_a_run_that_diverges_counts_as_the_worst_and_stops_nothing(lost):
    def runs(way, rate, seed):
        if rate < 10:
            return 1 / rate, rate
        if isinstance(lost, Exception):
            raise lost
        return lost, lost

    way = fair_compare(runs, {"way": None}, RATES, SEEDS)["way"]
    assert way.rate == 1.0 and way.diverged == 3 and np.isinf(way.validation[2]).all()


def test_a_fault_in_the_run_is_not_taken_for_divergence():
    def faulty(way, rate, seed):
        raise ValueError("a wrong shape")

    with pytest.raises(ValueError, match="a wrong shape"):
        fair_compare(faulty, {"way": None}, RATES, SEEDS)


def test_real_training_diverges_in_words_and_is_counted():
    patients = data.diabetes()
    X, y = patients.matrix("bmi", "bp"), patients["progression"]
    X = (X - X.mean(axis=0)) / X.std(axis=0)

    def fit(loss, rate, seed):
        net = Network([2, 1], rng(seed))
        train(net, loss, X[::2], y[::2], GradientDescent(rate), epochs=800, batch=221, rng=rng(seed))
        return loss(net.forward(X[1::4]), y[1::4]), loss(net.forward(X[3::4]), y[3::4])

    found = fair_compare(fit, {"squared": SquaredError(), "Huber": Huber(delta=50.0)}, (0.01, 0.1, 5.0), (0, 1))
    assert found["squared"].diverged == 2 and found["Huber"].diverged == 0  # its slope is bounded
    with pytest.raises(Diverged, match=r"no finite numbers in epoch \d+: .* the rate 5 is too large"):
        fit(SquaredError(), 5.0, 0)


@pytest.mark.parametrize(
    ("changed", "kind", "sentence"),
    [
        ({"run": 3}, TypeError, "run is 3"),
        ({"ways": {}}, TypeError, "losses by name"),
        ({"ways": [SquaredError()]}, TypeError, "losses by name"),
        ({"rates": (0.1,)}, ValueError, "nothing is tuned"),
        ({"rates": (0.1, 0.1)}, ValueError, "nothing is tuned"),
        ({"rates": (0.1, 0)}, ValueError, "a rate is 0"),
        ({"rates": (0.1, "fast")}, ValueError, "a rate is 'fast'"),
        ({"seeds": ()}, ValueError, "0 seeds"),
        ({"seeds": (0.5,)}, ValueError, "a seed is 0.5"),
        ({"run": lambda way, rate, seed: 0.5}, TypeError, "must return two errors"),
        ({"run": lambda way, rate, seed: (0.5, None)}, TypeError, "must return two errors"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(changed, kind, sentence):
    with pytest.raises(kind, match=sentence):
        fair_compare(**{"run": run, "ways": {"way": valley(1)}, "rates": RATES, "seeds": SEEDS, **changed})
