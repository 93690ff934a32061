"""The page as a whole."""

import re

import pytest
from support.browsers import SIZE, idle

pytestmark = pytest.mark.ci


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_one_screen(browser, address, scheme):
    context = browser.new_context(viewport=SIZE, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    idle(page)
    tall, wide = page.evaluate(
        "() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )
    assert (wide, tall) == (1024, 768)
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    light = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
    assert light > 200 if scheme == "light" else light < 50
    context.close()
