"""The Perron vector, against linear algebra."""

import networkx as nx
import numpy as np
import pytest
from support.worlds import graph_of

import gridemp
from gridemp import World
from gridemp.analysis.centrality import centrality


@pytest.mark.parametrize("name", ["klyubin", "conveyor", "spiral"])
def test_the_eigenvector_is_one_and_positive(name):
    world = World.from_maze(gridemp.load_maze(name))
    adjacency = nx.to_numpy_array(graph_of(world), nodelist=range(len(world.cell)), weight=None)
    vector = centrality(world, "eigenvector")
    value = np.linalg.eigvals(adjacency).real.max()
    np.testing.assert_allclose(adjacency @ vector, value * vector, atol=1e-9)
    assert vector.min() >= 0
    assert np.linalg.norm(vector) == pytest.approx(1)
