"""A real database on disk, and a clock that only the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlite_utils import Database

from kiosk.device.store import open_store

OpenStore = Callable[[], Database]


@dataclass
class Clock:
    """Seconds that pass when the test says so."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands still."""
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the file of the database."""
    return tmp_path / "state" / "device.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[OpenStore]:
    """Open the database, again and again as after a restart; all are closed with the test."""
    made: list[Database] = []

    def open_() -> Database:
        made.append(open_store(path))
        return made[-1]

    yield open_
    for database in made:
        database.close()
