from itertools import combinations

import numpy as np
import pytest

import gridemp
from gridemp import GridempError, render
from gridemp.agents import Agent, Explorer, explore, flow, walk
from gridemp.analysis import cell_alternation, cell_source, centrality, sensitivity
from gridemp.analysis.horizon_curve import curve_of
from gridemp.render.layout.titles import chosen_titles, figure_title

pytestmark = pytest.mark.slow

MAZE = gridemp.load_maze("klyubin")
WORLD = gridemp.World.from_maze(MAZE)
ONE, TWO = gridemp.horizon_sweep(WORLD, [1, 2])
AGENT = Agent(WORLD, horizon=1)
WALK = walk(AGENT, 0, steps=1, rng=np.random.default_rng(0))
EXPLORER = Explorer(WORLD, horizon=1)
RECORD = explore(EXPLORER, start=0, steps=10, rng=np.random.default_rng(0))
ALTERNATION = cell_alternation(gridemp.World.from_maze(MAZE, slip=0.1), 0, 0, horizon=1)
# Each figure of panels, and the number of their titles.
PANELS = {
    "panels": (lambda **titles: render.panels([ONE, TWO], **titles), 2),
    "compare": (
        lambda **titles: render.compare_figure(
            ONE, centrality(WORLD, "degree"), "degree", **titles
        ),
        3,
    ),
    "difference": (lambda **titles: render.difference_figure(ONE, TWO, **titles), 3),
    "flow": (
        lambda **titles: render.draw_flow(
            flow(Agent(WORLD, horizon=1), WORLD.start_states), **titles
        ),
        2,
    ),
    "exploration": (
        lambda **titles: render.exploration_figure(RECORD, moments=[0, 10], **titles),
        3,
    ),
    "alternation": (lambda **titles: render.alternation_figure(ALTERNATION, **titles), 2),
}
SENSITIVITY = sensitivity(MAZE, 1)
SINGLE = {
    "heatmap": lambda title, **size: render.heatmap(ONE, title=title, **size).figure,
    "cell": lambda title, **size: render.cell_figure(
        cell_source(WORLD, 0, 0, horizon=1), title=title, **size
    ),
    "curve": lambda title, **size: (
        render.draw_curve(curve_of([ONE, TWO]), title=title, **size).figure
    ),
    "measure": lambda title, **size: (
        render.draw_measure(
            WORLD, centrality(WORLD, "degree"), "degree", title=title, **size
        ).figure
    ),
    "matrix": lambda title, **size: render.scatter_matrix(
        ONE, {"degree": centrality(WORLD, "degree")}, title=title, **size
    ),
    "sensitivity": lambda title, **size: (
        render.draw_sensitivity(SENSITIVITY, title=title, **size).figure
    ),
    "walk": lambda title, **size: render.draw_trail(ONE, WALK, title=title, **size).figure,
}
LONG = [
    "So many words, " + "each no longer than $5, " * 8,
    "one" + "endless" * 20 + "word",
]


def texts(figure):
    """Titles of a figure and of its panels."""
    found = [text.get_text() for text in figure.texts]
    for ax in figure.axes:
        found += [ax.get_title(loc=place) for place in ("left", "center")]
    return [text.replace("\n", " ") for text in found if text]


def title_extents(figure):
    """Extents of the titles of a figure and of its panels, in pixels, by their texts."""
    found = [*figure.texts, *(text for sub in figure.subfigs for text in sub.texts)]
    for ax in figure.axes:
        found += [ax.title, ax._left_title]
    return {
        text.get_text(): text.get_window_extent() for text in found if text.get_text().strip("\n")
    }


def check_titles_fit(figure):
    """Check that titles lie in their figure and do not overlap."""
    figure.draw_without_rendering()
    wide, high = figure.bbox.size
    extents = title_extents(figure)
    for text, box in extents.items():
        assert 0 <= box.x0 <= box.x1 <= wide, text
        assert 0 <= box.y0 <= box.y1 <= high, text
    for (one, box), (other, another) in combinations(extents.items(), 2):
        assert not box.overlaps(another), (one, other)


def without_letter(text):
    return text[4:] if text.startswith("(") else text


@pytest.mark.parametrize("name", PANELS)
def test_a_title_replaces_that_of_the_figure_and_no_other(name):
    draw, _ = PANELS[name]
    default, own = texts(draw()), texts(draw(title="A title, $5"))
    changed = [text for text in own if text not in default]
    assert [without_letter(text) for text in changed] == ["A title, $5"]


@pytest.mark.parametrize("name", PANELS)
def test_panel_titles_follow_the_letters(name):
    draw, count = PANELS[name]
    own = [f"panel {i}" for i in range(count)]
    shown = texts(draw(panel_titles=own))
    assert [text[4:] for text in shown if text[4:] in own] == own
    assert all(text.startswith("(") for text in shown if text[4:] in own)
    with pytest.raises(GridempError, match=f"gives 1 title, but this figure needs {count}"):
        draw(panel_titles=["one"])


@pytest.mark.parametrize("name", PANELS)
def test_without_titles_only_letters_stay(name):
    draw, _ = PANELS[name]
    shown = texts(draw(title=False))
    assert shown
    for text in shown:
        assert not [c for c in text if c.isalpha() and c.isupper()], text
        assert set(text.replace("minus", "")) <= set("()abc "), text


@pytest.mark.parametrize("name", SINGLE)
def test_figures_of_one_map_take_a_title_or_none(name):
    draw = SINGLE[name]
    assert "A title" in texts(draw("A title"))
    assert texts(draw(False)) == []
    assert texts(draw(True))
    assert "A title" not in texts(draw(""))


def test_an_empty_title_leaves_those_of_panels():
    assert figure_title("", "default") == ""
    assert chosen_titles("", None, "head", ["a", "b"]) == ("", ["a", "b"])
    assert chosen_titles(False, None, "head", ["a", "b"]) == ("", ["", ""])
    assert chosen_titles(False, ["x", "y"], "head", ["a", "b"]) == ("", ["x", "y"])


@pytest.mark.ci
@pytest.mark.parametrize(("title", "width"), [*((title, 3.5) for title in LONG), (LONG[1], None)])
@pytest.mark.parametrize("name", [*SINGLE, *PANELS])
def test_long_titles_are_broken_into_lines_inside_the_figure(name, title, width):
    figure = (
        SINGLE[name](title, width=width)
        if name in SINGLE
        else PANELS[name][0](title=title, width=width)
    )
    shown = "".join(title_extents(figure))
    assert shown.replace("\n", "").replace(" ", "").count(title.replace(" ", "")) == 1
    check_titles_fit(figure)
    assert figure.get_figwidth() <= (width or 12.5)


@pytest.mark.ci
@pytest.mark.parametrize(
    ("title", "width"),
    [("Where each cell of the maze flows to", 3.5), (LONG[1], 3.5)],
)
@pytest.mark.parametrize("name", PANELS)
def test_long_titles_of_panels_are_broken_into_lines_inside_the_figure(name, title, width):
    draw, count = PANELS[name]
    titles = [title] * count
    if (name, title, width) == ("exploration", LONG[1], 3.5):  # seven small panels
        with pytest.raises(GridempError, match="use more columns, shorter titles or fewer"):
            draw(panel_titles=titles, width=width)
        return
    figure = draw(panel_titles=titles, width=width)
    check_titles_fit(figure)
    assert figure.get_figwidth() <= (width or 12.5)
