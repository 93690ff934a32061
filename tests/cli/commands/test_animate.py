import pytest
from support.command_line import assert_refused, files, run
from support.films import ffmpeg

from gridemp.report.provenance import read_record

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("suffix", ["gif", "mp4", "html"])
def test_animations_say_what_made_them(empty_folder, suffix):
    if suffix == "mp4":
        ffmpeg()
    words = ["animate", "room", "--over", "horizon", "--horizon", 3, "--dpi", 40]
    result = run(*words, "--output", f"a.{suffix}")
    assert result.exit_code == 0, result.stderr
    assert read_record(empty_folder / f"a.{suffix}")["horizon"] == [1, 2, 3]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["animate", "room", "--horizon", 3], "two maps or more"),
        (["animate", "room", "--horizon", 3, "--over", "mazes"], "horizon or slip"),
        (["animate", "room", "--horizon", 3, "--over", "slip"], "the highest slip probability"),
        (["animate", "room", "--horizon", 3, "--over", "solve"], "horizon or slip, not 'solve'"),
    ],
)
def test_an_animation_of_one_map_or_over_nothing_is_refused(empty_folder, words, sentence):
    assert_refused(run(*words), sentence)
    assert files(empty_folder) == []
