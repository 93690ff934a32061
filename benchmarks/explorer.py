"""Time from a painted wall to the new exact map on the screen, in a browser.

`python -m benchmarks.explorer` prints a table, for the page that `gridemp explore` serves and for
the page without Python that `gridemp export --live` writes. It needs playwright (extra `ci`) and a
Chromium.
"""

import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

GRIDEMP = (sys.executable, "-m", "gridemp")
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
EDITS = 16
CASES = (
    ("klyubin", "klyubin", 5, 0.0),
    ("klyubin, slip 0.1", "klyubin", 3, 0.1),
    ("caves, 60 x 40", "caves.txt", 10, 0.0),
)
# A wall is toggled by the tool itself; the mark is made when the new map has been drawn.
TIMED = """async (edits) => {
  const board = document.getElementById("board");
  const press = (key) => board.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  const times = [];
  for (let i = 0; i < edits; i++) {
    press(["ArrowRight", "ArrowUp", "ArrowLeft", "ArrowUp"][i % 4]);
    await new Promise((resolve) => setTimeout(resolve, 400));
    performance.clearMarks();
    const begun = performance.now();
    press(" ");
    while (!performance.getEntriesByName("map drawn").length) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    times.push(performance.getEntriesByName("map drawn")[0].startTime - begun);
  }
  return times;
}"""


@contextmanager
def exploring(maze: str, folder: str) -> Iterator[str]:
    """The address of a `gridemp explore` of a maze."""
    command = [*GRIDEMP, "explore", maze, "--no-open"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[0]
        process.terminate()


def exported(maze: str, folder: str) -> str:
    """The address of a page without Python that opens on a maze."""
    path = Path(folder, "page.html")
    command = [*GRIDEMP, "export", maze, "--live", "--output", path.name]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return path.as_uri()


def timed(page: Any, address: str, horizon: int, slip: float) -> list[float]:
    """Milliseconds that each edit takes."""
    page.goto(address)
    page.wait_for_selector("#board[aria-busy=false]")
    page.get_by_role("radio", name="Thin wall").check(force=True)
    page.locator("#horizon").fill(str(horizon))
    page.locator("#slip").fill(str(slip))
    page.locator("#board").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(1000)
    page.wait_for_selector("#board[aria-busy=false]")
    return list(page.evaluate(TIMED, EDITS))


def row(browser: Any, page_kind: str, address: str, name: str, horizon: int, slip: float) -> str:
    """A row of the table."""
    page = browser.new_page(viewport={"width": 1024, "height": 768})
    times = timed(page, address, horizon, slip)
    page.close()
    median, slowest = statistics.median(times), max(times)
    return f"| {name} | {horizon} | {page_kind} | {median:.0f} ms | {slowest:.0f} ms |"


def main() -> None:
    """Print the table."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    print(f"| maze | n | page | median | slowest of {EDITS} |")
    print("|---|---|---|---|---|")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        made = ["make", "--kind", "caves", "--size", "60x40", "--seed", "1", "-o", "caves.txt"]
        subprocess.run([*GRIDEMP, *made], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, maze, horizon, slip in CASES:
            with exploring(maze, folder) as address:
                print(row(browser, "served", address, name, horizon, slip))
            if not slip:
                address = exported(maze, folder)
                print(row(browser, "without Python", address, name, horizon, slip))
        browser.close()


if __name__ == "__main__":
    main()
