"""Whether the words of a sheet follow each other in the model as in its XML, character by character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kiosk.sources.service_public.audit_model import LEFT_OUT, ModelText
from kiosk.sources.service_public.audit_xml import Part, Run

MAX_TURNS = 5000
"""Most times that another field is tried for a part; real sheets need a few."""

SCATTERED = frozenset({"FilDAriane", "Theme", "Dossier"})
"""Parts of the menu: their audience, and the internal title of a guided search, are kept apart from the rest."""

KEPT_APART = "metadata"
"""The field that takes these."""

MAX_SPLIT = 30
"""Most sentences of such a part."""

FIRST_PAGE = "summary"
"""The field that takes the first words of an introduction; the rest of it begins the body."""

Places = tuple[int, ...]
"""How far the sheet was found in the characters of each field."""


def order_breaks(parts: Sequence[Part], model: ModelText) -> list[str]:
    """Return the places where the model leaves the order of the sheet: one line each.

    Each part of the sheet must come next, whole, in some field of the model, until all fields are used up. The words
    of two parts may begin alike ("Logement"), so the way through is searched.
    """
    texts = [characters(words) for words in model.words.values()]
    search = _Search([part for part in parts if part.runs], list(model.words), texts)
    breaks = search.run()
    if not breaks:
        ends = zip(model.words, texts, search.places, strict=True)
        breaks = [f"{name}: {text[at : at + 80]}" for name, text, at in ends if at < len(text)]
    return breaks


def characters(texts: Iterable[str]) -> str:
    """Return texts without white space, and without characters that have no shape."""
    return "".join("".join(texts).translate(LEFT_OUT).split())


@dataclass(slots=True)
class _Search:
    """The way through the fields of the model, part by part."""

    parts: list[Part]
    names: list[str]
    texts: list[str]
    places: Places = ()
    turns: int = 0
    _open: list[tuple[int, Iterator[Places]]] = field(default_factory=list)
    _seen: set[tuple[int, Places]] = field(default_factory=set)

    def run(self) -> list[str]:
        """Follow all parts; return those that come next nowhere."""
        breaks: list[str] = []
        number, self.places = 0, (0,) * len(self.texts)
        furthest = (0, self.places)
        ways = self._ways(number, self.places)
        while number < len(self.parts):
            found = next((way for way in ways if (number, way) not in self._seen), None)
            if found is not None:
                self._seen.add((number, found))
                self._open.append((number, ways))
                number, self.places = number + 1, found
                furthest = max(furthest, (number, found), key=lambda pair: pair[0])
            elif self._open and self.turns < MAX_TURNS:
                self.turns += 1
                number, ways = self._open.pop()
                continue
            else:
                # No way leads on: tell it, and go on behind the part where the search came furthest.
                number, self.places = furthest
                breaks += self._leap(self.parts[number])
                number += 1
                furthest = (number, self.places)
                self._open.clear()
                self._seen.clear()
            if number < len(self.parts):
                ways = self._ways(number, self.places)
        return breaks

    def _ways(self, number: int, places: Places) -> Iterator[Places]:
        """Yield where the fields are after a part, for each field in which it comes next."""
        part = self.parts[number]
        plain = characters(run.text for run in part.runs if not run.is_code)
        whole = characters(run.text for run in part.runs) if any(run.is_code for run in part.runs) else plain
        for text in dict.fromkeys((whole, plain)):
            if text:
                yield from self._next(text, places)
                yield from self._spilt(text, places)
        if not plain:
            yield places
        if part.name in SCATTERED and len(part.runs) <= MAX_SPLIT:
            apart = self.names.index(KEPT_APART)
            for number in range(len(self.texts)):
                if number != apart:
                    yield from self._split(part.runs, places, (number, apart))

    def _next(self, text: str, places: Places) -> Iterator[Places]:
        for number, stream in enumerate(self.texts):
            if stream.startswith(text, places[number]):
                yield _moved(places, number, len(text))

    def _spilt(self, text: str, places: Places) -> Iterator[Places]:
        """Yield where the fields are after an introduction: its first words end one field, the others begin another."""
        first = self.names.index(FIRST_PAGE)
        rest = self.texts[first][places[first] :]
        if rest and len(rest) < len(text) and text.startswith(rest):
            yield from self._next(text[len(rest) :], _moved(places, first, len(rest)))

    def _split(self, runs: Sequence[Run], places: Places, fields: tuple[int, int]) -> Iterator[Places]:
        """Yield where the fields are after the sentences of a part that went to these two."""
        if not runs:
            yield places
            return
        text = characters([runs[0].text])
        for number in fields:
            if self.texts[number].startswith(text, places[number]):
                yield from self._split(runs[1:], _moved(places, number, len(text)), fields)

    def _leap(self, part: Part) -> list[str]:
        """Go behind a part that is out of order; return its sentences that come next nowhere."""
        breaks = []
        for run in part.runs:
            text = characters([run.text])
            found = next(self._next(text, self.places), None)
            if found is None and not run.is_code:
                breaks.append(f"{part.name}/{run.element}: {' '.join(run.text.split())[:120]}")
                found = next(self._later(text), None)
            self.places = found or self.places
        return breaks or [f"{part.name}: its sentences stand in several fields."]

    def _later(self, text: str) -> Iterator[Places]:
        for number, stream in enumerate(self.texts):
            at = stream.find(text, self.places[number])
            if at >= 0:
                yield _moved(self.places, number, at + len(text) - self.places[number])


def _moved(places: Places, number: int, length: int) -> Places:
    return (*places[:number], places[number] + length, *places[number + 1 :])
