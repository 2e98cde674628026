"""One file of the library to a tree of plain names, within limits: hostile markup is refused, never expanded.

The names of elements and attributes lose their namespace, but those of Dublin Core, which become `dc:title`…
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache
from xml.etree.ElementTree import Element

MAX_DEPTH = 100
"""Deepest nesting read; the deepest real sheet has 17 levels."""

MAX_TEXT = 500_000
"""Most characters of one text; the longest real one has a few thousand."""

MAX_SIZE = 20_000_000
"""Most bytes of one sheet; the largest real one has half a million."""

HEAD = 1_000
"""Bytes in which real sheets declare all their namespaces."""

DROPPED = frozenset({"noNamespaceSchemaLocation", "schemaLocation"})
"""Attributes that say nothing of the sheet."""

_DUBLIN_CORE = "http://purl.org/dc/"
_NOT_UTF8 = (b"\xff\xfe", b"\xfe\xff", b"\x00", b"<\x00")


class SheetError(Exception):
    """A file cannot be read as a sheet: one line says why."""


def parse(data: bytes) -> Element:
    """Read XML; elements have plain names.

    Raises:
        SheetError: it is not XML, declares entities, or is beyond the limits.
    """
    if len(data) > MAX_SIZE:
        raise SheetError(f"it has more than {MAX_SIZE} bytes.")
    if data.startswith(_NOT_UTF8):
        raise SheetError("it is not written in UTF-8.")
    # Without a document type there are no entities to expand and nothing to fetch.
    if b"<!DOCTYPE" in data:
        raise SheetError("it declares a document type, which no official sheet does.")
    try:
        root = ET.fromstring(data)  # noqa: S314  # see above: no entity can be declared
    except ET.ParseError as error:
        raise SheetError(f"it is not well-formed XML ({error}).") from error
    except (LookupError, ValueError) as error:
        raise SheetError(f"its encoding cannot be read ({error}).") from error
    if len(data) > MAX_TEXT and any(len(text) > MAX_TEXT for text in root.itertext()):
        raise SheetError(f"one text of it has more than {MAX_TEXT} characters.")
    _check_depth(root)
    # Real sheets name Dublin Core and the schema at their root, and only the former in elements under it.
    at_root = data[:HEAD]
    is_usual = b"xmlns=" not in at_root and at_root.count(b"xmlns:") <= 2 and data.find(b"xmlns", HEAD) < 0
    for element in root if is_usual else root.iter():
        if element.tag[0] == "{":
            element.tag = local(element.tag)
    for element in (root,) if is_usual else root.iter():
        _rename_attributes(element)
    return root


def _rename_attributes(element: Element) -> None:
    for name, value in element.items():
        if name[0] == "{":
            del element.attrib[name]
            if local(name) not in DROPPED:
                element.set(local(name), value)


def _check_depth(root: Element) -> None:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise SheetError(f"its elements are nested deeper than {MAX_DEPTH}.")


@lru_cache(maxsize=1024)
def local(name: str) -> str:
    """Return a name without its namespace."""
    if name[0] != "{":
        return name
    namespace, _, own = name[1:].rpartition("}")
    return f"dc:{own}" if namespace.startswith(_DUBLIN_CORE) else own
