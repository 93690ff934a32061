"""Exported pages whose texts are full of markup."""

from support.browsers import corner, drag, idle, settle, tool
from support.command_line import run
from support.lesson_pages import slide

import gridemp

# A lesson about a noisy maze of its own, in which learners may choose any slip that the page has.
MUD = """
title = "Mud"
summary = "A corridor."
drawing = "...."
settings = { horizon = 1, slip = 0.3 }
controls = { slip = true }
[[steps]]
check = "Mud slows down."
"""


def export_klyubin(folder):
    """Path and title of a page of the classic maze, horizons 1 to 10."""
    name = "</script><img src=x onerror=alert(1)>.txt".replace("/", "-")
    (folder / name).write_text(gridemp.format_maze(gridemp.load_maze("klyubin")))
    title = "</title></script><script>document.title = 'wrong'</script><b>&amp;"
    words = ["export", folder / name, "--horizon", "1..10", "--title", title]
    result = run(*words, "--output", folder / "page.html")
    assert result.exit_code == 0, result.stderr
    return folder / "page.html", title


def export_live(folder):
    """The path of the whole explorer in one file, with a few noisy maps."""
    words = ["--live", "--horizon", 2, "--slip", "0,0.1,0.25", "--title", "A <page>"]
    words += ["--lesson", folder / "mud.toml"]
    (folder / "mud.toml").write_text(MUD)
    path = folder / "live.html"
    assert run("export", "klyubin", *words, "--output", path).exit_code == 0
    return path


def try_live(page):
    """Draw a wall on the page in one file, change the noise, and begin a lesson."""
    settle(page)
    address = page.url
    assert page.title() == "A <page>"
    assert "13" in page.locator("#peak").text_content()
    slide(page, "slip", 0.1)
    idle(page)
    assert "2.50" in page.locator("#peak").text_content()
    page.locator("#board").press("Enter")  # pins a cell
    page.wait_for_selector("text=noisy maps for horizons up to 2")
    page.wait_for_function("() => location.hash.includes('slip=0.1')")
    page.evaluate("location.hash = location.hash.replace('slip=0.1', 'slip=0.15')")
    page.wait_for_selector("text=only for slips of 0, 0.1, and 0.25")
    assert page.locator("output[for=slip]").text_content() == "0.15"
    slide(page, "slip", 0)
    tool(page, "Thin wall")
    drag(page, corner(page, 0.4, 1), corner(page, 9.6, 1))
    page.wait_for_function("() => location.hash.includes('drawing=')")
    slide(page, "slip", 0.25)
    page.wait_for_selector("text=no noisy maps of this maze")
    page.goto(address.partition("#")[0] + "#lesson=noise&step=1")
    page.wait_for_selector("#lesson-text:visible")
    idle(page)
    page.locator("#lesson-choices input").first.check()
    page.locator("#language").select_option("de")
    page.wait_for_function("() => document.documentElement.lang === 'de'")
    idle(page)
    assert page.locator("#lesson-choices input").first.is_checked()
    page.locator(".dot").last.click()
    page.locator("#lesson-next").click()
    page.reload()
    idle(page)
    assert page.locator("#lesson-entries button:has(.tick)").count() == 1
