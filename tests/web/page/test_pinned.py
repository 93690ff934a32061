"""A pinned cell has a curve and shows what it reaches."""

import pytest
from support.browsers import assert_dots, cell, idle

import gridemp

pytestmark = pytest.mark.ci


def test_a_pinned_cell_has_a_curve_and_what_it_reaches(page):
    page.mouse.click(*cell(page, 5, 5))
    idle(page)
    page.wait_for_selector("#curve:visible")
    label = page.locator("#curve").get_attribute("aria-label")
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    maps = gridemp.horizon_sweep(world, range(1, 21))
    bits = [f"{emap.horizon}: {emap.grid()[4, 5]:.2f}" for emap in maps]
    assert label == f"Bits by horizon: {'; '.join(bits)}"
    page.mouse.move(5, 400)
    idle(page)
    assert_dots(page, 46)
    page.mouse.click(*cell(page, 5, 5))  # again, and it is let go
    page.mouse.move(5, 400)
    idle(page)
    assert_dots(page, 0)
    assert page.locator("#curve").is_hidden()
