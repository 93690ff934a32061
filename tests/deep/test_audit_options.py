"""Options of an audit and names of estimators that do not exist are refused."""

import pytest

from gridemp import GridempError
from gridemp.deep import ESTIMATORS, AuditOptions
from gridemp.deep.audit_options import checked_estimators


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"rollouts": 0}, "`rollouts` must be 1 or more, not 0"),
        ({"repeats": 1}, "`repeats` must be 2 or more, not 1"),
        ({"seed": -1}, "`seed` must be 0 or more, not -1"),
        ({"updates": 0}, "`updates` must be 1 or more, not 0"),
        ({"batch": 1}, "`batch` must be 2 or more, not 1"),
        ({"batch": 4097}, "`batch` must be 4096 or less, not 4097"),
        ({"rollouts": 2.5}, "`rollouts` must be a whole number, not 2.5"),
    ],
)
def test_numbers_out_of_range_are_refused(options, sentence):
    with pytest.raises(GridempError) as refused:
        AuditOptions(**options)
    assert str(refused.value) == sentence


def test_names_of_estimators_are_checked():
    assert checked_estimators(list(ESTIMATORS)) == tuple(ESTIMATORS)
    for names, sentence in (
        ([], "name `estimators`: plug-in"),
        (["plugin"], "there is no estimator 'plugin'"),
        (["plug-in", "plug-in"], "holds plug-in twice; leave out one"),
    ):
        with pytest.raises(GridempError, match=sentence):
            checked_estimators(names)
