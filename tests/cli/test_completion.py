"""Completion as the shells ask for it."""

import pytest
from support.command_line import run
from typer.main import get_command
from typer.testing import CliRunner

from gridemp.cli import app, completion
from gridemp.mazes import bundled


def completions(line):
    """Answers to the shell for a line whose last word is incomplete."""
    words = line.split(" ")
    result = CliRunner().invoke(
        app,
        env={
            "_GRIDEMP_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        },
        prog_name="gridemp",
    )
    assert result.exit_code == 0, result.output
    return result.stdout.split()


def test_commands_and_options_are_completed(empty_folder):
    assert completions("gridemp hea") == ["heatmap"]
    assert completions("gridemp heatmap room --sl") == ["--slip", "--slip-kind"]
    assert "--heading" not in completions("gridemp sensitivity room --h")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["heatmap", "cell", "diff room", "convert", "explore"])
def test_mazes_and_files_are_completed(empty_folder, command):
    assert completions(f"gridemp {command} kl") == ["klyubin"]
    (empty_folder / "klein.txt").touch()
    (empty_folder / "kleine").mkdir()
    (empty_folder / "kleine" / "a.txt").touch()
    assert completions(f"gridemp {command} kl") == ["klyubin", "klein.txt", "kleine/"]
    assert completions(f"gridemp {command} kleine/") == ["kleine/a.txt"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("heatmap room --moves k", ["king"]),
        ("heatmap room --sensor row,c", ["row,column"]),
        ("heatmap room --slip-kind ", ["uniform", "perpendicular"]),
        ("heatmap room --cmap cividi", ["cividis", "cividis_r"]),
        ("heatmap room --style ggp", ["ggplot"]),
        ("heatmap room --width p", ["page"]),
        ("heatmap room --format so", ["sokoban"]),
        ("convert a b --to mic", ["micromouse"]),
        ("make --kind r", ["rooms"]),
        ("compare room --with be", ["betweenness"]),
        ("compare room --with degree,po", ["degree,power"]),
        ("measure pa", ["path-entropy"]),
        ("walk room --policy s", ["soft"]),
        ("mi a.csv --estimator c", ["copula"]),
        ("diff room --moves-b t", ["turn"]),
    ],
)
def test_values_of_options_are_completed(empty_folder, line, values):
    assert completions(f"gridemp {line}") == values


@pytest.mark.slow
def test_a_broken_folder_of_mazes_completes_nothing_and_does_no_harm(empty_folder, monkeypatch):
    (empty_folder / "kl.txt").touch()
    monkeypatch.setattr(bundled, "PLACES", (empty_folder / "nowhere",))
    assert completions("gridemp heatmap kl") == ["kl.txt"]
    assert completions("gridemp heatmap nowhere/a") == []
    assert completions("gridemp heatmap kl.txt/") == []


def test_a_placeholder_with_fixed_values_is_completed():
    """An option whose help lists words between bars completes them."""
    for name, command in get_command(app).commands.items():
        for param in command.params:
            if "|" in (param.metavar or "") and param.metavar.split("|")[0].islower():
                if param.name in ("sample",):
                    continue
                assert param._custom_shell_complete is not None, (name, param.name)


def test_the_completion_is_offered_to_the_shell():
    assert "--install-completion" in run("--help").stdout


def test_the_last_item_of_a_list_is_completed():
    assert completion.matching(["a", "ab", "b"], "x,a") == ["x,a", "x,ab"]
