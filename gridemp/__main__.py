"""`python -m gridemp` is `gridemp`."""

from gridemp.cli import app

app(prog_name="gridemp")
