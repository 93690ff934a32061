import numpy as np
import pytest
from support.landers import rows

from gridemp.errors import GridempError
from gridemp.lander import MapSettings, lander_conditions, lander_map, save_conditions_csv

SMALL = MapSettings(horizon=1, frames=20, repeats=1, shape=(2, 3))


def test_a_condition_has_the_mean_of_its_map():
    found = lander_conditions(SMALL, gravities=[10, 2], winds=[20, 0], seed=(0, 1))
    assert (found.gravities, found.winds) == ((2.0, 10.0), (0.0, 20.0))
    for i, wind in enumerate(found.winds):
        for j, gravity in enumerate(found.gravities):
            lmap = lander_map(SMALL, gravity=gravity, wind=wind, seed=(0, 1))
            assert found.bits[i, j] == pytest.approx(np.nanmean(lmap.bits), abs=1e-12)
            assert found.places == np.isfinite(lmap.bits).sum()
    maps = [lander_map(SMALL, gravity=2, seed=seed).bits for seed in (0, 1)]
    free = np.isfinite(maps).all(axis=0)  # above both terrains
    one, other = (bits[free].mean() for bits in maps)
    assert found.standard_error[0, 0] == pytest.approx(abs(one - other) / 2, abs=1e-12)


def test_one_seed_has_no_standard_error(tmp_path):
    found = lander_conditions(SMALL, gravities=[2, 10], winds=[0, 20])
    assert found.standard_error is None
    save_conditions_csv(found, tmp_path / "c.csv")
    table = rows(tmp_path / "c.csv")
    pairs = [("2", "0"), ("10", "0"), ("2", "20"), ("10", "20")]
    assert [(row["gravity"], row["wind"]) for row in table] == pairs
    assert [float(row["bits"]) for row in table] == pytest.approx(found.bits.ravel(), abs=1e-4)
    assert {row["standard_error"] for row in table} == {""}
    assert "gravity" not in found.settings
    assert f"mean of {found.places} places, seed 0" in found.caption


@pytest.mark.slow
def test_conditions_do_not_depend_on_the_number_of_processes():
    alone = lander_conditions(SMALL, winds=[0, 20], seed=(0, 1))
    shared = lander_conditions(SMALL, winds=[0, 20], seed=(0, 1), processes=2)
    np.testing.assert_array_equal(alone.bits, shared.bits)


@pytest.mark.parametrize(
    ("conditions", "sentence"),
    [
        ({"gravities": []}, "`gravities` must hold one number or more, each of them once"),
        ({"winds": [1, 1]}, "`winds` must hold one number or more, each of them once"),
        ({"gravities": [2, 12]}, "`gravity` must be a number above 0 and below 12, not 12"),
    ],
)
def test_conditions_out_of_range_are_refused(conditions, sentence):
    with pytest.raises(GridempError) as error:
        lander_conditions(SMALL, **conditions)
    assert str(error.value) == sentence
