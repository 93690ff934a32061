import pytest
from support.command_line import assert_refused, files, run


@pytest.mark.slow
def test_a_figure_tells_what_made_it():
    path, _ = run("heatmap", "room", "--horizon", "2").stdout.splitlines()
    lines = run("info", path).stdout.splitlines()
    assert "command: gridemp heatmap room --horizon 2" in lines
    assert "horizon: 2" in lines


def test_the_values_of_panels_have_their_letters():
    path = run("heatmap", "room", "--horizon", "1,2").stdout.splitlines()[0]
    assert "horizon: (a) 1; (b) 2" in run("info", path).stdout


def test_a_missing_figure_is_refused(empty_folder):
    assert_refused(run("info", "none.png"), "cannot read none.png")
    assert files(empty_folder) == []
