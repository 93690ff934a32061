"""`gridemp.explore`: its arguments, and the page in JupyterLab."""

import sys

import numpy as np
import pytest
from support.extras import required
from support.jupyterlab import jupyter_lab, open_notebook, run_cell, write_notebook

import gridemp

CELLS = [
    """\
import gridemp
klyubin = gridemp.load_maze("klyubin")
widget = gridemp.explore(klyubin, horizon=3)
changes = []
widget.observe(lambda change: changes.append(change.name), ["maze", "map"])
widget""",
    "widget.maze == klyubin, widget.map.world.maze == widget.maze, sorted(set(changes))",
    'widget.maze = gridemp.load_maze("tunnel")',
]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"height": 0}, "`height` must be 200 to 4000 pixels"),
        ({"horizon": 0}, "horizon"),
        ({"horizon": 21}, "20, not 21"),
        ({"moves": "up"}, "moves"),
        ({"slip": 0.9}, "0.5, not 0.9"),
        ({"sensors": "row"}, "`sensors`"),
    ],
)
def test_wrong_arguments_are_named(options, words):
    required("anywidget")
    with pytest.raises(gridemp.GridempError, match=words):
        gridemp.explore(gridemp.load_maze("room"), **options)


@pytest.mark.parametrize(
    ("options", "slip", "stay"),
    [
        ({"slip": np.float64(0.25), "stay": np.bool_(False)}, 0.25, False),
        ({"slip": np.float32(0.25), "stay": 1}, 0.25, True),
    ],
)
def test_numbers_of_numpy_are_accepted(options, slip, stay):
    required("anywidget")
    widget = gridemp.explore(gridemp.load_maze("tunnel"), np.int64(1), **options)
    conditions = widget.map.world.conditions
    assert (conditions.slip, conditions.stay) == (slip, stay)


def test_a_bundled_maze_has_the_settings_that_it_needs():
    required("anywidget")
    box, own = gridemp.load_maze("box"), gridemp.parse_maze(".$.", name="box")
    for maze, options, torus in ((box, {}, "xy"), (box, {"torus": "x"}, "x"), (own, {}, "")):
        assert gridemp.explore(maze, 1, **options).map.world.conditions.torus == torus


@pytest.mark.parametrize("package", ["anywidget", "msgspec"])
def test_without_the_extra_it_says_how_to_install_it(monkeypatch, package):
    required("anywidget")
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(gridemp.MissingExtra, match=rf"gridemp.explore needs {package}; .*widget"):
        gridemp.explore(gridemp.load_maze("room"))


@pytest.mark.ci
def test_jupyterlab_shows_the_page_and_python_follows(browser, tmp_path):
    write_notebook(tmp_path / "explored.ipynb", CELLS)
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(120_000)
    outer = context.new_page()
    wrong = []
    outer.on("pageerror", lambda error: wrong.append(str(error)))
    with jupyter_lab(tmp_path) as address:
        open_notebook(outer, address, "explored.ipynb")
        run_cell(outer, 0)
        page = outer.frame_locator("iframe")
        page.locator("#board[aria-busy=false][aria-label*=klyubin]").wait_for()
        assert "23" in page.locator("#peak").text_content()
        page.locator("#board").press("ArrowRight")
        page.locator("#board").press("Space")  # draws a wall
        page.locator("#undo:enabled").wait_for()
        page.locator("#board[aria-busy=false]").wait_for()
        told = run_cell(outer, 1).text_content()
        assert "(False, True, ['map', 'maze'])" in told
        run_cell(outer, 2)
        page.locator("#board[aria-busy=false][aria-label*=tunnel]").wait_for()
    context.close()
    assert wrong == []
