import pytest
import typer
from support.command_line import run

import gridemp
from gridemp import GridempError, World, empowerment
from gridemp.cli import app
from gridemp.cli.translate import RENAMED, flag, translate

COMMANDS = typer.main.get_command(app).commands


@pytest.mark.parametrize(
    ("command", "parameter", "value", "typed"),
    [
        ("heatmap", "vmin", None, "--vmin"),
        ("heatmap", "slip_kind", None, "--slip-kind"),
        ("heatmap", "horizon", None, "--horizon"),  # not -n, which is shorter
        ("heatmap", "more", None, "MAZE"),
        ("cell", "x", None, "X"),
        ("compare", "other", None, "--with"),
        ("heatmap", "stay", None, "--stay"),
        ("heatmap", "stay", True, "--stay"),
        ("heatmap", "stay", False, "--no-stay"),
        ("heatmap", "bounds", False, "--bounds"),
        ("heatmap", "within", None, None),
        ("info", "vmin", None, None),
    ],
)
def test_a_parameter_has_the_flag_that_is_typed(command, parameter, value, typed):
    assert flag(COMMANDS[command], parameter, value) == typed


@pytest.mark.parametrize(
    ("command", "message", "translation"),
    [
        ("heatmap", "make `vmin` lower than `vmax`", "make --vmin lower than --vmax"),
        ("cell", "no column `x`", "no column X"),
        ("lander", "lower `horizon` or `frames`", "lower --horizon or --window"),
        ("lander", "`shape` must be a place", "--grid must be a place"),
        ("mi", "`shape` and `frames`", "shape and frames"),
        ("sensitivity", "let `cell` be", "let --cell be"),
        ("bound", "let `moments` be lower", "let --at be lower"),
        ("heatmap", "`scale` must be shared or each", "--scale must be shared or each"),
        ("values", "or take `empowerment_bounds`", "or take --bounds"),
        ("cell", "or take `empowerment_bounds`", "or take gridemp heatmap --bounds"),
        ("mazes", "or take `empowerment_bounds`", "or take gridemp heatmap --bounds"),
        ("values", "a larger `within`", "a larger within"),
        ("values", "vmin and horizon", "vmin and horizon"),
    ],
)
def test_words_in_backticks_become_flags(command, message, translation):
    assert translate(message, COMMANDS[command]) == translation


def test_renamed_arguments_have_options():
    for command, renamed in RENAMED.items():
        assert all(flag(COMMANDS[command], parameter) for parameter in renamed.values())


def test_the_command_line_names_flags_and_the_library_names_arguments():
    result = run("heatmap", "room", "-n", 1, "--vmin", 3, "--vmax", 1)
    sentence = "colours cannot go from 3 to 1 bits; make {} lower than {}"
    assert result.stderr == f"gridemp: {sentence.format('--vmin', '--vmax')}\n"
    emap = empowerment(World.from_maze(gridemp.load_maze("room")), 1)
    with pytest.raises(GridempError) as error:
        gridemp.heatmap(emap, vmin=3, vmax=1)
    assert str(error.value) == sentence.format("`vmin`", "`vmax`")


def test_backticks_that_the_user_typed_stay():
    words = ("values", "`slip`.txt", "--style=`my`vmin`")
    message = "no `slip`, `vmin` or `my`; lower `horizon`"
    expected = "no `slip`, `vmin` or `my`; lower --horizon"
    assert translate(message, COMMANDS["heatmap"], words) == expected


def test_the_name_of_a_file_is_not_translated(empty_folder):
    (empty_folder / "`slip`.txt").write_text("...\n...\n")
    result = run("cell", "`slip`.txt", 7, 7, "-n", 1)
    assert "`slip`" in result.stderr
    assert "--slip" not in result.stderr


def test_a_style_is_named_as_it_was_typed():
    result = run("heatmap", "room", "-n", 1, "--style", "`slip`")
    assert "there is no style '`slip`'" in result.stderr
    result = run("heatmap", "room", "-n", 1, "--width", 30, "--dpi", 2400)
    assert "lower --dpi or --width" in result.stderr
