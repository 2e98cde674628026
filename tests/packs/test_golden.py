"""Every format that was ever shipped stays readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.packs.reader import PackReader
from kiosk.packs.schema import FORMAT_VERSION
from tests.support.golden_pack import BUILT_AT, FOLDER, golden_place, golden_procedure, golden_theme


def test_there_is_a_golden_pack_of_each_format() -> None:
    assert {file.name for file in FOLDER.glob("*.sqlite")} == {
        f"v{number}.sqlite" for number in range(1, FORMAT_VERSION + 1)
    }


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.sqlite")), ids=lambda file: file.name)
def test_a_pack_of_any_format_gives_its_content(file: Path) -> None:
    reader = PackReader(file)
    procedure = golden_procedure()
    assert reader.procedure(procedure.id) == procedure
    assert reader.places == (golden_place(),)
    assert reader.themes == (golden_theme(),)
    assert reader.manifest.built_at == BUILT_AT
    reader.close()
