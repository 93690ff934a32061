"""Downloads are those of the command line."""

from pathlib import Path

import pytest
from support.browsers import cell, idle, tool
from support.command_line import run

pytestmark = pytest.mark.ci


def test_downloads_are_those_of_the_command_line(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tool(page, "Solid cell")
    page.mouse.click(*cell(page, 8, 8))
    page.get_by_label("Numbers", exact=True).select_option("bits")
    page.get_by_label("Horizon", exact=True).fill("3")
    idle(page)
    with page.expect_download() as text:
        page.get_by_role("button", name="Save text").click()
    text.value.save_as(tmp_path / text.value.suggested_filename)
    assert run("convert", "klyubin.txt", "again.txt").exit_code == 0
    assert Path("again.txt").read_text() == Path("klyubin.txt").read_text()
    page.get_by_role("button", name="Copy command").click()
    page.wait_for_function("() => document.getElementById('told').textContent !== ''")
    words = page.evaluate("() => navigator.clipboard.readText()").split()
    assert words == ["gridemp", "heatmap", "klyubin.txt", "--horizon", "3", "--annotate", "bits"]
    for suffix in ("png", "pdf", "svg"):
        with page.expect_download() as figure:
            page.get_by_role("button", name=suffix.upper()).click()
        assert figure.value.suggested_filename == f"klyubin-h3.{suffix}"
        made = run(*words[1:], "--output", f"own.{suffix}")
        assert made.exit_code == 0
        assert Path(figure.value.path()).read_bytes() == Path(f"own.{suffix}").read_bytes()
