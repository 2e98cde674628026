"""Archives as they come, whole or damaged or made to harm: one clear line, never a traceback, nothing written."""

from __future__ import annotations

import datetime as dt
import io
import os
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.sources.report import ContentError, Severity
from kiosk.sources.service_public import archive
from kiosk.sources.service_public.archive import LibraryError, open_library
from kiosk.sources.service_public.markup import MAX_SIZE
from tests.sources.service_public.sheets import a_sheet, write_folder, write_zip

ONE, TWO = a_sheet(key="F1"), a_sheet(key="N2")


def read_all(path: Path) -> dict[str, bytes]:
    """Read all sheets of an archive."""
    with open_library(path) as library:
        return dict(library)


def problems_of(path: Path) -> list[str]:
    """Read all sheets and return what was said of the others."""
    with open_library(path) as library:
        list(library)
        return [str(problem) for problem in library.problems]


def refused(path: Path) -> str:
    """Return the one line that an archive is refused with."""
    with pytest.raises(LibraryError) as caught:
        read_all(path)
    (problem,) = caught.value.problems
    assert isinstance(caught.value, ContentError)
    assert problem.severity is Severity.ERROR
    assert "\n" not in str(problem)
    assert str(path) in str(problem)
    assert problem.remedy
    return str(problem)


def test_the_sheets_of_a_folder_are_found_wherever_they_stand(tmp_path: Path) -> None:
    write_folder(
        tmp_path, ("a/b/F1.xml", ONE), ("N2.xml", TWO), ("menu.xml", b"<a/>"), ("F3.XML", b""), ("notes.txt", b"")
    )
    with open_library(tmp_path) as library:
        assert library.sheets == ["F1.xml", "N2.xml"]
        assert library.ignored == 3
        assert library.dated is not None


def test_the_sheets_of_a_zip_are_found_wherever_they_stand(tmp_path: Path) -> None:
    path = write_zip(
        tmp_path / "a.zip", ("vdd/F1.xml", ONE), ("N2.xml", TWO), ("arborescence.xml", b"<a/>"), ("I1.png", b"")
    )
    with open_library(path) as library:
        assert dict(library) == {"F1.xml": ONE, "N2.xml": TWO}
        assert library.read("arborescence.xml") == b"<a/>"
        assert library.ignored == 1


def test_a_zip_is_as_old_as_its_newest_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(zipfile.ZipInfo("F1.xml", (2026, 8, 30, 0, 0, 0)), ONE)
        made.writestr(zipfile.ZipInfo("F2.xml", (2026, 8, 31, 0, 0, 0)), ONE)
    with open_library(path) as library:
        assert library.dated == dt.date(2026, 8, 31)


# What cannot be read at all


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "rien.zip")


@pytest.mark.parametrize("data", [b"", b"pas un zip", b"PK\x03\x04" + b"\0" * 40, ONE])
def test_a_file_that_is_no_zip_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert "no complete zip" in refused(path)


def test_a_zip_cut_short_is_told(tmp_path: Path) -> None:
    whole = write_zip(tmp_path / "whole.zip", ("F1.xml", ONE), ("N2.xml", TWO)).read_bytes()
    path = tmp_path / "a.zip"
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        assert "no complete zip" in refused(path)


def test_a_folder_or_a_zip_without_sheets_is_told(tmp_path: Path) -> None:
    assert "no sheet" in refused(write_folder(tmp_path / "vide"))
    assert "no sheet" in refused(write_zip(tmp_path / "a.zip", ("menu.xml", b"<a/>")))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_nobody_may_read_is_told(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("F1.xml", ONE))
    path.chmod(0)
    assert "cannot be read" in refused(path)


def test_a_disk_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_zip(tmp_path / "a.zip", ("F1.xml", ONE))

    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(zipfile, "ZipFile", fail)
    assert "Permission denied" in refused(path)


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    sheets = [(f"F{number}.xml", ONE) for number in range(3)]
    assert "more than 2 files" in refused(write_zip(tmp_path / "a.zip", *sheets))
    assert "more than 2 files" in refused(write_folder(tmp_path / "a", *sheets))


