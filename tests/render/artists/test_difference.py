"""The scale of a difference."""

from dataclasses import replace

import numpy as np

from gridemp import empowerment
from gridemp.analysis.difference import difference
from gridemp.render.artists.difference import difference_limit


def test_what_the_certificate_cannot_tell_is_no_difference(klyubin):
    one = empowerment(klyubin, 2)
    other = replace(one, bits=one.bits - 1e-7, gap=np.full(100, 1e-6))
    assert difference_limit(difference(one, other)) == 1
    assert difference_limit(difference(one, empowerment(klyubin, 3))) > 0.5
