"""Lunar Lander played by a person at a keyboard, into a frame log."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gridemp.errors import GridempError
from gridemp.lander.environment import Buttons, make_lander, require_lander, set_wind
from gridemp.lander.frame_log import (
    HEADER,
    Span,
    Tally,
    frame_count,
    lines,
    play,
    ramp,
    trial_seeds,
)

KEYS = "F fires the left engine, J the right one, space the main engine; Esc stops"
NO_SCREEN = "--human needs a screen; play on a machine with one, or leave out --human"
PAUSE = 20  # milliseconds between two looks at the keys


class Stopped(Exception):
    """The player has closed the window or pressed Esc."""


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
    """The keys that are down, or were since the last frame; `Stopped` if that is wanted."""
    import pygame

    tapped = {key for kind, key in _key_events() if kind == pygame.KEYDOWN}
    down = pygame.key.get_pressed()
    keys = (pygame.K_f, pygame.K_j, pygame.K_SPACE)
    return Buttons(*(bool(down[key]) or key in tapped for key in keys))


def _key_events() -> list[tuple[int, int]]:
    """What happened to which key since the last look, in order."""
    import pygame

    found = []
    for event in pygame.event.get():
        if event.type == pygame.QUIT or (
            event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE
        ):
            raise Stopped
        if event.type in (pygame.KEYDOWN, pygame.KEYUP):
            found.append((event.type, event.key))
    return found


def wait_for_space(env: Any, text: str) -> None:
    """Show the ground and a text until space is pressed and let go."""
    import pygame

    pygame.display.set_caption(text)
    if env.screen is not None:
        pygame.font.init()
        font = pygame.font.Font(None, 36)
        image = font.render(text, True, (255, 255, 255))
        wide, high = env.screen.get_size()
        env.screen.blit(image, image.get_rect(center=(wide // 2, high // 3)))
    awaited = [(pygame.KEYDOWN, pygame.K_SPACE), (pygame.KEYUP, pygame.K_SPACE)]
    while awaited:
        for event in _key_events():
            if awaited and event == awaited[0]:
                awaited.pop(0)
        pygame.display.flip()
        pygame.time.wait(PAUSE)
    pygame.display.set_caption(text.partition(":")[0])


def record_person(
    path: Path,
    *,
    player: str,
    seed: int,
    trials: int,
    seconds: float,
    gravity: float,
    wind: Span,
    tell: Callable[[str], None],
) -> tuple[Tally, int]:
    """Let a person play in a window, and write the frame log of the trials that are finished.

    Parameters
    ----------
    path : Path
        Of the log, written trial by trial.
    player : str
        Who plays.
    seed : int
        Of ground, engines and wind.
    trials : int
        To play.
    seconds, gravity, wind
        As `recording.record` takes them.
    tell : callable
        Given sentences for the terminal.

    Returns
    -------
    Tally
        Of the finished trials.
    int
        How many these are.

    Raises
    ------
    GridempError
        If no window can be opened, or no trial was finished.
    """
    require_screen()
    env = make_lander(gravity, wind[0], render_mode="human")
    total, finished = Tally(), 0
    tell(KEYS)
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(HEADER)
            for trial, blowing in enumerate(ramp(wind, trials), start=1):
                set_wind(env, blowing)
                observation, _ = env.reset(seed=trial_seeds(seed, trial)[0])
                text = f"trial {trial} of {trials}: press space"
                tell(text)
                wait_for_space(env, text)
                frames, tally = play(env, observation, frame_count(seconds), pressed_keys)
                file.writelines(lines(player, trial, frames, None, blowing, gravity))
                file.flush()
                total, finished = total.plus(tally), trial
    except (Stopped, KeyboardInterrupt):
        if not finished:
            raise GridempError(
                "stopped before a trial was finished, so nothing is written; play one to its end"
            ) from None
    finally:
        env.close()
    return total, finished
