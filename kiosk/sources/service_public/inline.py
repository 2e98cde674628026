"""Sentences: the text of a paragraph with what is marked in it, in place and in order."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from kiosk.domain.procedure import Block, Mark, MarkKind, Paragraph
from kiosk.sources.service_public.reading import Reading, Where
from kiosk.sources.service_public.wording import squeeze

STYLES = {
    "Valeur": MarkKind.AMOUNT,
    "Montant": MarkKind.AMOUNT,
    "MiseEnEvidence": MarkKind.STRONG,
    "Expression": MarkKind.TERM,
    "Citation": MarkKind.QUOTE,
    "TermeEtranger": MarkKind.FOREIGN,
    "Variable": MarkKind.BLANK,
    "Exposant": MarkKind.SUPERSCRIPT,
    "Indice": MarkKind.SUBSCRIPT,
}
LINKS = {"LienInterne": "LienPublication", "LienIntra": "LienID", "LienExterne": "URL"}
INLINE = frozenset([*STYLES, *LINKS])
FIGURES = frozenset({"Image", "Illustration", "Infographie", "ImageIllustration", "Video", "VideoIllustration"})

_PENDING = Mark(MarkKind.STRONG, 0, 0)
"""Stands for a mark whose end is not known yet; dropped when it turns out to hold nothing."""


class Line:
    """A sentence being read. A picture or a list inside cuts it in two."""

    __slots__ = ("_is_uneven", "_length", "_marks", "_open", "_pieces", "_reading", "_where", "blocks")

    def __init__(self, reading: Reading, where: Where) -> None:
        self._reading = reading
        self._where = where
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._open: list[tuple[MarkKind, int, str, int]] = []
        self._is_uneven = False

    def text(self, text: str | None) -> None:
        """Add words."""
        if not text:
            return
        piece = squeeze(text)
        if piece[0] == " " and (not self._pieces or self._pieces[-1][-1] == " "):
            piece = piece[1:]
        if piece:
            self._pieces.append(piece)
            self._length += len(piece)

    def element(self, element: Element) -> None:
        """Add an element that stands in the sentence, without the text after it."""
        tag = element.tag
        kind = STYLES.get(tag)
        target = ""
        if kind is None:
            attribute = LINKS.get(tag)
            if attribute is None:
                self._foreign(element)
                return
            target = element.get(attribute, "").strip()
            kind = self._link_kind(element, target)
        if len(element) == 0:
            start = self._length
            self.text(element.text)
            if self._length > start or target:
                self._marks.append(Mark(kind, start, self._length, target))
            return
        self._open.append((kind, self._length, target, len(self._marks)))
        # The outer mark comes before those inside it.
        self._marks.append(_PENDING)
        self._is_uneven = True
        self.inside(element)
        kind, start, target, position = self._open.pop()
        if self._length > start or target:
            self._marks[position] = Mark(kind, start, self._length, target)

    def inside(self, element: Element) -> None:
        """Add all that an element holds."""
        self.text(element.text)
        for child in element:
            self.element(child)
            self.text(child.tail)

    def _link_kind(self, element: Element, target: str) -> MarkKind:
        if element.tag == "LienExterne":
            return MarkKind.WEB
        if target in self._reading.glossary:
            return MarkKind.DEFINITION
        is_glossary = element.tag == "LienIntra" and element.get("type", "").startswith("Définition")
        if is_glossary:
            return MarkKind.DEFINITION
        self._reading.targets.add(target)
        return MarkKind.SHEET

    def _foreign(self, element: Element) -> None:
        """Read an element that belongs to no sentence: a picture, a list, or one never seen."""
        if element.tag == "Paragraphe":
            self._cut()
            self.inside(element)
            self._cut()
        elif any(inner.tag in self._reading.readers for inner in element.iter()):
            self._cut()
            self._reading.read_block(element, self._where, self.blocks)
        else:
            self._reading.unknown[element.tag] += 1
            self.inside(element)

    def _cut(self) -> None:
        """End the paragraph here; marks that are open go on in the next one."""
        for kind, start, target, position in self._open:
            if self._length > start:
                self._marks[position] = Mark(kind, start, self._length, target)
        self._flush()
        self._open = [(kind, 0, target, number) for number, (kind, _, target, _) in enumerate(self._open)]
        self._marks = [_PENDING] * len(self._open)

    def _flush(self) -> None:
        text = "".join(self._pieces)
        marks = self._marks
        if self._is_uneven or text[-1:] == " ":
            text = text.removesuffix(" ")
            length = len(text)
            marks = [
                mark if mark.end <= length else Mark(mark.kind, min(mark.start, length), length, mark.target)
                for mark in marks
                if mark is not _PENDING
            ]
        if text or marks:
            self.blocks.append(Paragraph(text, None, (), tuple(marks)))
        self._pieces, self._length, self._marks = [], 0, []

    def paragraph(self, element: Element) -> list[Block]:
        """Read a whole paragraph."""
        self.inside(element)
        return self.end()

    def end(self) -> list[Block]:
        """Return the blocks of the sentence: one paragraph, unless something cut it."""
        self._flush()
        return self.blocks
