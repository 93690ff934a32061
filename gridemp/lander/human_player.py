"""Recording of a person who plays Lunar Lander at the keyboard, in a frame log."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.lander.environment import Buttons, make_lander, require_lander, set_conditions
from gridemp.lander.frame_log import (
    HEADER,
    Tally,
    csv_rows,
    play_trial,
    trial_seeds,
)
from gridemp.lander.recording_settings import RecordingSettings

KEYS = "F fires the left engine, J the right one, space the main engine; Esc stops"
NO_SCREEN = (
    "a person needs a screen to play; play on a machine with one, or record a simulated player"
)
PAUSE = 20  # milliseconds between two polls of the keyboard


class Stopped(Exception):
    """Raised when the player closes the window or presses Esc."""


def require_screen() -> None:
    """Raise a GridempError if no window can be opened."""
    require_lander()
    import pygame

    chosen = os.environ.get("SDL_VIDEODRIVER")
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    if sys.platform == "linux" and not chosen and not any(map(os.environ.get, screens)):
        raise GridempError(NO_SCREEN)
    try:
        pygame.display.init()
    except pygame.error:
        raise GridempError(NO_SCREEN) from None
    if not chosen and pygame.display.get_driver() in ("dummy", "offscreen"):
        pygame.display.quit()
        raise GridempError(NO_SCREEN)


def pressed_keys(env: Any, observation: Any) -> Buttons:
    """Buttons of the keys that are down or have been down since the last frame.

    Raises
    ------
    Stopped
        If the player has closed the window or pressed Esc.
    """
    import pygame

    tapped = {key for kind, key in _key_events() if kind == pygame.KEYDOWN}
    down = pygame.key.get_pressed()
    keys = (pygame.K_f, pygame.K_j, pygame.K_SPACE)
    return Buttons(*(bool(down[key]) or key in tapped for key in keys))


def _key_events() -> list[tuple[int, int]]:
    """Key events since the last poll, in order, as pairs of the kind of event and the key."""
    import pygame

    events = []
    for event in pygame.event.get():
        if event.type == pygame.QUIT or (
            event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE
        ):
            raise Stopped
        if event.type in (pygame.KEYDOWN, pygame.KEYUP):
            events.append((event.type, event.key))
    return events


def wait_for_space(env: Any, text: str) -> None:
    """Show a text over the ground until space is pressed and released."""
    import pygame

    pygame.display.set_caption(text)
    if env.screen is not None:
        pygame.font.init()
        font = pygame.font.Font(None, 36)
        image = font.render(text, True, (255, 255, 255))
        width, height = env.screen.get_size()
        env.screen.blit(image, image.get_rect(center=(width // 2, height // 3)))
    awaited = [(pygame.KEYDOWN, pygame.K_SPACE), (pygame.KEYUP, pygame.K_SPACE)]
    while awaited:
        for event in _key_events():
            if awaited and event == awaited[0]:
                awaited.pop(0)
        pygame.display.flip()
        pygame.time.wait(PAUSE)
    pygame.display.set_caption(text.partition(":")[0])


def record_person(
    path: str | Path,
    settings: RecordingSettings | None = None,
    *,
    player: str = "1",
    seed: int = 0,
    tell: Callable[[str], object] = print,
) -> tuple[Tally, int]:
    """Let a person play in a window, and write the frame log of the trials that are finished.

    Parameters
    ----------
    path : str or Path
        Path of the log, which is written trial by trial.
    settings : RecordingSettings, optional
        Number, length and conditions of the trials.
    player : str
        Name of the player.
    seed : int
        Seed of the terrain, the engine noise, the wind and the order of the conditions.
    tell : callable
        Called with sentences for the player to read.

    Returns
    -------
    tally : Tally
        Numbers of frames and of episodes in the finished trials, as `record` returns them.
    finished : int
        Number of finished trials.

    Raises
    ------
    GridempError
        If no window can be opened, no trial was finished, or the name cannot be written in a log.

    Examples
    --------
    This opens a window, so it is not run as a test:

    >>> from gridemp.lander import RecordingSettings, record_person
    >>> record_person("mine.csv", RecordingSettings(trials=3), player="Ada")  # doctest: +SKIP
    """
    check_kinds(record_person, locals())
    path = Path(path)
    settings = settings or RecordingSettings()
    if not re.fullmatch(r'[^,"\r\n]+', player):
        raise GridempError("`player` must be a name without commas, quotes and line breaks")
    require_screen()
    env = make_lander(render_mode="human")
    total, finished = Tally(), 0
    tell(KEYS)
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(HEADER)
            for trial, condition in enumerate(settings.conditions_of(seed), start=1):
                set_conditions(env, *condition)
                observation, _ = env.reset(seed=trial_seeds(seed, trial)[0])
                text = f"trial {trial} of {settings.trials_of_player}: press space"
                tell(text)
                wait_for_space(env, text)
                frames, tally = play_trial(env, observation, settings.frames, pressed_keys)
                score = tally.score
                file.writelines(csv_rows(player, trial, frames, condition=condition, score=score))
                file.flush()
                total, finished = total.plus(tally), trial
    except (Stopped, KeyboardInterrupt):
        if not finished:
            raise GridempError(
                "stopped before a trial was finished, so nothing was written; play one trial to "
                "its end"
            ) from None
    finally:
        env.close()
    return total, finished
