"""Animations: only the map changes from frame to frame, and files say what they show."""

import base64
import io
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from itertools import product

import matplotlib
import numpy as np
import pytest
from PIL import Image
from support.films import FFMPEG

import gridemp
from gridemp import GridempError, Maze, World, empowerment, horizon_sweep
from gridemp.errors import MissingExtra
from gridemp.render.figures.heatmap import heatmap
from gridemp.render.films import encode
from gridemp.render.films.encode import ANIMATIONS, Film, find_ffmpeg, indexed, write_mp4
from gridemp.render.films.maps import frames, save_animation
from gridemp.render.layout.style import look
from gridemp.report.captions import caption

DPI = 60
SCRIPT = "</script><script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def klyubin():
    return gridemp.load_maze("klyubin")


@pytest.fixture(scope="module")
def sweep(klyubin):
    return horizon_sweep(World.from_maze(klyubin), [1, 5, 12])


@pytest.fixture(scope="module")
def images(sweep):
    return drawn(sweep)


@pytest.fixture(scope="module")
def few():
    return [room(2, 2), room(2, 3)]


@pytest.fixture(scope="module")
def files(sweep, tmp_path_factory):
    """One animation of each format, each with a description that has something to escape."""
    folder = tmp_path_factory.mktemp("animations")
    return {
        suffix: saved(
            folder / f"a{suffix}", sweep, seconds_per_frame=0.29, description='{"é": "= <b>"}'
        )
        for suffix in ANIMATIONS
    }


def room(height, width, name="room"):
    return empowerment(World.from_maze(Maze(np.ones((height, width)), name=name)), 2)


def drawn(emaps, **looks):
    with look():
        images = list(frames(emaps, **{"dpi": DPI} | looks))
    return np.array([np.asarray(image).astype(int) for image in images])


def saved(path, emaps, **options):
    with look():
        save_animation(emaps, path, **{"dpi": DPI} | options)
    return path


def gif_frames(path):
    with Image.open(path) as gif:
        shown = []
        for i in range(gif.n_frames):
            gif.seek(i)
            shown.append(np.asarray(gif.convert("RGB")).astype(int))
    return np.array(shown)


def map_pixels(emaps, images, dpi=DPI, **looks):
    """Top, bottom, left and right of the map in pixels, if it is where `heatmap` alone puts it."""
    ends = {"vmin": min(e.bits.min() for e in emaps), "vmax": max(e.bits.max() for e in emaps)}
    with look():
        ax = heatmap(emaps[0], **ends | looks)
        figure = ax.figure
        figure.set_dpi(dpi)
        box, (wide, high) = ax.get_window_extent(), figure.bbox.size
    assert images.shape[1:3] == (int(high), int(wide))
    return high - box.y1, high - box.y0, box.x0, box.x1


def pixel(bounds, shape, row, col):
    """Where a point of a cell, off its middle and its edges, is drawn."""
    top, bottom, left, right = bounds
    down = top + (row + 0.25) / shape[0] * (bottom - top)
    return int(down), int(left + (col + 0.25) / shape[1] * (right - left))


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
        empowerment(World.from_maze(klyubin), 1),
        gridemp.EmpowermentMap(World.from_maze(klyubin), 2, np.ones(100), np.full(100, 0.5)),
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
    ends = horizon_sweep(World.from_maze(klyubin), [1, 30])  # from one digit to three
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
    noisy = empowerment(World.from_maze(klyubin, slip=0.1), 1)
    with pytest.raises(GridempError, match="no map to animate"):
        frames([])
    with pytest.raises(GridempError, match="outcomes are counted in worlds without noise"):
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
    contents, told = [], []
    for name in ("first", "again"):
        path = saved(tmp_path / (name + suffix), few, description="made", progress=told.append)
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]
    assert told == [0.5, 1.0] * 2


def test_a_gif_has_its_frames_times_loop_and_comment(files, few, tmp_path):
    with Image.open(files[".gif"]) as gif:
        assert gif.n_frames == 3
        assert gif.info["loop"] == 0
        assert gif.info["comment"] == '{"é": "= <b>"}'.encode()
        times = []
        for i in range(3):
            gif.seek(i)
            times.append(gif.info["duration"])
    assert times == [290] * 3
    once = saved(tmp_path / "once.gif", few, loop=False)
    with Image.open(once) as gif:
        assert gif.n_frames == 2
        assert "loop" not in gif.info
        assert "comment" not in gif.info


