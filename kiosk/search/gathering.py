"""From procedures to the documents of the search, the texts by which they point at each other included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kiosk.domain.procedure import (
    Block,
    Choice,
    Contact,
    Form,
    ItemList,
    Kind,
    MarkKind,
    OnlineService,
    Paragraph,
    Procedure,
    Question,
    Reference,
    Section,
    SheetLink,
    Step,
    children,
    own_texts,
    walk,
)
from kiosk.search.analysis import text_counts
from kiosk.search.documents import MOST_TEXT, Document

LEVELS = frozenset({"SousThemePere", "SousDossierPere"})
"""Kinds of links of the official menu that say where a sheet stands."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the search needs of one procedure: itself, and by which words it points at others."""

    document: Document
    pointers: tuple[tuple[str, str], ...]


def gathered(procedure: Procedure) -> Gathered:
    """Take what the search needs of one procedure."""
    pointers = ((target, text) for target, text in _pointers(procedure) if target != procedure.id and text)
    return Gathered(_document(procedure), tuple(pointers))


@dataclass(slots=True)
class Gathering:
    """Takes procedures one by one; the documents are complete when the last one was taken."""

    _documents: list[Document] = field(default_factory=list)
    _anchors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def take(self, one: Gathered) -> None:
        """Keep what the search needs of one procedure."""
        for target, text in one.pointers:
            self._anchors[target].append(text)
        self._documents.append(one.document)

    def documents(self) -> Iterator[Document]:
        """Yield the documents of all procedures taken."""
        for document in self._documents:
            anchors = self._anchors.get(document.id)
            yield replace(document, anchors=tuple(anchors)) if anchors else document


def _document(procedure: Procedure) -> Document:
    blocks = (*procedure.notices, *procedure.summary, *procedure.audience, *procedure.blocks)
    text: list[str] = []
    headings: list[str] = []
    length = 0
    for block in _body(blocks):
        match block:
            case Step() | Section():
                headings.append(block.title)
            case Question():
                headings += [choice.label for choice in block.choices]
            case _:
                pass
        if length < MOST_TEXT:
            for words in own_texts(block):
                text.append(words)
                length += len(words) + 1
    headings += [entry.term for entry in procedure.glossary]
    levels = [link.title for link in procedure.breadcrumb[1:-1]]
    levels += [link.title for link in procedure.navigation if isinstance(link, SheetLink) and link.kind in LEVELS]
    return Document(
        id=procedure.id,
        source=procedure.source,
        title=procedure.title,
        kind=procedure.kind.value,
        audience=procedure.public,
        names=procedure.everyday_names,
        related=procedure.related,
        breadcrumb=tuple(level for level in levels if level),
        summary=procedure.description or " ".join(line.text for line in procedure.summary),
        headings=tuple(dict.fromkeys(heading for heading in headings if heading)),
        text="",
        counts=text_counts(" ".join(text)[:MOST_TEXT]),
        is_popular=procedure.popular,
    )


def _body(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield what a page says itself: offices, services and references are met on many and tell nothing of it."""
    for block in blocks:
        if not isinstance(block, Contact | OnlineService | Form | Reference):
            yield block
            yield from _body(children(block))


def _pointers(procedure: Procedure) -> Iterator[tuple[str, str]]:
    """Yield each page that a procedure points at, with the words by which it does."""
    if procedure.kind is Kind.GUIDED:
        # An answer says little without what the search is about.
        for target, answers in _leaves(procedure.blocks, ()):
            yield target, f"{procedure.title} {answers}"
    blocks = (*procedure.summary, *procedure.blocks, *procedure.services, *procedure.contacts, *procedure.references)
    everything = (*procedure.notices, *blocks, *procedure.see_also, *procedure.navigation)
    for block in walk(everything):
        match block:
            case SheetLink():
                yield block.target, block.title
            case Paragraph():
                yield from _marked(block.text, block)
            case ItemList():
                for item in block.items:
                    yield from _marked(item.name, item)
            case _:
                pass


def _marked(text: str, holder: object) -> Iterator[tuple[str, str]]:
    for mark in getattr(holder, "marks", ()):
        if mark.kind is MarkKind.SHEET and mark.end > mark.start:
            yield mark.target, text[mark.start : mark.end]


def _leaves(blocks: Iterable[Block], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the ends of a guided search with the last two answers that lead there: people say it so."""
    for block in blocks:
        match block:
            case SheetLink() if path:
                yield block.target, " ".join(path[-2:])
            case Question():
                choice: Choice
                for choice in block.choices:
                    yield from _leaves(choice.blocks, (*path, choice.label))
            case _:
                yield from _leaves(children(block), path)
