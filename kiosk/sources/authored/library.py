"""The whole folder of authored content: read, checked, and handed over only when nothing is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.domain.place import Place
from kiosk.domain.procedure import Procedure
from kiosk.domain.theme import Theme
from kiosk.sources.authored.checks import check_easy_reading, check_facts, check_links, check_page_lines, check_reach
from kiosk.sources.authored.document import DocumentError, Mapping, Tree, read_document
from kiosk.sources.authored.places import read_places, read_themes
from kiosk.sources.authored.procedures import ProcedureReader
from kiosk.sources.authored.reading import Reading
from kiosk.sources.report import Problem, Severity


@dataclass(frozen=True, slots=True)
class Library:
    """All authored content, with what was found while reading it."""

    procedures: tuple[Procedure, ...]
    themes: tuple[Theme, ...]
    places: tuple[Place, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> list[Problem]:
        """Return the problems that forbid a pack."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _open(path: Path, problems: list[Problem]) -> tuple[Tree | None, Reading]:
    reading = Reading(_shown(path))
    try:
        return read_document(path, reading.path), reading
    except DocumentError as error:
        problems.append(error.problem)
        return None, reading


def read_library(
    folder: Path, today: dt.date, only: Sequence[Path] | None = None, *, require_procedures: bool = True
) -> Library:
    """Read `themes.yaml`, `places/*.yaml` and `procedures/*.yaml` of a folder.

    Args:
        folder: the assets folder.
        today: for facts dated in the future and procedures not checked for long.
        only: these procedure files instead of all of the folder.
        require_procedures: report an empty folder as an error.
    """
    problems: list[Problem] = []
    tree, reading = _open(folder / "themes.yaml", problems)
    themes = read_themes(tree, reading) if tree else []
    problems += reading.problems + _doubles([reading], "theme")
    places: list[Place] = []
    place_readings: list[Reading] = []
    for path in sorted((folder / "places").glob("*.yaml")):
        tree, reading = _open(path, problems)
        place_readings.append(reading)
        places += read_places(tree, reading) if tree else []
        problems += reading.problems
    problems += _doubles(place_readings, "place")

    files = sorted((folder / "procedures").glob("*.yaml")) if only is None else list(only)
    if not files and require_procedures:
        problems.append(
            Problem(
                _shown(folder / "procedures"), 0, "There is no procedure here.", "Give a folder with procedures/*.yaml."
            )
        )
    theme_ids = {theme.id for theme in themes}
    services = {service for place in places for service in place.services}
    procedures: list[Procedure] = []
    procedure_readings: list[Reading] = []
    for path in files:
        tree, reading = _open(path, problems)
        if tree is None:
            continue
        procedure = _read_procedure(tree, reading, path, theme_ids, services, today)
        problems += reading.problems
        if procedure:
            procedures.append(procedure)
            # The first id of a file is its own.
            procedure_readings.append(replace(reading, ids=reading.ids[:1]))
    problems += _doubles(procedure_readings, "procedure")
    return Library(tuple(procedures), tuple(themes), tuple(places), tuple(sorted(problems)))


def _read_procedure(
    tree: Tree, reading: Reading, path: Path, themes: set[str], services: set[str], today: dt.date
) -> Procedure | None:
    reader = ProcedureReader(reading)
    procedure = reader.read(tree)
    if procedure is None or not isinstance(tree, Mapping):
        return None
    if procedure.id and procedure.id != path.stem:
        reading.error(tree.lines["id"], f"The id “{procedure.id}” is not the file name.", f"Write `id: {path.stem}`.")
    check_facts(reading, procedure, tree.lines.get("checked_on", tree.line), today)
    check_links(reader, procedure, themes, services, tree.lines)
    if not any(problem.severity is Severity.ERROR for problem in reading.problems):
        check_reach(reading, procedure, tree.lines["blocks"])
    check_easy_reading(reading)
    check_page_lines(reading, procedure.summary, "The summary", tree.lines.get("summary", 1), 4)
    return procedure


def _doubles(readings: Sequence[Reading], what: str) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for reading in readings:
        for key, line in reading.ids:
            if key in seen:
                message = f"Another {what} is called “{key}”: {seen[key]}."
                problems.append(Problem(reading.path, line, message, "Give one another id."))
            seen.setdefault(key, f"{reading.path}:{line}")
    return problems
