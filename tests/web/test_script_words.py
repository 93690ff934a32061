import pytest

from gridemp.web.script_words import words_of

SCRIPT = r"""// a comment with import
import { draw } from "./export.js"; /* export
import */ const quote = /["'`/]import/g, half = size / 2 / number;
const text = `import ${inner(`export ${deep}`, { key: "}" })} import \${export}`;
function draw() { return /export/.test(`}`) ? object.import : 'import \' import'; }
last = 1e5 / (a) / b;
"""


def test_words_are_found_outside_strings_and_comments():
    words = [word.text for word in words_of(SCRIPT)]
    assert words[:5] == ["import", "draw", "from", "const", "quote"]
    assert words[5:13] == ["half", "size", "number", "const", "text", "inner", "deep", "key"]
    assert words[13:19] == ["function", "draw", "return", "test", "object", "import"]
    assert words[19:] == ["last", "a", "b"]


def test_words_know_their_place():
    words = list(words_of(SCRIPT))
    assert all(SCRIPT[word.start :].startswith(word.text) for word in words)
    inside = {"draw", "inner", "deep", "key", "return", "test", "object", "import"}
    assert {word.text for word in words if not word.outermost} == inside
    assert [word.text for word in words if word.after == "."] == ["test", "import"]


@pytest.mark.parametrize("script", ["`a", "`${a}", "`${`a`"])
def test_a_template_without_its_end_is_an_error(script):
    with pytest.raises(ValueError, match="without its end"):
        list(words_of(script + "} b"))
