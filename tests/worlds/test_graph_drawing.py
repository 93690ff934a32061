"""Grid graphs of networkx as mazes, against the worlds of these mazes."""

import networkx as nx
import numpy as np
import pytest

import gridemp
from gridemp import GridempError, Maze, World


def assert_same_world(world, other):
    """Assert that two worlds have the same maze, actions and successors in each cell."""
    assert world.maze == other.maze
    assert world.actions == other.actions
    assert world.conditions.torus == other.conditions.torus
    order, others = np.argsort(world.cell), np.argsort(other.cell)
    reached = world.cell[world.successors[order, :, 0]]
    assert reached.tolist() == other.cell[other.successors[others, :, 0]].tolist()


def shuffled(graph):
    """The same graph with its nodes and edges in another order."""
    rng = np.random.default_rng(0)
    nodes, edges = list(graph.nodes(data=True)), list(graph.edges(data=True))
    other = type(graph)()
    other.add_nodes_from(nodes[i] for i in rng.permutation(len(nodes)))
    other.add_edges_from(edges[i] for i in rng.permutation(len(edges)))
    return other


@pytest.mark.parametrize("periodic", ["", "x", "y", "xy"])
def test_grid_graphs_are_open_rooms(periodic):
    graph = nx.grid_2d_graph(5, 7, periodic=("y" in periodic, "x" in periodic))
    room = World.from_maze(Maze(np.ones((5, 7))), stay=False, torus=periodic)
    for each in (graph, shuffled(graph), nx.DiGraph(graph), nx.MultiGraph([*graph.edges] * 2)):
        assert_same_world(World.from_graph(each), room)


def test_pairs_are_rows_and_columns_or_x_and_y():
    graph = nx.Graph([((0, 0), (0, 1)), ((0, 1), (1, 1))])
    rows = World.from_graph(graph)
    assert str(rows.maze) == str(gridemp.parse_maze("..\n#."))
    assert rows.cell.tolist() == [0, 1, 2]
    across = World.from_graph(graph, nodes="xy")
    assert str(across.maze) == str(gridemp.parse_maze("..\n.#"))
    assert across.cell.tolist() == [2, 0, 1]
    negative = World.from_graph(nx.relabel_nodes(graph, lambda node: (node[0] - 3, node[1] + 9)))
    assert_same_world(negative, rows)


@pytest.mark.parametrize("kind", [int, float, np.int16])
def test_pos_is_x_and_y_and_cell_goes_before_it(kind):
    graph = nx.path_graph(3)
    nx.set_node_attributes(graph, {0: (kind(2), kind(4)), 1: (1, 4), 2: np.array([1, 3])}, "pos")
    world = World.from_graph(graph)
    assert str(world.maze) == str(gridemp.parse_maze("..\n.#"))
    assert world.actions == ("north", "east", "south", "west")
    assert world.successors[:, :, 0].tolist() == [[0, 0, 0, 1], [1, 0, 2, 1], [1, 2, 2, 2]]
    nx.set_node_attributes(graph, {0: (0, 0), 1: (0, 1), 2: (0, 2)}, "cell")
    assert World.from_graph(graph).maze.shape == (3, 1)


def test_edges_that_are_missing_are_walls_and_loops_are_staying():
    graph = nx.grid_2d_graph(4, 4)
    graph.remove_edges_from([((0, 0), (0, 1)), ((2, 1), (3, 1))])
    graph.remove_node((1, 2))
    floor, right, below = np.ones((4, 4)), np.zeros((4, 3)), np.zeros((3, 4))
    floor[1, 2], right[0, 0], below[2, 1] = 0, 1, 1
    maze = Maze(floor, right, below)
    assert_same_world(World.from_graph(graph), World.from_maze(maze, stay=False))
    graph.add_edges_from((node, node) for node in graph)
    assert_same_world(World.from_graph(graph), World.from_maze(maze))


def test_an_edge_may_lead_one_way():
    world = World.from_graph(nx.DiGraph([((0, 0), (0, 1))]))
    assert world.actions == ("north", "east", "south", "west")
    assert world.successors[:, :, 0].tolist() == [[0, 1, 0, 0], [1, 1, 1, 1]]
    assert not world.maze.wall_right.any()


@pytest.mark.parametrize("make", [nx.hexagonal_lattice_graph, nx.triangular_lattice_graph])
def test_lattices_with_positions_between_cells_are_drawn_in_order(make):
    graph = make(2, 3)
    most = max(degree for _, degree in graph.degree)
    world = World.from_graph(graph)
    assert world.maze.shape == (1, len(graph))
    assert world.actions == tuple(map(str, range(most)))
    assert gridemp.empowerment(world, 1).outcomes.max() == most


def test_edges_that_lead_farther_have_no_directions():
    diagonal = nx.grid_2d_graph(3, 3)
    diagonal.add_edge((0, 0), (1, 1))
    torn = nx.grid_2d_graph(4, 4, periodic=True)
    torn.remove_edge((0, 0), (0, 3))
    for graph, side, most in (diagonal, 3, 5), (torn, 4, 4):
        world = World.from_graph(graph)
        assert world.actions == tuple(map(str, range(most)))
        assert world.conditions.torus == ""
        assert world.maze.shape == (side, side)


@pytest.mark.parametrize(
    "nodes",
    [[(0, 0), (10**7, 10**7)], [(0, 1), (2, 3, 4)], [(0, 1), 2], [(0, 0.5), (1, 0)], ["ab", "cd"]],
)
def test_other_nodes_are_drawn_in_a_row(nodes):
    world = World.from_graph(nx.Graph([nodes]))
    assert world.maze.shape == (1, 2)
    assert world.actions == ("0",)


def test_nodes_in_the_same_place_have_no_directions():
    graph = nx.path_graph(3)
    nx.set_node_attributes(graph, {0: (0, 0), 1: (1, 0), 2: (0, 0)}, "pos")
    world = World.from_graph(graph)
    assert world.cell.tolist() == [0, 1, 0]
    assert world.actions == ("0", "1")


def test_names_of_actions_go_before_directions():
    graph = nx.DiGraph()
    graph.add_edge((0, 0), (0, 1), actions={"go": 1.0})
    graph.add_edge((0, 1), (0, 0), actions={"go": 1.0})
    assert World.from_graph(graph).actions == ("go",)
    assert World.from_graph(nx.empty_graph([(0, 0), (0, 1)])).actions == ("0",)


def test_grid_graphs_survive_the_way_to_a_graph_and_back():
    world = World.from_graph(nx.grid_2d_graph(3, 4))
    assert_same_world(World.from_graph(world.to_graph()), world)


def test_other_meanings_of_nodes_are_refused():
    with pytest.raises(GridempError, match="`nodes` must be one of rowcol, xy, not 'yx'"):
        World.from_graph(nx.path_graph(2), nodes="yx")
