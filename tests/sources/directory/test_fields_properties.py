"""Whatever a field holds, reading it gives something fit to show or one clear error."""

from __future__ import annotations

import datetime as dt
import math
import re

from hypothesis import given
from hypothesis import strategies as st

from kiosk.sources.directory.fields import (
    BadRecordError,
    clean,
    commune_and_postcode,
    day,
    day_of_file,
    nested,
    phone,
    position,
    shown,
    website,
)

TODAY = dt.date(2026, 11, 23)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
digits = st.text("0123456789+. ()-/", max_size=40)


@given(anything)
def test_a_text_is_one_line_without_marks_that_cannot_be_shown(value: object) -> None:
    try:
        text = clean(value, "name")
    except BadRecordError:
        return
    assert text == " ".join(text.split())
    assert all(letter.isprintable() or letter in "\u00a0\u202f\u00ad" for letter in text if ord(letter) < 0x300)
    assert clean(text, "name") == text


@given(anything)
def test_a_report_quotes_a_value_in_a_few_letters(value: object) -> None:
    assert len(shown(value)) <= 40
    assert "\n" not in shown(value)


@given(digits | st.text(max_size=60))
def test_a_phone_has_no_digit_that_was_not_written(text: str) -> None:
    number = phone(text)
    written = re.sub(r"\D", "", text)
    assert re.sub(r"\D", "", number).removeprefix("0") in written
    assert phone(number) == number


@given(st.integers(100_000_000, 799_999_999))
def test_a_french_number_is_the_same_however_it_is_written(number: int) -> None:
    local = f"0{number}"
    pairs = " ".join(local[start : start + 2] for start in range(0, 10, 2))
    assert {phone(text) for text in (local, pairs, f"+33{number}", f"+33 (0){number}", f"0033{number}")} == {pairs}


@given(anything, anything, st.sampled_from(["", "49999", "97411", "2A004"]))
def test_a_position_is_on_the_ground_or_none(north: object, east: object, insee: str) -> None:
    point = position(north, east, insee)
    if point:
        assert abs(point.latitude) <= 90
        assert abs(point.longitude) <= 180
        assert not math.isnan(point.latitude + point.longitude)


@given(anything)
def test_a_day_is_one_or_none(value: object) -> None:
    assert day(value) is None or isinstance(day(value), dt.date)


@given(st.dates())
def test_a_day_is_read_as_french_and_as_iso(date: dt.date) -> None:
    assert day(f"{date:%d/%m/}{date.year:04d} 10:20:30") == day(f"{date.isoformat()}T10:20:30+00:00") == date


@given(st.dates(dt.date(2000, 1, 1), TODAY))
def test_the_day_of_a_file_is_in_its_name(date: dt.date) -> None:
    assert day_of_file(f"{date.isoformat()}_053120-data.gouv_local.json", TODAY) == date
    assert day_of_file(f"liste-fs-{date:%Y%m%d}.csv", TODAY) == date


@given(anything, st.sampled_from(["", "valeur"]))
def test_a_list_inside_a_field_is_always_a_list(value: object, key: str) -> None:
    assert isinstance(nested(value, key), list)


@given(st.text(max_size=80))
def test_an_address_of_a_site_is_one_or_none(text: str) -> None:
    assert website(text) == "" or re.match(r"(?i)https?://\S+\.\S+$", website(text))


@given(st.text(max_size=40), st.text(max_size=8))
def test_a_postcode_has_five_digits_or_none(commune: str, postcode: str) -> None:
    assert re.fullmatch(r"(\d{5})?", commune_and_postcode(commune, postcode)[1])
