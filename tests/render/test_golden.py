"""Figures that equal reference images, in fonts that come with matplotlib.

After an intended change: `pytest -m "" -k golden --mpl-generate-path tests/render/golden`.
"""

from functools import partial

import pytest
from support.worlds import world_of

import gridemp
from gridemp import empowerment, horizon_sweep, render
from gridemp.analysis.cell import cell_source
from gridemp.analysis.sensitivity import sensitivity

golden = partial(
    pytest.mark.mpl_image_compare,
    baseline_dir="golden",
    style="default",
    tolerance=2,  # of 255, root mean square
    savefig_kwargs={"dpi": 100},
)


@pytest.fixture(autouse=True)
def page():
    with render.look(None, "page"):
        yield


@pytest.mark.slow
@golden(filename="heatmap.png")
def test_the_heatmap():
    return render.heatmap(empowerment(world_of("klyubin"), 5), width=3.5, annotate="bits").figure


@pytest.mark.slow
@golden(filename="panels.png")
def test_panels():
    return render.panels(horizon_sweep(world_of("trap", slip=0.1), [1, 2, 3]), width=7.16)


@golden(filename="cell.png")
def test_the_cell():
    return render.cell_figure(cell_source(world_of("klyubin", slip=0.1), 6, 2, 2), width=7.16)


@pytest.mark.slow
@golden(filename="difference.png")
def test_the_difference():
    one, other = (empowerment(world_of(name), 3) for name in ("box", "box-fixed"))
    return render.difference_figure(one, other, width=7.16)


@golden(filename="walls.png")
def test_what_walls_cost():
    result = sensitivity(gridemp.load_maze("two-rooms"), 3)
    return render.draw_sensitivity(result, width=7.16).figure
