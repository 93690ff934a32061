"""Films of maps: only the map changes from frame to frame."""

import matplotlib
import numpy as np
import pytest
from support.films import DPI, drawn, ffmpeg, map_pixels, pixel, room, saved

import gridemp
from gridemp import GridempError, World, empowerment, horizon_sweep
from gridemp.render.films import ANIMATIONS
from gridemp.render.films.maps import frames, save_animation
from gridemp.render.layout.style import look

pytestmark = pytest.mark.slow


def test_cells_have_the_colours_of_their_values_on_one_scale(sweep, images):
    bounds = map_pixels(sweep, images)
    low, high = sweep[0].bits.min(), sweep[-1].bits.max()
    colors = matplotlib.colormaps["viridis"]
    for emap, image in zip(sweep, images, strict=True):
        for row, col in ((0, 0), (9, 9), (4, 5), (6, 6), (2, 4)):
            share = (emap.grid()[row, col] - low) / (high - low)
            expected = colors(share, bytes=True)[:3]
            seen = image[pixel(bounds, (10, 10), row, col)]
            np.testing.assert_allclose(seen, expected, atol=1, err_msg=f"{emap} {row} {col}")


@pytest.mark.parametrize("looks", [{}, {"annotate": "outcomes"}])
def test_only_the_map_and_the_title_change(sweep, looks):
    images = drawn(sweep, **looks)
    top, bottom, left, right = map_pixels(sweep, images, **looks)
    changed = (images != images[0]).any(axis=(0, 3))
    rows, cols = np.nonzero(changed[int(top) :])
    assert len(rows) > 1000
    assert (rows + int(top)).max() <= bottom + 1
    assert left - 1 <= cols.min()
    assert cols.max() <= right + 1
    titles = changed[: int(top) - 3]
    assert titles.any()
    heights = np.nonzero(titles.any(axis=1))[0]
    assert np.ptp(heights) < 15  # one line of text


def test_the_arrows_of_a_colourbar_stay_when_values_do_not_pass_its_ends(sweep):
    # From 3 bits to 5: the first map lies below, the last above.
    images = drawn(sweep, vmin=3.0, vmax=5.0)
    bounds = map_pixels(sweep, images, vmin=3.0, vmax=5.0)
    beside = images[:, :, int(bounds[3]) + 5 :]
    inside = matplotlib.colormaps["viridis"]((sweep[1].grid()[0, 0] - 3) / 2, bytes=True)[:3]
    np.testing.assert_allclose(images[1][pixel(bounds, (10, 10), 0, 0)], inside, atol=1)
    below_title = beside[:, int(bounds[0]) :]
    assert (below_title == below_title[0]).all()
    ends = [below_title[0][row] for row in (1, int(bounds[1] - bounds[0]) - 2)]
    for end, share in zip(ends, (1.0, 0.0), strict=True):
        color = matplotlib.colormaps["viridis"](share, bytes=True)[:3]
        row = np.abs(end - color).max(axis=1)
        assert 0 < (row <= 12).sum() < 6  # the tip of an arrow; a bar would be 9 pixels wide


def test_a_label_is_the_same_in_all_frames_though_only_some_hold_bounds(klyubin):
    emaps = [
        empowerment(klyubin, 1),
        gridemp.EmpowermentMap(klyubin, 2, np.ones(100), np.full(100, 0.5)),
    ]
    images = drawn(emaps)
    right = images[:, :, -40:]
    below_title = right[:, 60:]
    assert (below_title < 128).any()
    assert (below_title[0] == below_title[1]).all()


