"""The part of France whose places are kept: communes and départements by their official codes (INSEE)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

INSEE = re.compile(r"^(?:[0-9]{5}|2[AB][0-9]{3})$")
_DEPARTMENT = re.compile(r"^(?!20)(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[0-9]|98[0-9])$")


def department_of(insee: str) -> str:
    """Return the département of an INSEE code: two characters, three overseas."""
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]


@dataclass(frozen=True, slots=True)
class Areas:
    """Communes and whole départements; none of both means everywhere."""

    communes: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()

    @classmethod
    def of(cls, codes: Iterable[str]) -> Areas:
        """Read codes as people write them: `49007` is a commune, `49` a département; no code means everywhere.

        Raises:
            ValueError: one of them is neither.
        """
        given = {code.strip().upper() for code in codes}
        communes = {code for code in given if INSEE.match(code)}
        departments = {code for code in given - communes if _DEPARTMENT.match(code)}
        strange = sorted(given - communes - departments)
        if strange:
            raise ValueError(f"“{strange[0]}” is neither the INSEE code of a commune nor the code of a département")
        return cls(frozenset(communes), frozenset(departments))

    @property
    def is_everywhere(self) -> bool:
        """Tell whether nothing is left out."""
        return not (self.communes or self.departments)

    def has(self, insee: str) -> bool:
        """Tell whether a commune is in the area."""
        return self.is_everywhere or insee in self.communes or department_of(insee) in self.departments

    def has_postcode(self, postcode: str) -> bool:
        """Tell whether a postcode is surely in the area: only départements can say, Corsica is one there."""
        if self.is_everywhere:
            return True
        if postcode.startswith("20"):
            return not self.departments.isdisjoint({"2A", "2B"})
        return department_of(postcode) in self.departments
