# ruff: noqa: SIM905 - look-alike dashes and quotes are the matter here
"""What holds of any text: nothing is lost, nothing raises, twice is once."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.voice import script
from kiosk.voice.script import speakable, split_sentences

LANGUAGES = st.sampled_from(["fr", "en", "ar", "fr-CH", ""])
# Pieces that rules look for, put together in every wrong way.
PIECES = st.sampled_from(
    "0 1 2 7 24 33 800 3939 500 02 41 05 2026 12 € % ° n° * / & , . : ; ! ? … - – — · • ' ’ \" « »"
    " ( ) (e) h min e re m² km M. MM. Mme art. tél. etc. A H L M CAF HLM PACS www. .fr ants.gouv.fr"
    " a@b.fr https:// euro EUR mois et ou touche \u00a0 \u202f \n \x00 \u200b \u0301".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(PIECES, st.just(" ")), max_size=40).map("".join),
    st.lists(PIECES, max_size=20).map(" ".join),
)


@given(TEXTS, LANGUAGES)
def test_sentences_together_are_the_text(text: str, language: str) -> None:
    assert "".join("".join(split_sentences(text, language)).split()) == "".join(text.split())


@given(TEXTS, LANGUAGES)
def test_no_sentence_is_empty(text: str, language: str) -> None:
    assert all(sentence.strip() for sentence in split_sentences(text, language))


@settings(max_examples=300)
@given(TEXTS, LANGUAGES)
def test_what_is_speakable_stays_as_it_is(text: str, language: str) -> None:
    once = speakable(text, language)
    assert speakable(once, language) == once


@given(TEXTS, LANGUAGES)
def test_no_control_character_reaches_the_engine(text: str, language: str) -> None:
    spoken = speakable(text, language)
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in spoken)


@settings(max_examples=300)
@given(TEXTS, st.sampled_from(["fr", "en"]))
def test_the_passes_settle_long_before_their_bound(text: str, language: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(script, "_MAX_PASSES", 8)
        few = speakable(text, language)
    assert few == speakable(text, language)
