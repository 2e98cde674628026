"""Do the catalogues hold what the program says? `python -m tests.support.catalogues`, also in the gate.

A key is used when Babel finds it in a call of `tr`, when it stands as a literal anywhere in the program, or when
an f-string begins it and a literal ends it (`f"notice.{code}"` and "pack_rebuilt").
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from kiosk.texts import DOMAIN, SOURCE_LANGUAGE, fields_of

ROOT = Path(__file__).parent.parent.parent
PASSED_ON = ("health.py", "device/staff.py")
"""Modules that name keys which others say: what looks like a key there must be one."""

_KEY = re.compile(r"^[a-z]+(\.[a-z_]+)+$")


@dataclass
class Used:
    """What the program says: keys in calls of `tr` with their place, all literals, beginnings of f-strings."""

    keys: dict[str, str] = field(default_factory=dict)
    passed_on: dict[str, str] = field(default_factory=dict)
    literals: set[str] = field(default_factory=set)
    beginnings: set[str] = field(default_factory=set)

    def holds(self, key: str) -> bool:
        """Tell whether the program says a key."""
        if key in self.keys or key in self.literals:
            return True
        return any(key.startswith(begin) and key.removeprefix(begin) in self.literals for begin in self.beginnings)


def used_in(program: Path) -> Used:
    """Read all modules of the program."""
    used = Used()
    for name, line, key, _comments, _context in extract_from_dir(program, [("**.py", "python")], keywords={"tr": None}):
        used.keys.setdefault(str(key), f"{name}:{line}")
    for file in sorted(program.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        name = file.relative_to(program).as_posix()
        for node in ast.walk(tree):
            match node:
                case ast.Constant(value=str(text)):
                    used.literals.add(text)
                    if name in PASSED_ON and _KEY.match(text):
                        used.passed_on.setdefault(text, f"{name}:{node.lineno}")
                case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
                    used.beginnings.add(text)
    return used


def read_catalogue(path: Path) -> Catalog:
    """Read one catalogue."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def texts_of(catalogue: Catalog) -> dict[str, str]:
    """Return key and text of each message."""
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def faults(program: Path, locales: Path) -> Iterator[str]:
    """Yield one line for each fault."""
    texts = {
        path.parent.parent.name: texts_of(read_catalogue(path))
        for path in sorted(locales.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))
    }
    source = texts.get(SOURCE_LANGUAGE, {})
    used = used_in(program)
    subjects = {key.partition(".")[0] for key in source}
    for key, place in sorted({**used.passed_on, **used.keys}.items()):
        if key not in source and (key in used.keys or key.partition(".")[0] in subjects):
            yield f"{place}: {key} is not in {SOURCE_LANGUAGE}"
    for key in sorted(source):
        if not used.holds(key):
            yield f"{SOURCE_LANGUAGE}: {key} is used nowhere"
    for language, found in texts.items():
        for key in sorted(source.keys() - found.keys()):
            yield f"{language}: {key} is missing"
        for key in sorted(found.keys() - source.keys()):
            yield f"{language}: {key} is not in {SOURCE_LANGUAGE}"
        for key, text in sorted(found.items()):
            if not text.strip():
                yield f"{language}: {key} is empty"
            elif key in source and fields_of(text) != fields_of(source[key]):
                yield f"{language}: {key} has other fields than in {SOURCE_LANGUAGE}"


def main() -> int:
    """Print the faults and return the exit code."""
    found = list(faults(ROOT / "kiosk", ROOT / "locales"))
    sys.stdout.write("\n".join(found or ["catalogues: ok"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
