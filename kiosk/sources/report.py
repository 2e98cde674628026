"""What a source has to say about the content it read: where, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps the pack from being built; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding, with its file and line (1 is the first; 0 when the file could not be read)."""

    path: str
    line: int
    message: str
    remedy: str
    severity: Severity = Severity.ERROR
    kind: str = "structure"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: {self.message} {self.remedy}"


class ContentError(Exception):
    """Content cannot be used; the problems say why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
