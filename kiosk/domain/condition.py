"""Conditions of official sheets: which part is for whom, as far as the answers tell.

A condition is a compact string: `T12`, `and(T1,T2)`, `or(T1,T2)`, `not(T1)`, `undefined(T1)`, nested freely.
Answers make names true or false; most names are never set by anything a person can answer. So the truth of a
condition has three values (Kleene's logic), and a part is hidden only when its condition is surely false.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

MAX_DEPTH = 50
"""Deepest nesting read; real conditions have two levels. It keeps hostile text from filling the stack."""


class Operator(StrEnum):
    """What joins conditions."""

    AND = "and"
    OR = "or"
    NOT = "not"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Name:
    """A name that an answer can make true or false."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator and what it joins: one condition for `not` and `undefined`, one or more for the others."""

    operator: Operator
    inside: tuple[Expression, ...]

    def __str__(self) -> str:
        return f"{self.operator}({','.join(str(part) for part in self.inside)})"


Expression = Name | Operation

_TOKEN = re.compile(r"\s*([\w.-]+|[(),])\s*")
_ONE_INSIDE = frozenset({Operator.NOT, Operator.UNDEFINED})


class _Reader:
    """The pieces of a condition, read from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[str] = []
        position = 0
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise self.error()
            self.pieces.append(match[1])
            position = match.end()
        self.pieces.reverse()

    def error(self) -> ValueError:
        return ValueError(f"not a condition: {self.text[:200]!r}")

    def next(self) -> str:
        if not self.pieces:
            raise self.error()
        return self.pieces.pop()

    def expression(self, depth: int = 0) -> Expression:
        name = self.next()
        if name in "(),":
            raise self.error()
        if not self.pieces or self.pieces[-1] != "(":
            return Name(name)
        self.next()
        if name not in list(Operator) or depth >= MAX_DEPTH:
            raise self.error()
        inside = [self.expression(depth + 1)]
        while (piece := self.next()) == ",":
            inside.append(self.expression(depth + 1))
        operator = Operator(name)
        if piece != ")" or (operator in _ONE_INSIDE and len(inside) != 1):
            raise self.error()
        return Operation(operator, tuple(inside))


@lru_cache(maxsize=4096)
def parse(condition: str) -> Expression:
    """Read a condition.

    Raises:
        ValueError: it is not well formed.
    """
    reader = _Reader(condition)
    expression = reader.expression()
    if reader.pieces:
        raise reader.error()
    return expression


def holds(condition: str, true_names: Collection[str], false_names: Collection[str]) -> bool | None:
    """Tell whether a condition holds for somebody whose answers made these names true and these false.

    None means not known. No condition always holds; one that cannot be read is not known.
    """
    if not condition:
        return True
    try:
        expression = parse(condition)
    except ValueError:
        return None
    return _value(expression, true_names, false_names)


def _value(expression: Expression, true_names: Collection[str], false_names: Collection[str]) -> bool | None:
    if isinstance(expression, Name):
        is_true, is_false = expression.name in true_names, expression.name in false_names
        # Two answers that contradict each other tell nothing: the part stays.
        return None if is_true == is_false else is_true
    values = [_value(part, true_names, false_names) for part in expression.inside]
    match expression.operator:
        case Operator.NOT:
            return None if values[0] is None else not values[0]
        case Operator.UNDEFINED:
            return values[0] is None
        case Operator.AND:
            return False if False in values else None if None in values else True
        case Operator.OR:
            return True if True in values else None if None in values else False
