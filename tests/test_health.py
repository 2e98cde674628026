"""What staff reads about voice, disk, screen and fonts."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from kiosk import health
from kiosk.texts import Texts
from kiosk.voice.engine import SpeechProcess

Usage = namedtuple("Usage", "total used free")


class Screen:
    """A screen of 800 × 480."""

    name = "tablet-10"
    width = 800
    height = 480
    is_too_small = True


def by_id(findings: list[health.Finding]) -> dict[str, health.Finding]:
    return {finding.id: finding for finding in findings}


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**9, 10**9, 0))
    assert not by_id(health.of_device(tmp_path, None, ()))["disk"].is_well


def test_the_disk_of_a_folder_that_is_not_there_yet_is_looked_at(tmp_path: Path) -> None:
    assert by_id(health.of_device(tmp_path / "a" / "b", None, ()))["disk"].fields


def test_no_content_is_told(tmp_path: Path) -> None:
    assert not by_id(health.of_device(tmp_path, None, ()))["content"].is_well


@pytest.mark.parametrize("command", [("/nowhere/at/all",), ("/bin/false",)])
def test_a_speech_engine_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch, command: tuple[str]) -> None:
    monkeypatch.setattr(health, "SpeechProcess", lambda: SpeechProcess(command))
    assert [(found.id, found.is_well) for found in health.of_voice()] == [("voice", False)]


def test_the_speech_engine_that_ships_is_well() -> None:
    assert [(found.id, found.key) for found in health.of_voice()] == [("voice", "check.ok")]


def test_no_screen_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert [(found.id, found.key) for found in health.of_screen()] == [("screen", "check.screen_none")]


def test_a_screen_that_cannot_be_opened_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(health.sys, "executable", "/bin/false")
    assert [(found.id, found.is_well) for found in health.of_screen()] == [("screen", False)]


@pytest.mark.parametrize(("has_voice", "has_sound"), [(False, True), (True, False)])
def test_a_silent_terminal_is_told(has_voice: bool, has_sound: bool) -> None:
    found = by_id(health.of_terminal(has_voice, has_sound, Screen(), ()))
    assert (found["voice"].is_well, found["sound"].is_well) == (has_voice, has_sound)


def test_a_screen_too_small_is_told() -> None:
    assert not by_id(health.of_terminal(True, True, Screen(), ()))["small"].is_well


def test_missing_fonts_are_named() -> None:
    assert "Andika" in health.in_words(health.of_fonts(("Andika",)), Texts("fr")).value


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_every_finding_has_words(tmp_path: Path, language: str) -> None:
    texts = Texts(language)
    findings = [
        *health.of_device(tmp_path, None, ("notice.data_unwritable", "notice.pack_set_aside", "notice.pack_rebuilt")),
        *health.of_terminal(False, False, Screen(), ("Andika",)),
    ]
    checks = [health.in_words(finding, texts) for finding in findings]
    assert [check for check in checks if not check.value or check.label.startswith("check.")] == []
