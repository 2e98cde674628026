"""Finding, law by law, in a small library."""

from __future__ import annotations

import random
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.search.documents import Document
from kiosk.search.finder import Finder
from kiosk.search.synonyms import Synonyms
from tests.search.library import LIBRARY, a_connection, a_document, a_finder

FINDER = a_finder()
QUERIES = (
    "carte d'identité",
    "carte didentité perdue",
    "mon mari me frappe",
    "acte de naissance",
    "nounou",
    "congé maternité",
    "demande hlm",
    "permis points",
)


def ids(query: str, limit: int = 24, finder: Finder = FINDER) -> list[str]:
    """Return the ids found."""
    return [hit.id for hit in finder.search(query, limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("carte d’identité", "carte"),
        ("CARTE IDENTITE", "carte"),
        ("cartes d'identités", "carte"),
        ("carte didentité", "carte"),
        ("carte idantité", "carte"),
        ("cartedidentite", "carte"),
        ("idnetité", "carte"),
        ("CNI", "carte"),
        ("c n i", "carte"),
        ("vitalle", "F10"),
        ("carte verte", "F10"),
        ("naisance declarer", "F11"),
        ("acte de nessance", "F12"),
        ("nounou", "F15"),
        ("HLM", "F14"),
        ("mon copain cogne", "F13"),
        ("bonjour je voudrais un hlm", "F14"),
        ("carte identité gamin", "F4"),
        ("point permi", "F18"),
    ],
)
def test_words_are_found_with_their_mistakes_and_everyday_forms(query: str, first: str) -> None:
    assert ids(query)[:1] == [first]


@pytest.mark.parametrize("length", range(2, len("naissance") + 1))
def test_results_come_from_the_second_letter_on(length: int) -> None:
    assert set(ids("naissance"[:length])[:2]) == {"F11", "F12"}


@pytest.mark.parametrize("query", ["maternité congé", "congé maternité"])
def test_a_narrow_sheet_waits_until_it_is_asked_for(query: str) -> None:
    assert ids(query)[:2] == ["F16", "F17"]
    assert ids(f"{query} fonctionnaire")[0] == "F17"


def test_residents_come_before_professionals() -> None:
    found = ids("congé maternité")
    assert found.index("F16") < found.index("F900")
    assert ids("congé maternité cheffe d'entreprise")[0] == "F900"


def test_sheets_come_before_dossiers_and_services() -> None:
    found = ids("carte d'identité")
    assert found.index("F4") < found.index("R1")


class TestOurProcedures:
    def test_comes_first_with_the_official_sheet_that_answers_best(self) -> None:
        sources = {query: FINDER.search(query)[0].source for query in ("carte identité", "carte identité perdue")}
        assert [ids(query)[0] for query in sources] == ["carte", "carte"]
        assert sources == {"carte identité": "F1", "carte identité perdue": "F2"}

    def test_the_sheet_that_it_stands_for_is_not_listed_again(self) -> None:
        hits = FINDER.search("carte identité volée")
        assert (hits[0].id, hits[0].source) == ("carte", "F3")
        assert "F3" not in [hit.id for hit in hits]

    def test_its_other_sheets_stay_in_the_list(self) -> None:
        assert {"F2", "F3"} <= set(ids("carte identité"))

    @pytest.mark.parametrize("name", ["Carte d’identité", "CNI", "pièce d’identité"])
    def test_every_everyday_name_finds_it_first(self, name: str) -> None:
        assert ids(name)[0] == "carte"


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "a",
        "n",
        "je",
        "le la les",
        "pour",
        "🪪",
        "🪪🎉",
        "zzzz",
        "...",
        "%",
        "'",
        "\x00",
        "٢٠٢٦",
        "bonjour",
        "x" * 500,
    ],
)
def test_nothing_finds_nothing(query: str) -> None:
    assert ids(query) == []


def test_a_very_long_query_is_answered() -> None:
    assert ids("carte d’identité perdue " * 2000)[:1] == ["carte"]


def test_an_emoji_beside_a_word_changes_nothing() -> None:
    assert ids("🪪 naissance 🎉") == ids("naissance ")


def test_a_space_ends_the_word_being_typed() -> None:
    assert ids("nais") != []
    assert ids("identit ") == ids("identité ")


@given(st.text(max_size=60), st.integers(0, 8))
def test_no_text_harms_the_search(query: str, limit: int) -> None:
    found = ids(query, limit)
    assert len(found) <= limit
    assert len(found) == len(set(found))
    assert all(isinstance(word, str) for word in FINDER.suggest(query))
    assert FINDER.is_known(query) in (True, False)


_ACCENTS = str.maketrans("éèêàçôîï", "eeeacoii")


