"""The state of one visit. Frozen values: a new visit is equal to any other, so nothing of the last one can stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kiosk.session.settings import Settings
from kiosk.session.views import Screen

MAX_QUERY = 60
"""Longest search, in characters."""


@dataclass(frozen=True, slots=True)
class Left:
    """The answers and the ticks of a procedure that was left for another one."""

    answers: Mapping[str, str]
    ticked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Location:
    """Where one is: a screen, and what it is about.

    `source` is the official sheet to offer as the whole text. `left` is what was answered and ticked in a procedure
    when another one was opened from it: Back finds it again.
    """

    screen: Screen
    theme: str = ""
    procedure: str = ""
    page: str = ""
    source: str = ""
    left: Left | None = None


WELCOME = Location(Screen.WELCOME)
HOME = Location(Screen.HOME)


@dataclass(frozen=True, slots=True)
class Visit:
    """All that the kiosk knows of the person in front of it."""

    location: Location = WELCOME
    history: tuple[Location, ...] = ()
    settings: Settings = field(default_factory=Settings)
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ticked: frozenset[str] = frozenset()
    query: str = ""
    pin: str = ""
    pin_message: str = ""

    @property
    def is_new(self) -> bool:
        """Tell whether nobody has touched anything yet."""
        return self == Visit()
