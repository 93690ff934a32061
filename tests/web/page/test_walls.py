"""Strokes of the wall tool follow the pointer along the lines between cells."""

import networkx as nx
import numpy as np
import pytest

pytestmark = pytest.mark.ci

SIDE = 12
EMPTY = {
    "name": "empty",
    "cells": ["." * SIDE] * SIDE,
    "right": ["." * (SIDE - 1)] * SIDE,
    "below": ["." * SIDE] * (SIDE - 1),
}
# Walls of strokes, given as places in cells from the upper left corner of a maze
DRAWN = """async ([maze, strokes]) => {
  const { makeWallStroke } = await import("/walls.js");
  return strokes.map(([first, ...rest]) => {
    const place = ([across, down]) => ({across, down});
    const stroke = makeWallStroke(maze, place(first));
    for (const each of rest) stroke.follow(place(each));
    return stroke.maze();
  });
}"""


@pytest.fixture(scope="module")
def drawn(browser, address):
    """A function from a maze and strokes to the mazes after each of them."""
    page = browser.new_page()
    page.goto(f"{address}look.css")

    def draw(maze, strokes):
        return page.evaluate(DRAWN, [maze, [np.array(each).tolist() for each in strokes]])

    yield draw
    page.close()


def edges(maze):
    """The thin walls of a maze as pairs of corners (across, down)."""
    below = [
        (row, col)
        for row, line in enumerate(maze["below"])
        for col, wall in enumerate(line)
        if wall == "-"
    ]
    right = [
        (row, col)
        for row, line in enumerate(maze["right"])
        for col, wall in enumerate(line)
        if wall == "|"
    ]
    return [((col, row + 1), (col + 1, row + 1)) for row, col in below] + [
        ((col + 1, row), (col + 1, row + 1)) for row, col in right
    ]


def rooms(maze):
    """Number of parts into which walls divide a maze."""
    cells = nx.grid_2d_graph(SIDE, SIDE)  # of (col, row)
    for (across, down), (_, further) in edges(maze):
        cell = (across, down)
        cells.remove_edge(cell, (across, down - 1) if further == down else (across - 1, down))
    return nx.number_connected_components(cells)


def distance(corner, stroke):
    """Distance of a corner from a stroke of straight pieces."""
    begin, way = np.asarray(stroke)[:-1], np.diff(stroke, axis=0)
    share = ((corner - begin) * way).sum(axis=1) / np.maximum((way**2).sum(axis=1), 1e-12)
    nearest = begin + np.clip(share, 0, 1)[:, None] * way
    return np.hypot(*(corner - nearest).T).min()


def wandering(rng, turn, start=(2.0, 10.0), length=60):
    """A stroke of small pieces in a direction that changes at random, well inside the maze."""
    angle, places = rng.uniform(0, 2 * np.pi), [rng.uniform(*start, 2)]
    for _ in range(length):
        angle += rng.uniform(-turn, turn)
        place = (
            places[-1]
            + 0.2 * np.array([np.cos(angle), np.sin(angle)])
            + rng.uniform(-0.05, 0.05, 2)
        )
        if not ((place > 1) & (place < SIDE - 1)).all():
            break
        places.append(place)
    return np.array(places)


def shaky(rng, begin, end, shake):
    """A straight stroke by a hand that shakes up to so many cells aside."""
    begin, end = np.array(begin, dtype=float), np.array(end, dtype=float)
    count = int(np.hypot(*(end - begin)) / 0.15) + 2
    aside = np.clip(np.cumsum(rng.uniform(-0.25, 0.25, count)), -1, 1) * shake
    normal = np.array([end[1] - begin[1], begin[0] - end[0]]) / np.hypot(*(end - begin))
    return begin + np.linspace(0, 1, count)[:, None] * (end - begin) + aside[:, None] * normal


def test_walls_of_a_stroke_are_connected_and_near_it(drawn):
    rng = np.random.default_rng(1)
    strokes = [wandering(rng, turn) for turn in (0.15, 0.5, 1.0) for _ in range(60)]
    strokes = [stroke for stroke in strokes if len(stroke) > 8]
    assert len(strokes) > 125
    far = []
    for stroke, maze in zip(strokes, drawn(EMPTY, strokes), strict=True):
        walls = nx.Graph(edges(maze))
        assert nx.is_connected(walls)
        far.append(max(distance(corner, stroke) for corner in walls))
    assert np.quantile(far, 0.98) < 0.8
    assert max(far) < 1.25  # where it makes way for an earlier part of the same stroke


