"""`kiosk pin`: the staff code of a machine."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from kiosk import bootstrap
from kiosk.device.staff import MAX_TRIES
from tests.cli.conftest import Kiosk


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What comes on standard input."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdin", stream)
    return stream


def give(stream: io.StringIO, text: str) -> None:
    stream.truncate(0)
    stream.seek(0)
    stream.write(text)
    stream.seek(0)


def try_pin(data: Path, pack: Path, *pins: str) -> list[str]:
    device = bootstrap.open_device(data, pack)
    answers = [device.staff.try_pin(pin) for pin in pins]
    assert device.database is not None
    device.close()
    return answers


def test_the_code_that_was_set_opens_the_door(kiosk: Kiosk, typed: io.StringIO, tmp_path: Path, shipped: Path) -> None:
    give(typed, "246810\n")
    said = kiosk("pin", "--data", tmp_path)
    assert (said.code, said.out.count("\n"), said.err) == (0, 1, "")
    assert try_pin(tmp_path, shipped, "1111", "246810") == ["staff.pin_wrong", ""]


def test_the_code_is_never_said_back(kiosk: Kiosk, typed: io.StringIO, tmp_path: Path) -> None:
    give(typed, "246810\n")
    said = kiosk("pin", "--data", tmp_path)
    assert "246810" not in said.out + said.err


def test_the_code_stands_nowhere_on_the_disk(kiosk: Kiosk, typed: io.StringIO, tmp_path: Path) -> None:
    give(typed, "24681012\n")
    kiosk("pin", "--data", tmp_path)
    assert [path for path in tmp_path.iterdir() if b"24681012" in path.read_bytes()] == []


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "12a4", "١٢٣٤", "12 34", "-1234"])
def test_a_code_that_no_keypad_can_type_is_refused_in_one_line(
    kiosk: Kiosk, typed: io.StringIO, tmp_path: Path, pin: str
) -> None:
    give(typed, f"{pin}\n")
    said = kiosk("pin", "--data", tmp_path)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "4 to 12 digits" in said.err


def test_a_folder_that_cannot_be_written_is_one_line(
    kiosk: Kiosk, typed: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(typed, "2468\n")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "file"))
    said = kiosk("pin")
    assert (said.code, said.err.count("\n")) == (1, 1)


def test_a_new_code_opens_a_door_that_was_shut_for_good(
    kiosk: Kiosk, typed: io.StringIO, tmp_path: Path, shipped: Path
) -> None:
    give(typed, "2468\n")
    kiosk("pin", "--data", tmp_path)
    device = bootstrap.open_device(tmp_path, shipped)
    assert device.database is not None
    device.database.table("staff").upsert({"name": "tries", "value": str(MAX_TRIES)}, pk="name")
    device.close()
    assert try_pin(tmp_path, shipped, "2468") == ["staff.pin_blocked"]
    give(typed, "1357\n")
    kiosk("pin", "--data", tmp_path)
    assert try_pin(tmp_path, shipped, "1357") == [""]
