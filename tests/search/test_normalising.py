"""Words as they are compared, and how they sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.search.analysis import Stemmer, terms
from kiosk.search.normalising import STOP_WORDS, plain, stem, words
from kiosk.search.sounding import sound


@given(st.text())
def test_plain_twice_is_plain_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_plain_text_holds_small_letters_digits_and_single_spaces(text: str) -> None:
    made = plain(text)
    assert all(letter in "abcdefghijklmnopqrstuvwxyz0123456789 " for letter in made)
    assert made == " ".join(made.split())


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("L’État civil", "etat civil"),
        ("Sœur", "soeur"),
        ("jusqu’à lʼété", "a ete"),
        ("aujourd’hui", "aujourd hui"),
        ("ÉCOLE Nº 5", "ecole no 5"),
        ("Cæsar", "caesar"),
        ("CÆSAR", "caesar"),
        ("straße", "strasse"),
    ],
)
def test_text_is_made_plain(text: str, made: str) -> None:
    assert plain(text) == made


def test_words_without_meaning_are_left_out() -> None:
    assert words("Je veux refaire ma carte") == ["refaire", "carte"]
    assert terms("Pour refaire ma carte") == ["refaire", "carte"]


def test_words_without_meaning_are_written_plain() -> None:
    assert all(plain(word) == word for word in STOP_WORDS)


@pytest.mark.parametrize(
    ("one", "other"), [("carte", "cartes"), ("perdu", "perdue"), ("perdus", "perdues"), ("social", "sociale")]
)
def test_endings_make_no_difference(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@given(st.from_regex(r"[a-z0-9]{1,14}", fullmatch=True))
def test_the_stems_of_the_library_are_those_of_what_is_typed(word: str) -> None:
    assert Stemmer()(word) == stem(word)


@pytest.mark.parametrize(
    "alike",
    [
        ("permis", "permi", "permit"),
        ("conge", "conger", "conges"),
        ("naissance", "nessance", "naicence"),
        ("divorce", "divorsse"),
        ("etudiant", "etudient"),
        ("maison", "mezon", "meson"),
        ("plainte", "plinte"),
        ("judiciaire", "judiciere"),
        ("chomage", "chaumage"),
    ],
)
def test_words_that_sound_alike_have_one_key(alike: tuple[str, ...]) -> None:
    assert len({sound(word) for word in alike}) == 1


@pytest.mark.parametrize(("one", "other"), [("carte", "permis"), ("loyer", "logement"), ("chat", "chien")])
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@given(st.from_regex(r"[a-z0-9]{0,30}", fullmatch=True))
def test_every_word_has_a_key(word: str) -> None:
    assert len(sound(word)) <= 2 * len(word)
