import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from support.logs import HEADER, KEYS, STATES, frame_windows, frames

from gridemp.errors import GridempError
from gridemp.logs import FrameColumns, read_columns, windows_of_frames


def test_a_window_has_how_long_keys_were_held_and_what_changed(log):
    rows = frames(0, 11, left=[0, 1, 7], main=[1, 8, 9, 10])
    (trial,) = frame_windows(log, rows).trials
    # both keys in frame 1: one window of 0.04 s left, 0.02 s main, and the other of 0.02 and 0.04
    assert_allclose(trial.actions, [[0.04, 0, 0.02, 0.06], [0.02, 0, 0.04, 0.04]], atol=1e-12)
    assert_allclose(trial.effects, [[0.1, 0, 0], [0.1, 0, 0]], atol=1e-6)


def test_windows_end_between_frames(log):
    rows = frames(0, 4, left=[1], every=0.04)
    (trial,) = frame_windows(log, rows, length=0.05).trials
    assert_allclose(trial.actions[:, 0], [0.01, 0.03], atol=1e-12)
    assert_allclose(trial.effects[:, 0], 0.05, atol=1e-6)


@pytest.mark.parametrize("turn", [2 * math.pi, 360.0])
def test_angles_are_unwrapped(log, turn):
    angles = [0.4, 0.45, 0.49, -0.47, -0.42, -0.38]
    rows = [(1, 1, i * 0.02, 0, 0, 0, 0, 0, a * turn) for i, a in enumerate(angles)]
    (trial,) = frame_windows(log, rows, turn=turn).trials
    assert_allclose(trial.effects[0, 2], 0.22 * turn)
    (trial,) = frame_windows(log, rows, turn=turn, angles=[]).trials
    assert_allclose(trial.effects[0, 2], -0.78 * turn)


@pytest.mark.parametrize(
    ("rows", "kept", "dropped"),
    [
        (frames(0, 26) + frames(0.7, 11), 7, {"interrupted by missing frames": 2}),
        (frames(0, 24) + frames(0.48, 11, episode=2), 6, {"interrupted by a reset": 1}),
        (frames(0, 26) + frames(0.52, 11, episode=2), 7, {}),
        (frames(0, 24) + frames(0.1, 11), 6, {"interrupted where the time does not increase": 1}),
        (frames(0, 24) + frames(0.46, 11), 6, {"interrupted where the time does not increase": 1}),
        (frames(0, 9) + frames(0, 13, trial=2), 3, {"cut short by the end of a trial": 2}),
        ([*frames(0, 3), *frames(0, 9, trial=2)], 1, {"cut short by the end of a trial": 2}),
    ],
    ids=["gap", "reset", "reset at an edge", "back", "twice", "trials", "short trial"],
)
def test_windows_that_are_cut_are_left_out_and_counted(log, rows, kept, dropped):
    found = frame_windows(log, rows)
    assert sum(len(trial.actions) for trial in found.trials) == kept
    assert found.dropped == dropped
    for trial in found.trials:
        assert_allclose(trial.effects[:, 0], 0.1, atol=1e-6)


def test_a_jump_is_a_reset_where_nothing_tells_episodes_apart(log):
    first, second = frames(0, 24), frames(0.48, 11)
    jumped = [(*row[:6], float(row[6]) + 3, *row[7:]) for row in second]
    found = frame_windows(log, first + jumped, episode="")
    assert found.dropped == {"interrupted by a reset": 1}
    at_end = {"cut short by the end of a trial": 1}
    assert frame_windows(log, first + second, episode="").dropped == at_end
    assert frame_windows(log, first + jumped).dropped == at_end


def test_a_longer_gap_can_be_allowed(log):
    rows = [row for i, row in enumerate(frames(0, 26)) if i != 12]
    ends = {"cut short by the end of a trial": 1}
    assert frame_windows(log, rows).dropped == {"interrupted by missing frames": 1} | ends
    assert frame_windows(log, rows, gap=0.05).dropped == {}


def test_the_motion_before_is_context(log):
    rows = [(1, 1, f"{i * 0.02:.2f}", 0, 0, 0, (i * 0.02) ** 2, 0, 0) for i in range(26)]
    found = frame_windows(log, rows, context=["previous", "y"])
    (trial,) = found.trials
    assert found.context == ("y", "previous x", "previous y", "previous angle")
    assert not found.previous
    assert frame_windows(log, rows, context=["previous"]).previous
    assert not frame_windows(log, rows, context=["y"]).previous
    assert found.dropped == {"without a window before it": 1}
    assert_allclose(trial.effects[:, 0], [0.03, 0.05, 0.07, 0.09])
    assert_allclose(trial.context[:, 1], [0.01, 0.03, 0.05, 0.07])


@pytest.mark.parametrize("zero", [0.0, 0.1, 1234.5, 1.7e9])
def test_it_does_not_matter_when_the_clock_began(log, zero):
    """Nor does rounding make equally long holds of a key differ."""
    rng = np.random.default_rng(17)
    pressed = rng.integers(0, 2, (301, 3))
    rows = [(1, 1, repr(zero + i * 0.02), *pressed[i].tolist(), i, i**2 % 7, 0) for i in range(301)]
    (trial,) = frame_windows(log, rows, context=["x"]).trials
    whole = np.array(pressed[:300].reshape(60, 5, 3).sum(axis=1) * 0.02)
    assert_allclose(trial.actions[:, :3], whole, atol=1e-12)
    assert all(len(np.unique(column)) <= 6 for column in trial.actions.T)
    assert_allclose(trial.effects[:, 0], 5, atol=1e-4)
    assert trial.context[:, 0].tolist() == list(range(0, 300, 5))


