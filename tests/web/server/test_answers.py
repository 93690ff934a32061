"""What the explorer answers, against the core called directly and against the command line."""

import shlex
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.questions import KLYUBIN, ask
from support.strategies import furnished, options
from support.texts import LAYOUT, MAP, MICROBAN
from typer.testing import CliRunner

from gridemp import Maze, World, empowerment, format_maze, horizon_sweep, load_maze, parse_maze
from gridemp.analysis.cell import cell_source
from gridemp.cli.main import app
from gridemp.mazes.bundled import bundled_mazes
from gridemp.web.server import api
from gridemp.web.server.answers import Answers
from gridemp.web.server.api import Refusal, decoded
from gridemp.web.server.mazes import drawing_of, maze_of


def run(*words, text=None):
    return CliRunner().invoke(app, [str(word) for word in words], input=text)


@st.composite
def sensed(draw):
    """Options of a world, its sensor among them."""
    sensors = ("state", "position", "row", "column", "walls")
    return draw(options((0.0, 0.2))) | {"sensor": draw(st.sampled_from(sensors))}


def typed(horizon, options):
    """The same as words of a command."""
    words = ["--horizon", horizon, "--stay" if options["stay"] else "--no-stay"]
    words += [f"--torus-{axis}" for axis in options["torus"]]
    for name in ("moves", "slip", "slip_kind", "sensor"):
        words += [f"--{name.replace('_', '-')}", options[name]]
    return words


@settings(max_examples=20)
@given(furnished(max_side=4), sensed(), st.integers(1, 2))
def test_a_map_is_what_values_prints(maze, options, horizon):
    found = ask("map", maze, horizon=horizon, **options)
    printed = run("values", "-", *typed(horizon, options), text=format_maze(maze)).stdout
    grid = np.full(maze.shape, None)
    gaps = []
    for line in printed.splitlines()[1:]:
        x, y, bits, gap = map(float, line.split(","))
        grid[maze.rowcol(int(x), int(y))] = bits
        gaps.append(gap)
    assert found["bits"] == grid.tolist()
    assert found["gap"] == max(gaps)
    if options["slip"]:
        assert found["outcomes"] is None
    else:
        bits = np.log2(np.array(found["outcomes"], dtype=float))
        np.testing.assert_array_equal(bits, grid.astype(float))


@settings(max_examples=25)
@given(furnished(max_side=5, boxes=5))
def test_a_drawing_keeps_all_of_a_maze_and_its_text_too(maze):
    drawn = drawing_of(maze)
    assert maze_of(drawn) == maze
    assert decoded(msgspec.json.encode(drawn), api.Drawing) == drawn
    found = ask("describe", maze)
    assert found["text"] == run("convert", "-", "-", text=found["text"]).stdout
    again = ask("read", text=found["text"], file=found["file"])
    assert again == {"maze": msgspec.to_builtins(drawn), "left_out": []}


@pytest.mark.parametrize(
    ("form", "maze", "options"),
    [
        ("pdf", "klyubin", {"horizon": 5}),
        ("png", "klyubin", {"horizon": 3, "numbers": "bits", "range": [0.5, 7]}),
        ("svg", "room", {"slip": 0.1, "slip_kind": "perpendicular", "torus": "xy"}),
        ("svg", "mine", {"horizon": 4, "numbers": "outcomes", "moves": "king", "stay": False}),
        ("png", "my own (2)", {"moves": "turn", "sensor": "walls", "torus": "y"}),
        ("pdf", "mine", {"horizon": 1, "slip": 0.05, "range": [-1e-7, 3.5], "torus": "x"}),
    ],
)
def test_the_command_makes_the_figure_byte_for_byte(tmp_path, monkeypatch, form, maze, options):
    monkeypatch.chdir(tmp_path)
    known = maze in bundled_mazes()
    maze = load_maze(maze) if known else parse_maze("+-+-+\n| |$|\n+ + +\n|G  |\n+-+-+", maze)
    told = ask("describe", maze, **options)
    assert told["known"] == known
    if not known:
        Path(told["file"]).write_text(told["text"])
    line = shlex.split(told["command"])
    assert line[:2] == ["gridemp", "heatmap"]
    printed = run(*line[1:], "-o", f"a.{form}")
    assert printed.exit_code == 0, printed.stderr
    assert ask("figure", maze, format=form, **options) == Path(f"a.{form}").read_bytes()
    assert ask("map", maze, **options)["peak"] == printed.stdout.splitlines()[1]


