from support.command_line import run

from gridemp.cli.log_options import EstimateOptions
from gridemp.logs import EstimateSettings


def test_defaults_are_those_of_the_library():
    """The command line states them itself, as importing `gridemp.logs` would slow down --help."""
    typed, settings = EstimateOptions(), EstimateSettings()
    assert (typed.estimator, typed.null) == (settings.estimator, settings.null)
    assert (typed.k, typed.seed) == (str(settings.k), str(settings.seed))
    assert f"[default: {settings.shuffles};" in " ".join(run("mi", "--help").stdout.split())
