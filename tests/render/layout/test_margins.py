import pytest

from gridemp.render.layout.boxes import Box
from gridemp.render.layout.colorbars import colorbar_inches
from gridemp.render.layout.margins import MAX_SIDE, is_wide, long_side, map_box, with_title
from gridemp.render.layout.text import widest_line_inches

TITLE = ", ".join(["a piece of a title"] * 8)


@pytest.mark.parametrize(("shape", "side"), [((1, 1), 2), ((3, 5), 3), ((4, 4), 2.4), ((2, 30), 5)])
def test_a_map_is_neither_tiny_nor_huge(shape, side):
    assert long_side(shape) == pytest.approx(side)


def test_the_colourbar_of_a_wide_map_goes_below():
    assert [is_wide(shape) for shape in ((4, 8), (4, 9))] == [False, True]
    for shape, below in (((4, 9), True), ((9, 4), False)):
        plain = map_box(shape)
        box = map_box(shape, (0, 3))
        assert box == map_box(shape, (0, 3), below=below)
        assert box != map_box(shape, (0, 3), below=not below)
        assert (box.bottom > plain.bottom) is below
        assert box.aspect == plain.aspect == shape[0] / shape[1]
    assert map_box((9, 4), (0, 3)).right > colorbar_inches(0, 3)


def test_room_for_the_numbers_of_rows_grows_with_their_digits():
    assert map_box((10, 1)).left < map_box((11, 1)).left < map_box((101, 1)).left


def test_room_for_a_title_grows_with_its_lines():
    box = Box(1.0, 0.3, 0.3, 0.3, 0.1)
    assert with_title(box, "", side=3) == (box, "")
    one, short = with_title(box, "short", side=3)
    many, long = with_title(box, TITLE, side=3)
    assert short == "short"
    assert one._replace(top=box.top) == box
    assert long.count("\n") > 1
    assert (many.top - box.top) > 2 * (one.top - box.top)
    _, narrow = with_title(box, TITLE, side=3, width=2)
    assert narrow.count("\n") > long.count("\n")


def test_a_word_that_is_wider_than_the_map_widens_its_margins_up_to_a_limit():
    box, text = with_title(Box(1.0, 0.1, 0.1, 0.1, 0.1), "m" * 30, side=2)
    assert text == "m" * 30
    assert box.left == box.right > 0.5
    _, text = with_title(Box(1.0, 0.1, 0.1, 0.1, 0.1), "m" * 300, side=2)
    assert text.replace("\n", "") == "m" * 300
    assert widest_line_inches(text, "medium") <= MAX_SIDE
    _, text = with_title(Box(1.0, 0.1, 0.1, 0.1, 0.1), "m" * 30, side=2, width=2)
    assert text.count("\n") > 0
