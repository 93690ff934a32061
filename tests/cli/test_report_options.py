import json

import pytest
from support.command_line import assert_refused, files, run
from support.json_output import COMMANDS

pytestmark = pytest.mark.slow


def test_the_json_of_info_is_the_record():
    figure = run("heatmap", "klyubin", "-n", "1,2").stdout.splitlines()[0]
    found = json.loads(run("info", figure, "--json").stdout)
    assert found["horizon"] == [1, 2]
    assert found["command"] == "gridemp heatmap klyubin -n 1,2"


def test_json_and_the_picture_do_not_share_standard_output(empty_folder):
    words = [*COMMANDS["compare"], "--json", "--output", "-"]
    assert_refused(run(*words), "cannot both go to standard output")
    assert files(empty_folder) == []
