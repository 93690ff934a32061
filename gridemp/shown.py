"""The base class of results, which `print` shows as text and a notebook as a picture."""


def counted(number: int, noun: str) -> str:
    """Number with its noun, in the plural unless it is 1."""
    return f"{number} {noun}{'s' * (number != 1)}"


class Shown:
    """Result that shows itself; `gridemp.display` has the text and the picture of each kind."""

    def __str__(self) -> str:
        from gridemp.display.text import text_of

        return text_of(self)

    def _repr_png_(self) -> bytes | None:
        from gridemp.display.notebook import png_of

        return png_of(self)

    def _repr_html_(self) -> str | None:
        from gridemp.display.notebook import html_of

        return html_of(self)
