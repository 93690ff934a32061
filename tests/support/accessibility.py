"""The rules of axe-core, the engine that most tools for accessible pages use."""

MOTIONLESS = "* { transition: none !important; }"  # a colour on its way has too little contrast


def violations(page):
    """The rules of axe-core that a page breaks, each with the elements that break it."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(
        """(style) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(style);
          document.adoptedStyleSheets.push(sheet);
        }""",
        MOTIONLESS,
    )
    found = Axe().run(page).response["violations"]
    return {rule["id"]: [node["html"] for node in rule["nodes"]] for rule in found}


def assert_accessible(page):
    """Raise unless a page breaks no rule."""
    found = violations(page)
    assert not found, found
