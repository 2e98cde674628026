"""The synonyms file: everyday words and what the library calls them. Read and checked here, with file and line.

The top of `assets/synonyms.yaml` tells an agent how to edit it; this module says what a program gets of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from kiosk.search.analysis import terms
from kiosk.search.normalising import plain

DEFAULT_WEIGHT = 1.0
GROUP = re.compile(r"<([a-z0-9-]+)>")
_SHEET = re.compile(r"[FNR]\d{1,6}|[a-z0-9]+(?:-[a-z0-9]+)*")
_SECTIONS = ("ignore", "weak", "common", "silent", "rewrite", "groups", "narrow", "themes")
_THEME_SECTIONS = ("same", "means", "needs")


class SynonymsError(Exception):
    """The synonyms file cannot be used; the message starts with file and line, `where` has them and the rest apart."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.where = (str(path), line, f"{message[:1].upper()}{message[1:]}.")


@dataclass(frozen=True, slots=True)
class Meaning:
    """One-way: who types one of `everyday` may mean any of `official`."""

    everyday: tuple[str, ...]
    official: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Expressions that ask for one page; `<group>` in one stands for any word of that group."""

    sheet: str
    expressions: tuple[str, ...]
    weight: float = DEFAULT_WEIGHT


@dataclass(frozen=True, slots=True)
class Narrow:
    """A subject that few ask for: a page whose title speaks of it waits for a query that does."""

    title_words: tuple[str, ...]
    asked_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """All that the file says."""

    ignore: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    rewrite: dict[str, str] = field(default_factory=dict)
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    narrow: tuple[Narrow, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    means: tuple[Meaning, ...] = ()
    needs: tuple[Need, ...] = ()


class _Reader:
    """Walks the nodes of the file, so that every complaint has its line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.groups: dict[str, tuple[str, ...]] = {}

    def fail(self, node: yaml.Node, message: str) -> SynonymsError:
        return SynonymsError(self._path, node.start_mark.line + 1, message)

    def pairs(self, node: yaml.Node, what: str) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise self.fail(node, f"{what} must be lines of the form “key: value”")
        seen: set[str] = set()
        for key, value in node.value:
            name = self.text(key, f"a key of {what}")
            if name in seen:
                raise self.fail(key, f"“{name}” stands twice in {what}: put both together")
            seen.add(name)
            yield name, key, value

    def items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.fail(node, f"{what} must be a list")
        return list(node.value)

    def text(self, node: yaml.Node, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
            raise self.fail(node, f"{what} must be words")
        return str(node.value).strip()

    def expressions(self, node: yaml.Node, what: str, text: str | None = None) -> tuple[str, ...]:
        """Return what stands between commas, each of which must hold a word that says something."""
        found = []
        if isinstance(node, yaml.SequenceNode):
            return tuple(one for item in node.value for one in self.expressions(item, what))
        for part in (self.text(node, what) if text is None else text).split(","):
            expression = " ".join(part.split())
            if not expression:
                raise self.fail(node, f"there is nothing between two commas in {what}")
            for group in GROUP.findall(expression):
                if group not in self.groups:
                    raise self.fail(node, f"there is no group <{group}>")
            if not terms(GROUP.sub("", expression)) and not GROUP.search(expression):
                raise self.fail(node, f"“{expression}” holds only words that say nothing")
            found.append(expression)
        return tuple(found)

    def words(self, node: yaml.Node, what: str) -> tuple[str, ...]:
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.text(item, what) for item in node.value)
        return tuple(part.strip() for part in self.text(node, what).split(",") if part.strip())


