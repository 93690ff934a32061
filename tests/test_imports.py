"""Imports point one way, and nothing heavy is imported before it is needed."""

import ast
import subprocess
import sys
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import gridemp

# From the ground up: a wing imports from itself and from those before it.
WINGS = [
    "errors",
    "typing",
    "arguments",
    "shown",
    "progress",
    "lazy",
    "parallel",
    "files",
    "information",
    "mazes",
    "worlds",
    "engine",
    "analysis",
    "agents",
    "logs",
    "lander",
    "deep",
    "report",
    "sweeps",
    "render",
    "display",
    "web",
    "cli",
]
# The same for the folders of one wing.
FOLDERS = {"render": ("layout", "artists", "figures", "films", "saving")}
# Results show themselves, and maps write and reduce themselves, by imports inside methods.
SHOWN = {
    ("shown", "display.text"),
    ("shown", "display.notebook"),
    ("engine.map", "engine.map_cells"),
    ("engine.map", "engine.map_file"),
    ("engine.map", "engine.map_tables"),
}
# Packages that only one wing imports.
PACKAGES = {
    "matplotlib": "render",
    "torch": "deep",
    "scipy": "logs",
    "pygame": "lander",
    "starlette": "web",
    "typer": "cli",
}

FOLDER = Path(gridemp.__file__).parent


def module(path, folder=FOLDER):
    """The name of a file as it is imported, without that of the package."""
    parts = path.relative_to(folder).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(folder):
    """For each module its own imports from the package, and the other packages it imports."""
    sources = {module(path, folder): path for path in folder.rglob("*.py")}
    own, other = {}, {}
    for name, path in sources.items():
        own[name], other[name] = set(), set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                imported = [alias.name for alias in node.names]
            else:
                continue
            for target in imported:
                first, _, rest = target.partition(".")
                if first != "gridemp":
                    other[name].add(first)
                else:
                    own[name].add(rest if rest in sources else rest.rpartition(".")[0])
    return own, other


OWN, OTHER = imports_of(FOLDER)
FRONT = {"", "__main__"}  # these two may import everything


def backward(own):
    """The imports that lead to a later wing, or to a later folder of one wing."""
    found = []
    for name in own.keys() - FRONT:
        wing, _, rest = name.partition(".")
        for target in own[name]:
            other, _, beyond = target.partition(".")
            folders = FOLDERS.get(wing, ())
            here, there = rest.partition(".")[0], beyond.partition(".")[0]
            if other not in WINGS or WINGS.index(other) > WINGS.index(wing):
                found.append((name, target))
            elif other == wing and {here, there} <= set(folders):
                found += [(name, target)] * (folders.index(there) > folders.index(here))
    return sorted(set(found) - SHOWN)


def cycle(own):
    """The modules of a circle of imports, if there is one; a package may import what is in it."""
    arrows = {
        name: {target for target in own[name] if (name, target) not in SHOWN and target != name}
        for name in own.keys() - FRONT
    }
    try:
        tuple(TopologicalSorter(arrows).static_order())
    except CycleError as error:
        return error.args[1]
    return []


def test_every_file_stands_in_a_wing():
    assert {name.partition(".")[0] for name in OWN} - FRONT == set(WINGS)


def test_few_files_stand_beside_the_wings():
    assert len(list(FOLDER.glob("*.py"))) <= 10


def test_imports_point_one_way():
    assert backward(OWN) == []
    assert cycle(OWN) == []
    assert sum(map(len, OWN.values())) > 500  # so many have been looked at


def test_imports_that_point_back_are_found(tmp_path):
    for folder in ("mazes", "worlds", "render/artists", "render/figures"):
        (tmp_path / folder).mkdir(parents=True)
    files = {
        "mazes/maze.py": "from gridemp.worlds.world import World\n",
        "mazes/text.py": "from gridemp.mazes import parsing\n",
        "mazes/parsing.py": "from gridemp.mazes.text import rows\n",
        "worlds/world.py": "from gridemp.mazes.maze import Maze\n",
        "render/artists/walls.py": "def draw():\n    import gridemp.render.figures.cell\n",
        "render/figures/cell.py": "",
        "elsewhere.py": "from gridemp import World\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    own, _ = imports_of(tmp_path)
    own.pop("elsewhere")
    assert backward(own) == [
        ("mazes.maze", "worlds.world"),
        ("render.artists.walls", "render.figures.cell"),
    ]
    assert {"mazes.maze", "worlds.world"} <= set(cycle(own)) or "mazes.text" in cycle(own)
    assert backward({"mazes.maze": {""}}) == [("mazes.maze", "")]  # the facade itself


@pytest.mark.parametrize(("package", "wing"), PACKAGES.items())
def test_only_one_wing_imports_a_package(package, wing):
    using = {name.partition(".")[0] for name, packages in OTHER.items() if package in packages}
    assert using == {wing}


def test_commands_do_not_import_each_other():
    commands = {name for name in OWN if name.startswith("cli.commands.")}
    assert len(commands) > 15
    assert not [(name, target) for name in commands for target in OWN[name] & commands]


def test_files_stay_short():
    lengths = Counter(
        {path: len(path.read_text("utf-8").splitlines()) for path in FOLDER.rglob("*.py")}
    )
    assert lengths.most_common(1)[0][1] <= 300, lengths.most_common(5)


@pytest.mark.slow
def test_nothing_heavy_is_imported_early():
    """One process goes on from step to step: what an earlier step kept out may come in later."""
    steps = [
        ("import gridemp", ["numpy", "matplotlib", "networkx", "scipy", "rich"]),
        ("gridemp.empowerment", ["matplotlib", "networkx", "scipy", "rich"]),
        ("gridemp.analysis, gridemp.agents, gridemp.information", ["matplotlib", "networkx"]),
        ("gridemp.make_maze", ["matplotlib", "networkx"]),
        ("gridemp.logs", ["matplotlib", "networkx", "scipy"]),
        ("import gridemp.cli, typer.main", ["gridemp.cli.commands"]),
        ("typer.main.get_command(gridemp.cli.app).commands['info']", ["gridemp.cli.commands.walk"]),
        (
            "group = typer.main.get_command(gridemp.cli.app)\n"
            "assert [one.value for one in group.shell_complete(typer.Context(group), 'hea')] "
            "== ['heatmap']",
            ["gridemp.cli.commands.walk"],
        ),
        (
            "list(typer.main.get_command(gridemp.cli.app).commands.values())",
            ["matplotlib", "networkx", "scipy", "gymnasium", "torch"],
        ),
        ("gridemp.heatmap", ["matplotlib.pyplot", "networkx", "scipy"]),
        ("gridemp.deep, gridemp.lander", ["torch", "pygame"]),
    ]
    probe = ["import sys"]
    for code, unwanted in steps:
        probe += [code, f"print([m for m in {unwanted} if m in sys.modules])"]
    result = subprocess.run(
        [sys.executable, "-c", "\n".join(probe)], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines() == ["[]"] * len(steps)
