"""The search over the whole official library, measured and held to its goals: `make bench`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from kiosk.search.documents import Document
from kiosk.search.finder import Finder
from kiosk.search.synonyms import read_synonyms
from tests.benchmarks.search import measure
from tests.benchmarks.search.corpus_documents import authored, official
from tests.support.corpus import corpus

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """Give the residents' library and our own procedures."""
    return official(corpus()) + authored()


@pytest.fixture(scope="module")
def figures(documents: Sequence[Document]) -> dict[str, float | measure.Quality]:
    """Give the figures, and show them."""
    found = measure.measure(documents)
    for name, figure in found.items():
        sys.stdout.write(f"{name}: {figure if isinstance(figure, measure.Quality) else round(figure, 2)}\n")
    return found


@pytest.mark.parametrize("part", ["tuned", "held out", "late"])
def test_the_right_sheet_comes_first(figures: dict[str, measure.Quality], part: str) -> None:
    found = figures[f"ours, {part}"]
    assert found.first >= 0.80
    assert found.in_three >= 0.95


def test_it_finds_better_than_full_text(figures: dict[str, measure.Quality]) -> None:
    assert figures["ours, mechanical"].in_three > figures["full text, mechanical"].in_three


def test_it_answers_at_each_letter(figures: dict[str, float]) -> None:
    assert figures["letter p95, ms"] <= 15
    assert figures["opening, ms"] < 15


def test_it_is_small(figures: dict[str, float]) -> None:
    assert figures["size, MB"] <= 6


def test_every_need_of_the_synonyms_points_at_a_page(documents: Sequence[Document]) -> None:
    known = {one.id for one in documents}
    assert {need.sheet for need in read_synonyms(measure.SYNONYMS).needs} <= known


def test_every_title_finds_its_sheet_in_the_first_three(documents: Sequence[Document], tmp_path_factory) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("search") / "index.sqlite"
    measure.build(documents, read_synonyms(measure.SYNONYMS), path)
    finder = Finder(path)
    sheets = [one for one in documents if one.kind == "sheet"]
    lost = [
        one.title
        for one in sheets
        if not any(one.title == hit.title or one.id == hit.source for hit in finder.search(one.title, 3))
    ]
    assert len(lost) <= len(sheets) / 100, lost[:20]
