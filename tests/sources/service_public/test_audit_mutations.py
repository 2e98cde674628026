# ruff: noqa: SIM905 - names stay in lines
"""The audit can fail: whatever is taken from a sheet, from its procedure or from its pages, it notices.

Each mutation makes the importer, or the guide, lose one thing; the audit compares with the sheet as it was. One that
changes nothing at all in the procedure is no loss.
"""

from __future__ import annotations

import dataclasses
import random
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.guide import Answers, Guide, Page, QuestionPage, StepPage
from kiosk.domain.procedure import Procedure, Unknown
from kiosk.sources.service_public.audit import audit_sheet
from kiosk.sources.service_public.audit_xml import LAYOUT
from kiosk.sources.service_public.markup import SheetError
from kiosk.sources.service_public.sheet import read_sheet
from tests.sources.service_public.audit_sheets import SHEETS
from tests.support.corpus import SETS, corpus

FORMAT = frozenset({"noNamespaceSchemaLocation", "xmlns"})


def local(name: str) -> str:
    return name.rpartition("}")[2]


def words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def is_caught(data: bytes, changed: bytes, name: str, public: str = "particuliers") -> bool | None:
    """Tell whether the audit notices that the procedure was read from something else; None when it was refused."""
    try:
        procedure = read_sheet(changed, name, public)
    except SheetError:
        return None
    if procedure == read_sheet(data, name, public):
        return None
    return audit_sheet(data, procedure, make_guide=None).faults > 0


def without(root: ET.Element, parent: ET.Element, element: ET.Element) -> bytes:
    """Return the XML without one element; the words after it stay."""
    number = list(parent).index(element)
    before = parent[number - 1] if number else parent
    tail = element.tail or ""
    kept = (before.tail if number else before.text) or ""
    parent.remove(element)
    if number:
        before.tail = kept + tail
    else:
        before.text = kept + tail
    changed = ET.tostring(root, encoding="utf-8")
    parent.insert(number, element)
    if number:
        before.tail = kept
    else:
        before.text = kept
    return changed


def swapped(root: ET.Element, parent: ET.Element, number: int) -> bytes:
    """Return the XML with two neighbours in each other's place; the words between them stay."""
    one, other = parent[number], parent[number + 1]
    one.tail, other.tail = other.tail, one.tail
    parent[number], parent[number + 1] = other, one
    changed = ET.tostring(root, encoding="utf-8")
    parent[number], parent[number + 1] = one, other
    one.tail, other.tail = other.tail, one.tail
    return changed


def with_value(root: ET.Element, element: ET.Element, name: str, value: str) -> bytes:
    """Return the XML with another value of an attribute."""
    old = element.attrib[name]
    element.attrib[name] = value
    changed = ET.tostring(root, encoding="utf-8")
    element.attrib[name] = old
    return changed


