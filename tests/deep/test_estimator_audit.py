"""Audits of small worlds: what holds for all critics, and what trained ones come close to."""

import subprocess
import sys

import numpy as np
import pytest
from support.worlds import drawn_world

import gridemp
from gridemp import GridempError, World, empowerment, first_action_empowerment
from gridemp.deep import ESTIMATORS, AuditOptions, audit

ROUNDING = 1e-9
COUNTING = ["plug-in", "miller-madow"]
CRITICS = [name for name in ESTIMATORS if name not in COUNTING]
WORLD = drawn_world("....\n.#..", slip=0.1)


def test_the_plug_in_estimate_has_the_bias_that_is_expected():
    found = audit(WORLD, 2, COUNTING, AuditOptions(repeats=300))
    values = found.of("plug-in").values
    error = values.std(axis=0) / np.sqrt(len(values))
    expected = gridemp.analysis.expected_plug_in(WORLD, 2, 10)
    assert (np.abs(values.mean(axis=0) - expected) < 4 * error).all()
    bias = (expected - found.truth.bits).mean()
    assert found.summary("plug-in").bias == pytest.approx(bias, abs=0.01)
    assert 0 < found.summary("miller-madow").bias < 0.7 * bias


def test_the_exact_values_are_those_of_the_maps():
    found = audit(WORLD, 2, ["plug-in"])
    truth = first_action_empowerment(WORLD, 2, source="uniform")
    np.testing.assert_array_equal(found.truth.bits, truth.bits)
    np.testing.assert_array_equal(found.empowerment.bits, empowerment(WORLD, 2).bits)
    exact = empowerment(WORLD, 2)
    assert audit(WORLD, 2, ["plug-in"], exact=exact).empowerment is exact


def test_all_estimators_see_the_same_rollouts_and_a_seed_determines_them():
    alone = audit(WORLD, 2, ["miller-madow"]).of("miller-madow").values
    both = audit(WORLD, 2, COUNTING).of("miller-madow").values
    other = audit(WORLD, 2, COUNTING, AuditOptions(seed=1)).of("miller-madow").values
    fewer = audit(WORLD, 2, COUNTING, AuditOptions(repeats=3)).of("miller-madow").values
    np.testing.assert_array_equal(alone, both)
    np.testing.assert_array_equal(both[:3], fewer)
    assert (both != other).any()
    assert (both[0] != both[1]).any()


@pytest.mark.parametrize("name", CRITICS)
def test_no_critic_exceeds_the_plug_in_estimate_or_under_the_true_channel_the_truth(name):
    pytest.importorskip("torch")
    found = audit(WORLD, 2, ["plug-in", name], AuditOptions(repeats=2, updates=60, batch=32))
    learned = found.of(name)
    assert (learned.values <= found.of("plug-in").values + ROUNDING).all()
    assert (learned.bounds <= found.truth.bits + ROUNDING).all()
    again = audit(WORLD, 2, [name], AuditOptions(repeats=2, updates=60, batch=32)).of(name)
    np.testing.assert_array_equal(learned.values, again.values)
    np.testing.assert_array_equal(learned.bounds, again.bounds)


@pytest.mark.slow
@pytest.mark.parametrize("name", CRITICS)
def test_with_many_rollouts_a_trained_critic_comes_close_to_the_truth(name):
    pytest.importorskip("torch")
    options = AuditOptions(rollouts=500, repeats=2, updates=400)
    found = audit(drawn_world("...", slip=0.1), 1, [name], options)
    summary = found.summary(name)
    assert abs(summary.bias) < 0.03
    assert -0.03 < summary.bound <= 0
    assert found.truth.bits.mean() > 0.5


def test_info_nce_in_small_batches_is_at_most_log2_of_their_size():
    pytest.importorskip("torch")
    options = AuditOptions(rollouts=20, repeats=2, updates=300, batch=2)
    found = audit(drawn_world("...\n...\n..."), 1, ["info-nce"], options)
    assert found.truth.bits.max() > 2
    assert found.of("info-nce").values.max() <= 1


def test_networks_leave_the_random_numbers_of_others_alone():
    torch = pytest.importorskip("torch")
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    audit(WORLD, 1, ["mine-dv"], AuditOptions(repeats=2, updates=1))
    assert torch.equal(torch.rand(3), expected)


def test_readings_and_headings_may_be_any():
    for world in (
        drawn_world("...", sensor="row"),
        drawn_world("..", moves="turn"),
        World.from_successors([[1, 0], [1, 1]]),
    ):
        found = audit(world, 2, COUNTING, AuditOptions(repeats=2))
        assert found.of("plug-in").values.shape == (2, len(world.start_states))


def test_progress_ends_at_one():
    done = []
    audit(WORLD, 1, COUNTING, AuditOptions(repeats=2), progress=done.append)
    assert done == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((WORLD, 0, ["plug-in"]), "horizon"),
        ((WORLD, 1, ["guess"]), "there is no estimator 'guess'"),
        ((WORLD, 1, "plug-in"), r"`estimators` must be a list .*; give a list"),
    ],
)
def test_what_cannot_be_audited_is_refused(arguments, sentence):
    with pytest.raises(GridempError, match=sentence):
        audit(*arguments)


def test_no_estimator_is_charged_for_loading_pytorch():
    pytest.importorskip("torch")
    program = (
        "import sys, time\n"
        "from gridemp import World, parse_maze\n"
        "from gridemp.deep import AuditOptions, audit\n"
        "time.perf_counter = lambda: sum(name.startswith('torch') for name in list(sys.modules))\n"
        "world = World.from_maze(parse_maze('..'))\n"
        "found = audit(world, 1, ['mine-dv'], AuditOptions(repeats=2, updates=1))\n"
        "assert found.summary('mine-dv').seconds == 0"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_another_map_is_refused():
    worlds = drawn_world("..."), drawn_world("....\n..#.", slip=0.1), drawn_world("....\n.#..")
    of_others = [empowerment(world, 2) for world in worlds]
    for other in (empowerment(WORLD, 1), *of_others, first_action_empowerment(WORLD, 2)):
        with pytest.raises(GridempError, match="`exact` must be the empowerment of this world"):
            audit(WORLD, 2, ["plug-in"], exact=other)
