"""A phase diagram shows the numbers of its maps, and the maps along a path."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from support.stores import store_of

from gridemp import GridempError, parse_maze
from gridemp.render.artists.phase import tick_places
from gridemp.render.figures.phase import phase_figure
from gridemp.sweeps import phase_diagram

ELL = parse_maze("....\n..##\n..T.\n", name="ell")


@pytest.fixture(scope="module")
def maps(tmp_path_factory):
    path = tmp_path_factory.mktemp("sweep") / "results.zarr"
    values = {"horizon": [1, 2, 3], "slip": [0.0, 0.1, 0.3], "sensor": ["state", "row"]}
    return store_of(path, ELL, left_out=[(3, 0.3)], **values)


def diagram_of(maps, **arguments):
    return phase_diagram(maps, **{"sensor": "state"} | arguments)


def marked(ax, gid):
    return [artist for artist in ax.get_children() if artist.get_gid() == gid]


def key_of(figure):
    return [text.get_text() for legend in figure.legends for text in legend.get_texts()]


def test_each_cell_is_a_map(maps):
    diagram = diagram_of(maps)
    figure = phase_figure(diagram, vmin=0)
    ax = figure.axes[0]
    (cells,) = [each for each in ax.collections if each.get_gid() is None]
    shown = np.ma.filled(cells.get_array(), np.nan)
    np.testing.assert_array_equal(shown.reshape(3, 3), diagram.bits)
    assert cells.get_clim() == (0, np.nanmax(diagram.bits))
    assert ax.get_title() == "ell, mean of all cells"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("horizon", "slip probability")
    assert [text.get_text() for text in ax.get_xticklabels()] == ["1", "2", "3"]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["0", "0.1", "0.3"]
    (missing,) = marked(ax, "missing")
    assert len(missing.get_paths()) == 1
    assert key_of(figure) == ["contours [bits]", "not computed yet"]
    bar = ax.child_axes[0]
    assert bar.get_ylabel() == "mean empowerment [bits]"


def test_contours_are_at_ticks_of_the_colourbar(maps):
    ax = phase_figure(diagram_of(maps)).axes[0]
    (contours,) = marked(ax, "contours")
    ticks = [text.get_text() for text in ax.child_axes[0].get_yticklabels()]
    labels = {text.get_text() for text in marked(ax, "contour label")}
    assert labels
    assert labels <= {f"{level:g}" for level in contours.levels} | set(ticks)
    for level, path in zip(contours.levels, contours.get_paths(), strict=True):
        for col, row in path.vertices:
            left, below = int(col), int(row)
            near = diagram_of(maps).bits[below : below + 2, left : left + 2]
            assert np.nanmin(near) - 1e-9 <= level <= np.nanmax(near) + 1e-9


def test_names_have_no_contours(maps):
    diagram = phase_diagram(maps, y="sensor", slip=0.0)
    figure = phase_figure(diagram)
    ax = figure.axes[0]
    assert not marked(ax, "contours")
    assert key_of(figure) == []
    assert [text.get_text() for text in ax.get_yticklabels()] == ["state", "row"]
    assert ax.get_title() == "ell, mean of all cells, no noise"


def test_maps_along_a_path_stand_below(maps):
    diagram = diagram_of(maps, value="max")
    figure = phase_figure(diagram, path=[(1, 0), (3, 0), (2, 0.3)], width=7.16)
    ax, *panels = figure.axes
    letters = {text.get_text(): text.get_position() for text in marked(ax, "place")}
    assert letters == {"a": (0, 0), "b": (2, 0), "c": (1, 2)}
    titles = [panel.get_title(loc="left") for panel in panels]
    assert titles[1].startswith("(b) horizon 3, slip 0\n")
    for panel, (col, row) in zip(panels, letters.values(), strict=True):
        own = diagram.map(row, col)
        cells = panel.collections[0]
        np.testing.assert_array_equal(
            np.ma.filled(cells.get_array(), np.nan).reshape(3, 4)[0], own.grid()[0]
        )
        assert cells.get_clim() == marked(ax, None)[0].get_clim()
    assert ax.child_axes[0].get_ylabel() == "empowerment [bits]"


def test_titles_of_the_path_can_be_given(maps):
    figure = phase_figure(diagram_of(maps), path=2, title=False, panel_titles=["low"])
    assert [ax.get_title(loc="left") for ax in figure.axes[1:]] == ["(a) low"]
    assert figure.axes[0].get_title() == ""
    with pytest.raises(GridempError, match="`panel_titles` gives 3 titles"):
        phase_figure(diagram_of(maps), path=2, panel_titles=["a", "b", "c"])


def test_peaks_have_borders_and_cells(maps):
    diagram = diagram_of(maps, value="peak")
    figure = phase_figure(diagram, path=1)
    ax = figure.axes[0]
    (borders,) = marked(ax, "border")
    assert isinstance(borders, LineCollection)
    for (x0, y0), (x1, y1) in borders.get_segments():
        across = (round((y0 + y1) / 2), round((x0 + x1) / 2 - 0.1), round((x0 + x1) / 2 + 0.1))
        up = (round((x0 + x1) / 2), round((y0 + y1) / 2 - 0.1), round((y0 + y1) / 2 + 0.1))
        if x0 == x1:
            row, left, right = across
            assert diagram.peaks[row][left] != diagram.peaks[row][right]
        else:
            col, below, above = up
            assert diagram.peaks[below][col] != diagram.peaks[above][col]
    texts = marked(ax, "peak cell")
    assert texts
    for text in texts:
        col, row = text.get_position()
        (x, y), *more = diagram.peaks[round(row)][round(col)]
        assert text.get_text() == f"({x}, {y})" + (f" +{len(more)}" if more else "")
        assert (row, col) != (0, 0)  # the place of the map
    assert not marked(ax, "contours")
    assert "peak in another cell (x, y)" in key_of(figure.subfigs[0])


def test_large_diagrams_have_few_ticks():
    assert tick_places(list(range(1, 41)), 5) == [4, 9, 14, 19, 24, 29, 34, 39]
    slips = [round(0.01 * i, 2) for i in range(31)]
    assert tick_places(slips, 5) == [0, 5, 10, 15, 20, 25, 30]
    assert tick_places([1, 2, 5, 10], 1) == [0, 1, 2, 3]
    assert tick_places([1, 2, 5, 10, 20, 50], 2) == [0, 2, 4]
    assert tick_places(["state", "row", "walls"], 2) == [0, 2]


def test_a_store_without_maps_is_refused(tmp_path):
    left_out = [(horizon, slip) for horizon in (1, 2) for slip in (0.0, 0.1)]
    values = {"horizon": [1, 2], "slip": [0.0, 0.1], "left_out": left_out}
    maps = store_of(tmp_path / "a.zarr", ELL, **values)
    with pytest.raises(GridempError, match=r"no map of .* is computed yet; run gridemp sweep"):
        phase_figure(phase_diagram(maps))