def test_a_gif_shows_the_frames_and_its_cells_the_very_colours(sweep, images, files):
    shown = gif_frames(files[".gif"])
    assert shown.shape == images.shape
    assert 128 < len(np.unique(shown.reshape(-1, 3), axis=0)) <= 255
    assert (np.abs(shown - images).max(axis=3) > 8).mean() < 0.002
    bounds = map_pixels(sweep, images)
    for i, (row, col) in product(range(3), np.ndindex(10, 10)):
        place = pixel(bounds, (10, 10), row, col)
        np.testing.assert_allclose(shown[i][place], images[i][place], atol=1)


def test_what_does_not_change_does_not_flicker_in_a_gif(images, files):
    still = (images == images[0]).all(axis=(0, 3))
    assert still.mean() > 0.2
    shown = gif_frames(files[".gif"])
    for image in shown[1:]:
        np.testing.assert_array_equal(image[still], shown[0][still])


def test_frames_that_look_the_same_are_one_that_lasts_longer_in_a_gif(few, tmp_path):
    path = saved(tmp_path / "a.gif", [few[0], few[0], few[1]], seconds_per_frame=0.1)
    with Image.open(path) as gif:
        assert gif.n_frames == 2
        assert gif.info["duration"] == 200


def test_a_palette_is_exact_where_colours_suffice_and_near_where_not():
    rng = np.random.default_rng(0)
    few = rng.integers(0, 256, (200, 3), dtype=np.uint8)
    pixels = few[rng.integers(0, 200, (2, 40, 50))]
    images = [Image.fromarray(p) for p in pixels]
    for image, small in zip(images, indexed(images), strict=True):
        np.testing.assert_array_equal(np.asarray(small.convert("RGB")), np.asarray(image))
    ramp = np.arange(512 * 3).reshape(1, 512, 3) // 6
    areas = np.concatenate([np.full((50, 512, 3), 7), ramp]).astype(np.uint8)
    areas[:25, :, 1] = 200
    (small,) = indexed([Image.fromarray(areas)])
    off = np.abs(np.asarray(small.convert("RGB")).astype(int) - areas)
    assert off[:50].max() == 0
    assert off.max() <= 1


