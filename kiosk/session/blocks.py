"""The blocks of a procedure as elements of a page: authored ones, and all that official sheets hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kiosk.domain.guide import items_for
from kiosk.domain.procedure import (
    Block,
    Callout,
    CalloutKind,
    Contact,
    Definition,
    Evidence,
    Figure,
    Form,
    Item,
    ItemList,
    ListRole,
    Mark,
    MarkKind,
    OnlineService,
    Paragraph,
    PlaceRef,
    Procedure,
    Question,
    Reference,
    Section,
    SheetLink,
    Step,
    Table,
    Unknown,
    Ways,
    walk,
)
from kiosk.session.composing import CONTENT_LANGUAGE, Composer
from kiosk.session.intents import OpenDefinition, OpenMore, OpenProcedure, TickPaper
from kiosk.session.places import PlaceDesk
from kiosk.session.tables import table_rows
from kiosk.session.views import Box, Button, ButtonKind, Element, Line, Text, TextRole, Tick, Tone

CALLOUTS = {
    CalloutKind.TIP: ("lightbulb", Tone.TIP),
    CalloutKind.WARNING: ("triangle-exclamation", Tone.WARNING),
    CalloutKind.INFO: ("circle-info", Tone.INFO),
    CalloutKind.NOTE: ("circle-info", Tone.INFO),
    CalloutKind.REMINDER: ("rotate-left", Tone.INFO),
    CalloutKind.EXAMPLE: ("lightbulb", Tone.TIP),
}

BULLET = "•\u00a0"

TitleOf = Callable[[str], str | None]
"""The title of a procedure of the library by its id; None when the library has no such procedure."""


@dataclass(slots=True)
class Pointers:
    """What the words of a page point at: words explained and other sheets, each once, in reading order."""

    definitions: dict[str, Definition] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)


class Blocks:
    """Composes blocks for one visit."""

    def __init__(
        self, make: Composer, procedure: Procedure, desk: PlaceDesk, title_of: TitleOf, chosen: tuple[str, ...]
    ) -> None:
        self.make = make
        self.procedure = procedure
        self.desk = desk
        self.title_of = title_of
        self.chosen = chosen
        self._glossary = {entry.id: entry for entry in procedure.glossary}

    # -- elements ------------------------------------------------------------------------------------------------

    def elements(self, key: str, blocks: Iterable[Block], evidences: list[Evidence | None]) -> list[Element]:
        """Compose the blocks of one page, one after the other."""
        made: list[Element] = []
        for number, block in enumerate(blocks):
            made += self.element(f"{key}.{number}", block, evidences)
        return made

    def element(self, key: str, block: Block, evidences: list[Evidence | None]) -> list[Element]:
        """Compose one block. `evidences` gathers what its facts rest on."""
        match block:
            case Paragraph():
                evidences.append(block.evidence)
                shown = self.words(block.text, block.marks)
                return [self._text(key, shown)] if shown else []
            case ItemList(role=ListRole.PAPERS):
                items = items_for(block, self.chosen)
                evidences += item_evidences(items)
                return [self._tick(item) for item in items]
            case ItemList():
                evidences += item_evidences(block.items)
                return [self._entry(f"{key}.{number}", line) for number, line in enumerate(self._item_lines(block))]
            case Callout():
                return self._callout(key, block, evidences)
            case Table():
                return self._table(key, block)
            case Section():
                title = [self._text(f"{key}.title", block.title, TextRole.HEADING)] if block.title else []
                return [*title, *self.elements(key, block.blocks, evidences)]
            case PlaceRef():
                place = self.desk.find(block.service)
                return [self.desk.box(key, place)] if place else []
            case Contact():
                return self._contact(key, block)
            case OnlineService():
                return [self._online(key, block)]
            case Form():
                return [self._form(key, block)]
            case SheetLink():
                return self._sheet_link(key, block, evidences)
            case Reference():
                return [self._reference(key, block)]
            case Figure():
                return [Box(key, "image", self.lines(key, [block]), language=self.make.language)]
            case Unknown():
                text = [self._text(f"{key}.text", block.text)] if block.text else []
                return [*text, *self.elements(key, block.blocks, evidences)]
            case Ways() | Step() | Question():
                return []

    def _text(self, key: str, text: str, role: TextRole = TextRole.BODY) -> Text:
        return self.make.text(key, text, role, CONTENT_LANGUAGE)

    def _entry(self, key: str, text: str) -> Text:
        """An entry of a list: the eye sees the bullet, the ear does not hear it."""
        return self._text(key, f"{BULLET}{text}")

    def _callout(self, key: str, block: Callout, evidences: list[Evidence | None]) -> list[Element]:
        icon, tone = CALLOUTS[block.kind]
        kept = [inner for inner in block.blocks if not inner.when or set(inner.when) & set(self.chosen)]
        evidences += [inner.evidence for inner in kept if isinstance(inner, Paragraph)]
        # An official box says what it is in a word or two, and its text goes on in the same breath.
        title = (Line(f"{key}.title", block.title, is_strong=True, language=CONTENT_LANGUAGE),) if block.title else ()
        lines = (*title, *self.lines(key, [inner for inner in kept if not _stands_alone(inner)]))
        made: list[Element] = [Box(key, icon, lines, tone=tone)] if lines else []
        return made + self.elements(f"{key}.more", [inner for inner in kept if _stands_alone(inner)], evidences)

    def _table(self, key: str, table: Table) -> list[Element]:
        made: list[Element] = [
            self._text(f"{key}.{name}", text, role)
            for name, text, role in (
                ("title", table.title, TextRole.HEADING),
                ("summary", table.summary, TextRole.NOTE),
            )
            if text
        ]
        for number, row in enumerate(table_rows(table, self._flat)):
            lines = tuple(
                Line(f"{key}.{number}.{place}", line.text, is_strong=line.is_name, language=CONTENT_LANGUAGE)
                for place, line in enumerate(row)
            )
            made.append(Box(f"{key}.{number}", "table-list", lines, language=self.make.language))
        return made

    def _contact(self, key: str, contact: Contact) -> list[Element]:
        make = self.make
        lines = self._card(key, contact, self._complement(key, contact.complement), contact.urls)
        place = self.desk.find_by_pivot(contact.pivot)
        box = Box(key, "people-group", lines, make.tr("contact.title"), language=make.language)
        return [box, *([self.desk.box(f"{key}.place", place)] if place else [])]

    @staticmethod
    def _complement(key: str, text: str) -> Line | None:
        return Line(f"{key}.complement", text, language=CONTENT_LANGUAGE) if text else None

    def _card(
        self,
        key: str,
        block: Contact | OnlineService | Form | Reference,
        below_title: Line | None,
        urls: tuple[str, ...],
    ) -> tuple[Line, ...]:
        """Make the lines of what leads elsewhere: its name, what it says itself, who answers for it, its addresses."""
        title = Line(f"{key}.title", block.title, is_strong=True, language=CONTENT_LANGUAGE)
        more = [below_title] if below_title else []
        return (title, *more, *self.lines(key, block.blocks), *self._provider(key, block.provider, urls))

    def _provider(self, key: str, provider: str, urls: tuple[str, ...]) -> list[Line]:
        said = [Line(f"{key}.provider", provider, language=CONTENT_LANGUAGE)] if provider else []
        return said + [
            self.make.line(f"{key}.url.{number}", shown_address(url), icon="globe")
            for number, url in enumerate(urls)
            if url
        ]

    def _online(self, key: str, service: OnlineService) -> Box:
        lines = self._card(key, service, None, (service.url,))
        return Box(key, "globe", lines, self.make.tr("step.online"), language=self.make.language)

    def _form(self, key: str, form: Form) -> Box:
        make = self.make
        number = form.number or form.other_number
        told = make.line(f"{key}.number", make.tr("step.form_number", number=number)) if number else None
        # An authored form is asked for at the desk; the address of an official one is where it is printed from.
        lines = self._card(key, form, told, (form.url,) if form.id else ())
        return Box(key, "file-lines", lines, make.tr("step.form"), language=make.language)

    def _reference(self, key: str, reference: Reference) -> Box:
        lines = self._card(key, reference, self._complement(key, reference.complement), (reference.url,))
        return Box(key, "book", lines, language=self.make.language)

    def _sheet_link(self, key: str, link: SheetLink, evidences: list[Evidence | None]) -> list[Element]:
        before = self.elements(key, link.blocks, evidences)
        found = self.title_of(link.target)
        title = link.title or found or ""
        if found is None:
            return [*before, *([self._text(f"{key}.title", title)] if title else [])]
        return [*before, self.link_button(f"{key}.link", link.target, title, ButtonKind.CHOICE)]

    def link_button(self, key: str, target: str, title: str, kind: ButtonKind) -> Button:
        """Make the button that opens another sheet."""
        return Button(key, title, OpenProcedure(target), kind, "file-lines", 1, language=CONTENT_LANGUAGE)

    def _tick(self, item: Item) -> Tick:
        is_ticked = item.id in self.make.visit.ticked
        state = self.make.tr("paper.ticked") if is_ticked else self.make.tr("paper.missing")
        details = tuple(self._flat(item.details))
        name = self.words(item.name, item.marks)
        if not name and details:
            name, details = details[0], details[1:]
        return Tick(f"paper.{item.id}", name, details, is_ticked, TickPaper(item.id), state, CONTENT_LANGUAGE)

    # -- words ---------------------------------------------------------------------------------------------------

    def words(self, text: str, marks: Iterable[Mark]) -> str:
        """Return a text with the titles of the sheets that it points at without naming them."""
        jumps = [mark for mark in marks if mark.kind is MarkKind.SHEET and mark.start == mark.end]
        for mark in sorted(jumps, key=lambda one: -one.start):
            title = self.title_of(mark.target)
            if title:
                text = f"{text[: mark.start]}«\u00a0{title}\u00a0»{text[mark.start :]}"
        return text

    def lines(self, key: str, blocks: Iterable[Block]) -> tuple[Line, ...]:
        """Return blocks as the lines of a box."""
        return tuple(
            Line(f"{key}.{number}", str(text), is_strong=isinstance(text, _Name), language=CONTENT_LANGUAGE)
            for number, text in enumerate(self._flat(blocks))
        )

    def _flat(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Yield blocks as plain lines, for the inside of a box."""
        for block in blocks:
            match block:
                case Paragraph():
                    yield from _some(self.words(block.text, block.marks))
                case ItemList():
                    yield from (f"{BULLET}{line}" for line in self._item_lines(block))
                case Table():
                    yield from _some(block.title, block.summary)
                    yield from (" · ".join(line.text for line in row) for row in table_rows(block, self._flat))
                case Contact():
                    yield from _some(block.title, block.complement)
                    yield from self._flat(block.blocks)
                    yield from _some(block.provider, *map(shown_address, block.urls))
                case OnlineService() | Form():
                    yield from _some(block.title)
                    if isinstance(block, Form) and (block.number or block.other_number):
                        yield self.make.tr("step.form_number", number=block.number or block.other_number)
                    yield from self._flat(block.blocks)
                    yield from _some(block.provider, shown_address(block.url))
                case Reference():
                    yield from _some(block.title, block.complement)
                    yield from self._flat(block.blocks)
                    yield from _some(block.provider, shown_address(block.url))
                case SheetLink():
                    yield from self._flat(block.blocks)
                    yield from _some(block.title or self.title_of(block.target) or "")
                case Figure():
                    yield from _some(block.alternative, block.legend, block.description, block.credits)
                    yield from self._flat(block.blocks)
                case Question():
                    yield from _some(block.prompt)
                    for choice in block.choices:
                        yield choice.label
                        yield from self._flat(choice.blocks)
                case Unknown():
                    yield from _some(block.text)
                    yield from self._flat(block.blocks)
                case Callout() | Section() | Step():
                    yield from map(_Name, _some(block.title))
                    yield from self._flat(block.blocks)
                case PlaceRef() | Ways():
                    pass

    def _item_lines(self, block: ItemList) -> Iterator[str]:
        items = items_for(block, self.chosen)
        for number, item in enumerate(items, 1):
            name = self.words(item.name, item.marks)
            place = f"{number}.\u00a0" if block.role is ListRole.NUMBERED else ""
            yield from _some(f"{place}{name}" if name else "")
            yield from self._flat(item.details)

    # -- what the words point at ---------------------------------------------------------------------------------

    def pointers(self, blocks: Iterable[Block]) -> Pointers:
        """Gather what some blocks point at: words explained, and other sheets that the library has."""
        found = Pointers()
        for mark in _marks(blocks):
            if mark.kind is MarkKind.DEFINITION and mark.target in self._glossary:
                found.definitions[mark.target] = self._glossary[mark.target]
            if mark.kind is MarkKind.SHEET and mark.target != self.procedure.id and mark.target not in found.sheets:
                title = self.title_of(mark.target)
                if title:
                    found.sheets[mark.target] = title
        return found

    def pointer_buttons(self, blocks: tuple[Block, ...]) -> list[Element]:
        """Make the buttons of what a page points at, under their headings."""
        found = self.pointers(blocks)
        made: list[Element] = []
        if found.definitions:
            made.append(self.make.text("words", self.make.tr("step.words"), TextRole.HEADING))
            made += [
                Button(
                    f"word.{number}",
                    entry.term,
                    OpenDefinition(entry.id),
                    ButtonKind.SECONDARY,
                    "ear-listen",
                    language=CONTENT_LANGUAGE,
                )
                for number, entry in enumerate(found.definitions.values())
            ]
        if found.sheets:
            label = self.make.tr("step.sheets")
            made.append(
                Button("sheets", label, OpenMore(), ButtonKind.SECONDARY, "book-open", language=self.make.language)
            )
        return made

    def definition(self, entry: Definition) -> list[Element]:
        """Compose what explains a word."""
        return self.elements("definition", entry.blocks, [])

    def definition_of(self, key: str) -> Definition | None:
        """Return the explanation of a word by its id."""
        return self._glossary.get(key)


class _Name(str):
    """A plain line that names what follows it: a way to reach an office, a part of a box."""

    __slots__ = ()


def _some(*texts: str) -> Iterator[str]:
    return (text for text in texts if text)


def _stands_alone(block: Block) -> bool:
    """Tell whether a block inside a box is shown after it, as a box of its own."""
    return isinstance(block, Table | Contact | OnlineService | Form | SheetLink)


def item_evidences(items: Iterable[Item]) -> list[Evidence | None]:
    """Return what the entries of a list and their details rest on."""
    found: list[Evidence | None] = []
    for item in items:
        found.append(item.evidence)
        found += [detail.evidence for detail in item.details if isinstance(detail, Paragraph)]
    return found


def _marks(blocks: Iterable[Block]) -> Iterator[Mark]:
    for block in walk(tuple(blocks)):
        if isinstance(block, Paragraph):
            yield from block.marks
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from item.marks


LONGEST_ADDRESS = 48
"""Most characters of a web address that people can type; of a longer one only the site is shown."""


def shown_address(url: str) -> str:
    """Return a web address as people write it."""
    shown = url.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return shown if len(shown) <= LONGEST_ADDRESS else shown.partition("/")[0]
