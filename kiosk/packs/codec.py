"""Domain values to and from the JSON that a pack holds. Tables and JSON names are described in docs/pack-format.md."""

from __future__ import annotations

from functools import cache
from typing import Any, cast, get_args

import orjson
from cattrs.preconf.orjson import OrjsonConverter, make_converter
from cattrs.strategies import configure_tagged_union

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Place
from kiosk.domain.procedure import Block, Paragraph, Procedure
from kiosk.domain.theme import Theme

_TAGS = {
    "Paragraph": "text",
    "ItemList": "list",
    "Callout": "callout",
    "Section": "section",
    "Table": "table",
    "Contact": "contact",
    "Reference": "reference",
    "SheetLink": "sheet",
    "Figure": "figure",
    "Unknown": "unknown",
    "PlaceRef": "place",
    "OnlineService": "online",
    "Form": "form",
    "Ways": "ways",
    "Question": "question",
    "Step": "step",
}


@cache
def converter() -> OrjsonConverter:
    """Build the converter: blocks carry their kind, empty fields are left out, dates are text."""
    made = make_converter(omit_if_default=True)
    made.register_unstructure_hook(PartialDate, str)
    made.register_structure_hook(PartialDate, lambda text, _: PartialDate.parse(text))
    classes = get_args(Block)
    # Recursive classes first: their hooks refer to the union, which is looked up when they run.
    configure_tagged_union(
        Block, made, tag_name="type", tag_generator=lambda cls: _TAGS[cls.__name__], default=Paragraph
    )
    assert {cls.__name__ for cls in classes} == set(_TAGS)
    return made


def dump(value: Procedure | Place | Theme) -> bytes:
    """Return the JSON of one value, in UTF-8."""
    return orjson.dumps(converter().unstructure(value))


def load_procedure(text: str | bytes, format_version: int) -> Procedure:
    """Read a procedure back, from any format version."""
    values = orjson.loads(text)
    if format_version == 1:
        values = _from_format_1(values)
    return converter().structure(values, Procedure)


def _from_format_1(value: Any) -> Any:
    """Name what boxes hold as later formats do."""
    if isinstance(value, dict):
        return {
            "blocks" if name == "lines" and value.get("type") == "callout" else name: _from_format_1(inner)
            for name, inner in value.items()
        }
    return [_from_format_1(inner) for inner in value] if isinstance(value, list) else value


def load_place(text: str) -> Place:
    """Read a place back."""
    return converter().loads(text, Place)


def load_theme(text: str) -> Theme:
    """Read a theme back.

    Raises:
        ValueError: it has no French title.
    """
    theme = converter().loads(text, Theme)
    if "fr" not in theme.titles:
        raise ValueError(f"the theme {theme.id} has no French title")
    return theme


def as_json(procedure: Procedure) -> dict[str, Any]:
    """Return a procedure as plain JSON values: every word of it once (the promise of `content show --json`)."""
    return cast(dict[str, Any], converter().unstructure(procedure))
