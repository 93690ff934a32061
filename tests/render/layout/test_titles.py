import numpy as np
import pytest

import gridemp
from gridemp import GridempError, render
from gridemp.agents import Agent, Explorer, explore, flow
from gridemp.analysis import cell_alternation, cell_source, centrality, sensitivity
from gridemp.analysis.horizon_curve import curve_of
from gridemp.render.layout.titles import chosen_titles, figure_title

MAZE = gridemp.load_maze("klyubin")
WORLD = gridemp.World.from_maze(MAZE)
ONE, TWO = gridemp.horizon_sweep(WORLD, [1, 2])
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
SINGLE = {
    "heatmap": lambda title: render.heatmap(ONE, title=title).figure,
    "cell": lambda title: render.cell_figure(cell_source(WORLD, 0, 0, horizon=1), title=title),
    "curve": lambda title: render.draw_curve(curve_of([ONE, TWO]), title=title).figure,
    "sensitivity": lambda title: render.draw_sensitivity(sensitivity(MAZE, 1), title=title).figure,
}


def texts(figure):
    """Titles of a figure and of its panels."""
    found = [text.get_text() for text in figure.texts]
    for ax in figure.axes:
        found += [ax.get_title(loc=place) for place in ("left", "center")]
    return [text.replace("\n", " ") for text in found if text]


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
