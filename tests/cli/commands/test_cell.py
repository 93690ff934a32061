"""`gridemp cell`: what it refuses."""

import re

from support.explorers import run


def test_nothing_is_said_before_it_is_refused():
    refused = run("cell", "room", "0", "0", "--horizon=15", "--slip=0.1")
    assert re.fullmatch(r"gridemp: the noisy channel .*\n", refused.stderr)
