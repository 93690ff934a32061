"""The facade: every public name, from the package or from a wing."""

import ast
import inspect
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import pytest
from support.public_names import WINGS

import gridemp

HERE = {"torch": "deep", "gymnasium": "lander"}


def installed(wing):
    return all(find_spec(package) for package, extra in HERE.items() if extra == wing)


@pytest.mark.parametrize("package", ["gridemp", *(f"gridemp.{wing}" for wing in WINGS)])
def test_every_public_name_is_there(package):
    if not installed(package.partition(".")[2]):
        pytest.skip("its extra is not installed")
    module = import_module(package)
    assert len(set(module.__all__)) == len(module.__all__) > 2
    assert set(module.__all__) <= set(dir(module))
    for name in module.__all__:
        value = getattr(module, name)
        if isinstance(value, ModuleType):
            assert name in WINGS, "a module stands where a function should"
        elif inspect.isfunction(value) or inspect.isclass(value):
            assert value.__module__.startswith("gridemp.")


def imported_for_types(module):
    """The names that a module imports for type checkers only, with where they are from."""
    tree = ast.parse(inspect.getsource(module))
    (block,) = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    return {
        alias.name: f"{node.module}.{alias.name}" if node.module == "gridemp" else node.module
        for node in block.body
        for alias in node.names
    }


@pytest.mark.parametrize("package", ["gridemp", "gridemp.render", "gridemp.lander", "gridemp.deep"])
def test_what_type_checkers_see_is_what_there_is(package):
    module = import_module(package)
    assert imported_for_types(module) == module.HOMES
    assert set(module.HOMES) == set(module.__all__)
    assert {name for name in dir(module) if not name.startswith("__")} == set(module.__all__)


@pytest.mark.parametrize("package", ["gridemp", *(f"gridemp.{wing}" for wing in WINGS)])
def test_only_public_names_are_listed(package):
    if not installed(package.partition(".")[2]):
        pytest.skip("its extra is not installed")
    module = import_module(package)
    assert {name for name in dir(module) if not name.startswith("__")} == set(module.__all__)


@pytest.mark.parametrize("package", ["gridemp.render", "gridemp.lander", "gridemp.deep"])
def test_no_name_of_a_lazy_wing_is_that_of_a_module(package):
    """Else importing the module would put it where the name should be."""
    module = import_module(package)
    taken = [name for name in module.__all__ if find_spec(f"{package}.{name}")]
    assert taken == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "code",
    [
        "from gridemp import empowerment as e",
        "import gridemp; e = gridemp.empowerment",
        "import gridemp.engine.empowerment; e = gridemp.empowerment",
        "from gridemp.engine.empowerment import empowerment as e",
    ],
)
def test_empowerment_is_the_function(code):
    probe = f"{code}; print(callable(e), e.__name__)"
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert result.stdout == "True empowerment\n"


def test_there_is_no_module_of_that_name():
    assert find_spec("gridemp.empowerment") is None


def test_an_unknown_attribute_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'hetmap'"):
        gridemp.hetmap  # noqa: B018
    with pytest.raises(AttributeError, match=r"'gridemp\.render' has no attribute 'hetmap'"):
        gridemp.render.hetmap  # noqa: B018
