"""Names that are given once each: ids of steps and papers, keys of questions, ids of answers."""

from __future__ import annotations

from kiosk.sources.service_public.wording import MAX_SLUG


class Names:
    """The names given so far. The second `photo` is `photo-2`, and so on."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def claim(self, name: str) -> bool:
        """Take a name as it is; tell whether it was free."""
        if not name or name in self._taken:
            return False
        self._taken.add(name)
        return True

    def new(self, name: str) -> str:
        """Take a name, or the next free one like it."""
        if name not in self._taken:
            self._taken.add(name)
            return name
        number = self._numbers.get(name, 1)
        found = name
        while found in self._taken:
            number += 1
            ending = f"-{number}"
            found = name[: MAX_SLUG - len(ending)] + ending
        self._numbers[name] = number
        self._taken.add(found)
        return found
