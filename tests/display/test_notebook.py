"""Results and figures as pictures in a notebook, which two programs execute."""

import json
import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from support.extras import required
from support.learning_curves import invented_grid, under_conditions
from support.notebooks import (
    CAPACITY,
    DRAWN,
    EXECUTED,
    FIGURES,
    IMPORTS,
    PAGE,
    RESULTS,
    is_picture,
    marimo_notebook,
    pictures,
)

import gridemp
from gridemp import (
    EmpowermentMaps,
    World,
    agents,
    analysis,
    deep,
    empowerment,
    lander,
    logs,
    parse_maze,
    render,
)
from gridemp.display import notebook
from gridemp.render.layout.notebook_figure import NotebookAxes, NotebookFigure
from gridemp.shown import Shown

TESTS = Path(__file__).parent.parent
MAZE = parse_maze("..#\n...", name='<b>"m"')
EMAP = empowerment(World.from_maze(MAZE), 1)


@pytest.fixture(scope="module")
def namespace():
    names = {}
    exec(IMPORTS, names)
    return names


@pytest.mark.slow
@pytest.mark.parametrize("kind", RESULTS)
def test_each_result_is_a_picture_and_its_repr_is_short(kind, namespace):
    result = eval(RESULTS[kind], namespace)
    assert type(result).__name__ == kind
    assert is_picture(result._repr_png_())
    if kind != "EmpowermentMaps":  # as long as a list is
        assert repr(result).startswith(f"{kind}(")
        assert len(repr(result)) < 200
        assert "\n" not in repr(result)


def test_there_is_a_figure_for_every_kind_of_result_that_shows_itself():
    for wing in (agents, analysis, deep, lander, logs):
        for kind in set(RESULTS) & set(wing.__all__):
            getattr(wing, kind)  # imported when it is first used
    kinds = {kind.__name__ for kind in Shown.__subclasses__() if kind.__module__[:7] == "gridemp"}
    assert kinds - {"Capacity"} == set(notebook.FIGURES) == set(RESULTS)


@pytest.mark.slow
def test_trials_under_conditions_show_themselves_as_their_grid():
    curve, grid = under_conditions(), invented_grid()
    assert curve._repr_png_() == grid._repr_png_()


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWN)
def test_the_value_of_each_figure_function_shows_itself(name, namespace):
    value = eval(DRAWN[name], namespace)
    assert isinstance(value, NotebookAxes | NotebookFigure)


def test_no_figure_function_is_forgotten():
    others = {"look", "state_pictures"}
    others |= {"save_animation", "save_exploration", "save_figure", "save_walk"}
    assert set(FIGURES) == set(render.__all__) - others


def test_the_html_of_a_map_says_what_it_shows_and_escapes_names():
    text = EMAP._repr_html_()
    assert "the peak is 2.00 bits at x = 1, y = 0" in text
    assert "<b>" not in text
    assert "&lt;b&gt;&quot;m&quot;" in text


def test_lists_of_no_map_and_of_too_many_are_text():
    many = EmpowermentMaps([EMAP] * (notebook.MAX_PANELS + 1))
    assert many._repr_png_() is None
    assert many._repr_html_().count("peak: x = 1, y = 0") == len(many)
    assert "<b>" not in many._repr_html_()
    assert many[:2]._repr_html_() is None
    assert (many[:0]._repr_png_(), many[:0]._repr_html_()) == (None, "<pre>[]</pre>")


def test_a_capacity_is_a_table():
    capacity = gridemp.blahut_arimoto([[0.9, 0.1], [0.1, 0.9]])
    text = capacity._repr_html_()
    assert text.count("<tr>") == 6
    assert f"{capacity.lower:.9f} bits" in text
    assert capacity._repr_png_() is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "show", [MAZE._repr_png_, EMAP._repr_png_, EMAP._repr_html_], ids=["maze", "map", "html"]
)
def test_settings_of_the_user_do_not_change_a_picture(show):
    plain = show()
    with matplotlib.rc_context({"font.size": 30, "savefig.facecolor": "red", "axes.grid": True}):
        assert show() == plain


def check_cells(executed, cells):
    """Raise unless the last cells of a notebook have one output each, which holds a picture."""
    shown = executed["cells"][-len(cells) :]
    assert ["".join(cell["source"]) for cell in shown] == cells
    for cell in shown:
        assert len(cell["outputs"]) == 1, cell["source"]
        assert list(map(is_picture, pictures(cell))) == [True], cell["source"]


@pytest.mark.ci
def test_jupyter_shows_each_picture_once():
    nbformat, nbclient = required("nbformat"), required("nbclient")
    inline = [RESULTS["EmpowermentMap"], DRAWN["heatmap"], DRAWN["panels"]]
    sources = [IMPORTS, PAGE, CAPACITY, *EXECUTED, "%matplotlib inline", *inline]
    executed = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources)))
    kernel = {"kernel_name": "python3", "resources": {"metadata": {"path": str(TESTS)}}}
    nbclient.NotebookClient(executed, **kernel).execute()
    check_cells(executed, inline)
    executed.cells = executed.cells[: -len(inline) - 1]
    check_cells(executed, EXECUTED)
    _, page, capacity = executed.cells[:3]
    assert "<iframe" in page.outputs[0].data["text/html"]
    assert "<table" in capacity.outputs[0].data["text/html"]


@pytest.mark.ci
def test_marimo_shows_each_picture_once(folder):
    required("marimo")
    (folder / "pictures.py").write_text(marimo_notebook([IMPORTS, *EXECUTED]))
    command = [sys.executable, "-m", "marimo", "export", "ipynb", "--include-outputs"]
    paths = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    subprocess.run(
        [*command, "pictures.py", "--output", "pictures.ipynb"],
        env=os.environ | {"PYTHONPATH": paths},
        check=True,
        capture_output=True,
    )
    check_cells(json.loads((folder / "pictures.ipynb").read_text()), EXECUTED)
