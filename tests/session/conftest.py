"""The visit without Kivy, on the content that ships and on a small official library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from kiosk.packs.reader import PackReader
from kiosk.packs.writer import Content, write_pack
from kiosk.session.controller import Controller
from tests.session.touching import Shelf, small_library
from tests.support.builders import a_national_service, a_place, a_theme
from tests.support.visit_fixtures import content, controller
from tests.support.visits import NOW, a_controller

__all__ = ["content", "controller"]


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackReader]:
    """A small official library with a page of every kind, open."""
    path = tmp_path_factory.mktemp("library") / "pack.sqlite"
    places = (a_place(), a_national_service("aide", "assistance"))
    moved = {"F0": "F1"}
    content = Content(small_library(), (a_theme(),), places, redirections=lambda: moved)
    write_pack(path, content, NOW.replace(tzinfo=dt.UTC))
    reader = PackReader(path)
    yield reader
    reader.close()


@pytest.fixture
def reading(library: PackReader) -> Controller:
    """A new visit in Angers, on the small official library."""
    return a_controller(library, insee="49007", finder=Shelf())
