"""The command line: it reads options, computes a map or a measure, and writes a figure or numbers.

Each command has a file of its own in `commands`; the files here hold the parts that they share.
"""

from gridemp.cli.main import app

__all__ = ["app"]
