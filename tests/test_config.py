"""The settings of one machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import Config, ConfigError, read_config


def read(folder: Path, text: str | bytes) -> Config:
    """Write and read settings."""
    (folder / "kiosk.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_config(folder)


def test_without_a_file_the_settings_are_the_defaults(tmp_path: Path) -> None:
    assert read_config(tmp_path / "none") == Config()


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Config()


def test_what_is_given_is_taken(tmp_path: Path) -> None:
    config = read(tmp_path, 'insee = "49353"\nidle_seconds = 300')
    assert (config.insee, config.idle_seconds) == ("49353", 300)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("idle_second = 200", "unknown key idle_second; known: insee"),
        ("idle_seconds = '200'", "idle_seconds must be a int"),
        ("idle_seconds = true", "idle_seconds must be a int"),
        ("idle_seconds = 200.5", "idle_seconds must be a int"),
        ("idle_seconds = 119", "between 120 and 600"),
        ("idle_seconds = 601", "between 120 and 600"),
        ("warning_seconds = 19", "between 20 and 120"),
        ("insee = 49007", "insee must be a str"),
        ("insee", "is not TOML"),
        (b"insee = '\xff'", "is not TOML"),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as raised:
        read(tmp_path, text)
    assert str(tmp_path / "kiosk.toml") in str(raised.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path)
