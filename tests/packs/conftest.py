"""A small pack on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.packs.reader import PackReader
from kiosk.packs.writer import Content, write_pack
from tests.support.golden_pack import BUILT_AT, golden_place, golden_procedure, golden_theme


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Write a pack with one procedure, one theme, one place."""
    path = tmp_path / "pack.sqlite"
    write_pack(path, Content([golden_procedure()], (golden_theme(),), (golden_place(),)), BUILT_AT)
    return path


@pytest.fixture
def opened() -> Iterator[Callable[[Path], PackReader]]:
    """Open packs that are closed with the test."""
    readers: list[PackReader] = []

    def open_(path: Path) -> PackReader:
        readers.append(PackReader(path))
        return readers[-1]

    yield open_
    for reader in readers:
        reader.close()
