"""`python figures/explorer.py` takes the pictures of the explorer, light and dark.

It needs playwright (`pip install ".[ci]"`) and a Chromium.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
SIZE = {"width": 1180, "height": 760}


def main() -> None:
    """Take the two pictures."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    command = [sys.executable, "-m", "gridemp", "explore", "klyubin", "--no-open"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process,
        sync_playwright() as playwright,
    ):
        address = process.stdout.readline().split()[0]
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for scheme, name in (("light", "explorer.png"), ("dark", "explorer-dark.png")):
            page = browser.new_page(viewport=SIZE, color_scheme=scheme)
            page.goto(f"{address}#maze=klyubin&pin=6,5")
            page.wait_for_selector("#curve:visible")
            page.get_by_role("radio", name="Thin wall").check(force=True)
            page.locator("#board").focus()
            for key in ["ArrowRight"] * 6 + ["ArrowUp"] * 7:
                page.keyboard.press(key)
            for _ in range(2):
                page.keyboard.press("Shift+ArrowDown")
                page.keyboard.press("Space")
                page.keyboard.press("ArrowRight")
            page.locator("#step").focus()
            page.wait_for_timeout(600)
            page.screenshot(path=FOLDER / name)
            page.close()
        browser.close()
        process.terminate()


if __name__ == "__main__":
    main()
