"""Fixtures that the tests without a screen share: the shipped content and a controller on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.packs.reader import PackReader
from kiosk.session.controller import Controller
from tests.support.visits import a_controller, write_shipped_pack


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackReader]:
    """The content that ships, open."""
    reader = PackReader(write_shipped_pack(tmp_path_factory.mktemp("content") / "shipped.sqlite"))
    yield reader
    reader.close()


@pytest.fixture
def controller(content: PackReader) -> Controller:
    """A new visit in Trélazé."""
    return a_controller(content)
