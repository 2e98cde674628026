"""Reading records one after the other gives what reading the whole file at once gives."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from kiosk.sources.directory.records import Records, read_records
from kiosk.sources.directory.streams import Source
from kiosk.sources.report import ContentError

plain = st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    plain | st.text(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
)
records = st.lists(st.dictionaries(st.text(), values, max_size=4) | plain, max_size=6)
sizes = st.integers(1, 40)


def cut(text: str, size: int) -> Iterator[str]:
    """Yield a text in pieces."""
    return (text[start : start + size] for start in range(0, len(text), size))


def read(text: str, size: int) -> Records:
    return read_records(Source("f", "f", cut(text, size)), ("service", "results"))


@given(records, sizes, st.booleans())
def test_a_list_is_read_record_by_record(made: list[object], size: int, is_spaced: bool) -> None:
    text = json.dumps(made, ensure_ascii=False, indent=2 if is_spaced else None)
    found = list(read(text, size).items)
    assert [number for number, _ in found] == list(range(1, len(made) + 1))
    assert [record for _, record in found] == [one if isinstance(one, dict) else None for one in made]


@given(records, sizes, st.dictionaries(st.text(), values, max_size=2), st.dictionaries(st.text(), values, max_size=2))
def test_a_list_inside_an_object_is_found_whatever_stands_around_it(
    made: list[object], size: int, before: dict[str, object], after: dict[str, object]
) -> None:
    around = {name: value for name, value in before.items() if name not in ("service", "results")}
    behind = {name: value for name, value in after.items() if name not in (*around, "service", "results")}
    found = read(json.dumps({**around, "service": made, **behind}), size)
    assert (found.root, len(list(found.items))) == ("service", len(made))


@given(st.lists(st.dictionaries(st.text(), plain, min_size=1), min_size=1, max_size=4), st.data())
def test_a_file_cut_short_is_never_taken_for_a_whole_one(made: list[object], data: st.DataObject) -> None:
    text = json.dumps({"service": made})
    short = text[: data.draw(st.integers(1, len(text) - 1))]
    try:
        list(read(short, 16).items)
    except ContentError:
        return
    raise AssertionError(short)


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=("Cs",)), max_size=8)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=5), st.sampled_from(",;\t|"), sizes)
def test_cells_are_read_as_they_were_written(rows: list[list[str]], delimiter: str, size: int) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    found = [record for _, record in read(text.getvalue(), size).items]
    assert found == [dict(zip("abc", row, strict=True)) for row in rows]