def test_what_was_opened_is_named_as_on_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.sok").write_text("####\n#@$.#\n####\n\n#####\n#@$ .#\n#####\n")
    opened = load_maze("a.sok", level=2)
    answers = Answers(opened, ["a.sok", "--level", "2"])
    told = ask("describe", opened, answers)
    assert told["command"] == "gridemp heatmap a.sok --level 2 --horizon 2"
    run(*shlex.split(told["command"])[1:], "-o", "a.svg")
    figure = ask("figure", opened, answers, format="svg")
    assert figure == Path("a.svg").read_bytes()
    edited = Maze(opened.floor, name=opened.name)
    assert ask("describe", edited, answers)["command"] == "gridemp heatmap a-2.txt --horizon 2"
    assert ask("describe", opened.named("b"), answers)["command"].split()[2] == "b.txt"


def test_what_stands_beside_a_map():
    maze = parse_maze("...#\n.##.\n....", "mine")
    found = ask("map", maze, horizon=3, numbers="bits", slip=0.1)
    emap = empowerment(World.from_maze(maze, slip=0.1), 3)
    grid = emap.grid()
    for decimals, way in zip((2, 1), found["numbers"], strict=True):
        assert way == [[None if b != b else f"{b:.{decimals}f}" for b in row] for row in grid]
    assert found["range"] == [emap.bits.min(), emap.bits.max()]
    assert found["horizon"] == 3
    assert found["title"] == "mine, horizon 3, slip 0.1"
    assert (found["label"], found["gap"]) == ("empowerment [bits]", emap.gap.max())
    assert [emap.peak.x, emap.peak.y] in found["ringed"]
    assert ask("map", maze, range=[1, 9])["range"] == [1, 9]
    counted = ask("map", maze, numbers="outcomes")
    assert counted["numbers"][0][0] == [f"{n:.0f}" for n in counted["outcomes"][0][:3]] + [None]


@pytest.mark.parametrize(
    ("file", "text", "lost"),
    [
        ("a.txt", "..T\n#.$\n", []),
        ("a.txt", "+-+\n| |\n+-+\n", []),
        ("a.xsb", MICROBAN, ["goals under boxes (1)"]),
        ("A.MAP", MAP, None),
        ("a.lay", LAYOUT, None),
        ("a.txt", "....\n...\n", None),
        ("a.txt", "..\n.?\n", None),
        ("", "##\n##", None),
        ("a.map", "type octile\nheight 2\n", None),
        ("a.xsb", "####\n#@x#\n####\n", None),
        ("a.lay", "%%%\n%Q%\n%%%\n", None),
        ("a.txt", "\0\n", None),
        ("a.txt", "", None),
    ],
)
def test_a_text_is_read_or_refused_as_on_the_command_line(tmp_path, monkeypatch, file, text, lost):
    monkeypatch.chdir(tmp_path)
    Path(file or "the text").write_text(text)
    converted = run("convert", file or "the text", "-")
    if converted.exit_code:
        with pytest.raises(Refusal) as caught:
            ask("read", text=text, file=file)
        assert converted.stderr == f"gridemp: {caught.value}\n"
        assert caught.value.field == "maze"
        return
    found = ask("read", text=text, file=file)
    maze = maze_of(msgspec.convert(found["maze"], api.Drawing))
    assert (maze.name, format_maze(maze)) == (Path(file).stem, converted.stdout)
    told = f"gridemp: left out: {', '.join(found['left_out'])}\n" if found["left_out"] else ""
    assert converted.stderr == told
    assert found["left_out"] == lost or lost is None


@settings(max_examples=20)
@given(furnished(max_side=4), sensed(), st.integers(1, 2), st.data())
def test_a_cell_and_its_curve_are_those_of_the_core(maze, options, horizon, data):
    x, y = maze.xy(*data.draw(st.sampled_from(maze.cells.tolist())))
    world = World.from_maze(maze, **options, within=horizon)
    source = cell_source(world, x, y, horizon)
    found = ask("cell", maze, horizon=horizon, x=x, y=y, **options)
    reached = [[None if p != p else p for p in row] for row in source.grid().tolist()]
    assert (found["bits"], found["gap"], found["reached"]) == (source.bits, source.gap, reached)
    assert found["outcomes"] == len(source.readings)
    assert found["deterministic"] == world.deterministic == (options["slip"] == 0)
    assert found["first_actions"] == dict(zip(world.actions, source.first_actions, strict=True))
    assert sum(found["first_actions"].values()) == pytest.approx(1)
    row, col = maze.rowcol(x, y)
    on_map = ask("map", maze, horizon=horizon, **options)["bits"][row][col]
    assert on_map == pytest.approx(found["bits"], abs=2e-6)
    if not options["slip"]:
        curve = ask("curve", maze, horizon=horizon, x=x, y=y, **options)
        emaps = horizon_sweep(World.from_maze(maze, **options), range(1, 21))
        assert curve["horizons"] == list(range(1, 21))
        assert curve["bits"] == [emap.grid()[row, col] for emap in emaps]
        assert (curve["gap"], curve["complete"]) == (0.0, True)


