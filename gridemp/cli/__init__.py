"""The command line."""

from gridemp.cli.main import app

__all__ = ["app"]
