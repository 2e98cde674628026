"""`kiosk bench`: one real subject, and how figures come out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk import display
from kiosk.bench import figures
from tests.cli.conftest import Kiosk


@pytest.mark.display
def test_a_subject_measures_itself_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with display.available():
        measured = figures._child("terminal-start", tmp_path)
    assert set(measured) == {"seconds"}
    assert 0.1 < measured["seconds"] < 60


def test_a_subject_that_fails_is_named(tmp_path: Path) -> None:
    with pytest.raises(figures.BenchError, match="nothing-of-the-kind"):
        figures._child("nothing-of-the-kind", tmp_path)


def test_the_machine_is_described() -> None:
    assert figures.machine()["cores"] == os.cpu_count()


@pytest.mark.parametrize(("values", "expected"), [([7.0], 7.0), ([float(n) for n in range(1, 101)], 95.05)])
def test_the_95th_percentile(values: list[float], expected: float) -> None:
    assert figures.p95(values) == pytest.approx(expected)


def test_json_has_machine_and_figures(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    one = figures.Figure("start", 1.5, "s", 1.0, 1.5, "≤ 1.5 ×")
    monkeypatch.setattr(figures, "measure", lambda _progress, _official: iter([one]))
    document = kiosk("bench", "--json").json
    assert set(document) == {"machine", "figures"}
    assert set(document["figures"][0]) == {"name", "value", "unit", "baseline", "ratio", "goal"}


def test_wrong_use_is_one_line(kiosk: Kiosk) -> None:
    said = kiosk("bench", "--fast")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
