"""The learned bound: theorems about it and trends of its training, on mazes of a few cells."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

import gridemp
from gridemp import World, empowerment
from gridemp.engine.channel import channel

torch = pytest.importorskip("torch")

from gridemp.deep.dynamics import ForwardModel, learned_model, returns, true_model  # noqa: E402
from gridemp.deep.evaluation import exact_bounds, occupancy, policy_of  # noqa: E402
from gridemp.deep.learner import Learner  # noqa: E402
from gridemp.deep.networks import ENCODERS, all_sequences  # noqa: E402
from gridemp.deep.training import train  # noqa: E402

SMALL = "....\n.#..\n....\n..#."  # 4 x 4
CPU = torch.device("cpu")
ROUNDING = 1e-9


def world_of(text=SMALL, **options):
    return World.from_maze(gridemp.parse_maze(text), **options)


def learner_of(world, horizon=2, updates=50, **options):
    torch.set_num_threads(1)
    return Learner(world, horizon, updates, **options)


WORLDS = {
    "plain": world_of(),
    "slip": world_of(slip=0.1),
    "king": world_of("...\n...", moves="king", slip=0.2),
    "turn": world_of("..\n..", moves="turn"),
    "box": world_of("...\n.$.\n..."),
    "trap": world_of("..T\n...", slip=0.1),
}


@pytest.fixture(params=WORLDS)
def world(request):
    return WORLDS[request.param]


@pytest.mark.parametrize("encoding", ENCODERS)
def test_sequence_networks_give_distributions_however_they_are_asked(world, encoding):
    own = learner_of(world, encoding=encoding)
    sequences = all_sequences(len(world.actions), 2, CPU)
    assert sequences.tolist() == [
        list(each) for each in product(range(len(world.actions)), repeat=2)
    ]
    states = torch.arange(min(5, len(world.cell)))
    pairs = torch.cartesian_prod(states, states).T
    for network, given in ((own.source, (states,)), (own.planning, tuple(pairs))):
        whole = network.of_all(*given).detach()
        np.testing.assert_allclose(whole.exp().sum(dim=1), 1, atol=1e-5)
        each = [states[:, None].expand(-1, len(sequences)) for states in given]
        single = network(sequences.expand(len(given[0]), -1, -1), *each).detach()
        np.testing.assert_allclose(single, whole, atol=1e-5)


def test_sequences_are_drawn_as_often_as_they_are_likely():
    own = learner_of(WORLDS["plain"], 2)
    drawn = own.source.sample(20_000, torch.tensor([3]), own.generator)[0]
    counts = np.bincount(drawn[:, 0] * 5 + drawn[:, 1], minlength=25)
    chances = own.source.of_all(torch.tensor([3]))[0].exp().detach().numpy()
    assert (abs(counts - 20_000 * chances) < 5 * np.sqrt(20_000 * chances)).all()


def test_planes_show_the_maze_and_where_the_agent_is():
    world = WORLDS["turn"]
    encoder = ENCODERS["planes"](world)
    for state, planes in enumerate(encoder.planes(torch.arange(len(world.cell))).numpy()):
        row, col = world.maze.cells[world.cell[state]]
        expected = np.zeros((4, 2, 2))
        expected[world.heading[state], row, col] = 1
        np.testing.assert_array_equal(planes[:4], expected)
        np.testing.assert_array_equal(planes[4], world.maze.floor)
    boxed = WORLDS["box"]
    planes = ENCODERS["planes"](boxed).planes(torch.arange(len(boxed.cell))).numpy()
    for state in (0, len(boxed.cell) - 1):
        (row, col), *_ = boxed.maze.cells[boxed.boxes[state]]
        assert planes[state, -1].sum() == planes[state, -1, row, col] == 1


def test_the_true_model_is_the_world(world):
    model = true_model(world, CPU)
    table = np.zeros(model.table.shape)
    for s, a, k in np.ndindex(world.successors.shape):
        table[s, a, world.successors[s, a, k]] += world.probabilities[s, a, k]
    np.testing.assert_allclose(model.table, table, atol=1e-7)
    generator = torch.Generator().manual_seed(1)
    states = torch.arange(len(table)).repeat_interleave(500)
    actions = torch.full_like(states, 1)
    drawn = model.follow(states, actions, generator).view(len(table), 500)
    shares = np.array([np.bincount(row, minlength=len(table)) for row in drawn]) / 500
    assert (abs(shares - table[:, 1]) < 0.12).all()
    assert ((shares > 0) <= (table[:, 1] > 0)).all()


def test_returns_are_discounted_sums():
    model = true_model(WORLDS["slip"], CPU)
    states = len(model.table)
    policy = torch.rand(states, 5, generator=torch.Generator().manual_seed(2))
    policy /= policy.sum(dim=1, keepdim=True)
    rewards = torch.arange(states, dtype=torch.float32)
    step = np.einsum("sa,sat->st", policy.numpy(), model.table.double().numpy())
    total, ahead = np.zeros((states, 5)), model.table.double().numpy()
    for power in range(200):
        total += 0.9**power * ahead @ rewards.numpy()
        ahead = ahead @ step
    np.testing.assert_allclose(returns(model, policy, rewards, 0.9), total, rtol=1e-4)


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("dynamics", ["given", "learned"])
def test_the_bound_never_exceeds_the_exact_map(world, encoding, dynamics):
    """A theorem, whatever the networks are: before they learn and while they do."""
    exact = empowerment(world, 2, 1e-7)
    own = learner_of(world, encoding=encoding, dynamics=dynamics)
    for _ in range(2):
        proved = exact_bounds(own, world if world.deterministic else world.normalised())
        assert (proved <= exact.bits + exact.gap + ROUNDING).all()
        for _ in range(4):
            own.update()


def test_the_exact_bound_is_the_sum_over_all_sequences_and_outcomes():
    world = WORLDS["slip"].normalised()
    own = learner_of(world)
    for _ in range(5):
        own.update()
    state = 5
    true = channel(world, state, 2)
    total = 0.0
    omega = own.source.of_all(torch.tensor([state]))[0].exp().detach().double()
    omega /= omega.sum()
    for a, row in enumerate(true.probabilities):
        for p, label in zip(row, true.labels, strict=True):
            q = own.planning.of_all(torch.tensor([state]), torch.tensor([int(label)]))[0]
            q = q.exp().detach().double()
            total += float(omega[a] * p * (torch.log2(q[a] / q.sum()) - torch.log2(omega[a])))
    assert exact_bounds(own, world)[state] == pytest.approx(total, abs=1e-6)


def test_drawn_sequences_give_the_gradient_of_all_on_average():
    """The score function with its baseline, against the sum over all sequences."""
    world = WORLDS["plain"]
    gradients = []
    for listed in (True, False):
        own = learner_of(world, dynamics="given", listed=listed)
        own.beta = 1.0
        own.visited[:] = False
        own.visited[5] = True  # so that every update is of this state
        for _ in range(1 if listed else 60):
            own._raise_bound().backward()
        parts = [p.grad.ravel() for p in own.source.parameters()]
        gradients.append(torch.cat(parts).numpy() / (1 if listed else 60))
    exact, drawn = gradients
    likeness = exact @ drawn / np.linalg.norm(exact) / np.linalg.norm(drawn)
    assert likeness > 0.97
    assert np.linalg.norm(drawn) == pytest.approx(np.linalg.norm(exact), rel=0.1)


@pytest.mark.parametrize("sequences", ["listed", "drawn"])
def test_training_closes_most_of_the_gap(sequences):
    exact = empowerment(WORLDS["plain"], 2)
    before = exact.bits - exact_bounds(learner_of(WORLDS["plain"], dynamics="given"), exact.world)
    learned = train(exact, 150, dynamics="given", sequences=sequences)
    assert learned.gap.mean() < before.mean() / 2
    assert (learned.gap >= -ROUNDING).all()
    assert learned.means[-1] == learned.proved.bits.mean()
    assert learned.means[-1] > learned.means[0]


def test_a_learned_forward_model_comes_to_know_the_world():
    world = world_of("...\n...")
    own = learner_of(world, updates=200)
    before = learned_model(own.forward).table
    for _ in range(200):
        own.update()
    truth, after = true_model(world, CPU).table, learned_model(own.forward).table
    assert abs(after - truth).mean() < abs(before - truth).mean() / 5
    assert own.surprise < 0.3


def test_the_policy_seeks_the_middle_of_a_corridor():
    """Of seven cells in a row, two steps reach most from the inner three."""
    world = world_of(".......")
    exact = empowerment(world, 2)
    learned = train(exact, 300, dynamics="given")
    assert learned.top_tenth > 0.8
    assert learned.ends.sum() == pytest.approx(1)
    uniform = np.full((7, 5), 0.2)
    assert occupancy(world, uniform, 50)[2:5].sum() < 0.5


def test_where_a_policy_is_after_some_steps():
    world = world_of("...")
    east = np.zeros((3, 5))
    east[:, world.actions.index("east")] = 1
    np.testing.assert_allclose(occupancy(world, east, 1), [0, 1 / 3, 2 / 3])
    np.testing.assert_allclose(occupancy(world, east, 2), [0, 0, 1])
    own = learner_of(world)
    np.testing.assert_allclose(policy_of(own).sum(axis=1), 1)


@pytest.mark.parametrize("dynamics", ["given", "learned"])
def test_to_go_on_from_a_checkpoint_is_as_if_there_had_been_no_stop(tmp_path, dynamics):
    exact = empowerment(WORLDS["slip"], 2)
    whole = train(exact, 12, dynamics=dynamics)
    kept, rounds = tmp_path / "kept.pt", iter(range(100))
    stopped = train(exact, 12, dynamics=dynamics, checkpoint=kept, stop=lambda: next(rounds) == 5)
    assert stopped is None
    resumed = train(exact, 12, dynamics=dynamics, resume=kept)
    for name in ("estimates", "means", "surprises", "policy", "ends"):
        np.testing.assert_array_equal(getattr(resumed, name), getattr(whole, name))
    np.testing.assert_array_equal(resumed.proved.bits, whole.proved.bits)


def test_what_readings_are_called_changes_nothing():
    world = world_of(".....")
    renamed = replace(world, sensor=np.array([40, 3, 200, 1, 0]))
    one, other = (train(empowerment(each, 2), 5).proved.bits for each in (world, renamed))
    np.testing.assert_array_equal(one, other)


def test_the_policy_plans_with_what_was_learned():
    """With a model in which every step stays, no action is better than another."""
    own = learner_of(WORLDS["plain"])
    own.beta, own.bounds = 1.0, torch.rand(14, generator=torch.Generator().manual_seed(3))
    states = len(own.bounds)
    staying = torch.eye(states)[:, None].expand(-1, 5, -1).clone()
    gradients = []
    for table in (staying, own.truth.table):
        own.model = ForwardModel(table)
        own.optimizer.zero_grad()
        own._raise_returns().backward()
        gradients.append(torch.cat([p.grad.ravel() for p in own.policy.parameters()]).norm())
    assert gradients[0] < gradients[1] / 20


def test_nothing_impossible_is_drawn():
    """Rounding leaves nothing to states of probability 0."""
    table = torch.zeros(1, 1, 30)
    table[0, 0, :10] = torch.rand(10, generator=torch.Generator().manual_seed(4))
    table /= table.sum()
    model = ForwardModel(table)
    assert (model.below[0, 0, 9:] == 1).all()


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


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"state": "pixels"}, "state is cell or planes, not 'pixels'"),
        ({"dynamics": "guessed"}, "dynamics is learned or given, not 'guessed'"),
        ({"sequences": "few"}, "sequences is auto or listed or drawn, not 'few'"),
        ({"updates": 0}, "there must be an update or more, not 0"),
        ({"device": "quantum"}, "there is no device 'quantum' here; use cpu"),
    ],
)
def test_what_cannot_be_is_refused(options, sentence):
    with pytest.raises(gridemp.GridempError) as refused:
        train(empowerment(WORLDS["plain"], 1), **options)
    assert str(refused.value) == sentence


def test_what_cannot_be_learned_is_refused(monkeypatch):
    with pytest.raises(gridemp.GridempError, match="leave out the sensor"):
        train(empowerment(world_of(sensor="row"), 1))
    with pytest.raises(gridemp.GridempError, match=r"too many to judge .* lower the horizon to 6"):
        train(empowerment(WORLDS["plain"], 7))
    monkeypatch.setattr("gridemp.deep.training.MAX_STATES", 13)
    with pytest.raises(gridemp.GridempError, match="has 14 states, too many"):
        train(empowerment(WORLDS["plain"], 1))


def test_checkpoints_of_something_else(tmp_path):
    kept, exact = tmp_path / "kept.pt", empowerment(WORLDS["plain"], 1)
    train(exact, 4, checkpoint=kept)
    for other, options, what in (
        (exact, {"seed": 1}, "seed: 0, not 1"),
        (exact, {"dynamics": "given"}, "dynamics: learned, not given"),
        (empowerment(WORLDS["plain"], 2), {}, "horizon: 1, not 2"),
        (empowerment(WORLDS["slip"], 1), {}, "world: no noise, not slip 0.1"),
        (empowerment(world_of("...."), 1), {}, "maze: "),
    ):
        with pytest.raises(gridemp.GridempError, match=f"was made for another {what}"):
            train(other, 4, resume=kept, **options)
    with pytest.raises(gridemp.GridempError, match="has had 4 updates; ask for more"):
        train(exact, 3, resume=kept)
    assert train(exact, 6, resume=kept).updates[-1] == 6
    broken = tmp_path / "broken.pt"
    for content in (b"", b"not torch", kept.read_bytes()[:500]):
        broken.write_bytes(content)
        with pytest.raises(gridemp.GridempError, match="is no checkpoint of gridemp"):
            train(exact, 4, resume=broken)
    torch.save({"weights": 1}, broken)
    with pytest.raises(gridemp.GridempError, match="is no checkpoint of gridemp"):
        train(exact, 4, resume=broken)
    with pytest.raises(gridemp.GridempError, match=r"cannot read .*; name a checkpoint"):
        train(exact, 4, resume=tmp_path / "missing.pt")


def test_estimates_come_near_what_is_exact():
    """In a world without noise, in which all sequences take part."""
    world = WORLDS["plain"]
    own = learner_of(world, updates=300, dynamics="given")
    for _ in range(300):
        own.update()
    assert own.visited.all()
    np.testing.assert_allclose(own.bounds, exact_bounds(own, world), atol=0.1)
