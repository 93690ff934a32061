"""JupyterLab in a browser, for tests of what notebooks show."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

OPTIONS = (
    *("--no-browser", "--allow-root", "--ServerApp.port=0", "--IdentityProvider.token="),
    *("--LabApp.news_url=None", "--LabApp.extension_manager=readonly"),
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
SECONDS = 120  # to start


@contextmanager
def jupyter_lab(folder):
    """The address of a JupyterLab for a folder, which also takes JupyterLab's own files."""
    own = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    words = [sys.executable, "-m", "jupyterlab", *OPTIONS]
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(words, cwd=folder, env=os.environ | own, stdout=log, stderr=log) as lab,
    ):
        try:
            yield address_of(lab, folder)
        finally:
            lab.terminate()


def address_of(lab, folder):
    """The address of a JupyterLab, once it runs."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and lab.poll() is None:
        for file in (folder / "RUNTIME").glob("jpserver-*.json"):
            with suppress(ValueError):  # it is just being written
                return json.loads(file.read_text())["url"].replace("localhost", "127.0.0.1")
        time.sleep(0.1)
    raise AssertionError((folder / "log").read_text())


def write_notebook(path, cells):
    """Write a notebook of cells of code."""
    code = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": [{**code, "id": f"cell-{i}", "source": cell} for i, cell in enumerate(cells)],
    }
    path.write_text(json.dumps(content))


def open_notebook(page, address, name):
    """Open a notebook of a JupyterLab, and wait for its kernel."""
    page.goto(f"{address}lab/tree/{name}?reset")
    page.locator(".jp-CodeCell").first.wait_for()
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.ready.then(() => null)")


def run_cell(page, number):
    """Run the active cell, which has this number, activate the next, and return its output."""
    command = "notebook:run-cell-and-select-next"
    page.evaluate("command => jupyterapp.commands.execute(command).then(() => null)", command)
    return page.locator(".jp-CodeCell").nth(number).locator(".jp-OutputArea")
