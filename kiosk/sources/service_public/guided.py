"""Guided searches and questionnaires: trees of questions that end at a sheet, or that say what is for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kiosk.domain.procedure import Block, Choice, Question, Section, SheetLink
from kiosk.sources.service_public.conditions import condition, setters
from kiosk.sources.service_public.questions import choice_ids
from kiosk.sources.service_public.reading import BOXED, Reading, Where, first
from kiosk.sources.service_public.wording import slug

Content = Callable[..., tuple[Block, ...]]

BRANCHES = frozenset({"Problematique", "Branche"})


@dataclass(frozen=True, slots=True)
class _Branch:
    """What follows an answer: blocks, and the conditions that it sets besides its own."""

    blocks: tuple[Block, ...] = ()
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


def search(element: Element, reading: Reading, where: Where, out: list[Block], content: Content) -> None:
    """Read the tree of a guided search: a question for each node, a link to a sheet for each leaf."""
    nodes = [child for child in element if child.tag in BRANCHES]
    out.extend(content(element, reading, where, nodes))
    top = _below(nodes, reading, content)
    out.extend(top.blocks)
    # Whoever is here gave no answer that could set them.
    reading.keep_names("affecteVrai", top.sets)
    reading.keep_names("affecteFaux", top.clears)


def _below(nodes: Sequence[Element], reading: Reading, content: Content) -> _Branch:
    """Read the nodes below an answer: a question, unless there is one only."""
    if not nodes:
        return _Branch()
    fields = [first(node, "Titre", "SiSelectionne", "Condition") for node in nodes]
    labels = [reading.words(found.get("Titre")) for found in fields]
    key = reading.keys.new("recherche") if len(nodes) > 1 else ""
    choices = []
    for node, found, label, name in zip(nodes, fields, labels, choice_ids(labels), strict=True):
        sets, clears = setters(found.get("SiSelectionne"))
        inside = _inside(node, list(found.values()), reading, content)
        own = condition(found.get("Condition"), reading)
        sets, clears = sets + inside.sets, clears + inside.clears
        choices.append(Choice(name, label, blocks=inside.blocks, condition=own, sets=sets, clears=clears))
    if len(nodes) > 1:
        return _Branch((Question(key, "", tuple(choices)),))
    # Nothing to ask: the title stands above what follows, and the answer above sets what this one would.
    (only,) = choices
    at = next((number for number, block in enumerate(only.blocks) if isinstance(block, Question)), len(only.blocks))
    heading = Section(only.label, only.blocks[:at], condition=only.condition)
    return _Branch((heading, *only.blocks[at:]), only.sets, only.clears)


def _inside(node: Element, read: Sequence[Element], reading: Reading, content: Content) -> _Branch:
    branches = [child for child in node if child.tag in BRANCHES]
    leaves = [child for child in node if child.tag == "LienInterne"]
    blocks = list(content(node, reading, BOXED, [*read, *branches, *leaves]))
    for leaf in leaves:
        target = leaf.get("LienPublication", "").strip()
        reading.targets.add(target)
        blocks.append(SheetLink(target, reading.words(leaf), leaf.tag))
    below = _below(branches, reading, content)
    return _Branch((*blocks, *below.blocks), below.sets, below.clears)


def question(element: Element, reading: Reading, where: Where, content: Content) -> Question:
    """Read a question of a questionnaire: its answers say which parts of the sheet are for this person."""
    title = first(element, "Titre")
    prompt = reading.words(title.get("Titre"))
    answers = [child for child in element if child.tag == "Choix"]
    fields = [first(answer, "Titre", "IntituleSiSelectionne", "SiSelectionne", "Condition") for answer in answers]
    labels = [reading.words(found.get("Titre")) for found in fields]
    key = reading.keys.new(f"question-{slug(prompt)}")
    choices = []
    for answer, found, label, name in zip(answers, fields, labels, choice_ids(labels), strict=True):
        sets, clears = setters(found.get("SiSelectionne"))
        choices.append(
            Choice(
                name,
                label,
                blocks=content(answer, reading, where.under(key), list(found.values())),
                condition=condition(found.get("Condition"), reading),
                sets=sets,
                clears=clears,
                recap=reading.words(found.get("IntituleSiSelectionne")),
            )
        )
    helping = content(element, reading, BOXED, [*title.values(), *answers])
    return Question(key, prompt, tuple(choices), helping)
