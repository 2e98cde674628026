"""`kiosk doctor`: the findings, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import bootstrap, display, health
from tests.cli.conftest import Kiosk

EVERYTHING = {"settings", "version", "content", "disk", "clock", "pin", "voice", "screen", "fonts", "sound"}


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A pretended screen and loudspeaker."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(tmp_path / "loudspeaker.raw"))
    monkeypatch.delenv("DISPLAY", raising=False)
    with display.available():
        yield


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """No screen at all."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(health, "of_voice", list)


@pytest.mark.display
@pytest.mark.usefixtures("screen")
def test_a_terminal_that_is_well_is_exit_0(kiosk: Kiosk, tmp_path: Path) -> None:
    bootstrap.set_staff_pin(tmp_path, "2468")
    said = kiosk("doctor", "--json", "--data", tmp_path)
    assert [check for check in said.json["checks"] if not check["ok"]] == []
    assert (said.code, said.json["ok"], said.err) == (0, True, "")
    assert {check["id"] for check in said.json["checks"]} == EVERYTHING


@pytest.mark.usefixtures("no_screen")
def test_something_bad_is_exit_1(kiosk: Kiosk, tmp_path: Path) -> None:
    said = kiosk("doctor", "--json", "--data", tmp_path)
    assert (said.code, said.json["ok"]) == (1, False)
    assert {check["id"] for check in said.json["checks"] if not check["ok"]} == {"pin", "screen"}


@pytest.mark.usefixtures("no_screen")
def test_a_person_gets_one_line_a_finding(kiosk: Kiosk, tmp_path: Path) -> None:
    said = kiosk("doctor", "--data", tmp_path)
    lines = said.out.splitlines()
    assert {line.split()[0] for line in lines} == {"ok", "BAD"}
    assert [line for line in lines if "check." in line or "notice." in line] == []


@pytest.mark.usefixtures("no_screen")
def test_a_corrupt_pack_is_found(kiosk: Kiosk, tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "current.sqlite").write_bytes(b"rubbish")
    checks = {check["id"]: check["ok"] for check in kiosk("doctor", "--json", "--data", tmp_path).json["checks"]}
    assert checks["notice.0"] is False


@pytest.mark.usefixtures("no_screen")
def test_a_wrong_setting_is_found(kiosk: Kiosk, tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("colour = 1\n")
    checks = {check["id"]: check for check in kiosk("doctor", "--json", "--data", tmp_path).json["checks"]}
    assert (checks["settings"]["ok"], "colour" in checks["settings"]["value"]) == (False, True)


def test_wrong_use_is_one_line(kiosk: Kiosk) -> None:
    said = kiosk("doctor", "--now")
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
