import pytest
from support.landers import pygame, rows, scripted_keyboard, space

from gridemp.errors import GridempError
from gridemp.lander import RecordingSettings, human_player, record_person


@pytest.fixture
def keyboard(monkeypatch):
    yield from scripted_keyboard(monkeypatch)


def test_a_person_plays_with_keys(keyboard, tmp_path):
    keyboard += [[], *space(), [(pygame.KEYDOWN, pygame.K_f)], [(pygame.KEYDOWN, pygame.K_j)]]
    keyboard += [[(pygame.KEYDOWN, pygame.K_SPACE)], []]
    path, sentences = tmp_path / "own.csv", []
    settings = RecordingSettings(trials=1, seconds=0.12)
    tally, finished = record_person(path, settings, player="Ada L.", tell=sentences.append)
    assert (tally.frames, finished) == (6, 1)
    assert sentences == [human_player.KEYS, "trial 1 of 1: press space"]
    frames = rows(path)
    pressed = ["".join(frame[name] for name in ("left", "right", "main")) for frame in frames]
    assert pressed == ["100", "010", "001", "000", "000", "000"]
    assert {(frame["player"], frame["skill"]) for frame in frames} == {("Ada L.", "")}
    assert [frame["time"] for frame in frames] == [f"{i / 50:.2f}" for i in range(6)]


def test_a_log_without_a_finished_trial_is_refused(keyboard, tmp_path):
    keyboard += [*space(), [(pygame.QUIT, None)]]
    with pytest.raises(GridempError, match="stopped before a trial was finished"):
        record_person(tmp_path / "own.csv", RecordingSettings(), tell=lambda _: None)


@pytest.mark.parametrize("player", ["", "a,b", 'a"b', "a\nb"])
def test_a_name_that_cannot_stand_in_a_log_is_refused(player, tmp_path):
    with pytest.raises(GridempError, match="`player` must be a name without commas"):
        record_person(tmp_path / "own.csv", player=player)


def test_without_a_screen_nobody_can_play(monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(human_player.sys, "platform", "linux")
    with pytest.raises(GridempError, match="a person needs a screen to play"):
        record_person(tmp_path / "own.csv")
