"""Errors of estimates that are known."""

import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from support.audits import small_audit

from gridemp.deep import Estimates
from gridemp.information import spearman


def test_errors_are_those_of_the_estimates():
    audit = small_audit()
    plain, learned = audit.summary("plug-in"), audit.summary("mine-dv")
    assert plain.bias == pytest.approx(0.2)
    assert plain.sd == pytest.approx(np.std([0.1, 0.3], ddof=1))
    assert plain.error == pytest.approx(math.sqrt((0.1**2 + 0.3**2) / 2))
    assert plain.spearman == pytest.approx(1)
    rho = spearman(audit.empowerment.bits, audit.truth.bits)
    assert plain.spearman_empowerment == pytest.approx(rho)
    assert audit.agreement == pytest.approx(rho)
    assert math.isnan(plain.bound)
    assert learned.bias == pytest.approx(0.1)
    assert learned.bound == pytest.approx(-0.2)
    assert (plain.seconds, learned.seconds) == (0.5, 2.0)
    assert plain.steps == 5 * 5 * 10 * 2  # states, actions, rollouts and steps of each


def test_the_correlation_is_the_median_of_the_repeats_where_there_is_one():
    audit = small_audit()
    truth = audit.truth.bits
    for rows, rho in (
        ([truth, -truth, truth], 1),
        ([truth, 0 * truth, truth], 1),
        ([truth, -truth], 0),
    ):
        changed = replace(audit, estimates=(Estimates("plug-in", np.array(rows), None, 0.0),))
        assert changed.summary("plug-in").spearman == pytest.approx(rho)
    flat = replace(audit, estimates=(Estimates("plug-in", 0 * np.array(rows), None, 0.0),))
    assert math.isnan(flat.summary("plug-in").spearman)


def test_settings_in_words():
    audit = small_audit()
    words = "10 rollouts per first action and cell"
    assert audit.settings("plug-in") == f"{words}, 2 repeats from seed 0"
    assert audit.settings("mine-dv") == (
        f"{words}, 1000 updates of 128 rollouts, 2 repeats from seed 0"
    )
    assert repr(audit).endswith("10 rollouts, 2 repeats: plug-in, MINE, Donsker-Varadhan)")


def test_counting_needs_no_torch():
    code = """
import sys
sys.modules["torch"] = None
import gridemp
from gridemp.deep import audit
world = gridemp.World.from_maze(gridemp.parse_maze("..."))
print(audit(world, 1, ["plug-in"]).summary("plug-in").bias < 1e-9)
try:
    audit(world, 1)
except gridemp.MissingExtra as error:
    print(str(error).split(";")[0])
"""
    words = [sys.executable, "-c", code]
    lines = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    assert lines == ["True", "the estimator info-nce needs torch"]
