"""Maps of one maze, their frames, and a film of each format."""

import pytest
from support.films import drawn, ffmpeg, room, saved

from gridemp import horizon_sweep
from gridemp.render.films import ANIMATIONS


@pytest.fixture(scope="module")
def sweep(klyubin):
    return horizon_sweep(klyubin, [1, 5, 12])


@pytest.fixture(scope="module")
def images(sweep):
    return drawn(sweep)


@pytest.fixture(scope="module")
def few():
    return [room(2, 2), room(2, 3)]


@pytest.fixture(scope="module")
def files(sweep, tmp_path_factory):
    """An animation by its suffix, with a description that has something to escape."""
    folder = tmp_path_factory.mktemp("animations")

    class Films(dict):
        def __missing__(self, suffix):
            assert suffix in ANIMATIONS
            if suffix == ".mp4":
                ffmpeg()
            text = '{"é": "= <b>"}'
            film = saved(folder / f"a{suffix}", sweep, seconds_per_frame=0.29, description=text)
            return self.setdefault(suffix, film)

    return Films()
