"""The whole explorer in one file, from a disk and without a network."""

import pytest
from PIL import Image
from support.accessibility import assert_accessible
from support.browsers import SIZE, idle, settle
from support.exports import try_live
from support.lesson_pages import enter_lesson, play, slide

pytestmark = pytest.mark.ci


@pytest.fixture
def offline(browser):
    """A page without a network; what it asks for, and what its console says, is an error."""
    context = browser.new_context(viewport=SIZE, offline=True, accept_downloads=True)
    page = context.new_page()
    wrong, asked = [], []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: asked.append(request))
    yield page
    context.close()
    assert wrong == []
    kinds = {(each.is_navigation_request(), each.url.partition(":")[0]) for each in asked}
    assert (True, "file") in kinds
    assert kinds <= {(True, "file"), (False, "data"), (False, "blob")}


def test_it_works_without_a_network(offline, live):
    offline.goto(live.as_uri())
    try_live(offline)


def test_the_slider_of_the_slip_has_the_exported_values(offline, live):
    offline.goto(live.as_uri() + "?lang=de")
    idle(offline)
    slider, output = offline.locator("#slip"), offline.locator("output[for=slip]")
    for key, said in (
        ("ArrowRight", "0,10"),
        ("ArrowRight", "0,25"),
        ("ArrowRight", "0,25"),
        ("ArrowLeft", "0,10"),
        ("End", "0,25"),
        ("Home", "0,00"),
    ):
        slider.press(key)
        idle(offline)
        assert output.text_content() == slider.get_attribute("aria-valuetext") == said
        assert offline.locator("[data-refusal=slip]").is_hidden()
    slider.click()  # in its middle
    idle(offline)
    assert output.text_content() == "0,10"
    offline.wait_for_function("() => location.hash.endsWith('&slip=0.1')")


def test_the_slider_of_another_world_has_the_slips_of_that_world(offline, live):
    """The maze of the lesson about noise has slips up to 0.5, for longer horizons fewer."""
    offline.goto(live.as_uri() + "#lesson=noise&step=5")
    idle(offline)
    offline.get_by_role("button", name="Open this in the sandbox").click()
    idle(offline)
    for value in (0.2, 0.3, 0.5):
        slide(offline, "slip", value)
    assert offline.locator("#slip").get_attribute("max") == "5"
    offline.evaluate("location.hash = '#maze=klyubin'")
    idle(offline)
    for opened in (lambda: enter_lesson(offline, "Mud"), offline.reload):
        opened()
        idle(offline)
        assert offline.locator("#lesson-title").text_content() == "Mud"
        slide(offline, "slip", 0.3)
        assert offline.locator("#slip").get_attribute("max") == "1"


@pytest.mark.parametrize("name", ["dead-ends", "noise", "box"])
def test_lessons_need_no_python(offline, live, name):
    offline.goto(f"{live.as_uri()}#lesson={name}")
    idle(offline)
    play(offline, name)


def test_maze_texts_are_read_without_python(offline, live):
    offline.goto(live.as_uri() + "?lang=de#maze=room&horizon=3")
    idle(offline)
    offline.locator("#file").set_input_files(
        {"name": "two.txt", "mimeType": "text/plain", "buffer": b"+-+-+\r\n| |T|\r\n+-+-+\r\n"}
    )
    offline.wait_for_function("() => document.getElementById('name').value === 'two'")
    idle(offline)
    assert offline.locator("#open").evaluate("button => getComputedStyle(button).display") != "none"
    offline.locator("#file").set_input_files(
        {"name": "bad.txt", "mimeType": "text/plain", "buffer": b"#?#"}
    )
    offline.wait_for_selector("text=Zeile 1, Spalte 2: ? gehört nicht zu einem Labyrinth")


def test_what_needs_python_is_hidden_and_png_is_the_board(offline, live):
    offline.goto(live.as_uri() + "#maze=room&horizon=3&pin=5,5")
    settle(offline)
    for name in ("[data-format=pdf]", "[data-format=svg]"):
        assert offline.locator(name).count() == 1
        assert not offline.locator(name).is_visible()
    assert_accessible(offline)
    with offline.expect_download() as download:
        offline.locator("[data-format=png]").click()
    assert download.value.suggested_filename == "room-h3.png"
    picture = Image.open(download.value.path()).convert("RGB")
    board = offline.locator("#board").bounding_box()
    assert picture.size == (round(board["width"]), round(board["height"]))
    assert picture.getpixel((0, 0)) == (255, 255, 255)
    assert len(picture.getcolors(picture.width * picture.height)) > 10


def test_invalid_values_in_links_are_refused(offline, live):
    offline.goto(live.as_uri())
    settle(offline)
    for fragment, told in (
        ("moves=foo", "The page does not know this value of"),
        ("horizon=0&slip=0.1", "The page accepts horizons from 1 to 20."),
        ("arrows=foo", "The page does not know this value of"),
        ("range=5,1&slip=0.1&horizon=2", "Colours cannot go from 5 to 1 bits"),
        ("sensor=foo&slip=0.1&horizon=2", "The page does not know this value of"),
    ):
        offline.evaluate("(fragment) => (location.hash = fragment)", fragment)
        refusal = offline.locator("[data-refusal]:not([hidden])", has_text=told)
        refusal.first.wait_for(state="attached")