def children(root: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Yield each element that has words, with its parent."""
    for parent in root.iter():
        yield from ((parent, child) for child in parent if words(child))


def neighbours(root: ET.Element) -> Iterator[tuple[ET.Element, int]]:
    """Yield where two elements of one name stand side by side and say different things."""
    for parent in root.iter():
        for number in range(len(parent) - 1):
            one, other = parent[number], parent[number + 1]
            if one.tag == other.tag and words(one) and words(other) and words(one) != words(other):
                yield parent, number


def attributes(root: ET.Element) -> Iterator[tuple[ET.Element, str]]:
    """Yield the attributes that have a meaning and a value that stands nowhere else."""
    values = Counter(value for element in root.iter() for value in element.attrib.values())
    texts = {words(element) for element in root.iter() if len(element) == 0}
    for element in root.iter():
        for name, value in element.attrib.items():
            has_meaning = local(name) not in FORMAT and f"{local(element.tag)}@{local(name)}" not in LAYOUT
            if has_meaning and value.strip() and values[value] == 1 and value not in texts:
                yield element, name


@pytest.mark.parametrize("name", SHEETS)
def test_an_element_that_vanishes_is_noticed(name: str) -> None:
    root = ET.fromstring(SHEETS[name])
    missed = [
        ET.tostring(child, encoding="unicode")
        for parent, child in list(children(root))
        if is_caught(SHEETS[name], without(root, parent, child), name) is False
    ]
    assert missed == []


def test_the_sheets_of_these_tests_have_every_kind_of_element() -> None:
    kinds = {child.tag for data in SHEETS.values() for _, child in children(ET.fromstring(data))}
    assert len(kinds) >= 79


@pytest.mark.parametrize("name", SHEETS)
def test_neighbours_that_change_places_are_noticed(name: str) -> None:
    root = ET.fromstring(SHEETS[name])
    missed = [
        words(parent[number])
        for parent, number in list(neighbours(root))
        if is_caught(SHEETS[name], swapped(root, parent, number), name) is False
    ]
    assert missed == []


@pytest.mark.parametrize("name", SHEETS)
def test_an_attribute_that_changes_is_noticed(name: str) -> None:
    root = ET.fromstring(SHEETS[name])
    missed = [
        f"{element.tag}@{attribute}"
        for element, attribute in list(attributes(root))
        if not is_caught(SHEETS[name], with_value(root, element, attribute, "zz-elsewhere"), name)
    ]
    assert missed == []


KEPT_APART = frozenset({"attributes", "metadata"})


def poorer(value: Any, is_top: bool = True) -> Iterator[tuple[str, Any]]:
    """Yield a value of the model with one thing less, in every way there is, each with what was taken."""
    for field in dataclasses.fields(value):
        inner = getattr(value, field.name)
        if is_top and field.name in KEPT_APART:
            continue
        if isinstance(inner, tuple):
            for number, part in enumerate(inner):
                if dataclasses.is_dataclass(part):
                    if holds_something(part):
                        yield (
                            f"{field.name}: {str(part)[:200]}",
                            dataclasses.replace(value, **{field.name: inner[:number] + inner[number + 1 :]}),
                        )
                    for taken, less in poorer(part, is_top=False):
                        changed = (*inner[:number], less, *inner[number + 1 :])
                        yield taken, dataclasses.replace(value, **{field.name: changed})
        elif dataclasses.is_dataclass(inner) and not isinstance(inner, type):
            for taken, less in poorer(inner, is_top=False):
                yield taken, dataclasses.replace(value, **{field.name: less})
        elif type(inner) is str and inner and field.name in WORDS and not isinstance(value, Unknown):
            yield f"{type(value).__name__}.{field.name}: {inner}", dataclasses.replace(value, **{field.name: ""})


WORDS = frozenset(
    """
    text name title other_title label recap prompt complement provider term summary alternative legend credits
    description target url pivot
    """.split()
)
"""Fields of words, and those that point somewhere."""


def holds_something(part: Any) -> bool:
    """Tell whether a part has words: an empty cell is no loss."""
    return any(
        (type(inner) is str and inner and field.name in WORDS)
        or (isinstance(inner, tuple) and any(dataclasses.is_dataclass(one) and holds_something(one) for one in inner))
        for field in dataclasses.fields(part)
        for inner in [getattr(part, field.name)]
    )


@pytest.mark.parametrize("name", SHEETS)
def test_whatever_the_procedure_loses_is_noticed(name: str) -> None:
    procedure = read_sheet(SHEETS[name], name, "particuliers")
    every = list(poorer(procedure))
    missed = [taken for taken, less in every if not audit_sheet(SHEETS[name], less, make_guide=None).faults]
    assert len(every) > 40
    assert missed == []


class ForgetfulGuide(Guide):
    """A guide that leaves one page out of every way through."""

    forgotten = ""

    def pages(self, answers: Answers) -> tuple[Page, ...]:
        """Return all pages but one."""
        return tuple(page for page in super().pages(answers) if page.key != self.forgotten)


@pytest.mark.parametrize("name", [name for name in SHEETS if not name.startswith("N")])
def test_a_page_that_the_guide_leaves_out_is_noticed(name: str) -> None:
    data = SHEETS[name]
    procedure = read_sheet(data, name, "particuliers")
    keys = {page.key for answers in every_way(procedure) for page in Guide(procedure).pages(answers)}
    # What the first page says of a sheet without an introduction, its title, stands on others too.
    elsewhere = {"sheet", "essential"} | (set() if procedure.summary else {"intro"})
    assert len(keys - elsewhere) > 1
    for key in keys - elsewhere:
        forgetful = type("OneForgetfulGuide", (ForgetfulGuide,), {"forgotten": key})
        assert audit_sheet(data, procedure, make_guide=forgetful).unreachable_words, key


def every_way(procedure: Procedure) -> Iterator[dict[str, str]]:
    todo: list[dict[str, str]] = [{}]
    while todo:
        answers = todo.pop()
        last = Guide(procedure).pages(answers)[-1]
        if isinstance(last, QuestionPage):
            todo += [{**answers, last.question.key: choice.id} for choice in last.question.choices]
        else:
            yield answers


class ShortGuide(Guide):
    """A guide that leaves the last block out of each page of a step."""

    def pages(self, answers: Answers) -> tuple[Page, ...]:
        """Return the pages, each a little shorter."""
        return tuple(
            dataclasses.replace(page, blocks=page.blocks[:-1]) if isinstance(page, StepPage) else page
            for page in super().pages(answers)
        )


def test_a_block_that_a_page_leaves_out_is_noticed() -> None:
    data = SHEETS["F901.xml"]
    found = audit_sheet(data, read_sheet(data, "F901.xml", "particuliers"), make_guide=ShortGuide)
    assert found.unreachable_words > 10
    assert found.lost_words == found.order_breaks == 0


def test_an_element_never_seen_is_kept_and_counted() -> None:
    procedure = read_sheet(SHEETS["F901.xml"], "F901.xml", "particuliers")
    assert audit_sheet(SHEETS["F901.xml"], procedure).unknown_elements == ("Nouveaute",)


def real_sheets() -> list[tuple[str, Path]]:
    folder = corpus()
    files = [(public, path) for public in SETS for path in sorted((folder / public).glob("*.xml"))]
    random.Random(20201112).shuffle(files)
    return files


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_vanishes_from_real_sheets_is_noticed() -> None:
    choose = random.Random(1)
    done: Counter[str] = Counter()
    missed: list[str] = []
    for public, path in real_sheets()[:2000]:
        data = path.read_bytes()
        root = ET.fromstring(data)
        kinds: defaultdict[str, list[tuple[ET.Element, ET.Element]]] = defaultdict(list)
        for parent, child in children(root):
            kinds[local(child.tag)].append((parent, child))
        for kind in sorted(kinds, key=lambda kind: (done[kind], kind))[:3]:
            if done[kind] < 10:
                parent, child = choose.choice(kinds[kind])
                caught = is_caught(data, without(root, parent, child), path.name, public)
                done[kind] += caught is not None
                if caught is False:
                    missed.append(f"{path.name}: {ET.tostring(child, encoding='unicode')[:200]}")
    assert len(done) >= 79
    assert done.total() >= 700
    assert missed == []


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_changes_in_real_sheets_is_noticed() -> None:
    choose = random.Random(2)
    done: Counter[str] = Counter()
    missed: list[str] = []
    for public, path in real_sheets()[:1200]:
        data = path.read_bytes()
        root = ET.fromstring(data)
        changes: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for parent, number in neighbours(root):
            changes[f"{local(parent[number].tag)} swapped"].append((swapped, parent, number))
        for element, name in attributes(root):
            changes[f"{local(element.tag)}@{local(name)}"].append((with_value, element, name, "zz-elsewhere"))
        for kind in sorted(changes, key=lambda kind: (done[kind], kind))[:4]:
            if done[kind] < 10:
                change, *details = choose.choice(changes[kind])
                caught = is_caught(data, change(root, *details), path.name, public)
                done[kind] += caught is not None
                if caught is False:
                    missed.append(f"{path.name}: {kind} {details[-1]}")
    assert done.total() >= 1000
    assert missed == []
