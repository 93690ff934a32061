"""The scale of differences, and the signs in shades of grey."""

from dataclasses import replace

import matplotlib
import numpy as np
import pytest

from gridemp import empowerment
from gridemp.analysis.difference import difference
from gridemp.render.artists.difference import DIVERGING, DifferenceScale, is_grey, negligible_bits


def scale_of(one, other):
    apart = difference(one, other)
    return DifferenceScale.of([apart.bits], negligible_bits(apart))


def test_what_the_certificate_cannot_tell_is_no_difference(klyubin):
    one = empowerment(klyubin, 2)
    other = replace(one, bits=one.bits - 1e-7, gap=np.full(100, 1e-6))
    assert scale_of(one, other).range == (-1, 1)
    low, high = scale_of(one, empowerment(klyubin, 3)).range
    assert low == 0
    assert high > 0.5


@pytest.mark.parametrize(
    ("bits", "ends"),
    [
        ([-2.0, -0.5], (-2, 0)),
        ([0.5, 2.0], (0, 2)),
        ([-2.0, 0.5], (-2, 0.5)),
        ([np.nan, 0.0], (-1, 1)),
    ],
)
def test_equal_differences_have_equally_strong_colours_and_no_colour_is_unused(bits, ends):
    scale = DifferenceScale.of([np.array([bits])], 1e-9)
    assert scale.range == ends
    assert not scale.signs
    low, high = ends
    whole = matplotlib.colormaps[DIVERGING]
    for value in (low, 0.0, high):
        expected = whole(0.5 + 0.5 * value / max(-low, high))
        drawn = scale.cmap((value - low) / (high - low))
        np.testing.assert_allclose(drawn, expected, atol=0.02)


@pytest.mark.parametrize(("bits", "signs"), [([-1.0, 0.5], True), ([0.5, 1.0], False)])
def test_shades_of_grey_need_signs_if_there_are_both(bits, signs):
    scale = DifferenceScale.of([np.array([bits])], 1e-9, "Greys")
    assert scale.signs is signs
    if not signs:
        np.testing.assert_allclose(scale.cmap([0.0, 1.0])[:, 0], [1, 0], atol=0.02)


def test_shades_of_grey_are_told_from_colours():
    assert is_grey(matplotlib.colormaps["Greys"])
    assert is_grey(matplotlib.colormaps["gray"])
    assert not is_grey(matplotlib.colormaps[DIVERGING])
    assert not is_grey(matplotlib.colormaps["viridis"])
