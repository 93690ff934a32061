import csv

import numpy as np
import pytest
from support.extras import required
from support.lander_maps import known_curve

from gridemp.errors import GridempError
from gridemp.lander import (
    Flight,
    LanderState,
    MapSettings,
    lander_curve,
    lander_map,
    save_curve_csv,
)

required("Box2D")
SHORT = MapSettings(horizon=1, frames=20, repeats=1, shape=(3, 4))


def flight_of(*states, wind=0.0):
    count = len(states)
    times = tuple(0.2 * i for i in range(count))
    return Flight("Ada", "1", times, ("1",) * count, states, gravity=10.0, wind=wind)


def test_at_rest_and_upright_it_is_the_map():
    lmap = lander_map(SHORT, wind=5.0, seed=2)
    free = np.argwhere(~np.isnan(lmap.bits))
    states = [LanderState(float(lmap.x[col]), float(lmap.y[row])) for row, col in free]
    curve = lander_curve(flight_of(*states, wind=5.0), SHORT, seed=2)
    np.testing.assert_array_equal(curve.bits, lmap.bits[tuple(free.T)])
    assert curve.standard_error is None
    assert curve.settings == lmap.settings


def test_states_in_the_ground_have_no_value():
    curve = lander_curve(flight_of(LanderState(0, 1), LanderState(0, -0.5)), SHORT)
    assert np.isnan(curve.bits).tolist() == [False, True]
    with pytest.raises(GridempError, match="all states of the flight lie below the ground"):
        lander_curve(flight_of(LanderState(0, -0.5)), SHORT)


@pytest.mark.slow
def test_several_seeds_and_processes():
    states = (LanderState(0.1, 0.5, 0.2, 0.5, -0.6, 1.0), LanderState(0, 0.2))
    curves = [lander_curve(flight_of(*states), SHORT, seed=seed) for seed in (4, 9)]
    both = lander_curve(flight_of(*states), SHORT, seed=(4, 9), processes=2)
    first, other = (curve.bits for curve in curves)
    np.testing.assert_allclose(both.bits, (first + other) / 2, atol=1e-12)
    np.testing.assert_allclose(both.standard_error, np.abs(first - other) / 2, atol=1e-12)


def test_each_row_of_the_table_has_a_state_and_all_settings(tmp_path):
    save_curve_csv(known_curve(), tmp_path / "curve.csv")
    with (tmp_path / "curve.csv").open() as file:
        table = list(csv.DictReader(file))
    values = [(row["episode"], row["time"], row["bits"], row["standard_error"]) for row in table]
    assert values[:3] == [
        ("1", "0", "1.5000", "0.1500"),
        ("1", "0.2", "", ""),
        ("2", "0.4", "3.0000", "0.3000"),
    ]
    same = {"player": "Ada", "trial": "2", "kind": "estimate", "horizon": "2", "seed": "3 4"}
    assert all(same.items() <= row.items() for row in table)
