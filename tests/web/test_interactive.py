"""The page of maps in a frame of a notebook."""

import html
import re
from dataclasses import replace

import pytest
from support.browsers import SIZE

import gridemp
from gridemp import GridempError, World
from gridemp.web.export import page
from gridemp.web.interactive import frame_height

RING = gridemp.parse_maze(".....\n.###.\n.....", name='<"ring">')


@pytest.fixture(scope="module")
def emaps():
    return gridemp.horizon_sweep(World.from_maze(RING), [1, 2, 4])


def source_of(shown):
    """The document in the frame, as a browser reads it."""
    (source,) = re.findall(r'srcdoc="([^"]*)"></iframe>', shown._repr_html_())
    return html.unescape(source)


@pytest.mark.slow
def test_the_frame_holds_the_exported_page(emaps):
    shown = gridemp.interactive(emaps)
    title = 'Empowerment of <"ring">'
    assert source_of(shown) == shown.html == page(emaps)
    assert repr(shown) == str(shown) == f"InteractivePage({title!r})"
    text = shown._repr_html_()
    assert text.count("<") == 2  # the frame begins and ends
    assert f'title="{html.escape(title)}"' in text
    assert source_of(gridemp.interactive(emaps, title="mine")) == page(emaps, "mine")


def test_one_map_and_maps_made_one_by_one_are_accepted(emaps):
    assert gridemp.interactive(emaps[0]).html == page(emaps[:1])
    noisy = [gridemp.empowerment(World.from_maze(RING, slip=0.1), n) for n in (1, 2)]
    assert noisy[0].world is not noisy[1].world
    assert gridemp.interactive(noisy).html == page(noisy)


def test_a_chosen_heading_is_what_cells_reach_from():
    world = World.from_maze(RING, moves="turn", sensor="position")
    emap = gridemp.empowerment(world, 2)
    north = gridemp.interactive(emap.one_per_cell("north"))
    assert north.html == page([emap], heading="north")
    assert north.html != gridemp.interactive(emap).html
    with pytest.raises(GridempError, match="different headings"):
        gridemp.interactive([emap.one_per_cell("north"), emap.one_per_cell("south")])


def test_what_cannot_be_shown_is_refused(emaps):
    for wrong in ([], "klyubin", [emaps[0].world], emaps[0].world, emaps[0].grid(), 3):
        with pytest.raises(GridempError, match="`maps` must be an empowerment map or a list"):
            gridemp.interactive(wrong)
    for other in (World.from_maze(RING, stay=False), World.from_maze(gridemp.load_maze("room"))):
        with pytest.raises(GridempError, match="maps are of different worlds"):
            gridemp.interactive([*emaps, gridemp.empowerment(other, 1)])
    with pytest.raises(GridempError, match="only show the optimal source"):
        gridemp.interactive(replace(emaps[0], source="uniform source"))


@pytest.mark.ci
@pytest.mark.parametrize("name", ["klyubin", "tunnel", "spiral"])
def test_the_slider_works_in_the_frame_and_nothing_is_cut_off(browser, name):
    emaps = gridemp.horizon_sweep(World.from_maze(gridemp.load_maze(name)), [1, 2])
    shown = gridemp.interactive(emaps)
    context = browser.new_context(viewport=SIZE, offline=True)
    outer = context.new_page()
    wrong = []
    outer.on("console", lambda message: wrong.append(message.text))
    outer.on("pageerror", lambda error: wrong.append(str(error)))
    outer.set_content(f"<!DOCTYPE html><p>above</p>{shown._repr_html_()}<p>below</p>")
    inner = outer.frames[1]
    inner.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    for place, emap in reversed(list(enumerate(emaps))):
        inner.locator("#horizon").fill(str(place))
        steps = f"{emap.horizon} step{'s' if emap.horizon > 1 else ''}"
        assert inner.locator("#caption").text_content() == f"{name}, {steps}, no noise"
        assert f"{emap.peak.bits:.2f} bits" in inner.locator("#peak").text_content()
    inner.locator("#board").hover()
    assert inner.locator("#here").text_content() != ""
    assert inner.evaluate("document.documentElement.scrollHeight") == shown.height
    assert inner.evaluate("document.querySelector('main').getBoundingClientRect().bottom") <= (
        shown.height
    )
    assert wrong == []
    context.close()


def test_a_wide_maze_has_a_low_frame():
    heights = [frame_height(shape) for shape in ((1, 100), (5, 18), (10, 18), (10, 10), (50, 2))]
    assert heights == sorted(heights)
    assert heights[0] < 460
    assert heights[-2] == heights[-1] < 750
