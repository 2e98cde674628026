"""What a procedure is: a small tree of frozen values, the same for authored and official content.

Everything that a person can read or hear stands in a `Paragraph`, a title or a label of this tree; how a
visit walks it is `guide.py`, what is left at the end is `sheet.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
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


class Kind(StrEnum):
    """What a procedure of the library is: ours, or which sort of official page."""

    AUTHORED = "authored"
    SHEET = "sheet"
    GUIDED = "guided"
    DOSSIER = "dossier"
    THEME = "theme"
    SERVICE = "service"


class CalloutKind(StrEnum):
    """What a boxed text is for."""

    TIP = "tip"
    WARNING = "warning"
    INFO = "info"
    NOTE = "note"
    REMINDER = "reminder"
    EXAMPLE = "example"


class ListRole(StrEnum):
    """What a list is: papers can be ticked and go to the sheet."""

    PAPERS = "papers"
    PLAIN = "plain"
    NUMBERED = "numbered"


class RoleSource(StrEnum):
    """What tells that a list is one of papers, the surest first. A list known by its lead-in alone stays plain."""

    AUTHOR = "author"
    MARKUP = "markup"
    TITLE = "title"
    LEAD_IN = "lead-in"


class StepRole(StrEnum):
    """What a step tells about, when its title or its markup says so."""

    PAPERS = "papers"
    COST = "cost"
    DELAY = "delay"
    PLAIN = "plain"


class QuestionKind(StrEnum):
    """What a question asks; it gives the words of the question when it has none of its own.

    `way`: how to do it; `territory`: where one lives; `outcome`: what happens later, which nobody is asked.
    """

    SITUATION = "situation"
    WAY = "way"
    TERRITORY = "territory"
    OUTCOME = "outcome"


class MarkKind(StrEnum):
    """What a part of a paragraph is, beside its words."""

    STRONG = "strong"
    TERM = "term"
    AMOUNT = "amount"
    QUOTE = "quote"
    FOREIGN = "foreign"
    BLANK = "blank"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    SHEET = "sheet"
    DEFINITION = "definition"
    WEB = "web"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact comes from and when that source was dated."""

    source: str
    dated: PartialDate
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a paragraph's text, from `start` to before `end`, with what it points at.

    `target` is an official id for a sheet, the id of an entry of the glossary for a definition, an address for
    the web. A mark of no length is a jump whose words are the title of its target.
    """

    kind: MarkKind
    start: int
    end: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text, a sentence or two. `when` keeps it for those who chose one of these answers."""

    text: str
    evidence: Evidence | None = None
    when: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list; in a list of papers, something to bring."""

    id: str
    name: str
    details: tuple[Block, ...] = ()
    evidence: Evidence | None = None
    when: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of items; the role `papers` makes them tickable, `role_source` says how sure that is."""

    role: ListRole
    items: tuple[Item, ...]
    when: tuple[str, ...] = ()
    role_source: RoleSource = RoleSource.AUTHOR