def test_a_curve_goes_as_far_as_that_is_quick(monkeypatch):
    monkeypatch.setattr("gridemp.web.server.answers.CURVE_SECONDS", 0.05)
    found = ask("curve", KLYUBIN, slip=0.1, x=5, y=5)
    emaps = horizon_sweep(World.from_maze(KLYUBIN, slip=0.1), [1, 2, 3])
    np.testing.assert_allclose(found["bits"][:3], [e.grid()[4, 5] for e in emaps], atol=1e-6)
    assert 4 <= len(found["horizons"]) == len(found["bits"]) < 12
    assert not found["complete"]
    monkeypatch.setattr("gridemp.worlds.states.MAX_STATES", 20)
    boxes = parse_maze("....\n.$$.\n....")
    short = ask("curve", boxes, horizon=1, x=0, y=0)
    assert (short["horizons"], short["bits"], short["complete"]) == ([1], [np.log2(3)], False)


@pytest.mark.parametrize(
    ("words", "fields", "field"),
    [
        ("heatmap - --horizon=0", {"horizon": 0}, "horizon"),
        ("heatmap - --horizon=-3 --slip=0.1", {"horizon": -3, "slip": 0.1}, "horizon"),
        ("heatmap - --horizon=15 --slip=0.1", {"horizon": 15, "slip": 0.1}, "horizon"),
        ("heatmap - --horizon=9", {"horizon": 9}, "horizon"),  # boxes
        ("heatmap - --horizon=2 --slip=1.01", {"slip": 1.01}, "slip"),
        ("heatmap - --horizon=2 --slip=-1e300", {"slip": -1e300}, "slip"),
        (
            *("heatmap - --horizon=2 --moves=turn --slip-kind=perpendicular",),
            *({"moves": "turn", "slip_kind": "perpendicular"}, "slip_kind"),
        ),
        (
            *("heatmap - --horizon=2 --slip=0.1 --annotate=outcomes",),
            *({"slip": 0.1, "numbers": "outcomes"}, "numbers"),
        ),
        ("cell --horizon=2 - 9 0", {"x": 9, "y": 0}, "cell"),
        ("cell --horizon=2 - 3 2", {"x": 3, "y": 2}, "cell"),
        ("cell --horizon=2 -- - 0 -1", {"x": 0, "y": -1}, "cell"),
        (
            "cell --horizon=15 --slip=.1 - 0 0",
            {"horizon": 15, "slip": 0.1, "x": 0, "y": 0},
            "horizon",
        ),
    ],
)
def test_what_the_command_line_refuses_is_refused_alike(monkeypatch, words, fields, field):
    monkeypatch.setattr("gridemp.worlds.states.MAX_STATES", 60)
    text = "...#\n.$$.\n....\n"
    refused = run(*words.split(), text=text)
    assert (refused.exit_code, refused.stdout) == (1, "")
    for what in ["cell"] if "x" in fields else ["map", "figure"]:
        more = {"format": "png"} if what == "figure" else {}
        with pytest.raises(Refusal) as caught:
            ask(what, parse_maze(text, "stdin"), **fields, **more)
        assert refused.stderr.splitlines()[-1] == f"gridemp: {caught.value}"
        assert caught.value.field == field


def test_answers_do_not_depend_on_what_was_asked_before():
    """Noisy channels are kept from one edit to the next, and the last few maps."""
    texts = ["..", "...#\n.~..", "....\n.~..", "....\n.~.#"]
    plain = {"horizon": 2, "slip": 0.1}
    changes = [
        *({}, {"horizon": 3}, {"slip": 0.2}, {"slip": 0.0}, {"sensor": "row"}, {"stay": False}),
        *({"slip_kind": "perpendicular"}, {"torus": "xy"}, {"moves": "turn"}),
    ]
    asked = [(parse_maze(text), plain | change) for text in texts for change in changes]
    once = Answers(KLYUBIN, ["klyubin"])
    found = [ask("map", maze, once, **chosen) for maze, chosen in asked]
    for (maze, chosen), answer in zip(asked, found, strict=True):
        rest = {name: value for name, value in chosen.items() if name != "horizon"}
        emap = empowerment(World.from_maze(maze, **rest), chosen["horizon"]).one_per_cell()
        np.testing.assert_array_equal(np.array(answer["bits"], dtype=float), emap.grid())
        assert answer["gap"] == emap.gap.max()
    with ThreadPoolExecutor(4) as pool:
        later = [*asked[-3:], *asked[::-1]]
        again = list(pool.map(lambda each: ask("map", each[0], once, **each[1]), later))
    assert again == [*found[-3:], *found[::-1]]
