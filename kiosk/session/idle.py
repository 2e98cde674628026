"""The clock of a visit: 180 s without a touch, then a question with 45 s to answer, then everything is erased.

The clock stands still while the voice speaks. It is told the time, it never asks for it; a time that jumps
back counts as none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

IDLE_SECONDS = 180.0
WARNING_SECONDS = 45.0


class Phase(Enum):
    """What the silence means."""

    ACTIVE = auto()
    WARNING = auto()
    EXPIRED = auto()


@dataclass(slots=True)
class IdleClock:
    """Counts the silence of one visit, in seconds of a monotonic clock."""

    idle_seconds: float = IDLE_SECONDS
    warning_seconds: float = WARNING_SECONDS
    silence: float = 0.0
    _last: float | None = None

    def touched(self, now: float) -> None:
        """Start counting anew: somebody is there."""
        self.silence = 0.0
        self._last = now

    def tick(self, now: float, *, is_speaking: bool) -> Phase:
        """Let time pass and say what it means."""
        if self._last is not None and not (is_speaking and self.silence < self.idle_seconds):
            self.silence += max(now - self._last, 0.0)
        self._last = now
        return self.phase

    @property
    def phase(self) -> Phase:
        """Return what the silence so far means."""
        if self.silence >= self.idle_seconds + self.warning_seconds:
            return Phase.EXPIRED
        return Phase.WARNING if self.silence >= self.idle_seconds else Phase.ACTIVE

    @property
    def seconds_left(self) -> int:
        """Return the whole seconds left to answer the warning."""
        return max(0, round(self.idle_seconds + self.warning_seconds - self.silence))
