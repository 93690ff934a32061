import pytest
from browsers import SIZE, browser_page, idle
from hypothesis import settings
from serving import serving

# Timings are benchmarks: a busy machine fails no test.
settings.register_profile("gridemp", deadline=None)
settings.load_profile("gridemp")


@pytest.fixture(scope="module")
def address():
    """An explorer of the classic maze."""
    with serving("klyubin") as (port, written):
        yield f"http://127.0.0.1:{port}/"
    assert written == []


@pytest.fixture(scope="module")
def browser():
    """Ended with its module, as it keeps an event loop running that others would stumble over."""
    with browser_page() as page:
        yield page.context.browser


@pytest.fixture
def page(browser, address):
    """The explorer's page; anything that the browser's console says is an error."""
    context = browser.new_context(viewport=SIZE, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    wrong = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    idle(page)
    yield page
    context.close()
    assert wrong == []
