"""Films of walks."""

from itertools import pairwise

import numpy as np
from support.walkers import PUSH, walked

from gridemp import parse_maze
from gridemp.agents.maps_along import maps_along
from gridemp.render.films.walk import captions_of, walk_frames
from gridemp.render.layout.style import look


def test_only_the_trail_changes_from_frame_to_frame():
    agent, path = walked("klyubin", 5, 0, 0, 3)
    emaps = maps_along(agent, path.states)
    with look():
        images = [
            np.asarray(image).astype(int) for image in walk_frames(emaps, path, dpi=60, title=False)
        ]
    assert len(images) == 4
    height, width, _ = images[0].shape
    for one, other in pairwise(images):
        rows, cols = np.nonzero((one != other).any(axis=2))
        assert len(rows) > 10
        assert rows.min() > 0.6 * height
        assert cols.max() < 0.6 * width


def test_the_map_of_a_frame_is_that_of_its_boxes():
    agent, path = walked(parse_maze(PUSH), 3, 0, 2, 1)
    emaps = maps_along(agent, path.states)
    with look():
        first, last = (np.asarray(i) for i in walk_frames(emaps, path, dpi=60, title=False))
    assert (first != last).mean() > 0.1


def test_captions_say_what_each_step_did():
    _, path = walked("room", 5, 4, 4, 3)
    lines = captions_of(path)
    assert lines[0] == "start: (4, 4), 5.88 bits"
    assert lines[3] == "step 3 of 3: stays at (5, 5), 5.93 bits"


def test_a_key_stands_below_every_frame():
    agent, path = walked("klyubin", 5, 0, 0, 2)
    emaps = maps_along(agent, path.states)
    with look():
        keyed, bare = (
            [np.asarray(i).astype(int) for i in walk_frames(emaps, path, dpi=60, legend=legend)]
            for legend in (True, False)
        )
    height = bare[0].shape[0]
    assert keyed[0].shape[0] > height
    strips = [image[height:] for image in keyed]
    assert all((strip == strips[0]).all() for strip in strips)
    assert (strips[0] < 128).any()
