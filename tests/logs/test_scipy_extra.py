"""The wing of logs without SciPy."""

import subprocess
import sys

import pytest

from gridemp.errors import pip_command

pytestmark = pytest.mark.slow

WITHOUT = "import sys; sys.modules['scipy'] = None\n"
MISSING = f"MissingExtra gridemp.logs needs scipy; {pip_command('logs')}\n"


def printed(code):
    command = [sys.executable, "-c", WITHOUT + code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "code",
    [
        "import gridemp.logs; print(callable(gridemp.logs.ksg))",
        "from gridemp.logs import *; print(callable(measure))",
        "from gridemp import *; print(logs.__name__ == 'gridemp.logs')",
        "from gridemp.render import *; print(callable(draw_learning_curve))",
        "import gridemp; print(hasattr(gridemp, 'logs'))",
        "from gridemp.logs import plug_in; print(plug_in([[0], [1]] * 50, [[0], [1]] * 50) > 1)",
    ],
)
def test_what_estimates_nothing_needs_no_scipy(code):
    assert printed(code) == "True\n"


@pytest.mark.parametrize(
    "call",
    [
        "logs.ksg(x, y)",
        "logs.frenzel_pompe(x, y, x)",
        "logs.gaussian_copula(x, y)",
        "logs.measure(windows)",
        "logs.measure(windows, logs.EstimateSettings('plugin', bins=2))",
        "list(logs.power(20))",
    ],
)
def test_estimates_without_scipy_name_the_extra(call):
    code = f"""
import numpy as np
from gridemp import MissingExtra, logs
x, y = np.random.default_rng(0).normal(size=(2, 40, 1))
trial = logs.Trial("Ada", "1", x, y, None)
windows = logs.Windows("log", (trial,), ("held",), ("moved",), (), "trial")
try:
    {call}
except MissingExtra as error:
    print(type(error).__name__, error)
"""
    assert printed(code) == MISSING
