"""The examples in docstrings print what they say."""

import doctest
import sys
from importlib import import_module
from pathlib import Path

import pytest
from support.extras import required

import gridemp

FOLDER = Path(gridemp.__file__).parent
MODULES = [
    ".".join(path.relative_to(FOLDER.parent).with_suffix("").parts)
    for path in sorted(FOLDER.rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]
EXTRAS = {
    "conditions": "Box2D",
    "deep": "torch",
    "explore": "anywidget",
    "environments": "gymnasium",
    "flight": "Box2D",
    "lander": "Box2D",
    "lander_conditions": "Box2D",
    "lander_curve": "Box2D",
    "lander_map": "Box2D",
    "learned_bound": "torch",
    "maker": "minigrid",  # of worlds of environments
    "minigrid": "minigrid",
    "phase": "zarr",  # of a figure
    "sweeps": "zarr",
}


def test_there_are_examples():
    assert len(MODULES) > 30


@pytest.mark.slow
@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name, folder):
    for part in name.split("."):
        if part in EXTRAS:
            required(EXTRAS[part])
    import_module(name)
    failed, tried = doctest.testmod(sys.modules[name])
    assert tried > 0
    assert failed == 0


def test_an_example_that_is_wrong_is_found(monkeypatch, capsys):
    module = sys.modules["gridemp"]
    monkeypatch.setattr(module, "__doc__", ">>> 1 + 1\n3\n")
    assert doctest.testmod(module).failed == 1
