"""Settings and fixtures; what only tests of the explorer need is imported by them."""

import asyncio
import gc
import os

import pytest
from hypothesis import settings

# Timings are benchmarks: a busy machine fails no test.
settings.register_profile("gridemp", deadline=None, max_examples=50)
settings.register_profile("brief", deadline=None, max_examples=10)  # for another Python, say
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile("gridemp")


def pytest_collection_modifyitems(config, items):
    """Leave the tests marked `ci` to CI."""
    if os.environ.get("GRIDEMP_CI"):
        return
    left = [item for item in items if item.get_closest_marker("ci")]
    items[:] = [item for item in items if not item.get_closest_marker("ci")]
    config.hook.pytest_deselected(items=left)


def pytest_collection_finish():
    """Let the garbage collector never look again at what lives as long as the tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def klyubin():
    """The world of the classic maze."""
    from support.worlds import world_of

    return world_of("klyubin")


@pytest.fixture(scope="session")
def halves():
    """A world of two components, of 8 and of 12 cells."""
    from support.worlds import drawn_world

    return drawn_world("\n".join(["..#..."] * 4), name="halves")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, where commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def served():
    from support.serving import serving

    with serving() as server:
        yield server


@pytest.fixture
def port(served):
    """The port of an explorer that says nothing of what it is asked, and lives on."""
    from support.serving import assert_lives_on

    number, written = served
    written.clear()
    yield number
    assert_lives_on(number)
    assert written == []


@pytest.fixture(scope="session")
def explorer():
    """The port of an explorer of the classic maze, and the messages of its log."""
    from support.serving import serving

    with serving("klyubin") as running:
        yield running


@pytest.fixture(scope="module")
def address(explorer):
    """The address of an explorer of the classic maze."""
    port, written = explorer
    written.clear()
    yield f"http://127.0.0.1:{port}/"
    assert written == []


@pytest.fixture(scope="session")
def playwright():
    """Playwright, which starts browsers; a thread cannot have two."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture(autouse=True)
def without_a_loop(request):
    """Hide the event loop that Playwright keeps running from tests that have one of their own."""
    loop = asyncio._get_running_loop()
    if "playwright" not in request.fixturenames:
        asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(loop)


@pytest.fixture(scope="session")
def browser(playwright):
    """Chromium."""
    from support.browsers import chromium

    with chromium(playwright) as running:
        yield running


@pytest.fixture(scope="session")
def exported(tmp_path_factory):
    """Path and title of an exported page of maps."""
    from support.exports import export_klyubin

    return export_klyubin(tmp_path_factory.mktemp("exported"))


@pytest.fixture(scope="session")
def live(tmp_path_factory):
    """The path of the whole explorer in one file."""
    from support.exports import export_live

    return export_live(tmp_path_factory.mktemp("live"))


@pytest.fixture
def tab(browser):
    """An empty page; anything that the browser's console says is an error."""
    from support.browsers import SIZE

    context = browser.new_context(viewport=SIZE, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    wrong = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def bare(tab, address):
    """A page that may import the explorer's modules, but shows none of it."""
    tab.goto(f"{address}look.css")
    return tab


@pytest.fixture
def page(tab, address):
    """The explorer's page."""
    from support.browsers import settle

    tab.goto(address)
    settle(tab)
    return tab


@pytest.fixture
def opened(tab, address):
    """A function that opens a step of a lesson, and returns the page."""
    from support.browsers import idle

    def open_step(name, step=1):
        if tab.url != "about:blank":
            tab.goto("about:blank")  # or the page would stay loaded
        tab.goto(f"{address}#lesson={name}" + (f"&step={step}" if step > 1 else ""))
        idle(tab)
        return tab

    return open_step
