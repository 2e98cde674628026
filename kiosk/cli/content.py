"""`kiosk content check | build | audit | show`: what content is worth, a pack of it, a procedure whole."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import click

from kiosk import bootstrap, building, paths
from kiosk.cli.content_audit import audit
from kiosk.cli.content_build import build
from kiosk.cli.output import FAILED, FailedError, ProgressLine, print_json
from kiosk.domain.dating import PartialDate
from kiosk.packs import codec
from kiosk.packs.errors import PackError
from kiosk.sources.authored.library import Library, read_library
from kiosk.sources.report import ContentError, Problem, Severity


@click.group("content")
def command() -> None:
    """Check, build, audit and show the procedures."""


command.add_command(build)
command.add_command(audit)


def _library(files: tuple[Path, ...]) -> Library:
    """Read the procedures named: files, folders of assets, or nothing for those that ship."""
    today = dt.datetime.now(dt.UTC).date()
    if not files:
        return read_library(paths.assets(), today)
    if len(files) == 1 and (files[0] / "procedures").is_dir():
        return read_library(files[0], today)
    found: list[Path] = []
    for path in files:
        if not path.exists():
            raise FailedError(f"{path} does not exist.")
        found += sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    return read_library(paths.assets(), today, found)


@command.command("check")
@click.argument("files", metavar="[PATH]…", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--service-public",
    "official",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Official sheets to compare what is cited with: a zip or a folder. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(files: tuple[Path, ...], official: tuple[Path, ...], as_json: bool) -> int:
    """Validate authored files: structure, facts and their sources, easy reading, links, old dates.

    With official sheets, also tell which cited ones vanished, moved or changed since they were read.
    """
    library = _library(files)
    problems = [*library.problems, *_synonyms(files), *_cited(library, official)]
    warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if as_json:
        print_json(
            {
                "procedures": len(library.procedures),
                "places": len(library.places),
                "errors": len(errors),
                "warnings": len(warnings),
                "problems": [
                    {
                        "path": problem.path,
                        "line": problem.line,
                        "severity": problem.severity,
                        "kind": problem.kind,
                        "message": problem.message,
                        "remedy": problem.remedy,
                    }
                    for problem in problems
                ],
            }
        )
    else:
        for problem in problems:
            click.echo(str(problem), err=problem.severity is Severity.ERROR)
        click.echo(
            f"{len(library.procedures)} procedures, {len(library.places)} places: "
            f"{len(errors)} errors, {len(warnings)} warnings."
        )
    return FAILED if errors else 0


def _synonyms(files: tuple[Path, ...]) -> list[Problem]:
    """Check the everyday words of the search, unless only some procedures were named."""
    if files and not (len(files) == 1 and files[0].is_dir()):
        return []
    try:
        building.synonyms_of(files[0] if files else paths.assets())
    except ContentError as error:
        return error.problems
    return []


def _cited(library: Library, official: tuple[Path, ...]) -> list[Problem]:
    if not official:
        return []
    try:
        return building.compare_cited(library, official, ProgressLine("reading"))
    except ContentError as error:
        raise FailedError("\n".join(str(problem) for problem in error.problems)) from error


@command.command("show")
@click.argument("key", metavar="ID")
@click.option("--pack", type=click.Path(path_type=Path, dir_okay=False), help="This pack instead of the active one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(key: str, pack: Path | None, as_json: bool) -> int:
    """Show a whole procedure, every word of it."""
    try:
        with closing(bootstrap.open_pack_for_reading(pack)) as reader:
            procedure = reader.procedure(key)
    except PackError as error:
        raise FailedError(f"{error}.") from error
    if procedure is None:
        raise FailedError(f"there is no procedure {key}; `kiosk search` finds ids.")
    document = codec.as_json(procedure)
    checked_on = PartialDate.parse(document["checked_on"]).earliest().isoformat()
    document = {
        "id": document.pop("id"),
        "title": document.pop("title"),
        "kind": procedure.kind,
        "source": document.pop("source"),
        "checked_on": checked_on,
        "blocks": document.pop("blocks"),
        **{name: value for name, value in document.items() if name not in {"checked_on", "kind"}},
    }
    if as_json:
        print_json(document)
        return 0
    for line in _plain_lines(document, 0):
        click.echo(line)
    return 0


def _plain_lines(value: object, depth: int) -> list[str]:
    indent = "  " * depth
    if isinstance(value, dict):
        lines = []
        for name, inner in value.items():
            if isinstance(inner, dict | list):
                lines += [f"{indent}{name}:", *_plain_lines(inner, depth + 1)]
            else:
                lines.append(f"{indent}{name}: {inner}")
        return lines
    if isinstance(value, list):
        return [
            line
            for inner in value
            for line in [*_plain_lines(inner, depth), ""][: None if isinstance(inner, dict) else -1]
        ]
    return [f"{indent}{value}"]