class Page(HTMLParser):
    """The tags of a page with their attributes, and its texts by the tag they stand in."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts, self.inside = [], {}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img", "input", "path"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data):
        self.texts.setdefault(self.inside[-1] if self.inside else "", []).append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def test_a_page_holds_each_frame_as_an_image_with_its_caption(sweep, files):
    page = Page(files[".html"].read_text(encoding="utf-8"))
    exact = drawn(sweep, title=False)
    images = page.all("img")
    assert len(images) == 3
    for image, emap, pixels in zip(images, sweep, exact, strict=True):
        kind, _, data = image["src"].partition(",")
        assert kind == "data:image/png;base64"
        with Image.open(io.BytesIO(base64.b64decode(data, validate=True))) as png:
            assert png.format == "PNG"
            assert png.mode == "P"
            assert png.size == (int(image["width"]), int(image["height"]))
            off = np.abs(np.asarray(png.convert("RGB")).astype(int) - pixels)
        assert (off.max(axis=2) > 8).mean() < 0.002
        peak = emap.peak
        assert image["alt"].startswith(f"{caption(emap)}: {emap.bits.min():.2f} to ")
        assert image["alt"].endswith(f"{peak.bits:.2f} bits, peak at x = {peak.x}, y = {peak.y}")
    assert page.texts["figcaption"] == [caption(emap) for emap in sweep]
    assert page.texts["title"] == ["Empowerment of klyubin"]
    assert page.all("main") == [{"data-seconds": "0.29", "data-loop": "true"}]


def test_a_page_needs_nothing_else_and_can_be_used_without_a_mouse(files):
    text = files[".html"].read_text(encoding="utf-8")
    page = Page(text)
    assert page.all("link") == []
    assert all("src" not in attrs for attrs in page.all("script"))
    assert "http" not in without_data(text)
    assert re.findall(r"//|@import|url\(", without_data(text)) == []
    controls = [*page.all("button"), *page.all("input")]
    assert len(controls) == 4
    assert all(control["aria-label"] for control in controls)
    assert page.all("html") == [{"lang": "en"}]
    assert "prefers-color-scheme: dark" in text
    for key in ("ArrowLeft", "ArrowRight", '" "'):
        assert f"{key}:" in text


def without_data(text):
    return re.sub(r"base64,[A-Za-z0-9+/=]*", "", text)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    path = saved(tmp_path_factory.mktemp("plain") / "a.html", [room(2, 2)])
    return Page(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [SCRIPT, IMAGE, "$description ${loop} $$", "é <b>&amp;"])
def test_a_name_cannot_become_markup(plain, tmp_path, name):
    emap = room(2, 2, name)
    path = saved(tmp_path / "a.html", [emap], description=f"made by {name}")
    page = Page(path.read_text(encoding="utf-8"))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    assert all(a.keys() == b.keys() for (_, a), (_, b) in zip(page.tags, plain.tags, strict=True))
    assert "".join(page.texts["figcaption"]) == caption(emap)
    assert name in page.all("img")[0]["alt"]
    about = [attrs for attrs in page.all("meta") if attrs.get("name") == "description"]
    assert [attrs["content"] for attrs in about] == [f"made by {name}"]
    assert len(page.texts["script"]) == 1


def test_the_captions_of_a_page_are_the_titles(few, tmp_path):
    page = Page(saved(tmp_path / "a.html", few, title=False).read_text(encoding="utf-8"))
    assert "figcaption" not in page.texts
    once = saved(tmp_path / "b.html", few, title="mine", loop=False)
    page = Page(once.read_text(encoding="utf-8"))
    assert page.texts["figcaption"] == ["mine"] * 2
    assert page.all("main")[0]["data-loop"] == "false"


def decoded(path):
    """The frames of an MP4 as integers: shape (F, H, W, 3); and what ffmpeg says of it."""
    command = [FFMPEG, "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    result = subprocess.run(command, capture_output=True, check=True)
    said = result.stderr.decode()
    wide, high = map(int, re.search(r"Video: .* (\d+)x(\d+)", said).groups())
    return np.frombuffer(result.stdout, np.uint8).reshape(-1, high, wide, 3).astype(int), said


def test_an_mp4_shows_every_map_in_its_colours(sweep, images, files):
    assert files[".mp4"].read_bytes()[4:8] == b"ftyp"
    shown, said = decoded(files[".mp4"])
    assert len(shown) == 3
    assert "Duration: 00:00:00.87" in said
    assert "h264" in said
    assert "yuv420p(tv, bt709" in said
    assert re.search(r'comment +: \{"é": "= <b>"\}', said)
    bounds = map_pixels(sweep, images)
    for film, image in zip(shown, images, strict=True):
        for row, col in ((0, 0), (9, 9), (4, 5)):
            place = pixel(bounds, (10, 10), row, col)
            np.testing.assert_allclose(film[place], image[place], atol=8)


def test_an_mp4_of_odd_sides_is_padded_not_cropped(tmp_path):
    pixels = np.full((33, 41, 3), 240, dtype=np.uint8)
    pixels[:16, :20] = 20
    image = Image.fromarray(pixels)
    write_mp4(Film(iter([image, image]), 0.5), tmp_path / "a.mp4")
    shown, _ = decoded(tmp_path / "a.mp4")
    assert shown.shape == (2, 34, 42, 3)
    np.testing.assert_allclose(shown[:, -4:], 240, atol=8)
    np.testing.assert_allclose(shown[:, :, -4:], 240, atol=8)
    np.testing.assert_allclose(shown[:, :12, :16], 20, atol=8)


def test_no_ffmpeg_is_said_before_anything_is_drawn(sweep, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    told = []
    with pytest.raises(MissingExtra, match=r'^an MP4 needs ffmpeg: .*"gridemp\[mp4\]".*\.gif'):
        save_animation(sweep, tmp_path / "a.mp4", progress=told.append)
    assert told == []
    assert list(tmp_path.iterdir()) == []


def test_the_machines_ffmpeg_comes_first(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"/opt/{name}")
    assert find_ffmpeg() == "/opt/ffmpeg"
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert find_ffmpeg() == FFMPEG


def test_what_ffmpeg_says_is_passed_on(few, tmp_path, monkeypatch):
    with pytest.raises(GridempError, match=r"could not write the MP4: .*No such file") as error:
        saved(tmp_path / "nowhere" / "a.mp4", few)
    assert "\n" not in str(error.value)
    monkeypatch.setattr(encode, "find_ffmpeg", lambda: str(tmp_path / "none"))
    with pytest.raises(GridempError, match=r"cannot run .*none: .*\.gif"):
        saved(tmp_path / "a.mp4", few)


def test_an_ffmpeg_that_stops_early_is_no_broken_pipe(tmp_path, monkeypatch):
    monkeypatch.setattr(encode, "find_ffmpeg", lambda: shutil.which("false"))
    image = Image.new("RGB", (400, 400))
    with pytest.raises(GridempError, match="could not write the MP4: exit code 1"):
        write_mp4(Film(iter([image] * 20), 0.5), tmp_path / "a.mp4")