def test_too_much_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", len(ONE) + 5)
    sheets = [("F1.xml", ONE), ("F2.xml", ONE)]
    assert "more than" in refused(write_zip(tmp_path / "a.zip", *sheets))
    assert "more than" in refused(write_folder(tmp_path / "a", *sheets))


# One bad file among good ones


def test_a_bomb_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("F1.xml", ONE), ("F2.xml", b" " * (MAX_SIZE - 1)))
    assert list(read_all(path)) == ["F1.xml"]
    assert "far too big" in problems_of(path)[0]


def test_a_sheet_beyond_the_limit_is_left_out(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("F1.xml", ONE), ("F2.xml", b" " * (MAX_SIZE + 1)))
    assert list(read_all(path)) == ["F1.xml"]
    folder = write_folder(tmp_path / "a", ("F1.xml", ONE), ("F2.xml", b" " * (MAX_SIZE + 1)))
    assert list(read_all(folder)) == ["F1.xml"]


def test_a_size_that_lies_unpacks_no_more_than_it_says(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("F1.xml", ONE), ("F2.xml", b" " * 5_000_000))
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<I", 5_000_000), struct.pack("<I", 100)))
    assert list(read_all(path)) == ["F1.xml"]
    assert len(problems_of(path)) == 1


def test_a_damaged_member_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("F1.xml", ONE)
        made.writestr("F2.xml", b"<a>damaged later</a>")
    path.write_bytes(path.read_bytes().replace(b"damaged later", b"DAMAGED later"))
    assert list(read_all(path)) == ["F1.xml"]
    assert "F2.xml" in problems_of(path)[0]


def test_an_encrypted_member_is_left_out(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("F1.xml", ONE), ("F2.xml", ONE))
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 8] |= 1
    path.write_bytes(data)
    assert list(read_all(path)) == ["F1.xml"]
    assert "encrypted" in problems_of(path)[0]


@pytest.mark.parametrize("name", ["../F2.xml", "a/../../F2.xml", "/etc/F2.xml", "..\\F2.xml", "C:\\a\\F2.xml"])
def test_a_name_that_leaves_the_zip_is_left_out(tmp_path: Path, name: str) -> None:
    path = write_zip(tmp_path / "a.zip", ("F1.xml", ONE), (name, ONE))
    assert list(read_all(path)) == ["F1.xml"]
    assert len(problems_of(path)) == 1
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.zip"]


def test_a_link_in_a_zip_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("F1.xml", ONE)
        link = zipfile.ZipInfo("F2.xml")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    assert list(read_all(path)) == ["F1.xml"]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write_folder(tmp_path / "outside", ("F2.xml", ONE), ("deep/F3.xml", ONE))
    folder = write_folder(tmp_path / "a", ("F1.xml", ONE))
    (folder / "F2.xml").symlink_to(outside / "F2.xml")
    (folder / "deep").symlink_to(outside / "deep")
    assert list(read_all(folder)) == ["F1.xml"]
    assert "link" in problems_of(folder)[0]


def test_a_sheet_that_vanishes_while_reading_is_left_out(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, ("F1.xml", ONE), ("F2.xml", ONE))
    with open_library(folder) as library:
        (folder / "F2.xml").unlink()
        assert list(dict(library)) == ["F1.xml"]
        assert len(library.problems) == 1


def test_of_two_files_of_one_name_the_last_counts_and_is_told(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("a/F1.xml", TWO), ("b/F1.xml", ONE))
    assert read_all(path) == {"F1.xml": ONE}
    assert "two files" in problems_of(path)[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), damage=st.binary(min_size=1, max_size=8))
def test_a_damaged_zip_gives_whole_sheets_or_one_line(tmp_path: Path, at: int, damage: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("F1.xml", ONE)
        made.writestr("N2.xml", TWO)
    whole = stream.getvalue()
    at %= len(whole)
    path = tmp_path / "a.zip"
    path.write_bytes(whole[:at] + damage + whole[at + len(damage) :])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = read_all(path)
        except LibraryError:
            return
    assert set(found.values()) <= {ONE, TWO}
