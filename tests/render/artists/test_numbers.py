"""Numbers in the cells of a map."""

import networkx as nx
import numpy as np
import pytest

import gridemp
from gridemp import Maze, World, empowerment
from gridemp.render import heatmap
from gridemp.render.artists.numbers import readable_on

KLYUBIN = World.from_maze(gridemp.load_maze("klyubin"))


def texts(ax, gid="number"):
    return [text for text in ax.texts if text.get_gid() == gid]


def test_numbers_in_cells_are_the_bits_or_the_outcomes():
    emap = empowerment(KLYUBIN, 5)
    ax = heatmap(emap, annotate="bits")
    found = {text.get_position(): text.get_text() for text in texts(ax)}
    assert len(found) == 100
    assert found[5, 5] == "5.52"
    ax = heatmap(emap, annotate="outcomes")
    assert {text.get_position(): text.get_text() for text in texts(ax)}[5, 5] == "46"


@pytest.mark.slow
@pytest.mark.parametrize("cmap", ["viridis", "Greys", "cividis"])
def test_numbers_stand_out_from_their_cells(cmap):
    def light(rgb):
        rgb = np.asarray(rgb)
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    emap = empowerment(KLYUBIN, 5)
    ax = heatmap(emap, annotate="bits", cmap=cmap)
    grid = emap.grid()
    for text in texts(ax):
        x, y = text.get_position()
        cell = light(ax.collections[0].to_rgba(grid[9 - int(y), int(x)])[:3])
        ink = {"black": 0.0, "white": 1.0}[text.get_color()]
        contrast = (max(cell, ink) + 0.05) / (min(cell, ink) + 0.05)
        assert contrast >= 4.5  # WCAG 2.1, level AA


def test_black_is_chosen_on_light_and_white_on_dark():
    assert readable_on(np.array([[1, 1, 1, 1], [0, 0, 0, 1], [1, 1, 0, 1]])) == [
        "black",
        "white",
        "black",
    ]


@pytest.mark.slow
def test_numbers_too_small_to_read_are_refused_with_the_size_they_need():
    emap = empowerment(World.from_maze(Maze(np.ones((40, 40)))), 2)
    with pytest.raises(
        gridemp.GridempError, match=r"need 0\.1\d; make the figure wider \(`width`\)"
    ):
        heatmap(emap, width=3.5, annotate="bits")
    ax = heatmap(emap, annotate="bits")  # a figure of no given width grows
    assert min(text.get_fontsize() for text in texts(ax)) >= 6
    noisy = empowerment(World.from_maze(Maze(np.ones((2, 2))), slip=0.1), 1)
    with pytest.raises(gridemp.GridempError, match="use bits"):
        heatmap(noisy, annotate="outcomes")
    with pytest.raises(gridemp.GridempError, match="`annotate` must be one of"):
        heatmap(noisy, annotate="bit")


def test_names_of_a_few_nodes_are_written_into_their_cells():
    def written(graph, **options):
        ax = heatmap(empowerment(World.from_graph(graph), 1), **options)
        return [text.get_text() for text in texts(ax)]

    house = nx.Graph([("hall", "kitchen"), ("hall", "attic")])
    assert written(house) == ["hall", "kitchen", "attic"]
    assert written(house, annotate="bits") == ["1.00"] * 3
    assert written(nx.path_graph(["n" * 60, "m"]), width=3) == []  # too small to read
    assert written(nx.path_graph(3)) == []  # the axis has the numbers
    assert written(nx.path_graph([f"n{i}" for i in range(13)])) == []  # too many
    with pytest.raises(gridemp.GridempError, match="the states of this world have no names"):
        heatmap(empowerment(KLYUBIN, 1), annotate="names")
