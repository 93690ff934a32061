"""Tree of an XML file, read without entities, so that a small file stays small in memory."""

from typing import NamedTuple
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from gridemp.errors import MazeError

MAX_ELEMENTS = 200_000
MAX_DEPTH = 100


class XmlTree(NamedTuple):
    """Elements of an XML file.

    Attributes
    ----------
    root : Element
        The outermost element.
    places : dict of Element to (int, int)
        Line and column of the start of each element, from 1.
    """

    root: Element
    places: dict[Element, tuple[int, int]]


def xml_tree(data: bytes) -> XmlTree:
    """Read an XML file.

    Raises
    ------
    MazeError
        If it is not XML, declares entities, or has too many elements.
    """
    builder = TreeBuilder()
    places: dict[Element, tuple[int, int]] = {}
    parser = expat.ParserCreate()
    depth = 0

    def place() -> tuple[int, int]:
        return parser.CurrentLineNumber, parser.CurrentColumnNumber + 1

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH or len(places) >= MAX_ELEMENTS:
            raise MazeError(
                f"this XML has more than {MAX_ELEMENTS:,} elements or is nested more than "
                f"{MAX_DEPTH} levels deep; gridemp does not read such files",
                *place(),
            )
        places[builder.start(tag, attributes)] = place()

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    def refuse_entity(*_: object) -> None:
        raise MazeError("XML entities are not supported; replace each by its text", *place())

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = refuse_entity
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise MazeError(f"this is not XML ({reason})", error.lineno, error.offset + 1) from None
    except (LookupError, ValueError) as error:  # of an encoding
        raise MazeError(f"this XML cannot be read ({error}); save it as UTF-8", 1, 1) from None
    return XmlTree(builder.close(), places)
