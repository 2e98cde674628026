"""`kiosk content build`: authored procedures, official sheets and places to one pack."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from kiosk import building, paths
from kiosk.cli.output import FailedError, ProgressLine
from kiosk.packs.errors import PackError
from kiosk.sources.authored.library import Library, read_library
from kiosk.sources.report import ContentError, Problem

MOST_SHOWN = 20
"""Problems of official sheets printed one by one; the others are counted."""


@click.command("build")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The pack to write.")
@click.option(
    "--service-public",
    "official",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Official sheets of Service-Public: a zip as it is distributed, or a folder of XML. May be repeated.",
)
@click.option(
    "--places",
    "places",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A directory of places: official administration (JSON), digital mediation or France services (CSV, JSON).",
)
@click.option(
    "--area",
    "areas",
    multiple=True,
    help="Keep the places of a commune (INSEE code) or a département. May be repeated; 49 when not given.",
)
@click.option(
    "--extract",
    is_flag=True,
    help="The directories of places are extracts: do not refuse them for being short.",
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that read; as many as cores when not given.")
@click.option("--authored", type=click.Path(path_type=Path, file_okay=False), help="Folder of authored content.")
def build(
    out: Path,
    official: tuple[Path, ...],
    places: tuple[Path, ...],
    areas: tuple[str, ...],
    extract: bool,
    jobs: int | None,
    authored: Path | None,
) -> int:
    """Build a pack; with one error in the content, none is written and the one that was there stays."""
    if authored is not None and not authored.is_dir():
        raise FailedError(f"there is no folder {authored}.")
    now = dt.datetime.now(dt.UTC)
    library = read_library(authored or paths.assets(), now.date())
    if library.errors:
        for problem in library.errors:
            click.echo(str(problem), err=True)
        raise FailedError(f"no pack was written: {len(library.errors)} errors to mend first.")
    try:
        library, read = building.with_places(library, places, areas or ("49",), now.date(), is_extract=extract)
        _show_problems(read)
        built = building.build_pack(
            out,
            library,
            building.synonyms_of(authored or paths.assets()),
            now,
            official,
            ProgressLine("sheets"),
            jobs=jobs or os.cpu_count() or 1,
        )
    except ContentError as error:
        raise FailedError("no pack was written.\n" + "\n".join(map(str, error.problems[:MOST_SHOWN]))) from error
    except PackError as error:
        raise FailedError(f"{error}.") from error
    _show_problems(built.problems)
    for line in _summary(out, library, built):
        click.echo(line)
    return 0


def _show_problems(problems: list[Problem]) -> None:
    for problem in problems[:MOST_SHOWN]:
        click.echo(str(problem), err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(f"… and {len(problems) - MOST_SHOWN} more.", err=True)


def _summary(out: Path, library: Library, built: building.Built) -> list[str]:
    size = out.stat().st_size
    lines = [
        f"{out}: version {built.version}, {built.procedures} procedures, {len(library.places)} places, "
        f"{size / 1000:.0f} kB."
    ]
    report = built.official
    if report is None:
        return lines
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report.sheets.items()))
    unknown = ", ".join(f"{name} {count}" for name, count in report.unknown_elements.most_common()) or "none"
    dropped = ", ".join(f"{name} {count}" for name, count in report.dropped_metadata.most_common()) or "none"
    names = ", ".join(f"{one.name} ({one.dated})" for one in report.origins)
    return [
        *lines,
        f"official: {report.total} sheets ({kinds}) from {names}.",
        f"not read: {report.bad} bad sheets; {report.doubles} met twice, {report.ignored} other files left.",
        f"put into the menu: {len(report.orphans)} sheets that no dossier names; without a theme: "
        f"{len(report.without_theme)}.",
        f"unknown elements: {unknown}.",
        f"dangling links: {sum(report.dangling_links.values())} to {len(report.dangling_links)} sheets; "
        f"dropped metadata: {dropped}.",
    ]
