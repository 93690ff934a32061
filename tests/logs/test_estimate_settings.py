"""Settings of an estimate of information."""

import pytest

from gridemp.errors import GridempError
from gridemp.logs import EstimateSettings


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"estimator": "kgs"}, "`estimator` must be ksg or copula or plugin, not 'kgs'"),
        ({"null": "none"}, "`null` must be shift or shuffle, not 'none'"),
        ({"k": 0}, "`k` must be 1 or more, not 0"),
        ({"shuffles": 5}, "`shuffles` must be 19 or more, not 5"),
        ({"bins": 4}, "ksg needs no bins; leave out `bins` or set `estimator` to plugin"),
        ({"estimator": "plugin", "bins": 1}, "`bins` must be 2 or more, not 1"),
    ],
)
def test_settings_out_of_range_are_refused(settings, sentence):
    with pytest.raises(GridempError) as error:
        EstimateSettings(**settings)
    assert str(error.value) == sentence
