"""`kiosk run`: refused in one line where it cannot start."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Kiosk


@pytest.fixture(autouse=True)
def _no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def test_without_a_screen_one_line_says_how_to_pretend_one(kiosk: Kiosk) -> None:
    said = kiosk("run")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "xvfb-run" in said.err


@pytest.mark.parametrize("arguments", [("--colour",), ("--profile", "cinema"), ("now",), ("--data", __file__)])
def test_wrong_use_is_one_line(kiosk: Kiosk, arguments: tuple[str, ...]) -> None:
    said = kiosk("run", *arguments)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)


def test_a_wrong_setting_is_one_line_that_names_it(kiosk: Kiosk, tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("idle_seconds = 5\n")
    said = kiosk("run", "--data", tmp_path)
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "idle_seconds" in said.err


def test_a_screen_that_does_not_answer_is_no_screen(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":7654")
    said = kiosk("run")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "there is no screen here" in said.err
