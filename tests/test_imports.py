"""The package imports downwards only, and nothing heavy before it is needed."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import gridemp

ORDER = [
    *(
        "errors",
        "information",
        "products",
        "capacity",
        "variational",
        "active_set",
        "maze",
        "making",
        "bundled",
        "text",
    ),
    *(f"formats.{name}" for name in ("block", "thin", "frozenlake", "movingai", "sokoban")),
    *("formats.pacman", "formats.micromouse", "formats.taxi", "formats", "parsing"),
    *("graph", "moves", "dynamics", "states", "noise", "sensors", "conditions", "transitions"),
    *("world", "gymnasium", "minigrid"),
    *("lattice", "reach", "channel", "neighbourhoods", "entropies", "sequences", "beam"),
    *(
        "maps",
        "empowerment",
        "transmission",
        "agents",
        "bounds",
        "cost",
        "values",
        "captions",
        "provenance",
    ),
    *("correlation", "centrality", "differences", "curves", "toggles", "sensitivity"),
    *(
        "policies",
        "drives",
        "naming",
        "optimal",
        "source",
        "alternation",
        "drawing",
        "walks",
        "flows",
    ),
    *("learned_bound", "learning_curve"),
    *("belief", "learning", "exploring"),
    *("logs", "logs.columns", "logs.windows", "logs.frames", "logs.neighbours", "logs.copula"),
    *("logs.plug_in", "logs.resampling", "logs.threads", "logs.trials", "logs.trends"),
    *("logs.measuring", "logs.power", "logs.writing"),
    *("lander", "lander.physics", "lander.players", "lander.recording", "lander.playing"),
    *("lander.blurring", "lander.flights", "lander.estimates"),
    *("render.layout", "render.marks", "render.colorbars", "render.frames", "render.board"),
    "render.below",
    *("render.legends", "render.numbers", "render.style", "render.heatmaps", "render.panels"),
    *("render.trios", "render.scatter", "render.comparisons", "render.curves"),
    *(
        "render.arrows",
        "render.channels",
        "render.cells",
        "render.sensitivities",
        "render.films",
        "render.animations",
        "render.beliefs",
        "render.learning_places",
        "render.learnings",
        "render.learning_films",
        *(f"render.{name}" for name in ("keys", "routes", "tracks", "trails")),
        *(f"render.{name}" for name in ("fields", "basins", "flows", "walks")),
        "render.alternation",
        "render.learned_bounds",
        "render.learning_curves",
        "render.lander_maps",
        "render.saving",
        "render",
    ),
    *("showing", "maze_lines", "exporting"),
    *("explorer", "explorer.interface", "explorer.mazes", "explorer.questions"),
    *("explorer.command_lines", "explorer.answers", "explorer.work", "explorer.server"),
    "explorer.serving",
    *(
        "files",
        *("deep", "deep.networks", "deep.dynamics", "deep.learner", "deep.evaluation"),
        "deep.training",
        "progress",
        "asked",
        "options",
        "looks",
        "commands",
        "commands.mazes",
        "commands.maps",
    ),
    *(
        "commands.figures",
        "commands.animations",
        "commands.beliefs",
        "commands.agents",
        "commands.files",
        "commands.pages",
        "commands.explorer",
        "commands.bounds",
        "commands.networks",
        "commands.log_options",
        "commands.logs",
        "commands.landers",
    ),
    "cli",
]
FRONT = ["__init__", "__main__"]  # these two only re-export and start

FOLDER = Path(gridemp.__file__).parent


def module(path):
    """The name of a file as it is imported, without the package's own."""
    parts = path.relative_to(FOLDER).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


SOURCES = {module(path): path for path in FOLDER.rglob("*.py")}


def imported(path):
    """The modules of the package that a file imports, and the other packages."""
    own, other = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        else:
            continue
        for name in modules:
            first, _, rest = name.partition(".")
            if first == "gridemp" and rest:
                own.add(rest if rest in SOURCES else rest.rpartition(".")[0])
            else:
                other.add(first)
    return own & set(SOURCES), other


def runs_back(order, sources):
    """The arrows that do not point to a file further up the list."""
    return [
        (name, target)
        for name in order
        for target in imported(sources[name])[0]
        if order.index(target) >= order.index(name)
    ]


def test_every_file_has_its_place():
    assert sorted(SOURCES) == sorted(ORDER + FRONT)


def test_no_import_runs_back_up():
    assert runs_back(ORDER, SOURCES) == []
    arrows = sum(len(imported(SOURCES[name])[0]) for name in ORDER)
    assert arrows > 20


def test_an_import_that_runs_back_up_is_found(tmp_path):
    (tmp_path / "maze.py").write_text("from gridemp.world import World\nfrom gridemp import cli\n")
    (tmp_path / "world.py").write_text("from gridemp.maze import Maze\n")
    (tmp_path / "cli.py").write_text("")
    sources = {path.stem: path for path in tmp_path.glob("*.py")}
    assert sorted(runs_back(["maze", "world", "cli"], sources)) == [
        ("maze", "cli"),
        ("maze", "world"),
    ]


def test_only_render_imports_matplotlib():
    drawing = {name for name in SOURCES if "matplotlib" in imported(SOURCES[name])[1]}
    assert {name.partition(".")[0] for name in drawing} == {"render"}


@pytest.mark.parametrize(
    ("package", "extra"), [("torch", "deep"), ("scipy", "logs"), ("pygame", "lander")]
)
def test_only_its_extra_imports_a_package(package, extra):
    using = {name for name in SOURCES if package in imported(SOURCES[name])[1]}
    assert using
    assert {name.partition(".")[0] for name in using} == {extra}


def test_files_stay_short():
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in SOURCES.items()
    }
    assert max(lengths.values()) <= 300, lengths


def test_nothing_heavy_is_imported_early():
    """One process goes on from line to line: what an earlier one kept out may come in later."""
    steps = [
        ("gridemp.engine.empowerment", ["matplotlib", "networkx", "rich"]),
        ("import gridemp.making", ["networkx"]),
        ("import gridemp.cli", ["matplotlib", "networkx", "scipy", "gymnasium"]),
        ("gridemp.heatmap", ["matplotlib.pyplot", "networkx"]),
    ]
    probe = ["import gridemp, sys"]
    for code, unwanted in steps:
        probe += [code, f"print([m for m in {unwanted} if m in sys.modules])"]
    result = subprocess.run(
        [sys.executable, "-c", "\n".join(probe)], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines() == ["[]"] * len(steps)


def test_an_unknown_attribute_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'hetmap'"):
        gridemp.hetmap  # noqa: B018
