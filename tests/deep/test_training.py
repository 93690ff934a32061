"""Trends of training, its checkpoints, and what it refuses, on mazes of a few cells."""

from dataclasses import replace

import numpy as np
import pytest

import gridemp
from gridemp import empowerment

torch = pytest.importorskip("torch")

from support.trainers import WORLDS, trainer_of, world_of  # noqa: E402

from gridemp.deep import TrainingOptions, load_learned  # noqa: E402
from gridemp.deep import train as train_with_options  # noqa: E402
from gridemp.deep.evaluation import exact_bounds, exact_returns, occupancy  # noqa: E402
from gridemp.render import state_pictures  # noqa: E402

pytestmark = pytest.mark.slow

ROUNDING = 1e-9


def train(exact, updates=3000, *, checkpoint=None, resume=None, stop=None, **options):
    chosen = TrainingOptions(updates=updates, **options)
    return train_with_options(exact, chosen, checkpoint=checkpoint, resume=resume, stop=stop)


@pytest.mark.parametrize("sequences", ["listed", "drawn"])
def test_training_closes_most_of_the_gap(sequences):
    exact = empowerment(WORLDS["plain"], 2)
    before = exact.bits - exact_bounds(trainer_of(WORLDS["plain"], dynamics="given"), exact.world)
    learned = train(exact, 90, dynamics="given", sequences=sequences)
    assert learned.gap.mean() < before.mean() / 2
    assert (learned.gap >= -ROUNDING).all()
    assert learned.means[-1] == learned.proved.bits.mean()
    assert learned.means[-1] > learned.means[0]


def test_the_policy_seeks_the_middle_of_a_corridor():
    """Of seven cells in a row, two steps reach most from the inner three."""
    world = world_of(".......")
    exact = empowerment(world, 2)
    learned = train(exact, 150, dynamics="given")
    assert learned.top_tenth > 0.8
    assert learned.ends.sum() == pytest.approx(1)
    uniform = np.full((7, 5), 0.2)
    assert occupancy(world, uniform, 50)[2:5].sum() < 0.5


@pytest.mark.parametrize("dynamics", ["given", "learned"])
def test_to_resume_from_a_checkpoint_is_as_if_there_had_been_no_stop(tmp_path, dynamics):
    exact = empowerment(WORLDS["slip"], 2)
    whole = train(exact, 8, dynamics=dynamics)
    kept, rounds = tmp_path / "kept.pt", iter(range(100))
    stopped = train(exact, 8, dynamics=dynamics, checkpoint=kept, stop=lambda: next(rounds) == 3)
    assert stopped is None
    resumed = train(exact, 8, dynamics=dynamics, resume=kept)
    for name in ("estimates", "means", "surprises", "policy", "ends"):
        np.testing.assert_array_equal(getattr(resumed, name), getattr(whole, name))
    np.testing.assert_array_equal(resumed.proved.bits, whole.proved.bits)


def test_labels_of_sensor_readings_change_nothing():
    world = world_of(".....")
    renamed = replace(world, sensor=np.array([40, 3, 200, 1, 0]))
    one, other = (train(empowerment(each, 2), 5).proved.bits for each in (world, renamed))
    np.testing.assert_array_equal(one, other)


def test_seeds():
    exact = empowerment(WORLDS["plain"], 1)
    one, same, other = (train(exact, 5, seed=seed).proved.bits for seed in (0, 0, 1))
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()


def test_training_leaves_the_random_numbers_of_others_alone():
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    train(empowerment(WORLDS["plain"], 1), 2)
    assert torch.equal(torch.rand(3), expected)


def test_training_tells_its_bound_and_its_progress():
    bounds, fractions, seconds = [], [], []
    train_with_options(
        empowerment(WORLDS["plain"], 1),
        TrainingOptions(updates=25),
        announce=seconds.append,
        report=bounds.append,
        progress=fractions.append,
    )
    np.testing.assert_allclose(fractions, np.arange(1, 26) / 25)
    assert len(bounds) == 25
    assert all(isinstance(bound, float) for bound in bounds)
    assert len(seconds) == 1


def test_a_device_that_does_not_exist_is_refused():
    with pytest.raises(gridemp.GridempError) as refused:
        train(empowerment(WORLDS["plain"], 1), device="quantum")
    assert str(refused.value) == "there is no device 'quantum' on this computer; use cpu"


def test_worlds_that_cannot_be_learned_are_refused(monkeypatch):
    with pytest.raises(gridemp.GridempError, match="leave out `sensor`"):
        train(empowerment(world_of(sensor="row"), 1))
    with pytest.raises(gridemp.GridempError, match=r"too many to judge .* lower the horizon to 6"):
        train(empowerment(WORLDS["plain"], 7))
    monkeypatch.setattr("gridemp.deep.training.MAX_STATES", 13)
    with pytest.raises(gridemp.GridempError, match="has 14 states, too many"):
        train(empowerment(WORLDS["plain"], 1))


def test_checkpoints_of_something_else_are_refused(tmp_path):
    kept, exact = tmp_path / "kept.pt", empowerment(WORLDS["plain"], 1)
    train(exact, 4, checkpoint=kept)
    for other, options, difference in (
        (exact, {"seed": 1}, "seed: 0, not 1"),
        (exact, {"dynamics": "given"}, "dynamics: learned, not given"),
        (empowerment(WORLDS["plain"], 2), {}, "horizon: 1, not 2"),
        (empowerment(WORLDS["slip"], 1), {}, "world: no noise, not slip 0.1"),
        (empowerment(world_of("...."), 1), {}, "maze: "),
    ):
        with pytest.raises(gridemp.GridempError, match=f"was made for another {difference}"):
            train(other, 4, resume=kept, **options)
    with pytest.raises(
        gridemp.GridempError, match="already contains 4 updates; give more `updates`"
    ):
        train(exact, 3, resume=kept)
    assert train(exact, 6, resume=kept).updates[-1] == 6


