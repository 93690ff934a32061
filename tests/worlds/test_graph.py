import networkx as nx
import numpy as np
import pytest

import gridemp
from gridemp import GridempError, World
from gridemp.worlds.subworld import part


def test_graph_of_a_corridor():
    graph = gridemp.World.from_maze(gridemp.parse_maze("...")).to_graph()
    assert set(graph.edges) == {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (2, 2)}


def test_noise_that_cannot_happen_is_no_edge():
    maze = gridemp.parse_maze("...\n...")
    calm = gridemp.World.from_maze(maze).to_graph()
    assert set(gridemp.World.from_maze(maze, slip=0.3).to_graph().edges) == set(calm.edges)


@pytest.mark.parametrize(
    "options", [{}, {"slip": 0.2}, {"moves": "turn"}, {"torus": "xy", "sensor": "row"}]
)
def test_worlds_survive_the_way_to_a_graph_and_back(options):
    world = World.from_maze(gridemp.load_maze("klyubin"), **options)
    again = World.from_graph(world.to_graph())
    maps = [gridemp.empowerment(w, 2) for w in (world, again)]
    np.testing.assert_allclose(maps[0].bits, maps[1].bits, atol=1e-6)
    assert again.actions == world.actions
    np.testing.assert_allclose(maps[0].grid(), maps[1].grid(), atol=1e-6)
    if not options:
        assert again.maze == world.maze  # its walls are those that no edge crosses


def test_any_graph_is_a_world():
    ring = World.from_graph(nx.cycle_graph(7))
    assert ring.actions == ("0", "1")
    assert gridemp.empowerment(ring, 2).outcomes.tolist() == [3] * 7
    hub = World.from_graph(nx.star_graph(4))  # the leaves have one edge; their other actions stay
    assert gridemp.empowerment(hub, 1).outcomes.tolist() == [4, 2, 2, 2, 2]


def test_parallel_edges_are_actions_of_their_own():
    graph = nx.MultiDiGraph([("s", "t"), ("s", "t"), ("t", "s")])
    graph.add_edge("s", "s")
    assert gridemp.empowerment(World.from_graph(graph), 1).outcomes.tolist() == [2, 2]
    noisy = nx.MultiDiGraph()
    noisy.add_edge(0, 1, actions={"go": 0.5})
    noisy.add_edge(0, 0, actions={"go": 0.5, "stay": 1.0})
    noisy.add_edge(1, 1, actions={"go": 1, "stay": 1})
    world = World.from_graph(noisy)
    assert world.actions == ("go", "stay")
    assert gridemp.empowerment(world, 1).bits[0] == pytest.approx(np.log2(1.25))  # a Z channel


@pytest.mark.parametrize(
    ("graph", "sentence"),
    [
        (nx.Graph(), "give a networkx graph with a node for each state"),
        ("x", "give a networkx graph with a node for each state"),
        (nx.DiGraph([(0, 1, {"actions": ["a"]})]), "from 0 to 1 must be a mapping from names"),
        (nx.DiGraph([(0, 1, {"actions": {"a": 0.7}})]), "action 'a' in state 0 sum to 0.7, not 1"),
    ],
)
def test_graphs_that_are_no_worlds(graph, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        World.from_graph(graph)


@pytest.mark.parametrize(
    "place", [0.5, 5, (1, 2, 3), (10**7, 0), (1, "x"), (float("inf"), 0), np.array([0.5, 1])]
)
def test_cells_of_nodes_are_whole_numbers(place):
    graph = nx.path_graph(2)
    nx.set_node_attributes(graph, {0: place, 1: (0, 10**7)}, "cell")
    with pytest.raises(gridemp.GridempError, match=r"whole numbers \(x, y\) not too far apart"):
        World.from_graph(graph)


def test_a_world_that_is_not_whole_is_no_graph():
    world = World.from_maze(gridemp.load_maze("box"), within=2)
    with pytest.raises(gridemp.GridempError, match="built for 2 steps only"):
        world.to_graph()


def test_nodes_without_places_name_the_states(tmp_path):
    graph = nx.Graph([("hall", "kitchen"), ("hall", "attic"), ("kitchen", "garden")])
    world = World.from_graph(graph)
    emap = gridemp.empowerment(world, 1)
    nodes = list(graph)
    assert [world.state_of(node) for node in nodes] == [0, 1, 2, 3]
    outcomes = [emap.at(node, values=emap.outcomes) for node in nodes]
    assert outcomes == [2, 2, 2, 2]  # the second action stays where a node has one edge
    emap.save(tmp_path / "house.npz")
    assert gridemp.load_map(tmp_path / "house.npz").at("hall") == emap.at("hall")
    with pytest.raises(GridempError, match="no state 'hal' in this world; did you mean 'hall'"):
        emap.at("hal")
    assert part(world, np.array([3]), 1)[0].names == ("kitchen", "garden")
    assert World.from_graph(nx.grid_2d_graph(2, 2)).names == ()
