"""Public functions and classes describe their arguments and results, and have an example.

The examples themselves are run by test_examples.py.
"""

import importlib
import inspect
import re

import pytest
from support.extras import required
from support.public_names import WINGS

required("numpydoc")
from numpydoc.docscrape import ClassDoc, FunctionDoc  # noqa: E402

# Exceptions that take a message, as all exceptions do.
MESSAGES = {
    "GridempError",
    "HorizonTooLarge",
    "MissingExtra",
    "MazeWarning",
    "ConvergenceWarning",
    "EstimateWarning",
}


def public_names():
    """Dotted names of the public functions and classes."""
    names = [f"gridemp.{name}" for name in importlib.import_module("gridemp").__all__]
    names += [
        f"gridemp.{wing}.{name}"
        for wing in WINGS
        for name in importlib.import_module(f"gridemp.{wing}").__all__
    ]
    constants = {
        "gridemp.agents.POLICIES",
        "gridemp.analysis.CENTRALITIES",
        "gridemp.analysis.MEASURES",
        "gridemp.deep.ESTIMATORS",
        "gridemp.logs.PREVIOUS",
    }
    return sorted(set(names) - {f"gridemp.{wing}" for wing in WINGS} - constants)


def found(name):
    """The function, class or method of a dotted name."""
    if name == "gridemp.deep.train":
        pytest.importorskip("torch")
    parts = name.split(".")
    module = "gridemp" if parts[1] not in WINGS else ".".join(parts[:2])
    value = importlib.import_module(module)
    for part in parts[module.count(".") + 1 :]:
        value = getattr(value, part)
    return value


def arguments_of(value):
    """Names of the arguments of a function or a class, with the stars of the last ones."""
    stars = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    parameters = inspect.signature(value).parameters.values()
    return [stars.get(one.kind, "") + one.name for one in parameters if one.name != "self"]


def attributes_of(value):
    """Names of the attributes of a class, also of those that only its instances have."""
    set_in_methods = re.findall(r"\bself\.(\w+)", inspect.getsource(value))
    return {*dir(value), *inspect.get_annotations(value), *set_in_methods}


def described(entries):
    """Names in a section such as Parameters, where one entry may describe several."""
    assert all(entry.desc for entry in entries if entry.name != "...")
    return [name for entry in entries for name in entry.name.split(", ")]


def returns(value):
    """True if a function returns something or yields."""
    return inspect.signature(value).return_annotation not in (None, "None")


def check(value, *, example=True):
    """Raise an AssertionError unless a function, method or class is described in full."""
    is_class = inspect.isclass(value)
    doc = ClassDoc(value) if is_class else FunctionDoc(value)
    names = described(doc["Parameters"])
    if is_class and value.__name__ not in MESSAGES:  # a record has its arguments as attributes
        own = described([entry for entry in doc["Attributes"] if entry.desc])
        assert set(arguments_of(value)) <= {*names, *own}
        assert set(names) <= set(arguments_of(value))
        assert set(own) <= {*arguments_of(value), *attributes_of(value)}
    elif not is_class:
        assert names == arguments_of(value)
        if returns(value):
            assert described([*doc["Returns"], *doc["Yields"]])
            assert all(entry.desc for entry in [*doc["Returns"], *doc["Yields"]])
    assert doc["Summary"]
    if example:
        assert any(line.startswith(">>>") for line in doc["Examples"])


NAMES = public_names()


def test_there_are_names():
    assert len(NAMES) > 110


@pytest.mark.parametrize("name", NAMES)
def test_arguments_results_and_an_example_are_described(name):
    value = found(name)
    if value.__name__ == "EmpowermentMaps":  # a list, which takes what lists take
        assert issubclass(value, list)
        return
    check(value)


@pytest.mark.parametrize("name", NAMES)
def test_arguments_and_results_of_methods_are_described(name):
    value = found(name)
    if not inspect.isclass(value):
        return
    for method in dir(value):
        function = inspect.getattr_static(value, method)
        if not method.startswith("_"):
            if inspect.isfunction(function):
                check(function, example=False)
            elif isinstance(function, classmethod):
                check(getattr(value, method), example=False)


def good(x, *, k=3, **options) -> float:
    """Sum.

    Parameters
    ----------
    x : float
        Number.
    k : int
        Number of neighbours.
    **options
        Others.

    Returns
    -------
    float
        The sum.

    Examples
    --------
    >>> 1 + 1
    2
    """


@pytest.mark.parametrize(
    "gone",
    [
        "    k : int\n        Number of neighbours.\n",
        "    **options\n        Others.\n",
        "        The sum.\n",
        "    Returns\n    -------\n    float\n        The sum.\n",
        "    >>> 1 + 1\n    2\n",
        "        Number.\n",
    ],
)
def test_what_is_missing_is_found(gone):
    check(good)

    def bad(x, *, k=3, **options) -> float: ...

    assert gone in good.__doc__
    bad.__doc__ = good.__doc__.replace(gone, "")
    with pytest.raises(AssertionError):
        check(bad)


class Good:
    """Pair.

    Parameters
    ----------
    first : float
        Number.

    Attributes
    ----------
    second : float
        Another number.
    """

    def __init__(self, first):
        self.second = first


@pytest.mark.parametrize("name", ["first", "second"])
def test_what_a_class_does_not_have_is_found(name, monkeypatch):
    check(Good, example=False)
    monkeypatch.setattr(Good, "__doc__", Good.__doc__.replace(f"{name} :", "third :"))
    with pytest.raises(AssertionError):
        check(Good, example=False)
