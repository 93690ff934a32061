import numpy as np
import pytest

from gridemp.errors import GridempError
from gridemp.logs import rating_power
from gridemp.logs.rating_power import gains_and_ratings


@pytest.mark.parametrize("persistence", [0.0, 0.8])
def test_false_alarms_are_rare(persistence):
    (none,) = rating_power(8, 12, [0.0], persistence=persistence, runs=400)
    assert none.found <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 400)
    assert (none.players, none.pairs) == (8, 88)


def test_power_grows_with_the_effect_and_with_players():
    few = [one.found for one in rating_power(4, 10, runs=150)]
    many = [one.found for one in rating_power(20, 10, runs=150)]
    assert few == sorted(few)
    assert few[1] < many[1]
    assert many[2] == 1.0


def test_the_effect_is_a_correlation():
    rng = np.random.default_rng(0)
    x, y = gains_and_ratings(100_000, 0.3, 0.5, rng)
    assert abs(np.corrcoef(x, y)[0, 1] - 0.3) < 0.02
    np.testing.assert_allclose([x.std(), y.std()], 1, atol=0.02)
    assert abs(np.corrcoef(x[1:], x[:-1])[0, 1] + 0.5) < 0.02  # gains are differences


def test_ratings_of_the_next_trial_are_a_pair_less():
    (one,) = rating_power(3, 6, [0.5], lag=1, runs=2)
    assert one.pairs == 12


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"trials": 3}, "`trials` must be a whole number, 4 or more, not 3"),
        ({"players": 0}, "`players` must be a whole number, 1 or more, not 0"),
        ({"effects": [1.5]}, "`effects` must be from -1 to 1, not 1.5"),
        ({"persistence": 1.0}, "`persistence` must be from 0 to below 1, not 1"),
    ],
)
def test_impossible_studies_are_refused(arguments, sentence):
    with pytest.raises(GridempError) as error:
        rating_power(**{"players": 3, "trials": 6, "runs": 2} | arguments)
    assert str(error.value) == sentence
