"""The lazy names of gridemp.render."""

import subprocess
import sys
from importlib.util import find_spec

import pytest


@pytest.mark.slow
def test_no_pyplot_is_touched():
    assert find_spec("matplotlib.pyplot") is not None
    code = (
        "import sys, gridemp; from gridemp.render import *; "
        "e = gridemp.empowerment(gridemp.World.from_maze(gridemp.load_maze('room')), 2); "
        "panels([e, e]); e._repr_html_(); print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
