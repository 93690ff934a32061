from importlib import import_module

import numpy as np
import pytest

from gridemp.information.measures import LN2
from gridemp.logs import power
from gridemp.logs.power import gaussian


def test_the_true_information_is_what_it_is_called():
    x, y = gaussian(200_000, 1.5, np.random.default_rng(8))
    sign = np.linalg.slogdet(np.cov(x.T))[1] + np.linalg.slogdet(np.cov(y.T))[1]
    both = np.linalg.slogdet(np.cov(np.hstack([x, y]).T))[1]
    assert (sign - both) / 2 / LN2 == pytest.approx(1.5, abs=0.02)


@pytest.mark.slow
def test_power_rises_from_false_alarms_to_certainty(monkeypatch):
    module = import_module("gridemp.logs.power")  # as an attribute, `power` is the function
    monkeypatch.setattr(module, "RUNS", 25)
    monkeypatch.setattr(module, "TRUTHS", (0.0, 0.5, 2.0))
    reported = []
    found = list(power(40, ("copula",), shuffles=19, progress=reported.append))
    assert [one.truth for one in found] == [0.0, 0.5, 2.0]
    assert found[0].found < 0.2
    assert found[0].found < found[1].found < found[2].found == 1.0
    assert reported[-1] == 1.0
    assert found == list(power(40, ("copula",), shuffles=19))
