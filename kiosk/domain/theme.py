"""The subjects that the first screen offers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject: its icon, its tint (1 to 6) and its title in each language that has one.

    `official` names the themes of Service-Public (N…) whose sheets stand under this one.
    """

    id: str
    icon: str
    tint: int
    titles: dict[str, str]
    official: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """Return the title in a language, in French when it has none."""
        return self.titles.get(language) or self.titles["fr"]
