"""What holds of any text that is typeset."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sources.authored.typography import typeset

FRENCH = st.text(alphabet="abéœL 0123456789'’«»:;!?°n€%hmois\u00a0\u202f.,-\t\n", max_size=40)


@given(FRENCH | st.text())
def test_twice_is_once(text: str) -> None:
    assert typeset(typeset(text)) == typeset(text)


@given(FRENCH | st.text())
def test_nothing_but_spaces_and_apostrophes_changes(text: str) -> None:
    def letters(one: str) -> str:
        return re.sub(r"[ \t\r\n\u00a0\u202f]", "", one).replace("'", "’")

    assert letters(typeset(text)) == letters(text)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("l'été", "l’été"),
        ("Vous avez la carte ?", "Vous avez la carte\u00a0?"),
        ("Attention: venez !", "Attention\u00a0: venez\u00a0!"),
        ("le « guichet »", "le «\u00a0guichet\u00a0»"),
        ("25 €", "25\u00a0€"),
        ("02 41 05 40 00", "02\u00a041\u00a005\u00a040\u00a000"),
        ("1 500 euros", "1\u00a0500 euros"),
        ("9 h 30", "9\u00a0h\u00a030"),
        ("n° 14011", "n°\u00a014011"),
        ("https://ants.gouv.fr", "https://ants.gouv.fr"),
        ("  deux   espaces\net une ligne ", "deux espaces et une ligne"),
    ],
)
def test_french_is_printed_as_french(written: str, printed: str) -> None:
    assert typeset(written) == printed