def test_slanted_and_shaky_strokes_are_paths_that_close_nothing_off(drawn):
    rng = np.random.default_rng(2)
    straight = [((2.3, 2.4), (8.1, 7.6)), ((2, 2.1), (8, 8.1))]
    strokes = [np.array(ends) for ends in straight]
    strokes += [
        shaky(rng, *rng.uniform(1.2, SIDE - 1.2, (2, 2)), rng.uniform(0, 0.5)) for _ in range(100)
    ]
    for maze in drawn(EMPTY, strokes):
        walls = nx.Graph(edges(maze))
        assert nx.is_connected(walls)
        assert nx.is_forest(walls)
        assert max(degree for _, degree in walls.degree) <= 2
        assert rooms(maze) == 1


def test_a_stroke_along_a_line_is_straight_whatever_the_hand(drawn):
    rng = np.random.default_rng(3)
    strokes = [shaky(rng, (2, down), (9, down), 0.5) for down in range(2, 11) for _ in range(10)]
    for stroke, maze in zip(strokes, drawn(EMPTY, strokes), strict=True):
        down = round(stroke[:, 1].mean())
        assert edges(maze) == [((col, down), (col + 1, down)) for col in range(2, 9)]


def test_strokes_along_the_border_or_a_wall_close_no_cells_off(drawn):
    rng = np.random.default_rng(4)
    wall = drawn(EMPTY, [[(6, 1), (6, 11)]])[0]
    assert len(edges(wall)) == 10
    for maze, line in ((EMPTY, 0), (wall, 6)):
        strokes = [
            shaky(rng, (line + rng.uniform(0.3, 0.7), 2), (line + rng.uniform(0.3, 0.7), 10), 0.35)
            for _ in range(100)
        ]
        for made in drawn(maze, strokes):
            assert rooms(made) == 1


def test_rings_are_closed_on_purpose_and_a_way_back_takes_walls_back(drawn):
    ring = [(2, 2), (8, 2.1), (8, 8), (2.1, 8), (2, 2.2)]
    crossing = [(2.2, 5.1), (8, 5.2), (8, 8.1), (5.1, 8), (4.9, 2)]
    spiral = [(2, 2), (9, 2), (9, 9), (2, 9), (2, 3.4), (7, 3.4)]
    back = [(2, 4), (9, 4.2), (5.1, 3.9), (5, 8)]
    closed, crossed, spiralled, shortened = drawn(EMPTY, [ring, crossing, spiral, back])
    assert rooms(closed) == 2
    assert len(edges(closed)) == 24
    assert rooms(crossed) == 2
    assert rooms(spiralled) == 1
    assert len(edges(shortened)) == 3 + 4


def test_a_click_toggles_and_a_stroke_that_begins_on_a_wall_erases(drawn):
    (wall,) = drawn(EMPTY, [[(2, 5), (8, 5)]])
    click, again = [(4.4, 4.8)], [(4.4, 4.8), (4.6, 5.1)]
    along, up, from_end = [(3.5, 5.1), (6.6, 4.9)], [(3.5, 5.1), (3.4, 2)], [(8.05, 5), (8, 9)]
    on = [(8.1, 5.05), (10.9, 5)]
    made = drawn(wall, [click, again, along, up, from_end, on])
    assert [len(edges(each)) for each in made] == [5, 5, 2, 5, 10, 9]
    assert edges(drawn(EMPTY, [click])[0]) == [((4, 5), (5, 5))]


def test_a_stroke_comes_back_to_the_border_only_where_it_almost_touches_it(drawn):
    beginning = [(3, 0), (3, 1.2), (7, 1.2)]
    near, touching = drawn(EMPTY, [[*beginning, (7, end)] for end in (0.4, 0.1)])
    assert (rooms(near), rooms(touching)) == (1, 2)
    assert set(edges(touching)) - set(edges(near)) == {((7, 0), (7, 1))}