def test_mazes_of_other_shapes_are_centred_and_fill_the_same_frame():
    emaps = [room(6, 6), room(3, 6), room(6, 2)]
    images = drawn(emaps, title=False, peak=False)
    bounds = map_pixels(emaps, images, title=False)
    top, bottom, left, right = bounds
    middle = images[:, int((top + bottom) / 2), int((left + right) / 2)]
    assert (np.ptp(middle, axis=1) > 20).all()  # a colour, not white
    high, wide = bottom - top, right - left
    white = images.min(axis=3) == 255
    # Half as high: white above, map from a quarter down.
    assert white[1, int(top + 0.22 * high), int(left) : int(right)].all()
    assert not white[1, int(top + 0.28 * high), int(left) + 3 : int(right) - 3].any()
    # A third as wide: white at the sides.
    row = white[2, int(top + 0.4 * high)]
    assert row[int(left + 0.6) : int(left + 0.2 * wide)].all()
    assert not row[int(left + 0.36 * wide) : int(left + 0.64 * wide)].any()
    bar = images[:, :, int(right) + 4 :]
    assert (bar == bar[0]).all()
    assert (bar < 250).any()


def test_numbers_keep_their_size_from_frame_to_frame(klyubin):
    looks = {"annotate": "outcomes", "width": 3.5, "peak": False, "title": False}
    ends = horizon_sweep(klyubin, [1, 30])  # from one digit to three
    images = drawn(ends, dpi=400, **looks)
    top, bottom, left, _ = map_pixels(ends, images, 400, **looks)
    side = (bottom - top) / 10
    heights = []
    for image in images.sum(axis=3):
        for row, col in ((9, 9), (0, 0)):  # 3 and 100: round digits are equally high
            y, x = int(top + row * side), int(left + col * side)
            cell = image[y + 9 : int(y + side) - 8, x + 9 : int(x + side) - 8]
            ink = np.abs(cell - cell[0, 0]) > 200
            heights.append(np.ptp(np.nonzero(ink.any(axis=1))[0]))
    assert min(heights) > 25
    assert np.ptp(heights) <= 1


def test_maps_are_drawn_when_they_are_asked_for(few):
    with look():
        images = frames(few, dpi=DPI)
        first = next(images)
    assert first.mode == "RGB"
    assert len(list(images)) == 1


def test_what_cannot_be_drawn_is_said_before_anything_is(sweep, tmp_path, klyubin):
    noisy = empowerment(World.from_maze(klyubin.maze, slip=0.1), 1)
    with pytest.raises(GridempError, match="no map to animate"):
        frames([])
    with pytest.raises(GridempError, match="outcomes can be counted only in worlds without noise"):
        frames([*sweep, noisy], annotate="outcomes")
    with pytest.raises(GridempError, match=r"from 7 to 6\.57 bits|from 7 to"):
        frames(sweep, vmin=7.0)
    with pytest.raises(GridempError, match="65,536 pixels"):
        next(frames(sweep, dpi=20000))
    with pytest.raises(GridempError, match=r"must end in \.gif or \.mp4 or \.html"):
        save_animation(sweep, tmp_path / "a.avi")
    for seconds in (0.0, 0.01, 61.0, float("nan")):
        with pytest.raises(GridempError, match=r"shown for 0\.02 to 60 seconds"):
            save_animation(sweep, tmp_path / "a.gif", seconds_per_frame=seconds)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", ANIMATIONS)
def test_the_same_maps_give_the_same_bytes_and_progress(few, tmp_path, suffix):
    if suffix == ".mp4":
        ffmpeg()
    contents, told = [], []
    for name in ("first", "again"):
        path = saved(tmp_path / (name + suffix), few, description="made", progress=told.append)
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]
    drawings = [0.25, 0.5, 0.75, 1.0] if suffix == ".html" else [0.5, 1.0]  # light and dark
    assert told == drawings * 2


def test_the_key_below_names_the_marks_of_all_frames_and_stays():
    plain = World.from_maze(gridemp.Maze(np.ones((5, 5)), name="a"))
    boxed = World.from_maze(gridemp.Maze(np.ones((5, 5)), name="a", objects={(2, 2): "B"}))
    emaps = [empowerment(plain, 1), empowerment(boxed, 1)]  # no mark at all in the first
    keyed, bare = (drawn(emaps, legend=legend, title=False) for legend in (True, False))
    height = bare.shape[1]
    assert keyed.shape[1] > height
    below = keyed[:, height - 4 :]
    assert (below < 128).any()
    assert (below[0] == below[1]).all()
