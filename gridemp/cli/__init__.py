"""The command line: options are read, a map or a measure is computed, a figure or numbers written.

Each command has a file of its own in `commands`; the files here hold the parts that they share.
"""

from gridemp.cli.main import app

__all__ = ["app"]
