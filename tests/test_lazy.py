import sys
from types import ModuleType

import pytest

from gridemp import deep
from gridemp.errors import MissingExtra, pip_command
from gridemp.lazy import load, names_of


@pytest.fixture
def package(monkeypatch):
    """An empty package under a name of its own."""
    module = ModuleType("lazy_package")
    monkeypatch.setitem(sys.modules, "lazy_package", module)
    return module


def test_a_name_is_imported_and_kept(package):
    fraction = load("lazy_package", {"Fraction": "fractions"}, "Fraction")
    assert fraction.__module__ == "fractions"
    assert package.Fraction is fraction


def test_a_submodule_is_the_module_itself(package, monkeypatch):
    submodule = ModuleType("lazy_package.part")
    monkeypatch.setitem(sys.modules, "lazy_package.part", submodule)
    assert load("lazy_package", {"part": "lazy_package.part"}, "part") is submodule


def test_a_package_of_an_extra_that_is_missing_is_named(monkeypatch):
    monkeypatch.delitem(sys.modules, "gridemp.deep.training", raising=False)
    monkeypatch.delitem(vars(deep), "train", raising=False)
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtra) as error:
        deep.train  # noqa: B018
    assert str(error.value) == f"gridemp.deep needs torch; {pip_command('deep')}"


def test_another_missing_package_is_an_import_error(package):
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        load("lazy_package", {"Fraction": "nowhere"}, "Fraction")


def test_an_unknown_name_is_an_attribute_error(package):
    with pytest.raises(AttributeError, match="module 'lazy_package' has no attribute 'hetmap'"):
        load("lazy_package", {"heatmap": "fractions"}, "hetmap")


def test_dir_lists_public_and_special_names_only():
    attributes = {"__doc__": "", "HOMES": {}, "_private": 0, "heatmap": len}
    assert names_of(attributes, ["panels", "heatmap"]) == ["__doc__", "heatmap", "panels"]
