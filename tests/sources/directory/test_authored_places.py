"""Places in YAML may say all that imported ones say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.domain.place import Accessibility, nearest
from kiosk.sources.authored.library import Library, read_library
from tests.support.authored import PLACES, write_library

TODAY = dt.date(2026, 11, 23)


def library(folder: Path, more: str) -> Library:
    write_library(folder, places=PLACES + more)
    return read_library(folder, TODAY)


def test_an_annex_its_communes_notes_and_access_are_read(tmp_path: Path) -> None:
    (place,) = library(
        tmp_path,
        '  annex: true\n  communes: ["49007", "2A004"]\n  notes: [Sonnez deux fois.]\n  accessibility: on_request\n',
    ).places
    assert (place.is_annex, place.communes) == (True, ("49007", "2A004"))
    assert (place.notes, place.accessibility) == (("Sonnez deux fois.",), Accessibility.ON_REQUEST)


def test_without_them_a_place_is_a_main_desk_of_which_nothing_more_is_known(tmp_path: Path) -> None:
    (place,) = library(tmp_path, "").places
    assert (place.is_annex, place.communes, place.notes) == (False, (), ())
    assert place.accessibility is Accessibility.UNKNOWN


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("annex: oui", "“oui” is neither true nor false."),
        ('communes: ["4900"]', "“4900” is no INSEE code."),
        ("accessibility: non", "“non” is no accessibility."),
    ],
)
def test_a_wrong_word_is_told_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    (problem,) = library(tmp_path, f"  {line}\n").errors
    assert (problem.line, problem.message) == (PLACES.count("\n") + 1, message)


def test_the_delegated_town_halls_that_ship_come_after_their_main_one() -> None:
    places = read_library(paths.ROOT / "assets", TODAY, [], require_procedures=False).places
    annexes = [place for place in places if place.is_annex]
    assert len(annexes) == 12
    for annex in annexes:
        found = nearest(places, "mairie", annex.insee, annex.position)
        assert found is not None
        assert not found.is_annex
        assert found.insee == annex.insee
