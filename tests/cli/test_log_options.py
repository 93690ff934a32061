import pytest

from gridemp import GridempError
from gridemp.cli.log_options import ColumnOptions, FrameOptions, column_names


def test_columns_are_separated_by_commas():
    assert column_names("--actions", " a, b ,c") == ["a", "b", "c"]
    assert column_names("--actions", None, "x,y") == ["x", "y"]
    for text in ("", "a,,b", "a,"):
        with pytest.raises(GridempError, match=r"^--actions needs the columns of the log"):
            column_names("--actions", text, "x,y")


def test_a_frame_log_has_columns_of_its_own():
    actions, effects, context = ColumnOptions().names(frames=True)
    assert (actions, effects, context) == (["left", "right", "main"], ["x", "y", "angle"], [])
    with pytest.raises(GridempError, match=r"^--actions needs"):
        ColumnOptions().names(frames=False)


def test_the_context_may_be_an_effect_only_with_frames():
    columns = ColumnOptions(actions="a", effects="e", context="e")
    assert columns.names(frames=True) == (["a"], ["e"], ["e"])
    with pytest.raises(GridempError, match="column 'e' is given twice"):
        columns.names(frames=False)
    with pytest.raises(GridempError, match="column 'a' is given twice"):
        ColumnOptions(actions="a", effects="e", context="a").names(frames=True)


def test_times_are_in_seconds():
    assert FrameOptions(window="100ms", step="0.2s", gap="1s").seconds() == (0.1, 0.2, 1.0)
    assert FrameOptions().seconds() == (None, None, None)
    assert FrameOptions(window="1s", step="1s").seconds() == (1.0, 1.0, None)
    assert FrameOptions(window="1s", step="0.5s", overlap=True).seconds() == (1.0, 0.5, None)
    with pytest.raises(GridempError, match="leave out --step, or give --overlap too"):
        FrameOptions(window="1s", step="0.5s").seconds()


@pytest.mark.parametrize(
    "options",
    [{"step": "1s"}, {"gap": "1s"}, {"episode": "e"}, {"angles": "e"}, {"degrees": True}],
)
def test_options_of_frames_need_windows(options):
    with pytest.raises(GridempError, match=f"^--{next(iter(options))} is only for logs"):
        FrameOptions(**options).seconds()


def test_columns_are_categories_or_numbers():
    columns = ColumnOptions(categorical="a, b", numeric="c")
    assert columns.kinds(["a", "b", "c"]) == (["a", "b"], ["c"])
    assert ColumnOptions().kinds(["a"]) == ([], [])
    with pytest.raises(GridempError, match=r"^--numeric takes columns of .* 'c' is not one"):
        columns.kinds(["a", "b"])
    both = ColumnOptions(categorical="a", numeric="a")
    with pytest.raises(GridempError, match="'a' is given with --categorical and --numeric"):
        both.kinds(["a"])


def test_frames_have_a_rate_or_times_a_unit():
    assert FrameOptions(fps="50").unit() == 0.02
    assert FrameOptions(time_unit="ms").unit() == 0.001
    assert FrameOptions(fps="50").time_column() == "frame"
    assert FrameOptions(fps="50", time="n").time_column() == "n"
    assert FrameOptions().time_column() == "time"
    assert [FrameOptions().may_be_dates(), FrameOptions(fps="50").may_be_dates()] == [True, False]
    for rate, sentence in (("0", "--fps must be above 0, not 0"), ("x", "--fps must be a number")):
        with pytest.raises(GridempError, match=f"^{sentence}"):
            FrameOptions(fps=rate).unit()
    with pytest.raises(GridempError, match="which have no --time-unit; leave out one"):
        FrameOptions(fps="60", time_unit="ms").unit()
    with pytest.raises(GridempError, match=r"^--fps is only for logs with a row for each frame"):
        FrameOptions(fps="60").seconds()


@pytest.mark.parametrize(
    ("text", "names"),
    [(None, []), ("wind", []), ("gravity,wind", ["gravity", "wind"]), (" a , b ", ["a", "b"])],
)
def test_two_columns_of_trials_are_conditions(text, names):
    assert ColumnOptions(trial=text).conditions() == names