def _need(reader: _Reader, sheet: str, key: yaml.Node, value: yaml.Node) -> Need:
    if not _SHEET.fullmatch(sheet):
        raise reader.fail(key, f"“{sheet}” is neither a sheet (F1344) nor a procedure (carte-identite)")
    if isinstance(value, yaml.MappingNode):
        say: tuple[str, ...] = ()
        weight = DEFAULT_WEIGHT
        for name, name_node, part in reader.pairs(value, f"the need of {sheet}"):
            if name == "say":
                say = reader.expressions(part, f"the need of {sheet}")
            elif name == "weight":
                try:
                    weight = float(reader.text(part, "weight"))
                except ValueError:
                    raise reader.fail(part, "a weight is a number such as 1.2") from None
                if not 0 < weight <= 3:
                    raise reader.fail(part, "a weight is over 0 and at most 3")
            else:
                raise reader.fail(name_node, f"“{name}” is neither “say” nor “weight”")
        if not say:
            raise reader.fail(value, f"the need of {sheet} has no “say”")
        return Need(sheet, say, weight)
    return Need(sheet, reader.expressions(value, f"the need of {sheet}"))


def read_synonyms(path: Path) -> Synonyms:
    """Read and check the synonyms file.

    Raises:
        SynonymsError: it cannot be read, or says what cannot be; with file and line.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError) as error:
        raise SynonymsError(path, 1, f"the file cannot be read ({error})") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SynonymsError(path, line, error.problem or "this is not YAML") from error
    except yaml.YAMLError as error:
        raise SynonymsError(path, 1, f"this is not YAML ({error})") from error
    if root is None:
        return Synonyms()
    reader = _Reader(path)
    sections: dict[str, yaml.Node] = {}
    for name, key, value in reader.pairs(root, "the file"):
        if name not in _SECTIONS:
            raise reader.fail(key, f"“{name}” is none of {', '.join(_SECTIONS)}")
        sections[name] = value
    if "groups" in sections:
        for name, key, value in reader.pairs(sections["groups"], "groups"):
            if not GROUP.fullmatch(f"<{name}>"):
                raise reader.fail(key, "a group is named with small letters, digits and hyphens")
            reader.groups[name] = reader.expressions(value, f"the group {name}")
    narrow = []
    if "narrow" in sections:
        for name, key, value in reader.pairs(sections["narrow"], "narrow"):
            narrow.append(
                Narrow(reader.expressions(key, "narrow", name), reader.expressions(value, f"the narrow “{name}”"))
            )
    rewrite = {}
    if "rewrite" in sections:
        for said, key, value in reader.pairs(sections["rewrite"], "rewrite"):
            written = reader.text(value, f"what “{said}” is rewritten to")
            for part in said.split(","):
                if not plain(part):
                    raise reader.fail(key, "there is nothing between two commas in rewrite")
                rewrite[plain(part)] = plain(written)
    same: list[tuple[str, ...]] = []
    means: list[Meaning] = []
    needs: list[Need] = []
    if "themes" in sections:
        for theme, _key, body in reader.pairs(sections["themes"], "themes"):
            for name, key, value in reader.pairs(body, theme):
                if name == "same":
                    for item in reader.items(value, f"same of {theme}"):
                        together = reader.expressions(item, f"same of {theme}")
                        if len(together) < 2:
                            raise reader.fail(item, "one expression alone is the same as nothing")
                        same.append(together)
                elif name == "means":
                    for everyday, left, right in reader.pairs(value, f"means of {theme}"):
                        official = reader.expressions(right, f"what “{everyday}” means")
                        means.append(Meaning(reader.expressions(left, f"means of {theme}", everyday), official))
                elif name == "needs":
                    needs += [_need(reader, *pair) for pair in reader.pairs(value, f"needs of {theme}")]
                else:
                    raise reader.fail(key, f"“{name}” is none of {', '.join(_THEME_SECTIONS)}")
    return Synonyms(
        ignore=reader.words(sections["ignore"], "ignore") if "ignore" in sections else (),
        weak=reader.words(sections["weak"], "weak") if "weak" in sections else (),
        common=reader.words(sections["common"], "common") if "common" in sections else (),
        silent=reader.words(sections["silent"], "silent") if "silent" in sections else (),
        rewrite=rewrite,
        groups=reader.groups,
        narrow=tuple(narrow),
        same=tuple(same),
        means=tuple(means),
        needs=tuple(needs),
    )