def test_the_conditions_of_a_checkpoint_are_compared(tmp_path):
    slip = np.float64(0.1)
    exact, kept = empowerment(world_of("....", slip=slip), 1), tmp_path / "kept.pt"
    train(exact, 4, checkpoint=kept)
    content = torch.load(kept, weights_only=True)
    assert content["gridemp"]["world"]["slip"] == 0.1
    assert train(exact, 6, resume=kept).updates[-1] == 6
    other = empowerment(world_of("....", slip=0.2), 1)
    with pytest.raises(gridemp.GridempError, match=r"another world: slip 0\.1, not slip 0\.2"):
        train(other, 6, resume=kept)


@pytest.mark.parametrize("state", ["cell", "pixels"])
def test_what_was_learned_is_loaded_with_its_world(tmp_path, state):
    exact, kept = empowerment(WORLDS["slip"], 2), tmp_path / "kept.pt"
    options = TrainingOptions(6, seed=3, state=state, dynamics="features", reward="negative")
    pictures = state_pictures(exact.world, cell=6) if state == "pixels" else None
    learned = train_with_options(exact, options, pictures=pictures, checkpoint=kept)
    loaded = load_learned(kept)
    np.testing.assert_array_equal(loaded.proved.bits, learned.proved.bits)
    np.testing.assert_array_equal(loaded.exact.bits, exact.bits)
    assert loaded.exact.world.conditions == exact.world.conditions
    for name in ("updates", "estimates", "policy", "ends", "policy_return", "reward"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(learned, name))


def test_training_that_was_stopped_is_loaded_with_its_last_update(tmp_path):
    kept, rounds = tmp_path / "kept.pt", iter(range(100))
    exact = empowerment(WORLDS["plain"], 1)
    train(exact, 100, checkpoint=kept, stop=lambda: next(rounds) == 6)
    loaded = load_learned(kept, exact)
    assert loaded.updates.tolist() == [5, 7]
    assert loaded.means[-1] == loaded.proved.bits.mean()


def test_checkpoints_of_earlier_versions_are_refused(tmp_path):
    exact, kept = empowerment(WORLDS["plain"], 1), tmp_path / "kept.pt"
    train(exact, 4, checkpoint=kept)
    content = torch.load(kept, weights_only=True)
    del content["gridemp"]["trunk"]
    torch.save(content, kept)
    with pytest.raises(gridemp.GridempError, match="was made by an earlier version of gridemp"):
        train(exact, 6, resume=kept)


def test_the_bound_of_pictures_needs_a_picture_of_each_state():
    exact = empowerment(WORLDS["plain"], 1)
    pixels = TrainingOptions(2, state="pixels")
    with pytest.raises(gridemp.GridempError, match="the state pixels needs `pictures`"):
        train_with_options(exact, pixels)
    pictures = np.zeros((14, 8, 8, 3), dtype=np.uint8)
    with pytest.raises(gridemp.GridempError, match=r"must have the shape \(14, height, width, 3\)"):
        train_with_options(exact, pixels, pictures=pictures[:3])
    with pytest.raises(gridemp.GridempError, match="only the state pixels takes `pictures`"):
        train_with_options(exact, TrainingOptions(2), pictures=pictures)


def test_agents_stop_when_there_are_enough_transitions():
    trainer = trainer_of(WORLDS["plain"], transitions=100)
    for _ in range(4):
        trainer.update()
    assert len(trainer.memory) == 100


@pytest.mark.parametrize(("reward", "sign"), [("empowerment", 1), ("negative", -1)])
def test_policies_gather_what_they_are_rewarded_for(reward, sign):
    """The returns of a policy that seeks empowerment, of one that avoids it, and the best."""
    exact = empowerment(world_of("......."), 2)
    learned = train(exact, 150, dynamics="given", reward=reward)
    uniform = np.full((7, 5), 0.2)
    by_chance, best = exact_returns(exact.world, uniform, sign * exact.bits)
    assert learned.best_return == pytest.approx(sign * best)
    own = sign * learned.policy_return
    assert own <= best + ROUNDING
    assert best - own < (best - by_chance) / 4


@pytest.mark.parametrize("content", [b"", b"not torch", b"....\n.#..\n", b"PK\x03\x04"])
def test_files_that_are_no_checkpoints_are_refused(tmp_path, content):
    broken, exact = tmp_path / "broken.pt", empowerment(WORLDS["plain"], 1)
    broken.write_bytes(content)
    with pytest.raises(gridemp.GridempError, match="is not a checkpoint of gridemp"):
        train(exact, 4, resume=broken)


def test_broken_and_missing_checkpoints_are_refused(tmp_path):
    kept, exact = tmp_path / "kept.pt", empowerment(WORLDS["plain"], 1)
    train(exact, 4, checkpoint=kept)
    broken = tmp_path / "broken.pt"
    broken.write_bytes(kept.read_bytes()[:500])
    with pytest.raises(gridemp.GridempError, match="is not a checkpoint of gridemp"):
        train(exact, 4, resume=broken)
    torch.save({"weights": 1}, broken)
    with pytest.raises(gridemp.GridempError, match="is not a checkpoint of gridemp"):
        train(exact, 4, resume=broken)
    with pytest.raises(gridemp.GridempError, match=r"cannot read .*; name a checkpoint"):
        train(exact, 4, resume=tmp_path / "missing.pt")
