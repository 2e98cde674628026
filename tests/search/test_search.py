"""Finding, rule by rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.search.index import Entry, Index
from kiosk.search.normalising import STOP_WORDS, plain, stem, words

ENTRIES = [
    Entry("carte", "Carte d’identité", ("CNI", "papiers d’identité"), is_popular=True),
    Entry("vitale", "Carte Vitale", ("carte verte", "sécu", "sécurité sociale")),
    Entry("permis", "Permis de conduire perdu ou volé", ("perte du permis",)),
    Entry("acte", "Acte de naissance", ("extrait de naissance", "état civil")),
    Entry("logement", "Aide au logement", ("APL", "payer le loyer")),
]


@pytest.fixture(scope="module")
def index() -> Index:
    """Give an index of five entries."""
    return Index(ENTRIES)


def ids(index: Index, query: str, limit: int = 6) -> list[str]:
    """Return the ids found."""
    return [entry.id for entry in index.search(query, limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("carte d’identité", "carte"),
        ("CARTE IDENTITE", "carte"),
        ("carte didentité", "carte"),
        ("cartes d'identités", "carte"),
        ("identite", "carte"),
        ("cartedidentite", "carte"),
        ("carte videntite", "carte"),
        ("idnetité", "carte"),
        ("vitalle", "vitale"),
        ("securite social", "vitale"),
        ("permi", "permis"),
        ("etat civile", "acte"),
        ("naisance", "acte"),
        ("loyers", "logement"),
        ("apl", "logement"),
        ("CNI", "carte"),
    ],
)
def test_words_are_found_with_their_endings_accents_elisions_and_mistakes(index: Index, query: str, first: str) -> None:
    assert ids(index, query)[:1] == [first]


@pytest.mark.parametrize("length", range(2, len("naissance") + 1))
def test_results_come_from_the_second_letter_on(index: Index, length: int) -> None:
    assert ids(index, "naissance"[:length])[:1] == ["acte"]


@pytest.mark.parametrize(
    "query",
    ["", " ", "a", "n", "je", "le la les", "comment faire pour", "🪪", "🪪🎉", "zzzz", "...", "%", "'", "\x00", "٢٠٢٦"],
)
def test_nothing_finds_nothing(index: Index, query: str) -> None:
    assert ids(index, query) == []


def test_a_very_long_query_is_answered(index: Index) -> None:
    assert isinstance(ids(index, "carte d’identité perdue " * 2000), list)


def test_an_emoji_beside_a_word_changes_nothing(index: Index) -> None:
    assert ids(index, "🪪 naissance 🎉") == ids(index, "naissance")


def test_the_popular_one_comes_first_among_equals(index: Index) -> None:
    assert ids(index, "carte")[0] == "carte"


def test_no_more_than_the_limit_is_found(index: Index) -> None:
    assert len(ids(index, "carte", 1)) == 1


def test_an_index_of_nothing_finds_nothing() -> None:
    assert Index([]).search("carte") == []


def test_an_entry_without_a_word_is_never_found_and_harms_nothing() -> None:
    assert Index([Entry("vide", "…", ("", "🪪"))]).search("carte") == []


def test_an_entry_is_found_once() -> None:
    assert len(Index([Entry("a", "Carte", ("carte", "cartes"))]).search("carte")) == 1


@given(st.text(max_size=60), st.integers(1, 8))
def test_no_text_harms_the_search(query: str, limit: int) -> None:
    found = [entry.id for entry in Index(ENTRIES).search(query, limit)]
    assert len(found) <= limit
    assert len(found) == len(set(found))


@given(st.lists(st.builds(Entry, st.text(max_size=4), st.text(max_size=20)), max_size=4), st.text(max_size=20))
def test_no_title_harms_the_search(entries: list[Entry], query: str) -> None:
    assert len(Index(entries).search(query)) <= len(entries)


@given(st.sampled_from(ENTRIES), st.data())
def test_every_name_finds_its_entry(entry: Entry, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([entry.title, *entry.names]))
    assert entry in Index(ENTRIES).search(name)


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


def test_words_without_meaning_are_written_plain() -> None:
    assert all(plain(word) == word for word in STOP_WORDS)


@pytest.mark.parametrize(
    ("one", "other"), [("carte", "cartes"), ("perdu", "perdue"), ("perdus", "perdues"), ("social", "sociale")]
)
def test_endings_make_no_difference(one: str, other: str) -> None:
    assert stem(one) == stem(other)
