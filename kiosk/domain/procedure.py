"""What a procedure is: a small tree of frozen values, the same for authored and official content.

Everything that a person can read or hear stands in a `Paragraph`, a title or a label of this tree; how a
visit walks it is `guide.py`, what is left at the end is `sheet.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from kiosk.domain.dating import PartialDate, months_between

ProcedureId = NewType("ProcedureId", str)

STALE_AFTER_MONTHS = 12
"""A procedure whose oldest fact is older than this says so on its first page."""


class Confidence(StrEnum):
    """How sure a fact is: H is shown as it stands, M with its date and "to be checked"."""

    HIGH = "H"
    MEDIUM = "M"


class Way(StrEnum):
    """The ways to do a procedure. The first two are always offered: that is why the kiosk exists."""

    WITHOUT_INTERNET = "without_internet"
    WITH_INTERNET = "with_internet"
    WITH_SOMEONE = "with_someone"


class CalloutKind(StrEnum):
    """What a boxed text is for."""

    TIP = "tip"
    WARNING = "warning"
    INFO = "info"


class ListRole(StrEnum):
    """What a list is: papers can be ticked and go to the sheet."""

    PAPERS = "papers"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact comes from and when that source was dated."""

    source: str
    dated: PartialDate
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text, a sentence or two. `when` keeps it for those who chose one of these answers."""

    text: str
    evidence: Evidence | None = None
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list; in a list of papers, something to bring."""

    id: str
    name: str
    details: tuple[Paragraph, ...] = ()
    evidence: Evidence | None = None
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of items; the role `papers` makes them tickable."""

    role: ListRole
    items: tuple[Item, ...]
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed text: a tip, a warning, something good to know."""

    kind: CalloutKind
    lines: tuple[Paragraph, ...]
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A service to go to or call; which office that is depends on where the kiosk stands (`place.py`)."""

    service: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnlineService:
    """A website where the procedure, or a part of it, is done."""

    title: str
    url: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A paper form, with its Cerfa number when it has one."""

    title: str
    number: str = ""
    url: str = ""
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """Text that depends on the way chosen. Without `with_someone`, the person who helps follows the internet way."""

    with_internet: tuple[Paragraph, ...]
    without_internet: tuple[Paragraph, ...]
    with_someone: tuple[Paragraph, ...] = ()
    when: tuple[str, ...] = ()

    def lines(self, way: Way) -> tuple[Paragraph, ...]:
        """Return the lines for one way."""
        match way:
            case Way.WITH_INTERNET:
                return self.with_internet
            case Way.WITHOUT_INTERNET:
                return self.without_internet
            case Way.WITH_SOMEONE:
                return self.with_someone or self.with_internet


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question and what follows for those who give it."""

    id: str
    label: str
    icon: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One decision. `key` is what is remembered: two questions with one key are asked once."""

    key: str
    prompt: str
    choices: tuple[Choice, ...]
    help: tuple[Paragraph, ...] = ()
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. A question inside is common: what follows it belongs to every answer."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    icon: str = ""
    stuck: tuple[Paragraph, ...] = ()
    when: tuple[str, ...] = ()


Block = Paragraph | ItemList | Callout | PlaceRef | OnlineService | Form | Ways | Question | Step


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as a resident needs it, with the facts that say how current it is."""

    id: ProcedureId
    theme: str
    title: str
    source: str
    checked_on: PartialDate
    summary: tuple[Paragraph, ...]
    audience: tuple[Paragraph, ...]
    cost: tuple[Paragraph, ...]
    duration: tuple[Paragraph, ...]
    ways: Ways
    blocks: tuple[Block, ...]
    common_mistakes: tuple[Paragraph, ...] = ()
    everyday_names: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    icon: str = ""
    popular: bool = False

    def is_stale(self, today: dt.date) -> bool:
        """Tell whether the oldest fact is over twelve months old and the first page must say so."""
        return months_between(self.checked_on.earliest(), today) >= STALE_AFTER_MONTHS


def children(block: Block) -> tuple[Block, ...]:
    """Return the blocks directly inside one block, in reading order, whatever the answers."""
    match block:
        case Step():
            return block.blocks + block.stuck
        case Question():
            inside = tuple(inner for choice in block.choices for inner in choice.blocks)
            return block.help + inside
        case Callout():
            return block.lines
        case Ways():
            return block.with_internet + block.without_internet + block.with_someone
        case ItemList():
            return tuple(detail for item in block.items for detail in item.details)
        case _:
            return ()


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block of a tree, parents first, whatever the answers."""
    for block in blocks:
        yield block
        yield from walk(children(block))


def all_blocks(procedure: Procedure) -> Iterator[Block]:
    """Yield every block of a procedure, the lines of its first page and of its sheet included."""
    yield from walk(procedure.summary + procedure.audience + procedure.cost + procedure.duration)
    yield from walk((procedure.ways,))
    yield from walk(procedure.blocks)
    yield from walk(procedure.common_mistakes)


def evidences(procedure: Procedure) -> Iterator[Evidence]:
    """Yield the evidence of every fact in a procedure."""
    for block in all_blocks(procedure):
        if isinstance(block, Paragraph) and block.evidence:
            yield block.evidence
        if isinstance(block, ItemList):
            yield from (item.evidence for item in block.items if item.evidence)


def display_texts(procedure: Procedure) -> Iterator[str]:
    """Yield every text of a procedure that some page must show: what the reachability property counts."""
    yield procedure.title
    for block in all_blocks(procedure):
        match block:
            case Paragraph():
                yield block.text
            case Step():
                yield block.title
            case Question():
                yield block.prompt
                yield from (choice.label for choice in block.choices)
            case ItemList():
                yield from (item.name for item in block.items)
            case OnlineService() | Form():
                yield block.title
            case _:
                pass
