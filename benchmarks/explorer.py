"""How long the explorer takes from a painted wall to the new exact map on screen, in a browser.

`python -m benchmarks.explorer` prints a table. It needs playwright (extra `test`) and a Chromium.
"""

import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

import gridemp
from gridemp.explorer.answers import Answers
from gridemp.explorer.server import application
from gridemp.making import make_maze
from tests.browsers import browser_page

EDITS = 16
CASES = (
    ("klyubin", "klyubin", 5, 0.0),
    ("klyubin, slip 0.1", "klyubin", 3, 0.1),
    ("caves, 60 x 40", "caves", 10, 0.0),
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
def serving(maze: gridemp.Maze) -> Iterator[str]:
    """The address of an explorer of a maze."""
    config = uvicorn.Config(application(Answers(maze, ["maze.txt"])), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        pass
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join()


def timed(page: Any, address: str, horizon: int, slip: float) -> list[float]:
    """Milliseconds of each of the edits."""
    page.goto(f"{address}#maze=none")
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


def main() -> None:
    """Print the table."""
    mazes = {
        "klyubin": gridemp.load_maze("klyubin"),
        "caves": make_maze("caves", 60, 40, seed=1),
    }
    print("| maze | n | median | slowest of", EDITS, "|\n|---|---|---|---|")
    with browser_page() as page:
        for name, maze, horizon, slip in CASES:
            with serving(mazes[maze]) as address:
                times = timed(page, address, horizon, slip)
            print(
                f"| {name} | {horizon} | {statistics.median(times):.0f} ms | {max(times):.0f} ms |"
            )


if __name__ == "__main__":
    main()