@given(st.sampled_from(QUERIES), st.randoms(use_true_random=False))
def test_accents_case_and_the_shape_of_apostrophes_change_nothing(query: str, rng: random.Random) -> None:
    asked = FINDER.search(query)
    varied = "".join(rng.choice((letter, letter.upper(), letter.translate(_ACCENTS))) for letter in query)
    assert FINDER.search(varied.replace("'", rng.choice("'’ʼ"))) == asked


@given(st.sampled_from(QUERIES), st.integers(1, 10))
def test_a_limit_cuts_the_list_and_changes_no_more(query: str, limit: int) -> None:
    assert FINDER.search(query, limit) == FINDER.search(query, 24)[:limit]


@given(st.permutations(LIBRARY))
def test_the_order_in_which_pages_came_changes_nothing(documents: list[Document]) -> None:
    other = a_finder(tuple(documents))
    assert all(other.search(query) == FINDER.search(query) for query in QUERIES[:3])


@given(st.sampled_from([one for one in LIBRARY if one.kind == "sheet"]))
def test_every_title_finds_its_sheet_in_the_first_three(document: Document) -> None:
    hits = FINDER.search(document.title, 3)
    assert document.id in {found for hit in hits for found in (hit.id, hit.source)}


@given(st.lists(st.builds(a_document, st.text(max_size=4), st.text(max_size=20)), max_size=4), st.text(max_size=20))
def test_no_title_harms_the_search(documents: list[Document], query: str) -> None:
    assert len(a_finder(tuple(documents)).search(query)) <= len(documents)


def test_scores_go_down_the_list() -> None:
    scores = [hit.score for query in QUERIES for hit in FINDER.search(query)]
    for query in QUERIES:
        scores = [hit.score for hit in FINDER.search(query)]
        assert scores == sorted(scores, reverse=True)


def test_an_index_of_nothing_finds_nothing() -> None:
    finder = a_finder((), Synonyms())
    assert finder.search("carte") == []
    assert finder.suggest("carte") == []
    assert not finder.is_known("carte")


def test_building_twice_puts_the_new_index_in_place_of_the_old() -> None:
    from kiosk.search.builder import build_index

    connection = a_connection()
    build_index(connection, LIBRARY[:1], Synonyms())
    assert {hit.id for hit in Finder(connection).search("carte")} == {"carte"}


def test_building_leaves_the_transaction_to_the_caller() -> None:
    from kiosk.search.builder import build_index

    connection = a_connection(LIBRARY[:2])
    connection.execute("BEGIN")
    build_index(connection, LIBRARY, Synonyms())
    connection.rollback()
    assert {hit.id for hit in Finder(connection).search("carte")} == {"carte"}


def test_progress_ends_at_its_total() -> None:
    from kiosk.search.builder import build_index

    calls: list[tuple[int, int]] = []
    build_index(a_connection(()), LIBRARY, Synonyms(), lambda done, total: calls.append((done, total)))
    assert calls[-1][0] == calls[-1][1]
    assert calls == sorted(calls)


def test_several_threads_find_the_same() -> None:
    finder = a_finder()
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(ids("naissance", 24, finder))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [ids("naissance")] * 6


class TestSuggestions:
    def test_goes_on_with_accents(self) -> None:
        assert FINDER.suggest("identi") == ["identité"]
        assert FINDER.suggest("une carte d'identi") == ["identité"]

    def test_corrects_what_cannot_go_on(self) -> None:
        assert FINDER.suggest("naisance")[0] == "naissance"

    def test_no_more_than_asked(self) -> None:
        assert len(FINDER.suggest("ca", 1)) == 1

    @pytest.mark.parametrize("typed", ["", "c", "carte ", "zzzz", "🪪"])
    def test_nothing_to_go_on_with(self, typed: str) -> None:
        assert FINDER.suggest(typed) == []

    @pytest.mark.parametrize("typed", ["cog", "cogn", "nourr", "violenc", "violance"])
    def test_words_of_the_synonyms_and_silent_ones_are_never_shown(self, typed: str) -> None:
        assert not {"cogne", "nourrice", "violence"} & set(FINDER.suggest(typed, 9))


@pytest.mark.parametrize("word", ["naissance", "Identité", "nounou", "pharmacie"])
def test_words_of_the_library_and_of_the_synonyms_are_known(word: str) -> None:
    connection = a_connection((*LIBRARY, *(a_document(f"F50{n}", "Titre", text="pharmacie") for n in range(6))))
    assert Finder(connection).is_known(word)


@pytest.mark.parametrize("word", ["", " ", "dupont", "carte identité", "naisance"])
def test_other_words_are_not(word: str) -> None:
    assert not FINDER.is_known(word)
