"""Tables of transition probabilities as worlds."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse
from scipy import sparse
from support.worlds import dense

import gridemp
from gridemp import GridempError, World
from gridemp.worlds.environments.name import make_world
from gridemp.worlds.transitions import once


def test_copies_of_broadcast_states_and_actions_are_left_out():
    kernel = np.array([[0.9, 0.1], [0.2, 0.8]])
    for broadcast, kept in (
        (np.broadcast_to(kernel, (10**6, 2, 2)), kernel[None]),
        (np.broadcast_to(kernel[0], (10**6, 10**6, 2)), kernel[None, :1]),
        (kernel[None], kernel[None]),
    ):
        np.testing.assert_array_equal(once(broadcast), kept)


class Coordinates:
    """Stands for the COO matrices of PyData's `sparse`, which NumPy must not make dense."""

    def __init__(self, dense):
        self.coords, self.shape = np.array(np.nonzero(dense)), dense.shape
        self.data, self.nnz = dense[tuple(self.coords)], self.coords.shape[1]

    def __array__(self, *_, **__):
        raise RuntimeError("Cannot convert a sparse array to dense automatically.")


def test_tables_dense_and_sparse():
    reference = make_world("FrozenLake-v1")
    table = dense(reference)
    stack = scipy.sparse.coo_array(table)
    matrices = [scipy.sparse.csr_array(table[:, a]) for a in range(4)]
    older = [scipy.sparse.csc_matrix(table[:, a]) for a in range(4)]
    pydata = [Coordinates(table[:, a]) for a in range(4)]
    for transitions in (table, stack, matrices, older, pydata, Coordinates(table)):
        world = World.from_transitions(transitions)
        np.testing.assert_array_equal(world.successors, reference.successors)
        np.testing.assert_array_equal(world.probabilities, reference.probabilities)
        assert world.actions == ("0", "1", "2", "3")
        assert world.maze.shape == (1, 16)


@pytest.mark.parametrize("kind", [np.asarray, scipy.sparse.coo_array])
@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ([0.5, 0.4], "probabilities of action 'b' in state 1 sum to 0.9, not 1"),
        ([0, 0], "probabilities of action 'b' in state 1 sum to 0, not 1"),
        ([1.5, -0.5], "probabilities of action 'b' in state 1 hold a negative number"),
        ([1, np.nan], "probabilities of action 'b' in state 1 sum to nan, not 1"),
    ],
)
def test_rows_sum_to_one(kind, row, sentence):
    table = np.array([[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], row]])
    with pytest.raises(GridempError, match=sentence):
        World.from_transitions(kind(table), actions=("a", "b"))


@pytest.mark.parametrize(
    ("table", "options", "sentence"),
    [
        ([[[1, 0], [1]], [[0, 1], [1, 0]]], {}, "transitions must be an array of numbers"),
        ([], {}, r"transitions must have the shape \(S, A, S\), not \(0,\)"),
        ("x", {}, "transitions must be an array of numbers"),
        (sparse.csr_array((2, 2)), {}, "a list with a sparse matrix for each action"),
        (
            [sparse.csr_array((2, 2)), sparse.csr_array((3, 3))],
            {},
            r"of action 1 has shape \(3, 3\)",
        ),
        ([sparse.csr_array((2, 3))], {}, r"of action 0 has shape \(2, 3\)"),
        (np.ones((1, 2, 1)), {"actions": ["a"]}, "`actions` has 1 different names; give 2"),
        (np.ones((1, 2, 1)), {"sensor": [0, 1]}, "each of the 1 states, not 2 labels"),
        (
            np.ones((1, 2, 1)),
            {"sensor": [{}]},
            "labels of a sensor must be numbers, strings or rows",
        ),
        (np.ones((1, 2, 1)), {"sensor": 5}, "labels of a sensor must be numbers, strings or rows"),
        (np.ones((1, 2, 1)), {"actions": ["a", "a"]}, "`actions` has 1 different names; give 2"),
        (np.ones((1, 2, 1)), {"cell": [[0]]}, r"cell must have shape \(1,\), not \(1, 1\)"),
        (np.full((2, 1, 2), 0.4), {}, "of action '0' in state 0 sum to 0.8, not 1; make them"),
        (np.full((1, 1, 1), 0.5), {}, "of action '0' in state 0 sum to 0.5, not 1; make them"),
    ],
)
def test_tables_that_are_no_worlds(table, options, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        World.from_transitions(table, **options)


def test_padding_leads_nowhere_new():
    table = np.zeros((4, 1, 4))
    table[:, 0, :] = [[0.5, 0.5, 0, 0], [0, 0, 1, 0], [0, 0, 0.5, 0.5], [0, 0, 0, 1]]
    world = World.from_transitions(table)
    assert world.successors.tolist() == [[[0, 1]], [[2, 2]], [[2, 3]], [[3, 3]]]


@pytest.mark.parametrize(
    ("factor", "sentence"),
    [(1.1, "sum to 1.1, not 1"), (np.nan, "sum to nan"), (-1, "hold a negative number")],
)
def test_what_is_no_distribution_is_refused_by_state_and_action(factor, sentence):
    world = gridemp.World.from_maze(gridemp.parse_maze("..."), slip=0.1)
    probabilities = world.probabilities.copy()
    probabilities[1, 2] *= factor
    broken = replace(world, probabilities=probabilities)
    for function in (gridemp.empowerment, gridemp.empowerment_bounds):
        with pytest.raises(gridemp.GridempError, match=f"action 'south' in state 1 {sentence}"):
            function(broken, 2)
    probabilities = world.probabilities.copy()
    probabilities[1, 2, :2] += 2, -2
    with pytest.raises(gridemp.GridempError, match="state 1 hold a negative number"):
        gridemp.empowerment(replace(world, probabilities=probabilities), 2)
    nearly = replace(world, probabilities=world.probabilities * (1 + 1e-10))
    exact, divided = (gridemp.empowerment(w, 2, tol=1e-12) for w in (world, nearly))
    np.testing.assert_allclose(divided.bits, exact.bits, atol=3e-12)
