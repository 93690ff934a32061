import pytest

from gridemp.errors import GridempError
from gridemp.lander import RecordingSettings

PAIRS = (
    "`conditions` must be a list of pairs of numbers (gravity, wind), such as [(10, 0), (10, 20)]"
)


def test_without_conditions_the_wind_rises_evenly():
    settings = RecordingSettings(trials=3, gravity=5.0, wind=(0.0, 10.0))
    assert settings.conditions_of(0) == [(5.0, 0.0), (5.0, 5.0), (5.0, 10.0)]
    assert settings.trials_of_player == 3


def test_conditions_are_in_an_order_that_the_seed_determines():
    pairs = [(gravity, wind) for gravity in (1, 5, 9) for wind in (0, 20)]
    settings = RecordingSettings(trials=2, conditions=pairs)
    orders = [settings.conditions_of(seed) for seed in range(5)]
    assert all(sorted(order) == sorted(pairs * 2) for order in orders)
    assert len({tuple(order) for order in orders}) == 5
    assert settings.conditions_of(3) == orders[3]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"trials": 0}, "`trials` must be a whole number from 1 to 100000, not 0"),
        ({"seconds": 0.0}, "`seconds` must be a number above 0, up to 3600, not 0"),
        ({"gravity": 12.0}, "`gravity` must be a number above 0 and below 12, not 12"),
        ({"conditions": [(5, 0), (5, 0)]}, "`conditions` has a pair twice; give each pair once"),
        ({"conditions": [(5, 0, 1)]}, PAIRS),
        ({"conditions": (5, 0)}, PAIRS),
        ({"conditions": [(5, 21)]}, "`wind` must be a number from 0 to 20, not 21"),
        ({"wind": (0.0, 21.0)}, "`wind` must be a number from 0 to 20, not 21"),
    ],
)
def test_settings_out_of_range_are_refused(settings, sentence):
    with pytest.raises(GridempError) as error:
        RecordingSettings(**settings)
    assert str(error.value) == sentence
