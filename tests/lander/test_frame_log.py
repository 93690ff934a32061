import pytest
from support.landers import rows

from gridemp.errors import GridempError
from gridemp.lander import RecordingSettings, record

WINDY = RecordingSettings(trials=3, seconds=12, wind=(0.0, 10.0))


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "log.csv"
    return path, record(path, WINDY, seeds=(3, 5))


def test_a_log_has_a_row_for_each_frame_in_the_format(recorded):
    path, tally = recorded
    text = path.read_text(encoding="utf-8")
    assert text.startswith(
        "player,trial,episode,time,left,right,main,x,y,angle,skill,wind,gravity,score,learns\n"
    )
    assert "\r" not in text
    frames = rows(path)
    assert len(frames) == tally.frames == 2 * 3 * 600
    assert [frame["time"] for frame in frames[:600]] == [f"{i / 50:.2f}" for i in range(600)]
    assert {frame["player"] for frame in frames} == {"3", "5"}
    by_trial = {frame["trial"]: (frame["skill"], frame["wind"]) for frame in frames}
    assert by_trial == {"1": ("0", "0"), "2": ("0.5", "5"), "3": ("1", "10")}
    for name in ("x", "y", "angle"):
        assert all(len(frame[name].partition(".")[2]) == 6 for frame in frames)


def test_the_score_of_a_trial_is_in_all_its_frames(recorded):
    path, tally = recorded
    scores = {}
    for frame in rows(path):
        scores.setdefault((frame["player"], frame["trial"]), set()).add(float(frame["score"]))
    assert all(len(found) == 1 for found in scores.values())
    assert sum(found.pop() for found in scores.values()) == pytest.approx(tally.score, rel=1e-5)


def test_episodes_follow_each_other(recorded):
    path, tally = recorded
    frames = rows(path)
    episodes = 0
    for before, after in zip(frames, [*frames[1:], None], strict=True):
        goes_on = after is not None and all(
            before[name] == after[name] for name in ("player", "trial", "episode")
        )
        if goes_on:
            # From one frame to the next of an episode, the lander cannot jump.
            assert abs(float(before["x"]) - float(after["x"])) < 0.2
            continue
        episodes += 1
        assert [before[name] for name in ("left", "right", "main")] == ["0", "0", "0"]
        if after is not None and after["trial"] == before["trial"]:
            assert int(after["episode"]) == int(before["episode"]) + 1
            assert abs(float(after["x"])) < 0.05  # an episode begins high in the middle
            assert float(after["y"]) > 1.3
        elif after is not None:
            assert (after["episode"], after["time"]) == ("1", "0.00")
    assert episodes == tally.episodes


def test_a_player_does_not_depend_on_who_else_plays(recorded, tmp_path):
    path = tmp_path / "alone.csv"
    record(path, WINDY, seeds=(5,))
    assert rows(path) == [frame for frame in rows(recorded[0]) if frame["player"] == "5"]


def test_progress_reaches_one(tmp_path):
    reported = []
    settings = RecordingSettings(trials=2, seconds=0.1)
    record(tmp_path / "log.csv", settings, seeds=(0, 1), progress=reported.append)
    assert reported == [0.25, 0.5, 0.75, 1.0]


def test_each_player_plays_its_trials_under_all_conditions_in_an_order_of_its_own(tmp_path):
    pairs = [(gravity, wind) for gravity in (2, 10) for wind in (0, 5, 20)]
    settings = RecordingSettings(trials=2, seconds=0.1, conditions=pairs)
    assert settings.trials_of_player == 12
    record(tmp_path / "log.csv", settings, seeds=(0, 1), skill=(0.2, 0.6))
    orders = []
    for player in "01":
        by_trial = {
            int(frame["trial"]): (float(frame["gravity"]), float(frame["wind"]), frame["skill"])
            for frame in rows(tmp_path / "log.csv")
            if frame["player"] == player
        }
        assert list(by_trial) == list(range(1, 13))
        played = list(by_trial.values())
        assert [skill for *_, skill in played] == ["0.2", "0.6"] * 6
        assert [pair[:2] for pair in played[::2]] == [pair[:2] for pair in played[1::2]]
        assert sorted(pair[:2] for pair in played[::2]) == pairs
        orders.append(played)
    assert orders[0] != orders[1]


def test_conditions_change_the_game_from_trial_to_trial(tmp_path):
    settings = RecordingSettings(trials=1, seconds=1, conditions=[(1, 0), (11, 0)])
    record(tmp_path / "log.csv", settings, skill=(0, 0))
    last = {frame["gravity"]: float(frame["y"]) for frame in rows(tmp_path / "log.csv")}
    assert last["1"] > last["11"] + 0.2


def test_the_log_says_what_a_player_learns(tmp_path):
    record(tmp_path / "log.csv", RecordingSettings(1, 0.1), learns="forward")
    assert {frame["learns"] for frame in rows(tmp_path / "log.csv")} == {"forward"}
    with pytest.raises(GridempError, match="`learns` must be one of play, forward, inverse, both"):
        record(tmp_path / "other.csv", learns="walking")
    assert not (tmp_path / "other.csv").exists()
