"""`python -m gridemp` is `gridemp`."""

from gridemp.cli.main import app

app(prog_name="gridemp")
