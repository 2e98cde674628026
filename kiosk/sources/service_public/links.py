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
    """Compare what authored procedures cite with the library: vanished, moved, or newer than our last check."""
    problems = []
    for procedure in procedures:
        if procedure.is_official:
            continue
        for sheet in _cited(procedure):
            now = index.now(sheet)
            if now is None:
                message = f"It cites {sheet}, which the library no longer has."
                remedy = "Find the sheet that replaces it, check every fact, then cite that one."
                problems.append(Problem(f"{procedure.id}.yaml", 0, message, remedy, Severity.ERROR, "cited"))
            elif now != sheet:
                message = f"It cites {sheet}, which is now {now}."
                problems.append(
                    Problem(
                        f"{procedure.id}.yaml",
                        0,
                        message,
                        f"Check the facts and cite {now}.",
                        Severity.WARNING,
                        "cited",
                    )
                )
            elif index.dates[now].earliest() > procedure.checked_on.earliest():
                message = f"{sheet} changed on {index.dates[now]}, after our check of {procedure.checked_on}."
                remedy = "Read it again and write a new checked_on."
                problems.append(Problem(f"{procedure.id}.yaml", 0, message, remedy, Severity.WARNING, "cited"))
    return problems


def _cited(procedure: Procedure) -> list[str]:
    names = [procedure.source, *(evidence.source for evidence in evidences(procedure))]
    return list(dict.fromkeys(name for name in names if SHEET_ID.match(name)))
