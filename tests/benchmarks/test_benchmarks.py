"""What the screen waits for, measured: `make bench`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk import bootstrap, display
from kiosk.domain.guide import Guide
from kiosk.domain.procedure import Procedure, all_blocks
from kiosk.packs.reader import PackReader
from kiosk.session.settings import Contrast, TextSize
from tests.support.visits import a_controller, all_answers, open_procedure, to_sheet, write_shipped_pack

pytestmark = pytest.mark.benchmark

Benchmark = Any


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackReader]:
    """The content that ships, open."""
    reader = PackReader(write_shipped_pack(tmp_path_factory.mktemp("content") / "shipped.sqlite"))
    yield reader
    reader.close()


@pytest.fixture
def largest(content: PackReader) -> Procedure:
    """The procedure with the most blocks."""
    found = [procedure for card in content.cards if (procedure := content.procedure(card.id))]
    return max(found, key=lambda procedure: sum(1 for _ in all_blocks(procedure)))


@pytest.mark.display
def test_laying_out_the_sheet(
    benchmark: Benchmark, content: PackReader, largest: Procedure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with display.available():
        from kiosk.ui import window

        window.prepare((1080, 1920), is_windowed=True)
        from kiosk.ui import launch
        from kiosk.ui.drawing import text
        from kiosk.ui.drawing.kit import Kit
        from kiosk.ui.drawing.scene import Scene
        from kiosk.ui.theme.colours import PALETTES
        from kiosk.ui.theme.measures import Measures
        from kiosk.ui.theme.profiles import PROFILES

        launch.missing_fonts()
        controller = a_controller(content)
        open_procedure(controller, largest.id)
        view = to_sheet(controller)[-1]
        measures = Measures(PROFILES["portrait-21"], TextSize.NORMAL)

        def lay_out() -> Scene:
            text.clear_cache()
            return Scene(view, Kit(PALETTES[Contrast.CALM], measures, is_right_to_left=False))

        assert benchmark(lay_out).parts


def test_finding_the_pages_of_the_largest_procedure(benchmark: Benchmark, largest: Procedure) -> None:
    guide = Guide(largest)
    answers = max(all_answers(largest), key=lambda found: len(guide.pages(found)))
    assert len(benchmark(guide.pages, answers)) > 3


@pytest.mark.parametrize("query", ["ca", "carte", "didentité perdu", "secu"])
def test_searching_at_each_letter(benchmark: Benchmark, content: PackReader, query: str) -> None:
    find = bootstrap.finder(content)
    assert benchmark(find, query, 24)


def test_opening_a_procedure(benchmark: Benchmark, content: PackReader, largest: Procedure) -> None:
    assert benchmark(content.procedure, largest.id) == largest


def test_building_the_default_pack(benchmark: Benchmark, tmp_path: Path) -> None:
    path = tmp_path / "built.sqlite"
    benchmark.pedantic(bootstrap.build_default_pack, args=(path,), rounds=3)
    assert path.exists()
