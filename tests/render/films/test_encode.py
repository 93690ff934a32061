"""Files of films: they show the frames, say what made them, and refuse what cannot be written."""

import base64
import io
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from itertools import product

import numpy as np
import pytest
from PIL import Image
from support.films import drawn, ffmpeg, gif_frames, map_pixels, pixel, room, saved

from gridemp import GridempError
from gridemp.errors import MissingExtra, pip_command
from gridemp.render.films import encode
from gridemp.render.films.encode import Film, find_ffmpeg, write_mp4
from gridemp.render.films.maps import save_animation
from gridemp.render.layout.style import look
from gridemp.report.captions import caption

SCRIPT = "</script><script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_gif_shows_the_frames_and_its_cells_the_very_colours(sweep, images, files):
    shown = gif_frames(files[".gif"])
    assert shown.shape == images.shape
    assert 128 < len(np.unique(shown.reshape(-1, 3), axis=0)) <= 255
    assert (np.abs(shown - images).max(axis=3) > 8).mean() < 0.002
    bounds = map_pixels(sweep, images)
    for i, (row, col) in product(range(3), np.ndindex(10, 10)):
        place = pixel(bounds, (10, 10), row, col)
        np.testing.assert_allclose(shown[i][place], images[i][place], atol=1)


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
    for key in ("ArrowLeft", "ArrowRight", '" "'):
        assert f"{key}:" in text


def image_in(address):
    """The pixels of a PNG that is given as the address of its data: shape (H, W, 3)."""
    content = base64.b64decode(address.partition(",")[2], validate=True)
    with Image.open(io.BytesIO(content)) as png:
        return np.asarray(png.convert("RGB")).astype(int)


def test_a_page_in_the_dark_has_dark_frames_with_maps_in_the_same_colours(few, tmp_path):
    page = Page(saved(tmp_path / "a.html", few).read_text(encoding="utf-8"))
    sources = page.all("source")
    assert {source["media"] for source in sources} == {"screen and (prefers-color-scheme: dark)"}
    for image, source in zip(page.all("img"), sources, strict=True):
        light, dark = image_in(image["src"]), image_in(source["srcset"])
        assert light.shape == dark.shape
        paper = [21, 23, 26]
        colored = np.ptp(light, axis=2) > 60  # the map and the colourbar
        same = np.abs(light - dark).max(axis=2) <= 8
        assert colored.mean() > 0.15
        assert same[colored].mean() > 0.98
        assert (dark[~same] == paper).all(axis=1).mean() > 0.9
        assert (dark[~same] > 180).all(axis=1).sum() > 20  # light ink
    with look("dark_background"):
        save_animation(few, tmp_path / "b.html", dpi=30)
    assert Page((tmp_path / "b.html").read_text(encoding="utf-8")).all("source") == []


def without_data(text):
    return re.sub(r"base64,[A-Za-z0-9+/=]*", "", text)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    path = saved(tmp_path_factory.mktemp("plain") / "a.html", [room(2, 2)])
    return Page(path.read_text(encoding="utf-8"))


@pytest.mark.slow
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


def decoded(path):
    """The frames of an MP4 as integers: shape (F, H, W, 3); and what ffmpeg says of it."""
    command = [ffmpeg(), "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    result = subprocess.run(command, capture_output=True, check=True)
    said = result.stderr.decode()
    wide, high = map(int, re.search(r"Video: .* (\d+)x(\d+)", said).groups())
    return np.frombuffer(result.stdout, np.uint8).reshape(-1, high, wide, 3).astype(int), said


@pytest.mark.slow
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
    ffmpeg()
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
    with pytest.raises(MissingExtra, match=rf"ffmpeg: .*{re.escape(pip_command('mp4'))}.*\.gif"):
        save_animation(sweep, tmp_path / "a.mp4", progress=told.append)
    assert told == []
    assert list(tmp_path.iterdir()) == []


def test_the_machines_ffmpeg_comes_first(monkeypatch):
    own = ffmpeg()
    monkeypatch.setattr(shutil, "which", lambda name: f"/opt/{name}")
    assert find_ffmpeg() == "/opt/ffmpeg"
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert find_ffmpeg() == own


def test_what_ffmpeg_says_is_passed_on(few, tmp_path, monkeypatch):
    ffmpeg()
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


def test_the_captions_of_a_page_are_the_titles(few, tmp_path):
    page = Page(saved(tmp_path / "a.html", few, title=False).read_text(encoding="utf-8"))
    assert "figcaption" not in page.texts
    once = saved(tmp_path / "b.html", few, title="mine", loop=False)
    page = Page(once.read_text(encoding="utf-8"))
    assert page.texts["figcaption"] == ["mine"] * 2
    assert page.all("main")[0]["data-loop"] == "false"
