"""The rules of axe-core, the engine that most tools for accessible pages use."""

from support.browsers import painted

MOTIONLESS = "* { transition: none !important; }"  # a colour on its way has too little contrast
COLOURS = ("color-contrast", "link-in-text-block")  # rules that look at colours
# Looks in which a page has other colours, besides the one that it has at first
LOOKS = {"dark": {"color_scheme": "dark"}, "forced": {"forced_colors": "active"}}
PREPARE = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets.push(sheet);
}"""
BROKEN = """async (rules) => {
  const only = rules.length ? { runOnly: rules } : {};
  const { violations } = await axe.run({ ...only, resultTypes: ["violations"] });
  return Object.fromEntries(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]));
}"""


def violations(page, rules=()):
    """The rules, of these or of all, that a page breaks, each with the elements that break it."""
    from axe_playwright_python.base import AXE_SCRIPT

    if page.evaluate("() => !window.axe"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(PREPARE, MOTIONLESS)
    return page.evaluate(BROKEN, list(rules))


def assert_accessible(page):
    """Raise unless a page breaks no rule."""
    found = violations(page)
    assert not found, found


def assert_colours_accessible(page):
    """Raise unless a page breaks no rule about colours, in any look that has others."""
    for name, look in LOOKS.items():
        page.emulate_media(**look)
        painted(page)
        found = violations(page, COLOURS)
        assert not found, (name, found)
        page.emulate_media(**dict.fromkeys(look, "null"))
