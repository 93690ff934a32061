"""Films of explorations."""

import pytest
from PIL import Image
from support.explorations import small_exploration

from gridemp import GridempError
from gridemp.render.figures.exploration import exploration_figure
from gridemp.render.films import exploration
from gridemp.render.films.exploration import exploration_frames, frame_steps, save_exploration
from gridemp.render.saving import save_figure

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def walk():
    return small_exploration()


def test_frames_are_of_one_size_and_change(walk):
    assert frame_steps(walk, most=4) == [0, 20, 40, 60]
    images = list(exploration_frames(walk, steps=[0, 60], dpi=40))
    assert len({image.size for image in images}) == 1
    assert len({image.tobytes() for image in images}) == 2


def test_the_key_of_a_film_explains_what_that_of_a_figure_does(walk, monkeypatch):
    drawn = []
    monkeypatch.setattr(exploration, "image_of", lambda figure, dpi: drawn.append(figure))
    for legend in (True, False):
        list(exploration_frames(walk, steps=[30], legend=legend))
    film, bare = drawn
    (figure_key,) = exploration_figure(walk).legends
    words = [text.get_text() for text in figure_key.get_texts()]
    (key,) = film.legends
    shown = [text.get_text() for text in key.get_texts()]
    assert shown[:3] == words[:3] == ["believed wall", "possible wall", "agent and its trail"]
    assert shown[3].startswith("peak")
    assert not bare.legends


def test_the_same_walk_gives_the_same_bytes(walk, tmp_path):
    figures = []
    for name in ("one.png", "two.png"):
        save_figure(
            lambda width: exploration_figure(walk, width=width, moments=[9]), tmp_path / name
        )
        figures.append((tmp_path / name).read_bytes())
    assert figures[0] == figures[1]
    for name in ("one.gif", "two.gif"):
        save_exploration(walk, tmp_path / name, dpi=30, steps=[60], description="made so")
    assert (tmp_path / "one.gif").read_bytes() == (tmp_path / "two.gif").read_bytes()
    with Image.open(tmp_path / "one.gif") as film:
        assert film.info["comment"] == b"made so"


def test_a_page_says_how_far_off_it_is(walk, tmp_path):
    save_exploration(walk, tmp_path / "walk.html", dpi=30, steps=[0, 60])
    page = (tmp_path / "walk.html").read_text()
    assert page.count("<img") == 2
    assert f"after 60 steps: at most {walk.max_difference[60]:.3f} bits off" in page


def test_other_suffixes_and_speeds_are_refused(walk, tmp_path):
    with pytest.raises(GridempError, match=r"must end in \.gif"):
        save_exploration(walk, tmp_path / "walk.png")
    with pytest.raises(GridempError, match="a frame must be shown for"):
        save_exploration(walk, tmp_path / "walk.gif", seconds_per_frame=0)
