"""Whether the words of a procedure are met: walks through the guide until every answer was given once.

The walks are aimed: for a text not met yet, the answers that stand above it in the tree are given, and to all other
questions those that lead to most texts not met. What counts as met is only what the pages of the guide show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, is_dataclass
from typing import Any

from kiosk.domain.guide import WAY_KEY, Guide, QuestionPage
from kiosk.domain.procedure import Procedure, Question, Way, Ways
from kiosk.domain.reach import texts_beside, texts_of_page
from kiosk.sources.service_public.audit_model import TAG, field_names, numbers_in, tagged, tokens

MAX_WALKS = 5000
"""Most walks through one procedure; the real one with most answers needs a few hundred."""

ATTEMPTS = 6
"""How many ways to answer the other questions are tried for one text."""


Whens = tuple[tuple[str, ...], ...]


@dataclass(slots=True, eq=False)
class _Branch:
    """One answer at one place: its question, the answer above it, the numbers of the texts that stand below.

    `whens` are the choices that the place is kept for: one of each group.
    """

    key: str
    choice: str
    above: _Branch | None
    whens: Whens = ()
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class _Tree:
    """Which answers stand above each text: a help to aim, which proves nothing."""

    branches: list[_Branch] = field(default_factory=list)
    owners: list[_Branch | None] = field(default_factory=list)
    whens: list[Whens] = field(default_factory=list)
    choices: dict[str, dict[str, list[_Branch]]] = field(default_factory=dict)
    twins: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    pairs: dict[int, list[int]] = field(default_factory=dict)

    def read(self, value: Any, above: _Branch | None = None, whens: Whens = ()) -> None:
        """Take in a value of the model; tagged texts are met in the order of their numbers."""
        if isinstance(value, str):
            if TAG.search(value):
                self.owners.append(above)
                self.whens.append(whens)
        elif isinstance(value, tuple):
            for inner in value:
                self.read(inner, above, whens)
        elif isinstance(value, Question):
            self._read_question(value, above, _with(whens, value.when))
        elif isinstance(value, Ways):
            for way in field_names(Ways):
                if way in list(Way):
                    self._read_branch(WAY_KEY, way, above, _with(whens, value.when), (getattr(value, way),))
        elif is_dataclass(value):
            whens = _with(whens, getattr(value, "when", ()))
            for name in field_names(type(value)):
                if inner := getattr(value, name):
                    self.read(inner, above, whens)

    def _read_question(self, question: Question, above: _Branch | None, whens: Whens) -> None:
        self._read_words(question.key, question.prompt, above, whens)
        self.read(question.help, above, whens)
        for choice in question.choices:
            self._read_branch(question.key, choice.id, above, whens, (choice.label, choice.recap, choice.blocks))

    def _read_words(self, key: str, words: str, above: _Branch | None, whens: Whens) -> None:
        """Take in words of a question: it is asked once, wherever it stands, so they are met once for all.

        Two spellings that differ in capitals and punctuation are the same words.
        """
        if words:
            same = " ".join(tokens(TAG.sub("", words).casefold()))
            twins = self.twins.setdefault((key, same), [])
            twins.append(len(self.owners))
            self.pairs[len(self.owners)] = twins
            self.read(words, above, whens)

    def _read_branch(self, key: str, choice: str, above: _Branch | None, whens: Whens, inside: tuple[Any, ...]) -> None:
        branch = _Branch(key, choice, above, whens, first=len(self.owners))
        self.branches.append(branch)
        self.choices.setdefault(key, {}).setdefault(choice, []).append(branch)
        *words, blocks = inside
        for text in words:
            self._read_words(key, text, branch, whens)
        self.read(blocks, branch, whens)
        branch.last = len(self.owners)

    def answers_to(self, branch: _Branch | None, whens: Whens, turn: int) -> dict[str, str]:
        """Return the answers that lead to a place; each turn takes other choices that it is kept for."""
        answers: dict[str, str] = {}
        todo: list[tuple[_Branch | None, Whens]] = [(branch, whens)]
        while todo:
            at, kept_for = todo.pop()
            while at is not None:
                if answers.setdefault(at.key, at.choice) == at.choice:
                    todo.append((None, at.whens))
                at = at.above
            for when in kept_for:
                found = self.place_of(when[turn % len(when)])
                if found is not None and found.key not in answers:
                    todo.append((found, ()))
        return answers

    def place_of(self, choice: str) -> _Branch | None:
        """Return the first place where a choice can be made."""
        return next((branch for branch in self.branches if branch.choice == choice), None)


def _with(whens: Whens, when: tuple[str, ...]) -> Whens:
    return (*whens, when) if when and when not in whens else whens


@dataclass(slots=True)
class _Walks:
    """What the walks through one procedure met so far."""

    guide: Guide
    tree: _Tree
    missing: bytearray
    tried: set[tuple[str, str]] = field(default_factory=set)
    count: int = 0

    def met(self, numbers: Iterator[int]) -> None:
        """Take note of texts that stand on a page."""
        for number in numbers:
            if self.missing[number]:
                for twin in self.tree.pairs.get(number, (number,)):
                    self.missing[twin] = 0

    def walk(self, required: dict[str, str], attempt: int) -> None:
        """Go through the guide once, with the answers required."""
        answers = {key: self._pick(key, choices, attempt) for key, choices in self.tree.choices.items()} | required
        answers.setdefault(WAY_KEY, list(Way)[attempt % len(Way)])
        self.count += 1
        pages = self.guide.pages(answers)
        # Answers that the tree told wrongly: the guide asks for others.
        while isinstance(last := pages[-1], QuestionPage) and last.question.choices:
            choices = last.question.choices
            choice = choices[attempt % len(choices)].id
            if answers.get(last.question.key) == choice:
                break
            answers[last.question.key] = choice
            pages = self.guide.pages(answers)
        for page in pages:
            if isinstance(page, QuestionPage):
                self.tried.add((page.question.key, answers.get(page.question.key, "")))
            self.met(numbers_in(texts_of_page(page, self.guide, answers)))

    def _pick(self, key: str, choices: dict[str, list[_Branch]], attempt: int) -> str:
        if attempt:
            return list(choices)[(attempt - 1) % len(choices)]
        return max(choices, key=lambda choice: self._gain(key, choice, choices[choice]))

    def _gain(self, key: str, choice: str, places: list[_Branch]) -> int:
        texts = sum(self.missing.count(1, place.first, place.last) for place in places)
        return 2 * texts + ((key, choice) not in self.tried)

    def aim(self, number: int) -> None:
        """Walk until one text is met, or all attempts are spent."""
        owner, whens = self.tree.owners[number], self.tree.whens[number]
        for attempt in range(max(ATTEMPTS, *map(len, whens), 0)):
            self.walk(self.tree.answers_to(owner, whens, attempt), attempt)
            if not self.missing[number]:
                return

    def meet_all(self) -> None:
        """Aim at each text that is missing, once."""
        number = self.missing.find(1)
        while number >= 0 and self.count < MAX_WALKS:
            self.aim(number)
            number = self.missing.find(1, number + 1)

    def try_all(self) -> None:
        """Give each answer that was not given yet: its way must have an end too."""
        for branch in self.tree.branches:
            if branch.key != WAY_KEY and (branch.key, branch.choice) not in self.tried and self.count < MAX_WALKS:
                self.walk(self.tree.answers_to(branch, branch.whens, 0), 0)


def unreachable(procedure: Procedure, make_guide: Callable[[Procedure], Guide] = Guide) -> tuple[str, ...]:
    """Return the texts of a procedure that no answers lead to, each as often as it stands at such a place."""
    marked = tagged(procedure)
    if not marked.texts:
        return ()
    tree = _Tree()
    tree.read(marked.procedure)
    assert len(tree.owners) == len(marked.texts)
    walks = _Walks(make_guide(marked.procedure), tree, bytearray(b"\x01" * len(marked.texts)))
    walks.met(numbers_in(texts_beside(marked.procedure)))
    walks.walk({}, 0)
    walks.meet_all()
    walks.try_all()
    return tuple(text for text, is_missing in zip(marked.texts, walks.missing, strict=True) if is_missing)
