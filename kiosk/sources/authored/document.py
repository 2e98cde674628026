"""A YAML file as a tree that remembers its lines, so that every problem names the line to mend.

PyYAML's composer gives nodes with marks; this module turns them into mappings, lists and texts, and
refuses what a procedure file has no use for: a file that contains itself, a key given twice, a file so
full of repeated anchors that it would not fit in memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from kiosk.sources.report import Problem

MAX_BYTES = 1_000_000
MAX_NODES = 50_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Neither a letter nor a space: bells, escapes, marks that turn the direction of what follows."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, always kept as the text that was written."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Tree, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values; `lines` gives the line of each key."""

    values: dict[str, Tree]
    lines: dict[str, int]
    line: int
    column: int = 0


Tree = Text | Sequence | Mapping


class DocumentError(Exception):
    """A file that cannot be read as a tree."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_document(path: Path, shown_path: str) -> Tree:
    """Read one YAML file.

    Raises:
        DocumentError: it is missing, not UTF-8, too large, not YAML, empty, or it contains itself.
    """

    def refuse(line: int, message: str, remedy: str) -> DocumentError:
        return DocumentError(Problem(shown_path, line, message, remedy))

    try:
        if path.stat().st_size > MAX_BYTES:
            raise refuse(0, "The file is larger than 1 MB.", "Split it or remove what was pasted in.")
        source = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise refuse(0, f"The file cannot be read ({error.strerror}).", "Check its name and rights.") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise refuse(line, "This line is not UTF-8.", "Save the file as UTF-8.") from error
    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        begun = error.context_mark.line + 1 if error.context_mark else line
        where = f" in what begins on line {begun}" if begun != line else ""
        raise refuse(line, f"This is not YAML: {error.problem}{where}.", "Check quotes, colons and indents.") from error
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)
        line = source[:position].count("\n") + 1
        raise refuse(line, "This line holds a control character.", "Type the line again.") from error
    except RecursionError as error:
        raise refuse(1, "The file is nested too deeply.", "Flatten it.") from error
    if node is None:
        raise refuse(1, "The file is empty.", "Write the procedure or delete the file.")
    return _Converter(shown_path).convert(node, ())


class _Converter:
    def __init__(self, shown_path: str) -> None:
        self.shown_path = shown_path
        self.count = 0

    def convert(self, node: yaml.Node, parents: tuple[int, ...]) -> Tree:
        line = node.start_mark.line + 1
        self.count += 1
        if id(node) in parents:
            raise DocumentError(
                Problem(
                    self.shown_path,
                    line,
                    "This part contains itself (a loop).",
                    "Remove the anchor that closes the loop.",
                )
            )
        if self.count > MAX_NODES:
            raise DocumentError(
                Problem(self.shown_path, line, "The anchors repeat too much text.", "Repeat less with anchors.")
            )
        inside = (*parents, id(node))
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.convert(child, inside) for child in node.value), line)
        if isinstance(node, yaml.MappingNode):
            values: dict[str, Tree] = {}
            lines: dict[str, int] = {}
            for key_node, value_node in node.value:
                key = str(key_node.value)
                key_line = key_node.start_mark.line + 1
                if key in values:
                    raise DocumentError(
                        Problem(self.shown_path, key_line, f"“{key}” is given twice.", "Keep one of them.")
                    )
                values[key] = self.convert(value_node, inside)
                lines[key] = key_line
            return Mapping(values, lines, line, node.start_mark.column)
        if _CONTROL.search(node.value):
            raise DocumentError(
                Problem(self.shown_path, line, "This text holds an invisible control character.", "Type it again.")
            )
        return Text(str(node.value), line)
