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


def test_what_estimates_nothing_needs_no_scipy():
    statements = [
        "import gridemp.logs; print(callable(gridemp.logs.ksg))",
        "from gridemp.logs import *; print(callable(measure))",
        "from gridemp import *; print(logs.__name__ == 'gridemp.logs')",
        "from gridemp.render import *; print(callable(draw_learning_curve))",
        "import gridemp; print(hasattr(gridemp, 'logs'))",
        "from gridemp.logs import plug_in; print(plug_in([[0], [1]] * 50, [[0], [1]] * 50) > 1)",
    ]
    code = "\n".join(f"exec({statement!r}, {{}})" for statement in statements)
    assert printed(code).splitlines() == ["True"] * len(statements)


def test_estimates_without_scipy_name_the_extra():
    calls = [
        "logs.ksg(x, y)",
        "logs.frenzel_pompe(x, y, x)",
        "logs.gaussian_copula(x, y)",
        "logs.measure(windows)",
        "logs.measure(windows, logs.EstimateSettings('plugin', bins=2))",
        "list(logs.power(20))",
    ]
    code = f"""
import numpy as np
from gridemp import MissingExtra, logs
x, y = np.random.default_rng(0).normal(size=(2, 40, 1))
trial = logs.Trial("Ada", "1", x, y, None)
windows = logs.Windows("log", (trial,), ("held",), ("moved",), (), "trial")
for call in {calls}:
    try:
        exec(call)
    except MissingExtra as error:
        print(type(error).__name__, error)
"""
    assert printed(code) == MISSING * len(calls)
