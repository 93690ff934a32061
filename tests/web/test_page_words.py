"""The words of the pages: the same in every language, and none of them in the scripts."""

import re

import pytest

from gridemp.mazes.bundled import bundled_mazes, description
from gridemp.web.bundle import PAGE
from gridemp.web.lessons import bundled_lessons
from gridemp.web.page_words import words, words_of

TRANSLATED = ("mazes", "lessons")  # parts whose English stands in the mazes and the lessons
OTHERS = ("de", "fr")
FORMS = {"one", "many", "other"}  # of the plural rules of these languages
PLACEHOLDER = re.compile(r"\{\w+\}")
TEXT = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
COMMENT = re.compile(r"(^|\s)//.*$", re.MULTILINE)
# Strings of several words that nobody reads: errors of programs, selectors, names of fonts, marks.
UNREAD = re.compile(r"Error\($|Selector(All)?\($|closest\??\.?\($|mark\($")


def flat(part, before=""):
    """The words of a part by dotted key; those with several forms stay together."""
    found = {}
    for key, value in part.items():
        nested = isinstance(value, dict) and not is_plural(value)
        found |= flat(value, f"{before}{key}.") if nested else {f"{before}{key}": value}
    return found


def is_plural(value):
    return isinstance(value, dict) and "other" in value and set(value) <= FORMS


def forms(value):
    return list(value.values()) if is_plural(value) else [value]


def english():
    return flat(words()["en"])


def numbers(text):
    return sorted(re.findall(r"\d+(?:[.,]\d+)?", text.replace(",", ".")))


def lesson_texts():
    """The English of the lessons by the keys of their translations."""
    texts = {}
    for lesson in bundled_lessons():
        name = lesson["name"]
        texts |= {f"{name}.title": lesson["title"], f"{name}.summary": lesson["summary"]}
        for i, step in enumerate(lesson["steps"], 1):
            own = {"text": step["text"], "hint": step.get("hint")}
            own |= {f"choices.{j}": text for j, text in enumerate(step.get("choices", []), 1)}
            texts |= {f"{name}.steps.{i}.{part}": text for part, text in own.items() if text}
    return texts


def read(pattern):
    """The text of each file of the page by its path."""
    paths = [path for path in PAGE.rglob(pattern) if path.is_file()]
    return {path.relative_to(PAGE).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def scripts():
    return {path: COMMENT.sub("", text) for path, text in read("*.js").items()}


def test_all_languages_of_the_page_have_words():
    names = re.search(r"LANGUAGES = \{(.*?)\}", scripts()["words.js"]).group(1)
    assert set(re.findall(r"(\w+):", names)) == set(words()) == {"en", *OTHERS}


@pytest.mark.parametrize("language", OTHERS)
def test_languages_have_the_same_keys_placeholders_and_forms(language):
    own = flat({key: part for key, part in words()[language].items() if key not in TRANSLATED})
    assert own.keys() == english().keys()
    for key, value in english().items():
        assert is_plural(own[key]) == is_plural(value), key
        due = set(PLACEHOLDER.findall(forms(value)[-1]))
        for form in forms(own[key]):
            found = set(PLACEHOLDER.findall(form))
            assert found == due or (is_plural(value) and found | {"{count}"} == due), key
        if is_plural(value):
            assert {"one", "other"} <= set(own[key]) <= FORMS, key


def test_english_forms_are_those_of_english():
    for key, value in english().items():
        assert not is_plural(value) or set(value) == {"one", "other"}, key


@pytest.mark.parametrize("language", OTHERS)
def test_mazes_and_lessons_are_translated_with_their_numbers(language):
    mazes, lessons = (words()[language][part] for part in TRANSLATED)
    assert mazes.keys() == bundled_mazes().keys()
    for name, path in bundled_mazes().items():
        if not description(path).startswith("a building"):  # "sixty cells wide" in all languages
            assert numbers(mazes[name]) == numbers(description(path)), name
    translated = flat(lessons)
    assert translated.keys() == lesson_texts().keys()
    for key, text in lesson_texts().items():
        assert numbers(translated[key]) == numbers(text), key


@pytest.mark.parametrize("language", OTHERS)
def test_texts_are_translated_and_written_as_the_language_writes_them(language):
    own = flat(words()[language])
    several = re.compile("[a-z]{2,} [a-z]{2,}")
    longer = [key for key, value in english().items() if several.search(forms(value)[-1])]
    assert [key for key in longer if own[key] == english()[key]] == []
    for key, value in own.items():
        for form in forms(value):
            assert not re.search(r"\d\.\d", form), key  # decimal commas
            assert "  " not in form, key
            assert not re.search(r"""(?<!\w)["']|["'](?!\w)""", form), key
            if language == "fr":
                assert not re.search(r"[^\u00a0 ][;!?](?!\w)| [:;!?»]|« ", form), key


def said():
    """Keys in the documents."""
    documents = "".join(read("*.html").values())
    helped = re.findall(r'data-help="(\w+)"', documents)
    keys = re.findall(r'data-say(?:-\w+)?="([\w.]+)"', documents)
    return {*keys, *(f"help_on.{each}" for each in helped)}


def test_keys_in_documents_exist_and_no_words_are_left_over():
    assert said() - english().keys() == set()
    strings = re.findall(r"""["`]([a-z_]+\.[\w.$]*)""", "".join(scripts().values()))
    begun = {*said(), "refusals.", *(each.partition("$")[0] for each in strings)}
    assert [key for key in english() if not any(key.startswith(each) for each in begun)] == []


def test_a_page_gets_the_parts_that_it_needs():
    parts = words_of(["cell", "peak"])
    assert parts.keys() == words().keys()
    assert parts["de"] == {part: words()["de"][part] for part in ("cell", "peak")}


def test_no_words_stand_in_the_scripts():
    found = []
    for name, text in scripts().items():
        for match in TEXT.finditer(text):
            string = re.sub(r"\$\{[^}]*\}", "#", match[1] or match[2] or "")
            several = re.search(r"[A-Za-z]{2,},? [A-Za-z]{2,}", string)
            if several and not UNREAD.search(text[: match.start()]) and "sans-serif" not in string:
                found.append((name, string))
    assert found == []
