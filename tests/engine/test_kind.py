"""Kinds of empowerment, and what maps of each kind say and do."""

import io
import json

import numpy as np
import pytest

import gridemp
from gridemp import EmpowermentMap, GridempError, World, parse_maze
from gridemp.analysis.horizon_curve import curve_of
from gridemp.engine.kind import OPEN, Kind, check_open_loop
from gridemp.report.captions import bar_label, captions
from gridemp.report.provenance import map_record
from gridemp.report.tables import write_json, write_table

WORLD = World.from_maze(parse_maze("..#\n..."))
KINDS = {
    "potential": Kind("potential", discount=0.5),
    "contextual": Kind("contextual", context="walls"),
    "first-action": Kind("first-action", afterwards="uniform"),
    "impoverished": Kind("impoverished", repertoire=8, step=2),
}


def map_of(kind, *, bits=(0.1, 0.2, 0.3, 0.5, 0.4)):
    horizon = None if kind.discount else 2
    return EmpowermentMap(WORLD, horizon, np.array(bits), np.full(5, 1e-7), kind=kind)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_saved_map_keeps_its_kind(tmp_path, kind):
    emap = map_of(kind)
    emap.save(tmp_path / "map.npz")
    loaded = gridemp.load_map(tmp_path / "map.npz")
    assert (loaded.kind, loaded.horizon) == (emap.kind, emap.horizon)
    np.testing.assert_array_equal(loaded.bits, emap.bits)


@pytest.mark.parametrize(
    ("name", "label", "words"),
    [
        ("potential", "potential empowerment", "potential, discount 0.5"),
        ("contextual", "contextual empowerment", "context walls"),
        ("first-action", "first-action empowerment", "later actions uniform"),
        ("impoverished", "impoverished empowerment", "repertoire of 8, grown by 2 steps"),
    ],
)
def test_figures_and_texts_name_the_kind(name, label, words):
    emap = map_of(KINDS[name])
    assert bar_label([emap]) == f"{label} [bits]"
    assert words in str(emap)
    assert words in repr(emap)
    assert map_record([emap])["kind"] == name
    stream = io.StringIO()
    write_json(emap, stream)
    assert json.loads(stream.getvalue())["kind"] == name


def test_maps_of_several_kinds_share_a_neutral_label():
    emaps = [map_of(kind) for kind in KINDS.values()]
    assert bar_label(emaps) == "empowerment [bits]"
    title, parts = captions([map_of(OPEN), map_of(KINDS["contextual"])])
    assert [part.split("\n")[0] for part in parts] == ["state known", "context walls"]
    title, parts = captions([map_of(OPEN), map_of(KINDS["potential"])])
    assert [part.split("\n")[0] for part in parts] == [
        "horizon 2, open loop",
        KINDS["potential"].words,
    ]
    title, parts = captions([map_of(KINDS["potential"]), map_of(Kind("potential", discount=0.9))])
    assert title == "maze, no noise"
    assert [part.split("\n")[0] for part in parts] == [
        "potential, discount 0.5",
        "potential, discount 0.9",
    ]


def test_the_columns_of_a_table_tell_discounts_apart():
    stream = io.StringIO()
    write_table([map_of(KINDS["potential"]), map_of(Kind("potential", discount=0.9))], stream)
    assert stream.getvalue().splitlines()[0] == "discount,x,y,empowerment,gap"


def test_xarray_has_the_discount_as_a_coordinate():
    pytest.importorskip("xarray")
    dataset = map_of(KINDS["potential"]).to_xarray()
    assert dataset.discount.values.tolist() == [0.5]
    assert "horizon" not in dataset.dims
    assert map_of(KINDS["contextual"]).to_xarray().attrs["context"] == "walls"


def test_what_needs_a_horizon_or_the_open_loop_says_so():
    with pytest.raises(GridempError, match="of potential empowerment has no horizon; give"):
        _ = map_of(KINDS["potential"]).steps
    assert map_of(KINDS["contextual"]).steps == 2
    check_open_loop(OPEN)
    with pytest.raises(GridempError, match="a map of contextual empowerment cannot be used here"):
        check_open_loop(KINDS["contextual"])
    with pytest.raises(GridempError, match="cannot be used here"):
        gridemp.interactive(map_of(KINDS["first-action"]))


def test_fields_are_checked():
    with pytest.raises(GridempError, match="`kind` must be one of open, potential"):
        Kind("closed")
    with pytest.raises(GridempError, match="`discount` must lie between 0 and 1"):
        Kind("potential", discount=1.0)
    with pytest.raises(GridempError, match="a map has a `horizon` or, as potential empowerment,"):
        EmpowermentMap(WORLD, None, np.ones(5), np.zeros(5))
    with pytest.raises(GridempError, match="a map has a `horizon` or, as potential empowerment,"):
        EmpowermentMap(WORLD, 2, np.ones(5), np.zeros(5), kind=KINDS["potential"])


def test_settings_fit_their_kind():
    with pytest.raises(GridempError, match="`discount` does not fit the kind contextual"):
        Kind("contextual", context="row", discount=0.9)
    with pytest.raises(GridempError, match="`context` does not fit the kind contextual"):
        Kind("contextual")


def test_a_curve_is_of_one_kind():
    with pytest.raises(GridempError, match="a curve is of one kind of empowerment and one source"):
        curve_of([gridemp.empowerment(WORLD, 1), map_of(KINDS["contextual"])])
    with pytest.raises(GridempError, match="with a map for each horizon"):
        curve_of([gridemp.empowerment(WORLD, 1)] * 2)
    assert curve_of([gridemp.empowerment(WORLD, n) for n in (2, 1)]).horizons.tolist() == [1, 2]
