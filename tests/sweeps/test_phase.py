"""Numbers of phase diagrams are those of the maps."""

import re

import numpy as np
import pytest
from support.stores import store_of, world_at

from gridemp import GridempError, empowerment, parse_maze
from gridemp.sweeps import phase_diagram

ELL = parse_maze("....\n..##\n..T.\n", name="ell")
HORIZONS, SLIPS = [1, 2, 4], [0.0, 0.1, 0.3]


@pytest.fixture(scope="module")
def maps(tmp_path_factory):
    path = tmp_path_factory.mktemp("sweep") / "results.zarr"
    return store_of(path, ELL, left_out=[(4, 0.3)], horizon=[4, 1, 2], slip=[0.3, 0.0, 0.1])


def own_maps():
    for row, slip in enumerate(SLIPS):
        for col, horizon in enumerate(HORIZONS):
            if (horizon, slip) != (4, 0.3):
                yield row, col, empowerment(world_at(ELL, slip=slip), horizon)


@pytest.mark.parametrize(("value", "number"), [("mean", np.mean), ("max", np.max)])
def test_each_map_is_one_number(maps, value, number):
    diagram = phase_diagram(maps, value=value)
    assert (diagram.x_values, diagram.y_values) == (HORIZONS, SLIPS)
    assert diagram.missing == 1
    assert np.isnan(diagram.bits[2, 2])
    for row, col, emap in own_maps():
        assert diagram.bits[row, col] == pytest.approx(number(emap.bits), abs=1e-12)
        upper = number(emap.bits + emap.gap)
        assert (diagram.bits + diagram.gap)[row, col] == pytest.approx(upper, abs=1e-12)


def test_repr(maps):
    end = r"::ell': mean of 3 horizon x 3 slip, 1 missing\)"
    assert re.fullmatch(r"PhaseDiagram\('.*" + end, repr(phase_diagram(maps)))


def test_peaks_are_those_of_the_maps(maps):
    diagram = phase_diagram(maps, value="peak")
    assert diagram.peaks[2][2] == ()
    for row, col, emap in own_maps():
        rows, cols = ELL.cells[emap.cell[emap.peaks]].T
        x, y = ELL.xy(rows, cols)
        assert diagram.peaks[row][col] == tuple(zip(x.tolist(), y.tolist(), strict=True))
        assert diagram.peaks[row][col][0] == (emap.peak.x, emap.peak.y)
        assert diagram.bits[row, col] == emap.bits.max()


def test_axes_can_be_swapped(maps):
    one, other = phase_diagram(maps), phase_diagram(maps, "slip", "horizon")
    np.testing.assert_array_equal(one.bits, other.bits.T)
    assert one.settings(0, 2) == other.settings(2, 0)
    assert one.map(0, 2).horizon == 4


def test_other_settings_are_fixed(tmp_path):
    values = {"horizon": [1, 2], "slip": [0.0, 0.1], "sensor": ["row", "state"]}
    maps = store_of(tmp_path / "a.zarr", parse_maze("..\n..", name="four"), **values)
    with pytest.raises(GridempError, match=r"several values of sensor \(state, row\); choose"):
        phase_diagram(maps)
    diagram = phase_diagram(maps, sensor="row")
    assert diagram.fixed == {"moves": "nesw", "torus": "none", "sensor": "row"}
    assert diagram.bits[0].tolist() == [1.0, 1.0]
    assert phase_diagram(maps, y="sensor", slip=0).y_values == ["state", "row"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"value": "median"}, "`value` must be one of mean, max, peak, not 'median'"),
        ({"x": "slop"}, "`x` must be one of moves, torus, sensor, slip, horizon, not 'slop'"),
        ({"y": "horizon"}, "`x` and `y` are both horizon; choose two settings"),
        ({"slip": 0.1}, "slip is along the y axis"),
        ({"y": "sensor"}, "has only one value of sensor, .* set `y` to slip"),
        (
            {"sensor": "row"},
            "has no maps with sensor row, only with state; add it with gridemp sweep",
        ),
        ({"slpi": 0.1}, "phase_diagram has no argument `slpi`; did you mean `slip`?"),
    ],
)
def test_wrong_arguments(maps, arguments, sentence):
    with pytest.raises(GridempError, match=sentence.replace("?", r"\?")):
        phase_diagram(maps, **arguments)


def test_paths(maps):
    diagram = phase_diagram(maps)
    assert diagram.along(2) == [(0, 0)]  # the last map is not there
    assert diagram.along(3) == [(0, 0), (1, 1)]
    assert diagram.along([(1, 0.1), (4, 0), (1, 0.1)]) == [(1, 0), (0, 2)]
    assert diagram.along(()) == []
    for path, sentence in (
        (0, "`path` must be 1 or more maps"),
        ([(3, 0)], "has no maps with horizon 3, only with 1, 2, 4"),
        (1, None),
    ):
        if sentence is None:
            assert diagram.along(path) == [(0, 0)]
            continue
        with pytest.raises(GridempError, match=re.escape(sentence)):
            diagram.along(path)
