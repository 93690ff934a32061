import io
import sys

import pytest
from PIL import Image
from support.command_line import assert_refused, files, run
from support.drawings import DRAWN

from gridemp.cli.figure_options import PageOptions
from gridemp.cli.running import STDOUT
from gridemp.errors import GridempError
from gridemp.report.provenance import read_record


@pytest.mark.ci
@pytest.mark.parametrize("words", DRAWN, ids=lambda words: " ".join(map(str, words)))
def test_the_output_alone_goes_to_standard_output_and_quiet_prints_nothing(
    empty_folder, monkeypatch, words
):
    piped = run(*words, "--output", "-")
    assert piped.exit_code == 0, piped.stderr
    assert files(empty_folder) == []
    monkeypatch.setattr("gridemp.cli.say.MIN_ANNOUNCED", -1)
    quiet = run(*words, "--quiet")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")
    (path,) = files(empty_folder)
    assert piped.stdout_bytes == (empty_folder / path).read_bytes()
    assert read_record(empty_folder / path)["command"].split()[1] == words[0]


def test_what_is_told_of_a_figure_on_standard_output_goes_to_standard_error(empty_folder):
    words = ["curve", "dead-end", "-n", "1,2"]
    path, *lines = run(*words).stdout.splitlines()
    assert lines
    assert run(*words, "--output", "-").stderr.splitlines() == lines
    assert files(empty_folder) == [path]


@pytest.mark.slow
def test_a_picture_on_standard_output_is_a_png():
    result = run("heatmap", "klyubin", "-n", 2, "-o", "-", "-q")
    with Image.open(io.BytesIO(result.stdout_bytes)) as image:
        assert image.format == "PNG"
    assert result.stderr == ""


def test_a_terminal_gets_no_picture(monkeypatch):
    class Terminal(io.TextIOWrapper):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdout", Terminal(io.BytesIO()))
    with pytest.raises(GridempError, match=r"a terminal cannot show it; add > map\.gif"):
        PageOptions(STDOUT).check((".gif",))
    PageOptions(STDOUT).check((".html",))


@pytest.mark.slow
def test_values_go_to_standard_output_for_a_hyphen():
    plain = run("values", "klyubin", "-n", 1)
    assert run("values", "klyubin", "-n", 1, "-o", "-").stdout == plain.stdout


def test_a_log_does_not_go_to_standard_output():
    pytest.importorskip("Box2D")
    assert_refused(
        run("lander", "-o", "-"), "a log cannot go to standard output; name a file with -o"
    )
