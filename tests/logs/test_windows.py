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
