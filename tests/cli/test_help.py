"""Help of every command: its groups, its lines, its examples; no option that is never accepted."""

import re
import shlex
from importlib.util import find_spec

import pytest
from support.command_line import run
from support.extras import required
from typer.main import get_command

from gridemp.cli import app
from gridemp.cli.help import GENERAL, split_examples, summary

GROUP = get_command(app)
COMMANDS = GROUP.commands
GROUPS = ["World", "Computation", "Figure", "Output"]
FIRST = {"measure": ["entropy"]}  # arguments before the maze
EXAMPLES = [example for command in COMMANDS.values() for example in split_examples(command.help)[1]]


def titles(text):
    """Titles of the sections of a help text."""
    return re.findall(r"^(\w[\w ]*):$", text, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_reads_as_one_text_of_80_columns(name):
    text = run(name, "--help").stdout
    assert text.startswith("Usage: ")
    assert all(len(line) <= 80 for line in text.splitlines()), text
    assert "<" not in text.replace(" < ", "")
    assert "{" not in text.replace("{player}_{trial}", "")  # a pattern that users type
    assert "[[" not in text


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_stands_in_a_titled_group_and_in_the_usual_order(name):
    command = COMMANDS[name]
    found = titles(run(name, "--help").stdout)
    assert found[-2:] == [GENERAL, "Examples"]
    usual = [title for title in found if title in GROUPS]
    assert usual == [title for title in GROUPS if title in usual]
    assert len(found) == len(set(found))
    for param in command.params:
        if param.param_type_name == "option" and param.name != "help":
            assert param.rich_help_panel, param.name


@pytest.mark.parametrize("name", COMMANDS)
def test_help_texts_are_sentences(name):
    for param in COMMANDS[name].params:
        text = re.sub(r"  \[default.*\]$", "", param.help or "")
        assert re.fullmatch(r"([A-Z]|--).*\.", text, re.DOTALL), (param.name, text)
        assert not re.match(r"(What|How|Where|Whether|Which|Of|Its) ", text), text
        assert len(text) < 200, text


def test_summaries_are_whole_in_the_list_of_commands():
    words = " ".join(run("--help").stdout.split())
    for name, command in COMMANDS.items():
        about = summary(command.help)
        assert f"{name} {about}" in words
        assert about.endswith(".")
        assert len(about) <= 65


def test_usage_names_what_is_required():
    usage = run("values", "--help").stdout.splitlines()[0]
    assert usage.endswith("values MAZE [MAZE]... [OPTIONS]")  # of a kind that may have no horizon
    usage = run("heatmap", "--help").stdout.splitlines()[0]
    assert usage.endswith("heatmap MAZE [MAZE]... [OPTIONS]")  # a saved map has its horizon
    assert run("bound", "--help").stdout.splitlines()[0].endswith("bound MAZE X Y -n N [OPTIONS]")
    assert run("explore", "--help").stdout.splitlines()[0].endswith("explore [MAZE] [OPTIONS]")


@pytest.mark.slow
def test_lists_of_horizons_are_offered_where_they_work():
    for name in COMMANDS:
        horizon = next((p for p in COMMANDS[name].params if "-n" in p.opts), None)
        if horizon is None:
            continue
        if name == "lander":
            required("Box2D")
        if name == "learn" and find_spec("torch") is None:
            continue  # no word of its options is read without it
        place = ["0", "0"] if name in ("cell", "bound") else []
        words = ["--map"] if name == "lander" else [*FIRST.get(name, []), "room", *place]
        result = run(name, *words, "-n", "1,2")
        refused = "--horizon must be a whole number" in result.stderr
        assert ("list" in horizon.help) != refused, (name, result.stderr)


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_that_fit_the_screen(name):
    _, examples = split_examples(COMMANDS[name].help)
    assert 1 <= len(examples) <= 3
    for example in examples:
        assert example.startswith(f"gridemp {name}")
        assert f"  {example}\n" in run(name, "--help").stdout


def no_worlds(lessons):
    return []


@pytest.mark.ci
@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_run(empty_folder, monkeypatch, example):
    monkeypatch.setattr("gridemp.web.live_export.noisy_worlds", no_worlds)  # of lessons
    name, *words = shlex.split(example)[1:]
    if name in ("explore", "learn"):  # one runs until it is stopped and one for minutes
        COMMANDS[name].make_context(name, words)
        return
    if name in ("mi", "lander"):
        required("Box2D")
        run("lander", "--trials", 2, "--seconds", 4, "-o", "lander-log.csv")
    if name == "mi":
        rows = [f"{i * 7 % 5},{i * 3 % 11},{i * i % 7}" for i in range(60)]
        (empty_folder / "skill.csv").write_text("\n".join(["stick,x,y", *rows]))
    if name == "info":
        run("heatmap", "room", "-n", 5)
    if ("results.zarr" in example and name != "sweep") or "show" in words:
        sensors = ["--sensor", "state,row"] if "sensor" in words else []
        run("sweep", "klyubin", "-n", "1..5", "--slip", "0,0.1", *sensors)
    result = run(name, *words)
    assert result.exit_code == 0, result.output
    assert result.stdout


HIDDEN = [
    (name, param.name)
    for name, command in COMMANDS.items()
    for param in command.params
    if getattr(param, "hidden", False)
]
VALUES = {
    "tol": ["--tol", "0.5"],
    "heading": ["--heading", "mean"],
    "bounds": ["--bounds"],
    "jobs": ["--jobs", "2"],
    "source": ["--source", "uniform"],
    "kind": ["--kind", "contextual"],
    "discount": ["--discount", "0.5"],
    "known": ["--context", "row"],
    "afterwards": ["--afterwards", "1,2,3,4,5"],
    "repertoire": ["--repertoire", "2"],
}
KINDS = {
    "discount": "potential",
    "known": "contextual",
    "afterwards": "first-action",
    "repertoire": "impoverished",
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "option"), HIDDEN)
def test_an_option_that_is_hidden_is_refused_with_its_reason(empty_folder, name, option):
    if name == "learn":
        pytest.importorskip("torch")
    place = ["0", "0"] if name in ("cell", "bound") else []
    start = ["--start", "0,0"] if name == "walk" else []
    result = run(name, *FIRST.get(name, []), "room", *place, "-n", 1, *VALUES[option], *start)
    assert result.exit_code == 1
    assert f"leave out {VALUES[option][0]}" in result.stderr
    assert VALUES[option][0] not in run(name, "--help").stdout


