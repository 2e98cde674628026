"""Markup made to harm, or damaged on its way: refused with one line, quickly, never expanded."""

from __future__ import annotations

import contextlib
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sources.service_public import markup
from kiosk.sources.service_public.markup import MAX_DEPTH, SheetError
from tests.sources.service_public.sheets import a_sheet, read

WHOLE = a_sheet("<Texte><Paragraphe>Vous devez être majeur.</Paragraphe></Texte>")

BILLION_LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><Publication ID="F1">&j;</Publication>'
)
OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Publication ID="F1">&x;</Publication>'


def nested(depth: int) -> bytes:
    """Write boxes inside each other."""
    return a_sheet("<Texte>" + "<ANoter>" * depth + "<Titre>fond</Titre>" + "</ANoter>" * depth + "</Texte>")


@pytest.mark.parametrize(
    "data", [BILLION_LAUGHS, OUTSIDE, b'<!DOCTYPE a SYSTEM "http://a.example/a.dtd"><Publication/>']
)
def test_entities_and_document_types_are_refused(data: bytes) -> None:
    with pytest.raises(SheetError, match="document type"):
        read(data)


def test_an_entity_that_nobody_declared_is_refused() -> None:
    with pytest.raises(SheetError, match="well-formed"):
        read(WHOLE.replace(b"majeur", b"&secret;"))


@pytest.mark.parametrize("depth", [MAX_DEPTH, 5_000, 200_000])
def test_elements_nested_too_deeply_are_refused(depth: int) -> None:
    with pytest.raises(SheetError, match="nested"):
        read(nested(depth))


def test_elements_as_deep_as_allowed_are_read() -> None:
    assert read(nested(MAX_DEPTH - 5)).blocks


def test_one_huge_text_is_refused() -> None:
    with pytest.raises(SheetError, match="characters"):
        read(WHOLE.replace(b"majeur", b"a" * (markup.MAX_TEXT + 1)))


def test_a_file_beyond_the_limit_is_refused_before_it_is_parsed() -> None:
    started = time.perf_counter()
    with pytest.raises(SheetError, match="bytes"):
        read(b"<" * (markup.MAX_SIZE + 1))
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "well-formed"),
        (b"\x00\x00\x00\x00", "UTF-8"),
        (WHOLE.decode().encode("utf-16"), "UTF-8"),
        (WHOLE.decode().replace("UTF-8", "UTF-16").encode("utf-16-le"), "UTF-8"),
        (WHOLE.replace(b"UTF-8", b"martien"), "well-formed|encoding"),
        (WHOLE.replace("être".encode(), "être".encode("latin-1")), "well-formed"),
        (b"<html><body>404</body></html>", "not a sheet"),
        (b"PK\x03\x04 not xml", "well-formed"),
    ],
)
def test_files_that_are_no_sheet_are_told(data: bytes, message: str) -> None:
    with pytest.raises(SheetError, match=message):
        read(data)


def test_an_old_encoding_that_the_file_declares_is_read() -> None:
    data = WHOLE.decode().replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert read(data).blocks == read(WHOLE).blocks


@given(st.integers(0, len(WHOLE) - 1))
def test_half_a_sheet_is_refused(length: int) -> None:
    with pytest.raises(SheetError):
        read(WHOLE[:length])


@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    with pytest.raises(SheetError):
        read(data)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_sheet_is_read_or_refused(at: int, damage: bytes) -> None:
    with contextlib.suppress(SheetError):
        read(WHOLE[:at] + damage + WHOLE[at + len(damage) :])


def test_refusing_entities_takes_no_memory() -> None:
    tracemalloc.start()
    with pytest.raises(SheetError):
        read(BILLION_LAUGHS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_hundred_thousand_empty_elements_are_read_in_time() -> None:
    started = time.perf_counter()
    read(a_sheet("<Texte>" + "<Paragraphe/>" * 100_000 + "</Texte>"))
    assert time.perf_counter() - started < 5


def test_many_floating_titles_are_read_in_time() -> None:
    started = time.perf_counter()
    read(a_sheet("<Texte>" + "<TitreFlottant>T</TitreFlottant><Paragraphe>p</Paragraphe>" * 5_000 + "</Texte>"))
    assert time.perf_counter() - started < 5


def test_many_items_of_one_name_are_read_in_time() -> None:
    started = time.perf_counter()
    read(a_sheet("<Texte><Liste>" + "<Item><Paragraphe>p</Paragraphe></Item>" * 20_000 + "</Liste></Texte>"))
    assert time.perf_counter() - started < 5


def test_many_answers_of_one_label_are_read_in_time() -> None:
    started = time.perf_counter()
    read(a_sheet("<Texte><BlocCas>" + "<Cas><Titre>p</Titre></Cas>" * 3_000 + "</BlocCas></Texte>"))
    assert time.perf_counter() - started < 5


def test_a_table_with_absurd_spans_is_read_in_time() -> None:
    started = time.perf_counter()
    cells = '<Cellule fusionHorizontale="9999" fusionVerticale="9999"/>' * 30
    read(a_sheet(f"<Texte><Tableau>{f'<Rangée>{cells}</Rangée>' * 100}</Tableau></Texte>"))
    assert time.perf_counter() - started < 5
