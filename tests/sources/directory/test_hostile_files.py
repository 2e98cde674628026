"""Files that are cut, damaged, disguised or far too large: one clear error; records that are bad: one line each."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
from pathlib import Path

import pytest

from kiosk.sources.directory import records, streams
from kiosk.sources.report import ContentError
from tests.sources.directory.samples import (
    DAILY,
    a_mediation,
    an_address,
    an_official,
    daily_bytes,
    read,
    slots,
    write_archive,
    write_csv,
    write_daily,
    write_json,
)


def error(file: Path) -> str:
    """Return the one line that a file gives; its paths must not say where it lies."""
    with pytest.raises(ContentError) as caught:
        read(file)
    (problem,) = caught.value.problems
    assert problem.path == file.name
    assert len(str(problem)) < 400
    return problem.message


def written(folder: Path, data: bytes, name: str = DAILY) -> Path:
    """Write bytes."""
    file = folder / name
    file.write_bytes(data)
    return file


# -- the file --------------------------------------------------------------------------------------------------------


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert error(tmp_path / "rien.json") == "The file cannot be read (No such file or directory)."


def test_a_folder(tmp_path: Path) -> None:
    assert "cannot be read" in error(tmp_path)


@pytest.mark.parametrize("data", [b"", b"   \n", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path: Path, data: bytes) -> None:
    assert error(written(tmp_path, data)) == "The file is empty."


@pytest.mark.parametrize("packing", ["bz2", "gz", "xz", ""])
@pytest.mark.parametrize("kept", [0.05, 0.5, 0.98])
def test_an_archive_that_was_cut(tmp_path: Path, packing: str, kept: float) -> None:
    # What does not pack well, so that every part of the archive is needed.
    many = [an_official(number, nom=f"Mairie - {number * 7919 % 10007}") for number in range(300)]
    file = write_archive(tmp_path, {f"./{DAILY}": daily_bytes(*many)}, packing)
    data = file.read_bytes()
    size = data.rstrip(b"\0") if not packing else data
    file.write_bytes(data[: int(len(size) * kept)])
    assert "cannot be read" in error(file)


def test_an_archive_with_a_damaged_part(tmp_path: Path) -> None:
    file = write_archive(tmp_path, {f"./{DAILY}": daily_bytes(*map(an_official, range(200)))})
    data = bytearray(file.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    file.write_bytes(data)
    assert "cannot be read" in error(file)


def test_an_archive_of_something_else(tmp_path: Path) -> None:
    assert error(write_archive(tmp_path, {"photo.jpg": b"x"})) == "The archive has no member *data.gouv_local.json."


def test_packed_text_without_an_archive(tmp_path: Path) -> None:
    assert "cannot be read" in error(written(tmp_path, bz2.compress(b"[]" * 5000), "a.json.bz2"))


def test_an_archive_whose_data_are_a_link(tmp_path: Path) -> None:
    file = tmp_path / "all_latest.tar.bz2"
    with tarfile.open(file, "w:bz2") as archive:
        member = tarfile.TarInfo(f"./{DAILY}")
        member.type = tarfile.SYMTYPE
        member.linkname = "/etc/passwd"
        archive.addfile(member)
    assert "has no member" in error(file)


def test_an_archive_with_far_too_many_members(tmp_path: Path) -> None:
    members = {f"{number}": b"" for number in range(streams.MAX_MEMBERS)} | {DAILY: daily_bytes(an_official())}
    assert error(write_archive(tmp_path, members)) == "The archive has more than 1000 members."


def test_a_bomb_before_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_BYTES_BEFORE", 3_000_000)
    members = {"zeros": bytes(5_000_000), DAILY: daily_bytes(an_official())}
    assert error(write_archive(tmp_path, members)) == "The file unpacks to more than 3 MB."


def test_a_bomb_in_the_head_of_a_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_BYTES_BEFORE", 3_000_000)
    file = tmp_path / "all_latest.tar.bz2"
    with tarfile.open(file, "w:bz2", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo(DAILY)
        member.pax_headers = {"comment": "0" * 5_000_000}
        archive.addfile(member)
    assert error(file) == "The file unpacks to more than 3 MB."


def test_a_bomb_in_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_BYTES", 3_000_000)
    data = b'{"service":[' + b" " * 5_000_000 + b"]}"
    assert error(write_archive(tmp_path, {DAILY: data})) == "The file unpacks to more than 3 MB."
    assert error(written(tmp_path, data)) == "The file unpacks to more than 3 MB."


def test_a_plain_file_is_read_however_long_its_packing(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb") as packed:
        packed.write(daily_bytes(an_official()))
    assert "cannot be read" in error(written(tmp_path, buffer.getvalue(), "a.json.gz"))


# -- JSON ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.999])
def test_half_a_json(tmp_path: Path, kept: float) -> None:
    data = daily_bytes(*map(an_official, range(50)))
    assert "cannot be read to its end" in error(written(tmp_path, data[: int(len(data) * kept)]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"]}", b"]} and more"),
        (b"]}", b"]}{}"),
        (b'"siren"', b"siren"),
        (b'"siren":', b'"siren"'),
        (b'{"id"', b'{"a":1} {"id"'),
    ],
)
def test_what_is_no_json(tmp_path: Path, before: bytes, after: bytes) -> None:
    data = daily_bytes(an_official())
    assert before in data
    head, _, tail = data.rpartition(before)
    assert "cannot be read to its end. It is not JSON here" in error(written(tmp_path, head + after + tail))


@pytest.mark.parametrize("data", [b'{"error":"too many requests"}', b"{}", b'{"service":{}}', b'{"service":null}'])
def test_json_without_a_list(tmp_path: Path, data: bytes) -> None:
    assert "has no list “service” or “results” or “structures”" in error(written(tmp_path, data))


def test_a_page_of_a_website(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><html><body>Service indisponible, revenez plus tard</body></html>"
    assert error(written(tmp_path, page)) in (
        "The file is neither JSON nor CSV.",
        "The file is of no known format of places.",
    )


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_brackets_without_end(tmp_path: Path, opening: bytes) -> None:
    assert "nested too deep" in error(written(tmp_path, b'{"service":[' + opening * 200_000))


def test_brackets_without_end_inside_a_field_of_the_export(tmp_path: Path) -> None:
    record = an_official(plage_ouverture="[" * 200_000)
    places, _ = read(write_daily(tmp_path, [record]))
    assert places[0].opening_hours == ""


def test_a_record_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_RECORD", 2_000_000)
    data = b'{"service":[{"id":"' + b"x" * 6_000_000
    assert "One record is longer than 2 million characters" in error(written(tmp_path, data))


def test_a_number_without_end(tmp_path: Path) -> None:
    places, report = read(written(tmp_path, daily_bytes(an_official()).replace(b'"49999"', b"9" * 100_000)))
    assert (len(places), len(report.problems)) == (0, 0)


def test_numbers_that_are_none(tmp_path: Path) -> None:
    data = daily_bytes(an_official()).replace(b'"47.5"', b"NaN").replace(b'"-0.5"', b"-Infinity")
    (place,), _ = read(written(tmp_path, data))
    assert place.position is None


# -- letters ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_wide_characters(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path, daily_bytes(an_official()).decode().encode(encoding))
    assert error(file) in ("The file is UTF-16.", "The file is no text.")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    many = [a_mediation(number, nom=f"Médiathèque {number}") for number in range(30)]
    file = write_csv(tmp_path, many, encoding="cp1252")
    assert error(file) == "Letters are lost in 30 of 30 records: the file is not UTF-8."


def test_a_short_file_in_another_encoding(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [a_mediation(1, nom="Médiathèque"), a_mediation(2, nom="Maire")], encoding="cp1252")
    assert error(file) == "Letters are lost in 2 of 2 records: the file is not UTF-8."


def test_a_mark_of_the_order_of_bytes_is_no_letter(tmp_path: Path) -> None:
    assert read(write_csv(tmp_path, [a_mediation()], encoding="utf-8-sig"))[1].kept == 1


@pytest.mark.parametrize("name", ["M\ufffddiathèque", "MÃ©diathÃ¨que", "L\u2019Ã‰cole", "Mairie \ud800"])
def test_a_record_whose_letters_were_lost_is_left_out_and_told(tmp_path: Path, name: str) -> None:
    many = [an_official(number, nom="Mairie" if number else name) for number in range(3)]
    data = daily_bytes(*many) if "\ud800" not in name else daily_bytes(*many[1:])
    if "\ud800" in name:
        data = data.replace(b'"nom": "Mairie"', b'"nom": "Mairie \\ud800"', 1)
        assert len(many) == 3
    places, report = read(written(tmp_path, data))
    assert len(places) == (1 if "\ud800" in name else 2)
    assert [(problem.line, problem.message) for problem in report.problems] == [(1, "Letters were lost in the name.")]


def test_marks_that_turn_a_line_around_are_not_shown(tmp_path: Path) -> None:
    (place,), _ = read(write_daily(tmp_path, [an_official(nom="Mairie\u202e \u200b-\x07 Bourg\r\n")]))
    assert place.name == "Mairie - Bourg"


# -- records ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"nom": "x" * 10_000_000},
        {"id": "x" * 10_000_000},
        {"adresse": [an_address(numero_voie="x" * 10_000_000)]},
        {"plage_ouverture": [slots("Lundi", "", "09:00", "12:00", said="x" * 1_000_000)]},
        {"commentaire_plage_ouverture": "x" * 1_000_000},
        {"telephone": [{"valeur": "0" * 1_000_000}]},
        {"site_internet": [{"valeur": "https://" + "x" * 1_000_000}]},
        {"id": ""},
        {"nom": ""},
        {"nom": None},
        {"nom": ["Mairie"]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_bad_record_is_one_line_and_the_others_are_kept(
    tmp_path: Path, changes: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MAX_RECORD", 20_000_000)
    places, report = read(write_daily(tmp_path, [an_official(1), an_official(2, **changes), an_official(3)]))
    assert [place.id[-1] for place in places] == ["1", "3"]
    assert [problem.line for problem in report.problems] == [2]
    assert len(str(report.problems[0])) < 300


def test_what_is_no_record_is_one_line(tmp_path: Path) -> None:
    places, report = read(write_daily(tmp_path, [an_official(1), 7, "x", None, [], an_official(2)]))
    assert len(places) == 2
    assert [problem.line for problem in report.problems] == [2, 3, 4, 5]


@pytest.mark.parametrize("field", ["pivot", "adresse", "telephone", "site_internet", "plage_ouverture"])
@pytest.mark.parametrize("value", [None, 7, True, "x", "[", '{"a":1}', [None], [[]], [7], {}, [{"valeur": {}}]])
def test_no_value_of_a_field_stops_the_run(tmp_path: Path, field: str, value: object) -> None:
    places, _ = read(write_daily(tmp_path, [an_official(1, **{field: value}), an_official(2)]))
    assert places[-1].id[-1] == "2"


def test_a_cell_far_too_long_costs_its_line_only(tmp_path: Path) -> None:
    many = [a_mediation(1), a_mediation(2, presentation_detail="x" * 10_000_000), a_mediation(3)]
    places, report = read(write_csv(tmp_path, many))
    assert [place.id for place in places] == ["lmn-fixture-fixture-1", "lmn-fixture-fixture-3"]
    assert [problem.line for problem in report.problems] == [3]


def test_a_line_with_too_many_cells_is_told(tmp_path: Path) -> None:
    file = write_csv(tmp_path, [a_mediation(1), a_mediation(2)])
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[:2], lines[2] + ',"more"']))
    assert [problem.line for problem in read(file)[1].problems] == [3]


def test_a_quote_left_open_does_not_swallow_what_comes_long_after(tmp_path: Path) -> None:
    many = [a_mediation(number, presentation_detail="x" * 900) for number in range(400)]
    file = write_csv(tmp_path, many)
    file.write_text(file.read_text().replace('"fixture-5",', '"fixture-5,', 1))
    places, report = read(file)
    assert len(places) > 200
    assert report.problems


def test_a_file_of_another_format_says_what_it_lacks(tmp_path: Path) -> None:
    file = write_json(tmp_path, [{"id": 1, "pivot": "x", "nom": "x", "commune": "x"}])
    with pytest.raises(ContentError, match="For “digital mediation” it lacks: adresse, code_postal, date_maj"):
        read(file)
