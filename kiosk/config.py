"""The settings of one machine: `kiosk.toml` in its data folder, every key optional."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

FILE_NAME = "kiosk.toml"


class ConfigError(Exception):
    """The settings file cannot be used; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    """Where the terminal stands and how it behaves."""

    insee: str = "49007"
    """INSEE code of the commune (49007 is Angers): places are looked for around it."""

    place_name: str = ""
    """Name shown at the top; the name of the commune's mairie when empty."""

    profile: str = ""
    """Name of the screen profile; found from the screen when empty."""

    idle_seconds: int = 180
    """Silence before the question, 120 to 600."""

    warning_seconds: int = 45
    """Time to answer it, 20 at least (WCAG 2.2.1)."""

    clip_megabytes: int = 64
    """Most memory that the clips of one visit take."""


_LIMITS = {"idle_seconds": (120, 600), "warning_seconds": (20, 120), "clip_megabytes": (8, 1024)}


def read_config(data: Path) -> Config:
    """Read the settings of a data folder; the defaults when it has none.

    Raises:
        ConfigError: the file is not TOML, holds an unknown key or a value out of bounds.
    """
    path = data / FILE_NAME
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    types = {field.name: type(field.default) for field in fields(Config)}
    for name, value in values.items():
        if name not in types:
            raise ConfigError(f"{path} has an unknown key {name}; known: {', '.join(types)}")
        if type(value) is not types[name]:
            raise ConfigError(f"{path}: {name} must be a {types[name].__name__}")
        if name in _LIMITS:
            low, high = _LIMITS[name]
            if not low <= values[name] <= high:
                raise ConfigError(f"{path}: {name} must lie between {low} and {high}")
    return Config(**values)
