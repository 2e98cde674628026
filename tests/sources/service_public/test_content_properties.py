"""However known elements nest, every word of a sheet is in its procedure once, and in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.procedure import Block, ItemList, Question, Table, children, own_texts, walk
from kiosk.sources.service_public.reading import JOINED
from tests.sources.service_public.sheets import blocks_of

Shape = tuple[str, list["Shape"]]

_INLINE = sorted(JOINED)
_TITLED = (
    *("ANoter", "ASavoir", "Attention", "Rappel", "Exemple", "Chapitre", "SousChapitre", "Conclusion", "OuSAdresser"),
    *("ServiceEnLigne", "ServiceEnLigneAnnexe", "Reference", "Definition", "Etapes", "Documents"),
)
_FRAMES = {
    "Liste": "Item",
    "Tableau": "Rangée",
    "Rangée": "Cellule",
    "BlocCas": "Cas",
    "ListeSituations": "Situation",
    "Questionnaire": "Question",
}
_OPEN = ("Texte", "Introduction", "FragmentConditionne", "Contenu", "Nouveau", "Cas", "CommentFaireSelf")
_FIELDS = (
    "Source",
    "Complement",
    "PivotLocal",
    "TitreRiche",
    "TitreAlternatif",
    "Resume",
    "RessourceWeb",
    "NoticeLiee",
)

paragraphs = st.recursive(
    st.just(("word", [])),
    lambda inner: st.tuples(st.sampled_from(_INLINE), st.lists(inner, max_size=3)),
    max_leaves=6,
).map(lambda inside: ("Paragraphe", [inside, ("word", [])]))


def frames(inner: st.SearchStrategy[Shape]) -> st.SearchStrategy[Shape]:
    """Draw elements around others: boxes with titles, lists of items, elements that only hold."""
    many = st.lists(inner, max_size=4)
    titled = st.tuples(st.sampled_from(_TITLED), many).map(lambda one: (one[0], [("Titre", [("word", [])]), *one[1]]))
    framed = st.tuples(st.sampled_from(sorted(_FRAMES)), st.lists(many, min_size=1, max_size=3)).map(_framed)
    return titled | framed | st.tuples(st.sampled_from(_OPEN), many)


def with_fields(inner: st.SearchStrategy[Shape]) -> st.SearchStrategy[Shape]:
    """Draw the same, and parts of a record where they should and should not be."""
    return frames(inner) | st.tuples(st.sampled_from(_FIELDS), st.just([("word", [])]))


def _framed(drawn: tuple[str, list[list[Shape]]]) -> Shape:
    name, parts = drawn
    if name == "Tableau":
        return ("Tableau", [("Rangée", [("Cellule", part)]) for part in parts])
    inner = _FRAMES[name]
    if name in {"BlocCas", "ListeSituations"}:
        return (name, [(inner, [("Titre", [("word", [])]), *part]) for part in parts])
    if name == "Questionnaire":
        choices = [("Choix", [("Titre", [("word", [])]), *part]) for part in parts]
        return (name, [("Question", [("Titre", [("word", [])]), *choices])])
    return (name, [(inner, part) for part in parts])


leaves = paragraphs | st.sampled_from([("TitreFlottant", [("word", [])]), ("word", [])])
shapes: st.SearchStrategy[Shape] = st.recursive(leaves, frames, max_leaves=25)
odd_shapes: st.SearchStrategy[Shape] = st.recursive(leaves, with_fields, max_leaves=25)


def write(shape: Shape, words: Iterator[int]) -> str:
    """Write a shape as XML; each word is a number of its own."""
    name, inside = shape
    if name == "word":
        return f" m{next(words)} "
    return f"<{name}>{''.join(write(one, words) for one in inside)}</{name}>"


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield all texts in the order of the sheet: each answer before what follows it, each paper before its details."""
    for block in blocks:
        match block:
            case Question():
                yield block.prompt
                yield from texts(block.help)
                for choice in block.choices:
                    yield choice.label
                    yield choice.recap
                    yield from texts(choice.blocks)
            case ItemList():
                for item in block.items:
                    yield item.name
                    yield from texts(item.details)
            case Table():
                yield block.title
                yield block.summary
                yield from texts(children(block))
            case _:
                yield from own_texts(block)
                yield from texts(children(block))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(shapes, max_size=5))
def test_every_word_is_kept_once_and_in_order(drawn: list[Shape]) -> None:
    words = count()
    written = "".join(write(shape, words) for shape in drawn)
    found = re.findall(r"m(\d+)", " ".join(texts(blocks_of(written))))
    assert found == re.findall(r"m(\d+)", written)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(odd_shapes, max_size=5))
def test_every_word_is_kept_once_wherever_parts_of_records_stand(drawn: list[Shape]) -> None:
    words = count()
    written = "".join(write(shape, words) for shape in drawn)
    found = [*texts(blocks_of(written)), *(getattr(block, "pivot", "") for block in walk(blocks_of(written)))]
    assert sorted(re.findall(r"m(\d+)", " ".join(found))) == sorted(re.findall(r"m(\d+)", written))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(shapes, max_size=5))
def test_ids_and_keys_never_hide_anything(drawn: list[Shape]) -> None:
    words = count()
    found = blocks_of("".join(write(shape, words) for shape in drawn))
    items = [item.id for block in walk(found) if isinstance(block, ItemList) for item in block.items]
    assert len(set(items)) == len(items)
    for block in walk(found):
        if isinstance(block, Question):
            ids = [choice.id for choice in block.choices]
            assert len(set(ids)) == len(ids)
            inside = [one.key for one in walk(children(block)) if isinstance(one, Question)]
            assert block.key not in inside