LISTED = [
    (name, param.name)
    for name, command in COMMANDS.items()
    # The first two run for minutes, and the others have mazes of a --kind.
    if name not in ("audit", "learn", "make", "sweep")
    for param in command.params
    if param.param_type_name == "option" and param.name in VALUES and not param.hidden
]


@pytest.mark.ci
@pytest.mark.parametrize(("name", "option"), LISTED)
def test_an_option_that_is_listed_is_accepted(empty_folder, name, option):
    more = {"walk": ["--start", "0,0"], "cell": [0, 0], "bound": [0, 0], "diff": ["--slip-b", 0.1]}
    horizon = "1,2" if name == "animate" else 1
    (empty_folder / "m.txt").write_text("..\n.#\n")
    words = [*FIRST.get(name, []), "m.txt", *more.get(name, []), "-n", horizon, *VALUES[option]]
    if option == "kind" and name == "cell":
        return  # which has skills instead of a horizon; see the option `discount`
    if option in KINDS:
        words += ["--kind", KINDS[option]]
    if option == "discount":
        if name == "curve":
            return  # which is over horizons
        discounts = "0.5" if name in ("cell", "compare", "diff") else "0.5,0.9"
        words = ["m.txt", *more.get(name, []), "--kind", "potential", "--discount", discounts]
        if name == "diff":
            words = [*words[:1], *words[3:], "--moves-b", "king"]
    if option == "heading":
        words += ["--moves", "turn"]
        words += ["--heading", "north"] if name in ("cell", "walk", "bound") else []
    result = run(name, *words)
    assert result.exit_code == 0, result.stderr
