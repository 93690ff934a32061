from support.command_line import run

from gridemp.cli.estimate_options import ESTIMATORS, NULLS, EstimateOptions
from gridemp.logs import EstimateSettings, estimate_settings, resampling


def test_the_number_of_shuffles_has_a_default_of_the_command():
    assert EstimateOptions().shuffle_count(99) == 99
    assert EstimateOptions(shuffles="19").shuffle_count(99) == 19


def test_defaults_are_those_of_the_library():
    """The command line states them itself, as importing `gridemp.logs` would slow down --help."""
    typed, settings = EstimateOptions(), EstimateSettings()
    assert ESTIMATORS == estimate_settings.ESTIMATORS
    assert NULLS == resampling.NULLS
    assert (typed.estimator, typed.null) == (settings.estimator, settings.null)
    assert (typed.k, typed.seed) == (str(settings.k), str(settings.seed))
    assert typed.theiler == str(settings.theiler)
    page = " ".join(run("mi", "--help").stdout.split())
    assert f"[default: {settings.shuffles};" in page
    assert f"[default: {ESTIMATORS[0]}, or mixed if there are categories]" in page
