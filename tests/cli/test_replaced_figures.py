"""Sentences on figures that a default name would replace in silence."""

import json

import pytest
from support.command_line import run

pytestmark = pytest.mark.slow


def draw(*words):
    """What a command that must succeed says on standard error."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stderr


@pytest.mark.parametrize(
    ("command", "horizon", "name"),
    [("heatmap", 1, "m-h1.png"), ("export", 1, "m-h1.html"), ("animate", "1,2", "m-h1-2.gif")],
)
def test_a_figure_of_another_maze_is_not_replaced_in_silence(empty_folder, command, horizon, name):
    words = ["-n", horizon]
    maze = empty_folder / "m.txt"
    maze.write_text("...\n...\n")
    assert draw(command, "m.txt", *words) == ""
    assert draw(command, "m.txt", *words) == ""
    maze.write_text("...\n.#.\n")
    sentence = f"gridemp: figures/{name} is replaced; it showed "
    assert draw(command, "m.txt", *words).startswith(sentence)
    assert draw(command, "m.txt", *words) == ""


def test_the_command_that_drew_the_replaced_figure_is_named(empty_folder):
    for folder, text in (("a", "...\n...\n"), ("b", "...\n.#.\n")):
        (empty_folder / folder).mkdir()
        (empty_folder / folder / "m.txt").write_text(text)
    assert draw("heatmap", "a/m.txt", "-n", 1) == ""
    assert draw("heatmap", "b/m.txt", "-n", 1) == (
        "gridemp: figures/m-h1.png is replaced; it showed another maze of that name, drawn by "
        "gridemp heatmap a/m.txt -n 1\n"
    )
    assert draw("heatmap", "b/m.txt", "-n", 1, "-o", "figures/m-h1.png", "--slip", 0.1) == ""
    assert draw("heatmap", "b/m.txt", "--horizon", "01", "--dpi", 50) == (
        "gridemp: figures/m-h1.png is replaced; it was drawn by "
        "gridemp heatmap b/m.txt -n 1 --slip 0.1\n"
    )
    assert draw("heatmap", "b/m.txt", "-n", 1) == ""
    (empty_folder / "figures" / "m-h1.png").write_text("mine")
    assert draw("heatmap", "b/m.txt", "-n", 1) == (
        "gridemp: figures/m-h1.png is replaced; it held no record of what made it\n"
    )


@pytest.mark.parametrize(
    ("world", "changed", "key", "value"),
    [
        ([], ["--source", "uniform"], "source", "uniform source"),
        (["--moves", "turn"], ["--heading", "mean"], "shown", "mean heading"),
        (["--slip", 0.1], ["--tol", 0.5], "gap", 0.15),
    ],
)
def test_a_figure_of_another_saved_map_is_not_replaced_in_silence(
    empty_folder, world, changed, key, value
):
    draw("values", "klyubin", "-n", 3, *world, "-o", "map.npz")
    assert draw("heatmap", "map.npz") == ""
    draw("values", "klyubin", "-n", 3, *world, *changed, "-o", "map.npz")
    sentence = "gridemp: figures/map.png is replaced; it was drawn by gridemp heatmap map.npz\n"
    assert draw("heatmap", "map.npz") == sentence
    assert draw("heatmap", "map.npz") == ""
    found = json.loads(run("info", "figures/map.png", "--json").stdout)
    assert found[key] == value


def test_a_plain_figure_has_a_plain_record(empty_folder):
    draw("heatmap", "klyubin", "-n", 1)
    found = json.loads(run("info", "figures/klyubin-h1.png", "--json").stdout)
    assert not {"source", "shown", "gap"} & found.keys()
