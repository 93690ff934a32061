"""Packages that a few tests need and that only CI has to have."""

import os
import warnings
from importlib import import_module

import pytest


def required(package):
    """Import a package; without it skip the tests at hand, but fail in CI."""
    if os.environ.get("GRIDEMP_CI"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as importorskip does; an error would crash Box2D
            return import_module(package)
    return pytest.importorskip(package)
