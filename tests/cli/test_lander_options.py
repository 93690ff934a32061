import pytest

from gridemp import GridempError
from gridemp.cli.lander_options import ConditionOptions, LanderMapOptions


@pytest.mark.parametrize(
    ("text", "frames"), [("20ms", 1), ("500ms", 25), ("0.06s", 3), ("10s", 500)]
)
def test_windows_are_counted_in_frames(text, frames):
    assert LanderMapOptions(window=text).window_frames() == frames


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("30ms", "a multiple of 20ms, the length of a frame, such as 500ms, not 30ms"),
        ("1ms", "a multiple of 20ms"),
        ("10.02s", "a time from 20ms to 10s"),
    ],
)
def test_windows_of_parts_of_frames_are_refused(text, sentence):
    with pytest.raises(GridempError, match=f"^--window must be {sentence}"):
        LanderMapOptions(window=text).window_frames()


def test_a_map_takes_its_settings_from_the_options():
    settings = LanderMapOptions(horizon="2", window="100ms", grid="3x2", repeats="5").settings()
    assert (settings.horizon, settings.frames, settings.repeats) == (2, 5, 5)
    assert settings.shape == (2, 3)  # up and across


def test_each_seed_is_a_player():
    assert ConditionOptions(seed="0..2,7").seeds() == [0, 1, 2, 7]
    assert ConditionOptions(seed="7").one_seed("a map has one") == 7
    for seed in ("1,2", "1..2"):
        with pytest.raises(GridempError, match=r"^a map has one; give --seed one number"):
            ConditionOptions(seed=seed).one_seed("a map has one")
