"""Links between sheets, seen from the whole library: those that lead nowhere, those that moved, those we cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kiosk.domain.dating import PartialDate
from kiosk.domain.procedure import Procedure, evidences
from kiosk.sources.report import Problem, Severity
from kiosk.sources.service_public.markup import local, parse
from kiosk.sources.service_public.navigation import SHEET_ID

_OLD = ("ancienID", "ancienId", "ancien", "old", "source", "from", "ID", "id")
_NEW = ("nouveauID", "nouveauId", "nouveau", "new", "cible", "to", "LienPublication", "redirection")


@dataclass(slots=True)
class LibraryIndex:
    """All sheets of a library with their dates, and where those that moved are now."""

    dates: dict[str, PartialDate] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)

    def now(self, sheet: str) -> str | None:
        """Return the id under which a sheet is found today; None when it is gone."""
        if sheet in self.dates:
            return sheet
        found = self.moved.get(sheet)
        return found if found in self.dates else None


def read_redirections(data: bytes) -> dict[str, str]:
    """Read `redirections.xml`: old id → new id, chains followed to their end, loops left out.

    Its form is not published: every element counts that names two ids, in attributes or in children.

    Raises:
        SheetError: it is not XML.
    """
    pairs: dict[str, str] = {}
    for element in parse(data).iter():
        pair = _pair(element)
        if pair is not None:
            pairs[pair[0]] = pair[1]
    return followed(pairs)


def _pair(element: Element) -> tuple[str, str] | None:
    named = {local(name): value.strip() for name, value in element.items()}
    for child in element:
        if len(child) == 0:
            text = (child.text or "").strip() or next((value.strip() for value in child.attrib.values()), "")
            named.setdefault(local(child.tag), text)
    ids = {name: value for name, value in named.items() if SHEET_ID.match(value)}
    if element.text and SHEET_ID.match(element.text.strip()):
        ids.setdefault("redirection", element.text.strip())
    old = next((ids[name] for name in _OLD if name in ids), None)
    new = next((ids[name] for name in _NEW if name in ids), None)
    if (old is None or new is None) and len(ids) == 2:
        old, new = ids.values()
    return (old, new) if old and new and old != new else None


def followed(pairs: Mapping[str, str]) -> dict[str, str]:
    """Follow chains to their end; an id that leads back to itself leads nowhere."""
    found: dict[str, str] = {}
    for start in pairs:
        seen = {start}
        end = pairs[start]
        while end in pairs and end not in seen:
            seen.add(end)
            end = pairs[end]
        if end not in seen:
            found[start] = end
    return found


def dangling(targets: Iterable[str], index: LibraryIndex) -> list[str]:
    """Return the sheets that are named and that no file has, not even under a new id."""
    gone = [target for target in targets if target not in index.dates]
    return [target for target in gone if SHEET_ID.match(target) and index.now(target) is None]


def cited_changes(procedures: Iterable[Procedure], index: LibraryIndex) -> list[Problem]:
    """Compare what authored procedures cite with the library: vanished, moved, or newer than what was read."""
    problems = []
    for procedure in procedures:
        if procedure.is_official:
            continue
        path = f"{procedure.id}.yaml"
        for sheet, read in _cited(procedure).items():
            now = index.now(sheet)
            if now is None:
                message = f"It cites {sheet}, which the library no longer has."
                remedy = "Find the sheet that replaces it, check every fact, then cite that one."
                problems.append(Problem(path, 0, message, remedy, Severity.ERROR, "cited"))
            elif now != sheet:
                message, remedy = f"It cites {sheet}, which is now {now}.", f"Check the facts and cite {now}."
                problems.append(Problem(path, 0, message, remedy, Severity.WARNING, "cited"))
            elif _is_newer(index.dates[now], read):
                message = f"{sheet} changed on {index.dates[now]}, after the state of {read} that was read."
                remedy = "Read it again, correct the facts and write their new date."
                problems.append(Problem(path, 0, message, remedy, Severity.WARNING, "cited"))
    return problems


def _cited(procedure: Procedure) -> dict[str, PartialDate]:
    """Return the sheets cited, each with the oldest state of it that a fact rests on."""
    cited: dict[str, PartialDate] = {}
    for evidence in evidences(procedure):
        if SHEET_ID.match(evidence.source):
            before = cited.get(evidence.source, evidence.dated)
            cited[evidence.source] = min(before, evidence.dated, key=lambda date: (date.earliest(), str(date)))
    if SHEET_ID.match(procedure.source):
        cited.setdefault(procedure.source, procedure.checked_on)
    return cited


def _is_newer(now: PartialDate, read: PartialDate) -> bool:
    """Tell whether a sheet changed after it was read; within a month or a year that is all we know, it may not have."""
    return now.earliest() > read.earliest() and not str(now).startswith(str(read))
