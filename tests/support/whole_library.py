"""The pack of the whole official library of November 2020, built once for all slow tests of a process."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from kiosk import building, paths
from kiosk.sources.authored.library import read_library
from tests.support.corpus import corpus

NOW = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@cache
def whole_library(folder: Path) -> Path:
    """Build the pack of all residents' sheets and our own procedures in a folder, and return it."""
    path = folder / "library.sqlite"
    authored = read_library(paths.assets(), NOW.date())
    synonyms = building.synonyms_of(paths.assets())
    building.build_pack(path, authored, synonyms, NOW, [corpus() / "particuliers"])
    return path