def test_a_turning_craft_is_not_reset(log):
    angles = (np.arange(401) * 0.05 + math.pi) % (2 * math.pi) - math.pi
    rows = [(1, 1, f"{i * 0.02:.2f}", 0, 0, 0, 0, 0, a) for i, a in enumerate(angles.tolist())]
    found = frame_windows(log, rows, episode="")
    assert found.dropped == {}
    assert_allclose(found.trials[0].effects[:, 2], 0.25)


def test_what_is_a_pause_a_jump_and_a_pressed_key(log):
    times = [0, 0.02, 0.04, 0.068, 0.088, 0.12, 0.14]  # 1.4 and 1.6 times as long as usual
    rows = [(1, 1, time, 0.3, 0, 0, 0, 0, 0) for time in times]
    found = frame_windows(log, rows, length=0.02)
    assert found.dropped["interrupted by missing frames"] == 2
    assert set(found.trials[0].actions[:, 0].tolist()) == {0.02}
    moved = np.cumsum([0, *[1] * 20, 15, *[1] * 20, 30, *[1] * 20])
    rows = [(1, 1, f"{i * 0.02:.2f}", 0, 0, 0, x, 0, 0) for i, x in enumerate(moved.tolist())]
    found = frame_windows(log, rows, length=0.02, episode="")
    assert 15 in found.trials[0].effects[:, 0].round(6)
    assert 30 not in found.trials[0].effects[:, 0].round(6)


def test_windows_overlap_if_told_to(log):
    found = frame_windows(log, frames(0, 26), step=0.05)
    assert found.overlap
    assert len(found.trials[0].actions) == 9
    assert not frame_windows(log, frames(0, 26), step=0.2).overlap


def test_no_window_at_all(log):
    with pytest.raises(
        GridempError, match=r"no whole window of 9 s, as 1 cut short by the end.*`gap`"
    ):
        frame_windows(log, frames(0, 26), length=9.0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.floats(-1, 1)), min_size=8, max_size=40), st.integers(1, 4)
)
def test_windows_add_up_to_the_whole(tmp_path_factory, moves, frames_each):
    rows = [f"1,1,{0.02 * i:.2f},{int(held)},0,0,{x},0,0" for i, (held, x) in enumerate(moves)]
    path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_text(HEADER + "\n".join(rows))
    log = read_columns(path, lambda header: (["time", *KEYS, *STATES], ["episode"]))
    length = 0.02 * frames_each
    columns = FrameColumns(KEYS, STATES, episode="episode")
    (trial,) = windows_of_frames(log, columns, length).trials
    covered = len(trial.actions) * frames_each
    assert covered == (len(moves) - 1) // frames_each * frames_each
    assert_allclose(trial.actions.sum(axis=1), length)
    assert_allclose(trial.actions[:, 0].sum(), 0.02 * sum(held for held, _ in moves[:covered]))
    assert_allclose(trial.effects[:, 0].sum(), moves[covered][1] - moves[0][1], atol=1e-9)


def test_categories_of_actions_are_held_for_some_time(log):
    text = "time,action,x\n" + "".join(
        f"{i * 0.02:.2f},{action},{i}\n" for i, action in enumerate("RRLLLLRRRRR")
    )
    read = log(text, ["time", "x"], ["action"])
    windows = windows_of_frames(read, FrameColumns(["action"], ["x"]), 0.1)
    assert windows.actions == ("action=R", "action=L")
    assert_allclose(windows.trials[0].actions, [[0.04, 0.06], [0.08, 0.02]])
    assert windows.categories == {"action": ("R", "L")}
    assert not any(mask.any() for mask in windows.category_masks)


def test_a_state_in_words_is_that_at_the_end_of_the_window(log):
    rooms = ["hall"] * 5 + ["attic"] * 5 + ["hall"]
    text = "time,left,x,room\n" + "".join(
        f"{i * 0.02:.2f},{i % 2},{i},{room}\n" for i, room in enumerate(rooms)
    )
    read = log(text, ["time", "left", "x"], ["room"])
    columns = FrameColumns(["left"], ["room", "x"], context=["room", "previous"])
    windows = windows_of_frames(read, columns, 0.04)
    (trial,) = windows.trials
    texts = windows.categories["room"]
    assert [texts[int(code)] for code in trial.effects[:, 0]] == ["hall", "attic", "attic", "hall"]
    assert [texts[int(code)] for code in trial.context[:, 0]] == ["hall", "hall", "attic", "attic"]
    assert_allclose(trial.effects[:, 1], 2)
    assert windows.context == ("room", "previous room", "previous x")
    assert trial.context[:, 1].tolist() == trial.context[:, 0].tolist()
    actions, effects, context = windows.category_masks
    assert actions.tolist() == [False, False]
    assert effects.tolist() == [True, False]
    assert context.tolist() == [True, True, False]
