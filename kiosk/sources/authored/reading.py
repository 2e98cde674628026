"""Reading the parts of a document: each function takes what it needs and reports what is wrong, with its line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.domain.dating import PartialDate
from kiosk.domain.procedure import Confidence, Evidence, Paragraph
from kiosk.sources.authored.document import Mapping, Sequence, Text, Tree
from kiosk.sources.authored.typography import typeset
from kiosk.sources.report import Problem, Severity

FACT_KEYS = ("source", "dated", "confidence")
_ID = re.compile(r"^[a-z0-9][a-z0-9_-]*$")


@dataclass(slots=True)
class Reading:
    """One file being read: where it is and what was found wrong so far."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    facts: list[tuple[Evidence, int]] = field(default_factory=list)
    lines: list[tuple[Paragraph, int]] = field(default_factory=list)
    whens: list[tuple[str, int]] = field(default_factory=list)
    ids: list[tuple[str, int]] = field(default_factory=list)

    def error(self, line: int, message: str, remedy: str, kind: str = "structure") -> None:
        """Report something that keeps the file from being used."""
        self.problems.append(Problem(self.path, line, message, remedy, Severity.ERROR, kind))

    def warn(self, line: int, message: str, remedy: str, kind: str) -> None:
        """Report something that an author should look at."""
        self.problems.append(Problem(self.path, line, message, remedy, Severity.WARNING, kind))

    def mapping(self, tree: Tree, what: str) -> Mapping:
        """Take a mapping; report and return an empty one for anything else."""
        if isinstance(tree, Mapping):
            return tree
        self.error(tree.line, f"{what} must be `key: value` lines.", "See docs/authoring.md.")
        return Mapping({}, {}, tree.line)

    def items(self, tree: Tree | None, what: str) -> tuple[Tree, ...]:
        """Take a list; a single value counts as a list of one, nothing as an empty list."""
        match tree:
            case None:
                return ()
            case Sequence():
                return tree.items
            case Text(value=""):
                return ()
            case Text():
                return (tree,)
            case _ if what:
                return (tree,)
        return ()

    def text(self, mapping: Mapping, key: str, *, required: bool = True, raw: bool = False) -> str:
        """Take one line of text; `raw` leaves identifiers as they are written."""
        tree = mapping.values.get(key)
        if tree is None:
            if required:
                self.error(mapping.line, f"“{key}” is missing.", f"Add `{key}: …`.")
            return ""
        if not isinstance(tree, Text):
            self.error(mapping.lines[key], f"“{key}” must be one line of text.", "Write one line.")
            return ""
        if required and not tree.value.strip():
            self.error(mapping.lines[key], f"“{key}” is empty.", "Write its text.")
        return tree.value.strip() if raw else typeset(tree.value)

    def id(self, mapping: Mapping, made: str = "") -> str:
        """Take the id of a thing, or the one made from its title when it gives none."""
        key = self.text(mapping, "id", required=not made, raw=True) or made
        if key and not _ID.match(key):
            line = mapping.lines.get("id", mapping.line)
            self.error(line, f"“{key}” is no id.", "Use small letters without accents, digits and hyphens.")
        self.ids.append((key, mapping.lines.get("id", mapping.line)))
        return key

    def texts(self, mapping: Mapping, key: str, *, raw: bool = False) -> tuple[str, ...]:
        """Take a list of short texts."""
        found = []
        for item in self.items(mapping.values.get(key), key):
            if isinstance(item, Text):
                found.append(item.value.strip() if raw else typeset(item.value))
            else:
                self.error(item.line, f"“{key}” takes a list of short texts.", "Write them as [one, two].")
        return tuple(found)

    def allow(self, mapping: Mapping, keys: Iterable[str], what: str) -> None:
        """Report every key that this part does not know, with the nearest one that it knows."""
        known = set(keys)
        for key, line in mapping.lines.items():
            if key not in known:
                near = difflib.get_close_matches(key, sorted(known), n=1)
                remedy = f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(sorted(known))}."
                self.error(line, f"{what} does not know “{key}”.", remedy)

    def when(self, mapping: Mapping) -> tuple[str, ...]:
        """Take the answers that something is kept for."""
        ids = self.texts(mapping, "when", raw=True)
        self.whens.extend((choice, mapping.lines["when"]) for choice in ids)
        return ids

    def evidence(self, mapping: Mapping) -> Evidence | None:
        """Take the source of a fact; None when the line claims none."""
        if not any(key in mapping.values for key in FACT_KEYS):
            return None
        missing = [key for key in FACT_KEYS if key not in mapping.values]
        if missing:
            self.error(
                mapping.line, f"A fact needs {', '.join(missing)} too.", "Give source, dated and confidence.", "fact"
            )
            return None
        dated = self.text(mapping, "dated", raw=True)
        confidence = self.text(mapping, "confidence", raw=True)
        try:
            date = PartialDate.parse(dated)
        except ValueError:
            self.error(
                mapping.lines["dated"], f"“{dated}” is not a date.", "Write 2026-08-31, 2026-08 or 2026.", "fact"
            )
            return None
        if confidence not in list(Confidence):
            self.error(
                mapping.lines["confidence"],
                f"“{confidence}” is no confidence that ships.",
                "Use H or M, or leave the fact out.",
                "fact",
            )
            return None
        evidence = Evidence(self.text(mapping, "source"), date, Confidence(confidence))
        self.facts.append((evidence, mapping.lines["dated"]))
        return evidence

    def paragraph(self, tree: Tree, inherited: Evidence | None = None) -> Paragraph:
        """Take one line: a plain sentence or a fact; `inherited` is the evidence of the thing it belongs to."""
        if isinstance(tree, Text):
            line = Paragraph(typeset(tree.value), inherited)
        else:
            mapping = self.mapping(tree, "A line")
            self.allow(mapping, ("text", "when", *FACT_KEYS), "A line")
            evidence = self.evidence(mapping) or inherited
            line = Paragraph(self.text(mapping, "text"), evidence, self.when(mapping))
        if not line.text:
            self.error(tree.line, "This line is empty.", "Write its text or delete it.")
        self.lines.append((line, tree.line))
        return line

    def paragraphs(
        self, mapping: Mapping, key: str, *, required: bool = False, inherited: Evidence | None = None
    ) -> tuple[Paragraph, ...]:
        """Take lines of text."""
        trees = self.items(mapping.values.get(key), key)
        found = tuple(self.paragraph(tree, inherited) for tree in trees)
        if required and not found:
            self.error(
                mapping.lines.get(key, mapping.line), f"“{key}” is missing.", f"Add at least one line under `{key}:`."
            )
        return found
