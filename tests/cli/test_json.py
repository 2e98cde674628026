"""The JSON that other programs rely on (design, section 9)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from kiosk import paths
from kiosk.sources.authored.typography import typeset
from tests.cli.conftest import Kiosk
from tests.support.authored import PROCEDURE, write_library

FILES = sorted((paths.ROOT / "assets" / "procedures").glob("*.yaml"))
NAMES = {"id", "key", "theme", "icon", "source", "dated", "confidence", "when", "checked_on", "related"}
NAMES |= {"place", "service", "url", "number", "type", "role", "kind"}
"""Fields that hold a name for programs, not words for people."""


def words_of(value: Any) -> Iterator[str]:
    """Yield the texts for people in a document, whatever its shape."""
    match value:
        case dict():
            for name, inner in value.items():
                if name not in NAMES:
                    yield from words_of(inner)
        case list():
            for inner in value:
                yield from words_of(inner)
        case str():
            yield typeset(value)
        case _:
            pass


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_show_holds_every_text_of_the_file_once(kiosk: Kiosk, shipped: Path, file: Path) -> None:
    said = kiosk("content", "show", file.stem, "--json", "--pack", shipped)
    written = Counter(words_of(yaml.safe_load(file.read_text(encoding="utf-8"))))
    assert Counter(words_of(said.json)) == written


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_plain_show_holds_every_text_of_the_file(kiosk: Kiosk, shipped: Path, file: Path) -> None:
    said = kiosk("content", "show", file.stem, "--pack", shipped)
    assert all(text in said.out for text in words_of(yaml.safe_load(file.read_text(encoding="utf-8"))))


def test_show_begins_with_the_fields_that_were_promised(kiosk: Kiosk, shipped: Path) -> None:
    document = kiosk("content", "show", "rsa", "--json", "--pack", shipped).json
    assert list(document)[:6] == ["id", "title", "kind", "source", "checked_on", "blocks"]


def test_show_dates_the_check_to_the_day(kiosk: Kiosk, shipped: Path) -> None:
    document = kiosk("content", "show", "rsa", "--json", "--pack", shipped).json
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", document["checked_on"])


def test_search_gives_query_and_results(kiosk: Kiosk, shipped: Path) -> None:
    document = kiosk("search", "carte", "vitale", "--json", "--pack", shipped, "--limit", "1").json
    assert document == {
        "query": "carte vitale",
        "results": [{"id": "carte-vitale", "title": "Carte Vitale", "source": document["results"][0]["source"]}],
    }
    assert re.fullmatch(r"[FNR]\d+", document["results"][0]["source"])


def test_search_that_finds_nothing_gives_no_results(kiosk: Kiosk, shipped: Path) -> None:
    said = kiosk("search", "zzzzzz", "--json", "--pack", shipped)
    assert (said.code, said.json, said.err) == (0, {"query": "zzzzzz", "results": []}, "")


def test_check_counts_and_lists_what_is_wrong(kiosk: Kiosk, tmp_path: Path) -> None:
    write_library(tmp_path, PROCEDURE.replace("theme: papiers", "theme: nowhere"))
    said = kiosk("content", "check", tmp_path, "--json")
    assert said.code == 1
    assert {name: said.json[name] for name in ("procedures", "places", "errors", "warnings")} == {
        "procedures": 1,
        "places": 1,
        "errors": 1,
        "warnings": 0,
    }
    assert said.json["problems"] == [
        {
            "path": f"{tmp_path}/procedures/carte.yaml",
            "line": 2,
            "severity": "error",
            "kind": "link",
            "message": "There is no theme “nowhere”.",
            "remedy": "Choose one of: papiers.",
        }
    ]


def test_check_of_what_ships_has_no_error(kiosk: Kiosk) -> None:
    said = kiosk("content", "check", "--json")
    assert (said.code, said.json["errors"], said.err) == (0, 0, "")
