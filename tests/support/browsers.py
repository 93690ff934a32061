"""A browser for tests, and the ways in which tests use the explorer in it."""

import io
import json
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import gridemp

SIZE = {"width": 1024, "height": 768}

# The first of them has no window to draw, and takes half as long for a page.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
FIREFOX = ("firefox-esr", "firefox")
RELAY = Path(__file__).with_name("firefox.py")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)
# By the frames of the browser, even where a test has given the page a clock of its own
PAINTED = """() => new Promise((done) => {
  const { requestAnimationFrame, setTimeout } = window.__pwClock?.builtins ?? window;
  requestAnimationFrame(() => requestAnimationFrame(() => done()));
  setTimeout(done, 10_000); // a page that nobody sees has no frames
})"""
ANSWERED = "html:not([data-asking]) #board[aria-busy=false]"
UNFOLD = """() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  document.querySelector("#tools [value=point]").click();
}"""
FOLLOW = """(fragment) => new Promise((done) => {
  const before = location.hash;
  addEventListener("hashchange", () => done(), { once: true });
  location.hash = fragment;
  if (location.hash === before) done();
})"""


def find(browser: str, names: tuple[str, ...]) -> str:
    """The path of the first of these programs; without one, tests are skipped, or fail in CI."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and not os.environ.get("GRIDEMP_CI"):
        pytest.skip(f"there is no {browser}; install it, such as with Debian's package manager")
    assert found is not None, f"there is no {browser}"
    return found


@contextmanager
def chromium(playwright: Any) -> Iterator[Any]:
    """A new Chromium."""
    browser = playwright.chromium.launch(executable_path=find("Chromium", CHROMIUM), args=QUIET)
    yield browser
    browser.close()


@contextmanager
def firefox(playwright: Any, folder: Path) -> Iterator[Any]:
    """A new Firefox, as distributions ship it; the folder takes a file."""
    words = shlex.join([sys.executable, str(RELAY), find("Firefox", FIREFOX)])
    program = folder / "firefox"
    program.write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    program.chmod(0o755)
    browser = playwright.firefox.launch(executable_path=program, channel="moz-firefox")
    yield browser
    browser.close()


def painted(page):
    """Wait until the page shows what it is to show by now: it paints in the next frame."""
    page.evaluate(PAINTED)


def idle(page):
    """Wait until the page shows the answers to all its questions."""
    painted(page)
    page.wait_for_selector(ANSWERED, timeout=120_000)  # milliseconds
    painted(page)


def settle(page):
    """Wait until a new page shows its map, open its groups of controls, and choose Point."""
    idle(page)
    page.evaluate(UNFOLD)
    idle(page)


def follow(page, fragment):
    """Open a link on the page that is shown, which stays loaded."""
    page.evaluate(FOLLOW, fragment)
    idle(page)


def tool(page, name):
    page.get_by_role("radio", name=name, exact=True).check(force=True)


def choose_maze(page, name):
    page.get_by_role("button", name="Mazes", exact=True).click()
    page.locator(f"#gallery button[name='{name}']").click()
    idle(page)


def layout(page):
    """Left and top of the maze on the screen and the size of a cell, in pixels."""
    box = page.locator("#board").bounding_box()
    left, top, size = json.loads(page.locator("#board").get_attribute("data-layout"))
    return box["x"] + left, box["y"] + top, size


def corner(page, across, down):
    """Screen coordinates of a point given in cells from the upper left corner of the maze."""
    left, top, size = layout(page)
    return left + across * size, top + down * size


def cell(page, x, y, rows=10):
    return corner(page, x + 0.5, rows - y - 0.5)


def drag(page, *points):
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=8)
    page.mouse.up()
    idle(page)


def bring(page, event, text, name="dropped.txt"):
    """Paste a text or drop it as a file."""
    page.evaluate(
        """([event, text, name]) => {
          const data = new DataTransfer();
          if (event === "paste") data.setData("text", text);
          else data.items.add(new File([text], name));
          const happened = event === "paste"
            ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true })
            : new DragEvent("drop", { dataTransfer: data, bubbles: true });
          document.body.dispatchEvent(happened);
        }""",
        [event, text, name],
    )


def maze_of(page):
    """The maze on the page, through the text that it saves."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save text").click()
    return gridemp.parse_maze(Path(download.value.path()).read_text(), name="klyubin")


def here(page, x, y):
    page.mouse.move(*cell(page, x, y))
    idle(page)
    return page.locator("#here").text_content()


def expected(maze, x, y, horizon, **options):
    """The text of the page about a cell, computed by the library; its beginning under noise."""
    emap = gridemp.empowerment(gridemp.World.from_maze(maze, **options), horizon)
    row, col = maze.rowcol(x, y)
    bits = f"{emap.grid()[row, col]:.2f} bits"
    if emap.outcomes is None:
        return f"x = {x}, y = {y}: {bits}"
    count = int(emap.grid(emap.outcomes.astype(float))[row, col])
    return f"x = {x}, y = {y}: {end_cells(count, maze)} → log₂ {count} = {bits}"


def end_cells(count, maze):
    """Words for so many outcomes, if the agent senses everything."""
    kind = "state" if "$" in maze.objects.values() else "cell"
    return f"{count} different end {kind}s" if count > 1 else f"1 end {kind}"


def pixels(page, share, aside=0):
    """Colour of each cell at a share of its width and height plus some pixels: shape (100, 3)."""
    screen = np.array(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    left, top, size = layout(page)
    rows, cols = np.divmod(np.arange(100), 10)
    x, y = (begin + (cells + share) * size + aside for begin, cells in ((left, cols), (top, rows)))
    return screen[y.astype(int), x.astype(int)]


def dark(page):
    """Mask of the cells whose middle is black, such as under an arrow."""
    return (pixels(page, 0.5) < 40).all(axis=1)


def dots(page):
    """Number of cells with the white dot of a reached cell, seen a bit off their middle."""
    return int((pixels(page, 0.5, aside=2) == 255).all(axis=1).sum())


def assert_dots(page, number):
    """Raise unless the page shows so many dots within a minute."""
    for _ in range(600):
        if dots(page) == number:
            return
        page.wait_for_timeout(100)
    assert dots(page) == number


def peak(maze, horizon, **options):
    """The text of the page about the peak, computed by the library."""
    emap = gridemp.empowerment(gridemp.World.from_maze(maze, **options), horizon)
    x, y, bits, outcomes, ties = emap.peak
    sure = "" if outcomes is None else f"{end_cells(outcomes, maze)}, "
    also = f"{ties - 1} more cells are" if ties > 2 else "1 more cell is"
    also = f"; {also} as bright" if ties > 1 else ""
    return f"Brightest: x = {x}, y = {y} with {sure}{bits:.2f} bits{also}"
