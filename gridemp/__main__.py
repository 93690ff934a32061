"""Entry point of `python -m gridemp`."""

from gridemp.cli import app

app(prog_name="gridemp")
