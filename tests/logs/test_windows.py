import pytest

from gridemp.errors import GridempError
from gridemp.logs import windows_of_rows


def test_rows_are_windows_by_player_and_trial(log):
    text = "who,n,a,e,c\nB,10,1,2,3\nA,2,4,5,6\nB,9,7,8,9\nB,10,10,11,12\n"
    found = log(text, ["a", "e", "c"], ["who", "n"])
    windows = windows_of_rows(found, ["a"], ["e"], ["c"], player="who", trial="n")
    assert [(one.player, one.trial) for one in windows.trials] == [
        ("B", "9"),
        ("B", "10"),
        ("A", "2"),
    ]
    assert windows.trials[1].actions.tolist() == [[1.0], [10.0]]
    assert windows.trials[1].context.tolist() == [[3.0], [12.0]]
    alone = windows_of_rows(found, ["a", "c"], ["e"])
    assert len(alone.trials) == 1
    assert alone.trials[0].actions[:, 1].tolist() == [3.0, 6.0, 9.0, 12.0]
    assert alone.trials[0].context is None


def test_columns_of_text_are_categories(log):
    found = log("a,e\nleft,1\nright,2\nleft,3\n", ["e"], ["a"])
    windows = windows_of_rows(found, ["a"], ["e"])
    assert windows.trials[0].actions.tolist() == [[0.0], [1.0], [0.0]]
    assert windows.categories == {"a": ("left", "right")}
    assert [mask.tolist() for mask in windows.category_masks] == [[True], [False], []]


def test_a_column_that_is_read_as_numbers_too_holds_amounts(log):
    found = log("a,wind\n1,5\n2,7\n", ["a", "wind"], ["wind"])
    windows = windows_of_rows(found, ["a"], ["wind"], trial="wind")
    assert windows.categories == {}
    assert windows.trials[1].effects.tolist() == [[7.0]]


def test_too_many_categories_are_refused(log):
    text = "a,e\n" + "".join(f"w{i},{i}\n" for i in range(60))
    found = log(text, ["e"], ["a"])
    with pytest.raises(GridempError, match=r"'a' of .*log.csv has 60 different texts, and .* 50"):
        windows_of_rows(found, ["a"], ["e"])
