"""Files that are no packs, no whole ones or made to harm: refused by name, never a traceback."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.procedure import ProcedureId
from kiosk.packs.bodies import BodyReader, BodyWriter
from kiosk.packs.errors import PackDamagedError, PackError, PackMissingError, PackTooNewError
from kiosk.packs.reader import PackReader
from kiosk.packs.schema import FORMAT_VERSION
from kiosk.packs.writer import Content, write_pack
from tests.support.builders import a_procedure
from tests.support.golden_pack import BUILT_AT, golden, path_of

Opened = Callable[[Path], PackReader]
FIRST = path_of(1).read_bytes()


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a pack of the present format, its dictionary included."""
    path = tmp_path_factory.mktemp("whole") / "pack.sqlite"
    write_pack(path, golden(FORMAT_VERSION).content(), BUILT_AT)
    return path.read_bytes()


def change(path: Path, *statements: str) -> None:
    """Run SQL on a pack."""
    connection = sqlite3.connect(path)
    connection.executescript(";".join(statements))
    connection.commit()
    connection.close()


def put_body(path: Path, body: str) -> None:
    """Make a text the body of every procedure."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE procedures SET body = ?", (BodyWriter(b"").pack(body.encode()),))
    connection.commit()
    connection.close()


def read_all(path: Path) -> None:
    """Read all that a pack holds."""
    reader = PackReader(path)
    try:
        for key in [*(card.id for card in reader.cards), "F1", "F0", "N3", "carte-identite"]:
            reader.card(key)
            reader.procedure(key)
        for theme in reader.themes:
            reader.menus(theme.id)
        assert reader.places is not None
    finally:
        reader.close()


@pytest.mark.parametrize("size", range(0, len(FIRST), 4096))
def test_a_pack_of_the_first_format_that_is_cut_short_is_damaged(tmp_path: Path, size: int) -> None:
    path = tmp_path / "pack.sqlite"
    path.write_bytes(FIRST[:size])
    with pytest.raises(PackDamagedError):
        read_all(path)


def test_a_pack_that_is_cut_short_is_damaged(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "pack.sqlite"
    for size in range(0, len(whole), 4096):
        path.write_bytes(whole[:size])
        with pytest.raises(PackDamagedError):
            read_all(path)


def with_other_bytes(data: bytes, at: int, other: bytes) -> bytes:
    at %= len(data)
    return data[:at] + other + data[at + len(other) :]


@settings(max_examples=200)
@given(st.booleans(), st.integers(0, 2**20), st.binary(min_size=1, max_size=200))
def test_other_bytes_anywhere_never_end_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, is_first: bool, at: int, other: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "other-bytes.sqlite"
    path.write_bytes(with_other_bytes(FIRST if is_first else whole, at, other))
    with contextlib.suppress(PackError):
        read_all(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"SQLite format 3\x00", b"du texte" * 500, b"\x00" * 8192])
def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pack.sqlite"
    path.write_bytes(content)
    with pytest.raises(PackDamagedError):
        PackReader(path)


def test_another_database_is_no_pack(tmp_path: Path) -> None:
    path = tmp_path / "pack.sqlite"
    change(path, "CREATE TABLE manifest (name, value)")
    with pytest.raises(PackDamagedError, match="is not a pack"):
        PackReader(path)


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PackMissingError, match="there is no pack at"):
        PackReader(tmp_path / "none.sqlite")


def test_a_folder_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackMissingError):
        PackReader(tmp_path)


def test_a_newer_format_is_refused_kindly(pack: Path) -> None:
    newer = FORMAT_VERSION + 1
    change(pack, f"PRAGMA user_version = {newer}")
    with pytest.raises(
        PackTooNewError, match=f"format {newer}, this program reads up to {FORMAT_VERSION}: update the program"
    ):
        PackReader(pack)


def test_a_newer_format_is_refused_before_its_tables_are_looked_at(pack: Path) -> None:
    change(pack, "PRAGMA user_version = 9", "DROP TABLE manifest", "DROP TABLE procedures")
    with pytest.raises(PackTooNewError):
        PackReader(pack)


def test_a_pack_without_a_format_is_damaged(pack: Path) -> None:
    change(pack, "PRAGMA user_version = 0")
    with pytest.raises(PackDamagedError):
        PackReader(pack)


OTHER_MANIFEST = "DROP TABLE manifest; CREATE TABLE manifest (name, value)"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM procedures",
        "DELETE FROM places",
        "DELETE FROM manifest",
        "DELETE FROM manifest WHERE name = 'built_at'",
        "DROP TABLE procedures",
        "DROP TABLE places",
        "DROP TABLE themes",
        "DROP TABLE manifest",
        "UPDATE manifest SET value = 'x' WHERE name = 'procedures'",
        "UPDATE manifest SET value = 'hier' WHERE name = 'built_at'",
        "UPDATE themes SET body = '{'",
        "UPDATE themes SET body = '[]'",
        "UPDATE themes SET body = 'null'",
        'UPDATE themes SET body = \'{"id": "a"}\'',
        'UPDATE themes SET body = \'{"id": "a", "icon": "b", "tint": 1, "titles": {"en": "c"}}\'',
        "UPDATE procedures SET names = '5'",
        "UPDATE procedures SET names = '{'",
        "UPDATE procedures SET kind = 'boom'",
        "DELETE FROM dictionaries",
        "DROP TABLE dictionaries",
        "UPDATE dictionaries SET body = x'37a430ec00112233445566778899'",
        "DROP TABLE redirections; UPDATE procedures SET id = 'autre'",
        "INSERT INTO redirections VALUES ('F1', 'F0'), ('F0', 'F1')",
        "INSERT INTO manifest VALUES ('official', '5') ON CONFLICT DO UPDATE SET value = excluded.value",
        "INSERT INTO manifest VALUES ('official', '{') ON CONFLICT DO UPDATE SET value = excluded.value",
        "CREATE TABLE other (id, kind, public, theme, title, source, checked_on, popular, names, icon, body); "
        "INSERT INTO other SELECT * FROM procedures; DROP TABLE procedures; "
        "ALTER TABLE other RENAME TO procedures; UPDATE procedures SET body = 'texte'",
        f"{OTHER_MANIFEST}; INSERT INTO manifest VALUES ('built_at', 5), ('languages', 5)",
        f"{OTHER_MANIFEST}; INSERT INTO manifest VALUES ('format_version', x'00ff')",
        "CREATE TABLE other (name, value); INSERT INTO other SELECT * FROM manifest; DROP TABLE manifest; "
        "ALTER TABLE other RENAME TO manifest; UPDATE manifest SET value = 5 WHERE name = 'languages'",
        "DROP TABLE procedures; CREATE VIEW procedures AS SELECT 1",
    ],
)
def test_rows_that_are_missing_or_have_another_shape_are_damage(pack: Path, statement: str) -> None:
    change(pack, statement)
    with pytest.raises(PackDamagedError):
        read_all(pack)


BODIES = ["{", "", "[]", "null", "5", '"texte"', "{}", '{"id": "carte-identite"}', "[" * 100_000]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:12] or "empty")
def test_a_procedure_of_another_shape_is_damage(pack: Path, body: str) -> None:
    put_body(pack, body)
    with pytest.raises(PackDamagedError):
        read_all(pack)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:12] or "empty")
def test_a_place_of_another_shape_is_damage(pack: Path, body: str) -> None:
    change(pack, f"UPDATE places SET body = '{body}'")
    with pytest.raises(PackDamagedError):
        read_all(pack)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:12] or "empty")
def test_a_procedure_of_the_first_format_of_another_shape_is_damage(tmp_path: Path, body: str) -> None:
    path = tmp_path / "pack.sqlite"
    path.write_bytes(FIRST)
    change(path, f"UPDATE procedures SET body = '{body}'")
    with pytest.raises(PackDamagedError):
        read_all(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("blocks", 5),
        ("blocks", [{"type": "boom"}]),
        ("blocks", [{}]),
        ("blocks", ["x"]),
        ("checked_on", "demain"),
        ("ways", []),
    ],
)
def test_one_part_of_another_shape_is_damage(pack: Path, name: str, value: object) -> None:
    connection = sqlite3.connect(pack)
    (packed,) = connection.execute("SELECT body FROM procedures").fetchone()
    connection.close()
    body = json.loads(BodyReader(b"").unpack(packed))
    put_body(pack, json.dumps({**body, name: value}))
    with pytest.raises(PackDamagedError):
        read_all(pack)


def test_one_damaged_procedure_does_not_keep_the_others_from_opening(pack: Path, opened: Opened) -> None:
    put_body(pack, "{")
    assert len(opened(pack).cards) == 1


def test_a_date_without_a_zone_is_taken_as_utc(pack: Path, opened: Opened) -> None:
    change(pack, "UPDATE manifest SET value = '2026-11-23T08:00:00' WHERE name = 'built_at'")
    assert opened(pack).manifest.built_at == BUILT_AT


TRICKS = [
    "'; DROP TABLE procedures; --",
    '" OR 1=1 --',
    "%",
    "_",
    "a\x00b",
    "../../etc/passwd",
    "🪪",
    "' UNION SELECT 1 --",
]


@pytest.mark.parametrize("trick", TRICKS)
def test_sql_in_a_wanted_id_finds_nothing(pack: Path, opened: Opened, trick: str) -> None:
    reader = opened(pack)
    assert reader.procedure(trick) is None
    assert reader.procedure("carte-identite") is not None


@pytest.mark.parametrize("trick", TRICKS)
def test_sql_in_ids_and_titles_is_only_text(tmp_path: Path, opened: Opened, trick: str) -> None:
    procedure = a_procedure(id=ProcedureId(trick), title=trick, theme=trick, everyday_names=(trick,))
    write_pack(tmp_path / "pack.sqlite", Content([procedure], (), ()), BUILT_AT)
    assert opened(tmp_path / "pack.sqlite").procedure(trick) == procedure


def test_reading_writes_nothing(pack: Path, opened: Opened) -> None:
    before = pack.read_bytes()
    pack.chmod(0o444)
    reader = opened(pack)
    assert reader.procedure("carte-identite") is not None
    assert [file.name for file in pack.parent.iterdir()] == [pack.name]
    assert pack.read_bytes() == before


@pytest.mark.parametrize("name", ["a b.sqlite", "a?b.sqlite", "a#b.sqlite", "a%20b.sqlite", "été.sqlite"])
def test_a_pack_may_have_any_name(pack: Path, opened: Opened, name: str) -> None:
    assert opened(pack.rename(pack.with_name(name))).cards


def test_an_id_that_is_not_there_is_none(pack: Path, opened: Opened) -> None:
    assert opened(pack).procedure("rien") is None