@dataclass(frozen=True, slots=True)
class Callout:
    """A boxed text: a tip, a warning, something good to know. Official ones have a title of their own."""

    kind: CalloutKind
    blocks: tuple[Block, ...]
    when: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group on one page: a way to reach an office, a floating title, a part kept for a condition."""

    title: str
    blocks: tuple[Block, ...] = ()
    when: tuple[str, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; spans count in columns and rows."""

    blocks: tuple[Block, ...] = ()
    columns: int = 1
    rows: int = 1
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `is_header` when it names the columns."""

    cells: tuple[Cell, ...]
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. On the terminal it is read row by row, each cell after the name of its column."""

    rows: tuple[Row, ...]
    title: str = ""
    summary: str = ""
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A service to go to or call; which office that is depends on where the kiosk stands (`place.py`)."""

    service: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to turn to, in the words of an official sheet.

    `pivot` is the key of the administration directory (PivotLocal): the kiosk finds the office with it. `provider`
    is who answers for the site; `blocks` hold what the sheet itself says: phone, hours, address.
    """

    id: str
    title: str
    pivot: str = ""
    complement: str = ""
    kind: str = ""
    urls: tuple[str, ...] = ()
    provider: str = ""
    blocks: tuple[Block, ...] = ()
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnlineService:
    """A website where the procedure, or a part of it, is done. `id` is its official page (R…)."""

    title: str
    url: str
    when: tuple[str, ...] = ()
    id: str = ""
    kind: str = ""
    provider: str = ""
    blocks: tuple[Block, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A paper form or a letter to copy, with its Cerfa number when it has one. `id` is its official page (R…)."""

    title: str
    number: str = ""
    url: str = ""
    when: tuple[str, ...] = ()
    id: str = ""
    kind: str = ""
    other_number: str = ""
    provider: str = ""
    blocks: tuple[Block, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A text of law, or a page for more: what the official sheet rests on."""

    title: str
    url: str = ""
    kind: str = ""
    provider: str = ""
    complement: str = ""
    blocks: tuple[Block, ...] = ()
    when: tuple[str, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A way to another procedure of the library: the end of a guided search, an entry of a dossier.

    Without a title, the title of the target serves.
    """

    target: str
    title: str = ""
    kind: str = ""
    blocks: tuple[Block, ...] = ()
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of the official site that the terminal does not hold: its words stand for it."""

    image: str
    alternative: str = ""
    legend: str = ""
    credits: str = ""
    description: str = ""
    blocks: tuple[Block, ...] = ()
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """An element that no version known to us had: kept, shown as its text, counted."""

    name: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
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
    """One answer to a question and what follows for those who give it.

    `way` is set when the answer is one of the ways to do it. `sets` and `clears` name the conditions that
    choosing it makes true or false (`condition.py`). `recap` is the answer as a sentence, when the source has one.
    """

    id: str
    label: str
    icon: str = ""
    blocks: tuple[Block, ...] = ()
    way: Way | None = None
    condition: str = ""
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    recap: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One decision. `key` is what is remembered: two questions with one key are asked once."""

    key: str
    prompt: str
    choices: tuple[Choice, ...]
    help: tuple[Block, ...] = ()
    when: tuple[str, ...] = ()
    kind: QuestionKind = QuestionKind.SITUATION


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. A question inside is common: what follows it belongs to every answer."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    icon: str = ""
    stuck: tuple[Paragraph, ...] = ()
    when: tuple[str, ...] = ()
    role: StepRole = StepRole.PLAIN
    condition: str = ""
    other_title: str = ""


Block = (
    Paragraph | ItemList | Callout | Section | Table | PlaceRef | Contact | OnlineService | Form | Reference
    | SheetLink | Figure | Unknown | Ways | Question | Step
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Definition:
    """A word that a sheet explains, or an abbreviation that it writes out."""

    id: str
    term: str
    blocks: tuple[Block, ...] = ()
    kind: str = "definition"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as a resident needs it, with the facts that say how current it is.

    Official ones also hold what their page says around the procedure: `notices` (first), sheet-wide `services` and
    `contacts`, `references`, `see_also`, the words explained (`glossary`), where they stand in the official menu
    (`breadcrumb`, and `navigation`, which is kept and never shown) and what their file says of itself (`metadata`,
    and `attributes` that have no meaning of their own here).
    """

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
    kind: Kind = Kind.AUTHORED
    public: str = "particuliers"
    description: str = ""
    notices: tuple[Block, ...] = ()
    services: tuple[Block, ...] = ()
    contacts: tuple[Block, ...] = ()
    references: tuple[Block, ...] = ()
    see_also: tuple[SheetLink, ...] = ()
    glossary: tuple[Definition, ...] = ()
    breadcrumb: tuple[SheetLink, ...] = ()
    navigation: tuple[Block, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    attributes: tuple[str, ...] = ()

    @property
    def is_official(self) -> bool:
        """Tell whether the words are those of the official library."""
        return self.kind is not Kind.AUTHORED

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
        case Ways():
            return block.with_internet + block.without_internet + block.with_someone
        case ItemList():
            return tuple(detail for item in block.items for detail in item.details)
        case Table():
            return tuple(inner for row in block.rows for cell in row.cells for inner in cell.blocks)
        case Paragraph() | PlaceRef():
            return ()
        case _:
            return block.blocks


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield every block of a tree, parents first, whatever the answers."""
    for block in blocks:
        yield block
        yield from walk(children(block))


def all_blocks(procedure: Procedure) -> Iterator[Block]:
    """Yield every block of a procedure that a person can meet, the first page, the sheet and the glossary included."""
    yield from walk(procedure.notices)
    yield from walk(procedure.summary + procedure.audience + procedure.cost + procedure.duration)
    yield from walk((procedure.ways,))
    yield from walk(procedure.blocks)
    yield from walk(procedure.common_mistakes)
    yield from walk(procedure.services + procedure.contacts + procedure.references + procedure.see_also)
    for definition in procedure.glossary:
        yield from walk(definition.blocks)


def evidences(procedure: Procedure) -> Iterator[Evidence]:
    """Yield the evidence of every fact in a procedure."""
    for block in all_blocks(procedure):
        if isinstance(block, Paragraph) and block.evidence:
            yield block.evidence
        if isinstance(block, ItemList):
            yield from (item.evidence for item in block.items if item.evidence)


def own_texts(block: Block) -> Iterator[str]:
    """Yield the words that stand on a block itself, in reading order; those inside it are its children's."""
    match block:
        case Paragraph():
            yield block.text
        case Step():
            yield from (block.title, block.other_title)
        case Question():
            yield block.prompt
            for choice in block.choices:
                yield from (choice.label, choice.recap)
        case ItemList():
            yield from (item.name for item in block.items)
        case Table():
            yield from (block.title, block.summary)
        case Contact():
            yield from (block.title, block.complement, block.provider)
        case OnlineService() | Form():
            yield from (block.title, block.provider)
        case Reference():
            yield from (block.title, block.complement, block.provider)
        case Figure():
            yield from (block.alternative, block.legend, block.credits, block.description)
        case Callout() | Section() | SheetLink():
            yield block.title
        case Unknown():
            yield block.text
        case PlaceRef() | Ways():
            pass


def display_texts(procedure: Procedure) -> Iterator[str]:
    """Yield every text of a procedure that some page must show: what the reachability property counts."""
    yield procedure.title
    for block in all_blocks(procedure):
        yield from (text for text in own_texts(block) if text)
    yield from (definition.term for definition in procedure.glossary)


def word_count(blocks: Iterable[Block]) -> int:
    """Return the number of words of all these blocks, whatever the answers."""
    return sum(len(text.split()) for block in walk(tuple(blocks)) for text in own_texts(block))
