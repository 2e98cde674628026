# ruff: noqa: SIM905 - names are the matter here; they stay in lines
"""What the audit reads of a procedure: every string of it, told apart as words or as codes.

It walks the dataclasses by their fields, whatever they are: a string counts as words unless its field is named in
`CODES`, so a field added later shows up as invented words and is not forgotten in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any

from kiosk.domain.procedure import Item, Paragraph, Procedure

CODES = frozenset(
    """
    Procedure.id Procedure.theme Procedure.source Procedure.related Procedure.icon Procedure.public
    Procedure.attributes Evidence.source Mark.target Paragraph.when Item.id Item.when Item.condition ItemList.when
    Callout.when Section.when Section.condition Table.when PlaceRef.service PlaceRef.when
    Contact.id Contact.pivot Contact.kind Contact.urls Contact.when
    OnlineService.id OnlineService.kind OnlineService.url OnlineService.when OnlineService.condition
    Form.id Form.kind Form.url Form.number Form.other_number Form.when Form.condition
    Reference.kind Reference.url Reference.when Reference.condition
    SheetLink.target SheetLink.kind SheetLink.when Figure.image Figure.when Unknown.name Unknown.when Ways.when
    Choice.id Choice.icon Choice.condition Choice.sets Choice.clears Question.key Question.when
    Step.id Step.icon Step.when Step.condition Definition.id Definition.kind
    """.split()
)
"""Fields that hold ids, addresses, keys, kinds and conditions: nobody reads them."""

DERIVED = frozenset("Procedure.theme Procedure.icon Item.id Choice.id Question.key Step.icon Choice.icon".split())
"""Codes that the importer makes itself: they prove nothing about the attributes of the sheet."""

READING_ORDER = {
    "Step": ("title", "other_title", "blocks"),
    "Choice": ("label", "recap", "blocks"),
    "Question": ("prompt", "help", "choices"),
    "Contact": ("title", "complement", "provider", "blocks"),
    "OnlineService": ("title", "provider", "blocks"),
    "Form": ("title", "provider", "blocks"),
    "Reference": ("title", "complement", "provider", "blocks"),
    "Figure": ("alternative", "legend", "credits", "description", "blocks"),
    "Callout": ("title", "blocks"),
    "Table": ("title", "summary", "rows"),
    "Definition": ("term", "blocks"),
}
"""How the official sheets order what one value holds, where the fields do not say it; other fields follow."""

NOT_SHOWN = frozenset({"description", "breadcrumb", "navigation", "metadata", "everyday_names"})
"""Fields of a procedure that are kept, or searched, and that no page has to show."""

LEFT_OUT = str.maketrans(dict.fromkeys("\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
"""Characters without a shape of their own; with or without them, a word is the same."""

_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[\w.-]+")


def tokens(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text if text.isascii() else text.translate(LEFT_OUT))


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of a class: its name, whether its strings are codes, and codes that count."""

    name: str
    is_code: bool
    counts: bool


@lru_cache(maxsize=128)
def _plan(kind: type) -> tuple[_Field, ...]:
    first = READING_ORDER.get(kind.__name__, ())
    names = [one.name for one in fields(kind)]
    ordered = [name for name in first if name in names] + [name for name in names if name not in first]
    return tuple(
        _Field(name, (full := f"{kind.__name__}.{name}") in CODES, full in CODES and full not in DERIVED)
        for name in ordered
    )


@dataclass(slots=True)
class ModelText:
    """The strings of one procedure, in reading order.

    `words` of each of its fields, `codes`, `attributes` that were only kept (element@attribute=value), the names of
    `unknown` elements, and `pointers`: a target and the words that lead there.
    """

    words: dict[str, list[str]] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    attributes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    pointers: list[tuple[str, str]] = field(default_factory=list)


def read_model(procedure: Procedure) -> ModelText:
    """Gather every string of a procedure."""
    found = ModelText()
    for one in _plan(Procedure):
        words: list[str] = []
        value = getattr(procedure, one.name)
        if one.name == "metadata":
            # Names of elements, each with its text.
            words += [text for _, text in value]
        elif one.name == "attributes":
            found.attributes += value
        else:
            _gather(value, one, words, found)
        found.words[one.name] = words
    return found


def _gather(value: Any, one: _Field, words: list[str], found: ModelText) -> None:
    if isinstance(value, str):
        if value and not isinstance(value, Enum):
            if one.counts:
                found.codes += _NAME.findall(value) if one.name == "condition" else [value]
            elif not one.is_code:
                words.append(value)
    elif isinstance(value, tuple):
        for inner in value:
            _gather(inner, one, words, found)
    elif is_dataclass(value) and not isinstance(value, type):
        kind = type(value)
        if kind.__name__ == "Unknown":
            found.unknown.append(getattr(value, "name", ""))
        if isinstance(value, Paragraph | Item):
            text = value.text if isinstance(value, Paragraph) else value.name
            found.pointers += [(mark.target, text[mark.start : mark.end]) for mark in value.marks if mark.target]
        for inside in _plan(kind):
            inner = getattr(value, inside.name)
            if inner:
                _gather(inner, inside, words, found)


TAG = re.compile("\ue000([0-9]+)\ue001")
"""How each text of a tagged procedure ends: characters that no sheet has, around a number."""


@dataclass(slots=True)
class Tagged:
    """A procedure whose every text tells which one it is; the pages made of it show which texts they hold."""

    procedure: Procedure
    texts: list[str]


def tagged(procedure: Procedure) -> Tagged:
    """Return the procedure with a number after each text, in reading order.

    Two equal texts at two places are two: one that no answer leads to cannot hide behind the other.
    """
    texts: list[str] = []

    def mark(text: str) -> str:
        texts.append(text)
        return f"{text}\ue000{len(texts) - 1}\ue001"

    changes: dict[str, Any] = {}
    for one in _plan(Procedure):
        if one.name not in NOT_SHOWN:
            changes[one.name] = _rewrite(getattr(procedure, one.name), one, mark)
    return Tagged(replace(procedure, **changes), texts)


def _rewrite(value: Any, one: _Field, mark: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return mark(value) if value and not one.is_code and not isinstance(value, Enum) else value
    if isinstance(value, tuple):
        return tuple([_rewrite(inner, one, mark) for inner in value]) if value and not one.is_code else value
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for inside in _plan(type(value)):
            inner = getattr(value, inside.name)
            if inner and not inside.is_code and (new := _rewrite(inner, inside, mark)) is not inner:
                changes[inside.name] = new
        return replace(value, **changes) if changes else value
    return value


def numbers_in(texts: Iterable[str]) -> Iterator[int]:
    """Yield the numbers of the tagged texts that some texts of pages hold."""
    return map(int, TAG.findall("\n".join(texts)))


def field_names(kind: type) -> tuple[str, ...]:
    """Return the fields of a class of the model in reading order."""
    return tuple(one.name for one in _plan(kind))
