import numpy as np

from gridemp.engine.adjacency import distinct_successors

TABLE = np.array([[1, 2, 1], [1, 1, 1], [3, 0, 2], [0, 0, 0]])


def lists(adjacency):
    states = np.arange(len(adjacency.first) - 1)
    return [adjacency.of(states[s : s + 1])[0].tolist() for s in states]


def test_successors_once_each_and_their_predecessors():
    after = distinct_successors(TABLE)
    assert lists(after) == [[1, 2], [1], [0, 2, 3], [0]]
    before = after.reverse()
    assert [sorted(states) for states in lists(before)] == [[2, 3], [0, 1], [0, 2], [2]]


def test_neighbours_of_some_states_and_of_none():
    after = distinct_successors(TABLE)
    neighbours, begin = after.of(np.array([2, 1, 2]))
    assert neighbours.tolist() == [0, 2, 3, 1, 0, 2, 3]
    assert begin.tolist() == [0, 3, 4]
    for part in after.of(np.array([], dtype=np.intp)):
        assert part.tolist() == []


def test_other_numbers_for_the_same_states():
    order, number = np.array([3, 1, 0, 2]), np.array([2, 1, 3, 0])
    assert lists(distinct_successors(TABLE).renumbered(order, number)) == [
        [2],
        [1],
        [1, 3],
        [2, 3, 0],
    ]
