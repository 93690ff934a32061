"""Modules become one script, or an error names the line that cannot."""

import json

import pytest
from support.browsers import SIZE

from gridemp.web.bundle import PAGE, as_data, bundle

MODULES = {
    "main.js": """\
// The entry.
import { area as size, Square } from "./shapes/square.js";
import {
  double,
  number,
} from "./numbers.js";

const side = await Promise.resolve(double(number));
document.title = `${size(new Square(side))} ${[..."import"].length} ${"export const"}`;
""",
    "shapes/square.js": """\
import { double } from "../numbers.js";

export class Square {
  constructor(side) {
    this.side = side;
  }
}
export const area = ({ side }) => side * side;
export async function* unused() {
  yield double(area);
}
""",
    "numbers.js": """\
const side = 3; // the same name as in main.js
export function double(x) {
  return 2 * x;
}
export const number = side;
""",
}


def write(folder, **changed):
    for name, text in {**MODULES, **changed}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


def test_modules_stand_once_and_after_those_that_they_import(tmp_path):
    text = bundle("main.js", write(tmp_path))
    names = ["// numbers.js\n", "// shapes/square.js\n", "// main.js\n"]
    assert sorted(names, key=text.index) == names
    assert all(text.count(name) == 1 for name in names)
    assert "const { area: size, Square } = module_1;" in text
    assert "return { Square, area, unused };" in text


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('import square from "./numbers.js";', "this import"),
        ('import * as all from "./numbers.js";', "this import"),
        ('import "./numbers.js";', "this import"),
        ('import { double } from "numbers";', "this import"),
        ('import words from "./en.json" with { type: "json" };', "this import"),
        ('const later = import("./numbers.js");', "this import"),
        ("const here = import.meta.url;", "this import"),
        ("export default 3;", "this export"),
        ("export let changing = 3;", "this export"),
        ("export const { a, b } = c;", "this export"),
        ("export { double };", "this export"),
        ('export * from "./numbers.js";', "this export"),
        ('import { triple } from "./numbers.js";', "numbers.js does not export triple"),
        ('import { side } from "./numbers.js";', "numbers.js does not export side"),
        ('import { double } from "./nowhere.js";', "there is no nowhere.js"),
        ('import { a } from "./main.js";', "each other: main.js -> other.js -> main.js"),
        ('const text = "</SCRIPT>";', "</SCRIPT would end the script"),
        ('const text = "<!--";', "<!-- would end the script"),
    ],
)
def test_what_cannot_be_bundled_is_named_with_its_line(tmp_path, line, problem):
    main = 'import { three } from "./other.js";\n'
    folder = write(tmp_path, **{"main.js": main, "other.js": f"// A comment.\n\n{line}\n"})
    with pytest.raises(ValueError, match=r"other\.js, line 3: ") as error:
        bundle("main.js", folder)
    assert problem in str(error.value)


def test_data_end_no_script():
    text = as_data({"a": "</script><!-- ü"})
    assert "<" not in text
    assert json.loads(text) == {"a": "</script><!-- ü"}


@pytest.mark.parametrize("entry", ["explorer.js", "exported.js"])
def test_the_modules_of_the_page_can_be_bundled(entry):
    text = bundle(entry)
    assert f"// {entry}\n" in text
    assert len(text) > len((PAGE / entry).read_text())


@pytest.mark.ci
def test_the_script_runs_in_a_browser(browser, tmp_path):
    script = bundle("main.js", write(tmp_path))
    context = browser.new_context(viewport=SIZE, offline=True)
    page = context.new_page()
    page.set_content(f'<script type="module">{script}</script>')
    page.wait_for_function("() => document.title === '36 6 export const'")
    context.close()
