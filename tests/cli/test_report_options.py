import json

import pytest
from support.command_line import assert_refused, files, run
from support.json_output import COMMANDS, printed

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_one_object_that_begins_with_figure_maze_and_horizon(empty_folder, command):
    found, text = printed(COMMANDS[command])
    assert text.startswith(found["figure"] + "\n")
    assert files(empty_folder) == [found["figure"]]
    assert list(found)[:4] == ["figure", "maze", "horizon", "actions"]
    assert found["unit"] == "bits"


def test_the_json_of_info_is_the_record():
    figure = run("heatmap", "klyubin", "-n", "1,2").stdout.splitlines()[0]
    found = json.loads(run("info", figure, "--json").stdout)
    assert found["horizon"] == [1, 2]
    assert found["command"] == "gridemp heatmap klyubin -n 1,2"


def test_json_and_the_picture_do_not_share_standard_output(empty_folder):
    words = [*COMMANDS["compare"], "--json", "--output", "-"]
    assert_refused(run(*words), "cannot both go to standard output")
    assert files(empty_folder) == []
