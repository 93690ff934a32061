"""Options that do not exist are refused."""

import subprocess
import sys

import pytest

import gridemp
from gridemp.deep import TrainingOptions


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"state": "eyes"}, "`state` must be cell or planes or pixels, not 'eyes'"),
        ({"trunk": "oak"}, "`trunk` must be separate or shared, not 'oak'"),
        (
            {"dynamics": "guessed"},
            "`dynamics` must be learned or features or given, not 'guessed'",
        ),
        ({"reward": "praise"}, "`reward` must be empowerment or negative, not 'praise'"),
        ({"sequences": "few"}, "`sequences` must be auto or listed or drawn, not 'few'"),
        ({"updates": 0}, "`updates` must be 1 or more, not 0"),
        ({"transitions": 200_000}, "`transitions` must be 100,000 or fewer, not 200,000"),
        (
            {"convolutions": 2},
            "the state cell has no convolutions; leave out `convolutions`, or set `state` to "
            "planes or pixels",
        ),
    ],
)
def test_options_that_do_not_exist_are_refused(options, sentence):
    with pytest.raises(gridemp.GridempError) as refused:
        TrainingOptions(**options)
    assert str(refused.value) == sentence


def test_options_and_results_do_not_import_torch():
    code = "import sys, gridemp; gridemp.deep.TrainingOptions, gridemp.deep.LearnedBound; "
    code += "print('torch' in sys.modules)"
    words = [sys.executable, "-c", code]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "False\n"
