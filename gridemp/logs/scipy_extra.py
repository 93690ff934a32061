"""Check that SciPy is installed, by the functions that import it when they are called."""

from functools import cache

from gridemp.errors import import_extra


@cache
def require_scipy() -> None:
    """Raise a MissingExtra with the pip command if SciPy is not installed."""
    import_extra("scipy", "gridemp.logs", "logs")
