"""Logs and maps of Lunar Lander, and a keyboard that follows a script."""

import csv
from functools import cache

from support.extras import required

from gridemp.lander import MapSettings, lander_map
from gridemp.lander.environment import require_lander

required("Box2D")
pygame = required("pygame")
COARSE = MapSettings(horizon=2, frames=20, repeats=1, shape=(4, 5))


@cache
def coarse_map():
    return lander_map(COARSE)


def rows(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def scripted_keyboard(monkeypatch):
    """Yield the script of the keys, a list of events for each poll, on a screen that is a dummy.

    No frame takes real time.
    """
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setattr(pygame.time, "wait", lambda _: None)
    require_lander()

    class Clock:
        def tick(self, _):
            return 0

    monkeypatch.setattr(pygame.time, "Clock", Clock)
    script = []

    def get():
        pygame.event.pump()
        events = script.pop(0) if script else []
        return [pygame.event.Event(kind, key=key) for kind, key in events]

    monkeypatch.setattr(pygame.event, "get", get)
    yield script
    pygame.quit()


def space():
    """Space is pressed, and released by the next poll."""
    return [[(pygame.KEYDOWN, pygame.K_SPACE)], [(pygame.KEYUP, pygame.K_SPACE)]]
