import pytest

from gridemp.errors import GridempError, HorizonTooLarge
from gridemp.lander import MapSettings


@pytest.mark.parametrize(
    ("settings", "error", "sentence"),
    [
        ({"horizon": 0}, GridempError, "`horizon` must be a whole number from 1, not 0"),
        ({"horizon": 7}, HorizonTooLarge, "lower `horizon` to 6 at most and increase `frames`"),
        ({"frames": 501}, GridempError, "`frames` must be a whole number from 1 to 500, not 501"),
        ({"resolution": 0.0}, GridempError, "`resolution` must be a number from 0.01 to 10, not 0"),
        ({"repeats": 0}, GridempError, "`repeats` must be a whole number from 1 to 1000, not 0"),
        (
            {"shape": (0, 3)},
            GridempError,
            "`shape` must have from 1 to 10000 places in all, such as (10, 15)",
        ),
        ({"shape": (73, 137)}, GridempError, "`shape` must have from 1 to 10000 places"),  # 10001
    ],
)
def test_settings_out_of_range_are_refused(settings, error, sentence):
    with pytest.raises(error) as raised:
        MapSettings(**settings)
    assert sentence in str(raised.value)


@pytest.mark.parametrize("shape", [(100, 100), (1, 10_000)])
def test_as_many_places_as_there_may_be(shape):
    assert MapSettings(shape=shape).shape == shape
