"""A pack is written whole or not at all."""

from __future__ import annotations

import errno
import os
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.procedure import ProcedureId
from kiosk.packs.errors import PackError
from kiosk.packs.reader import PackReader
from kiosk.packs.schema import APPLICATION_ID
from kiosk.packs.writer import Content, write_pack
from tests.support.builders import a_place, a_procedure, a_theme
from tests.support.golden_pack import BUILT_AT, golden_procedure

Opened = Callable[[Path], PackReader]


def rewrite(path: Path, **changes: Any) -> str:
    """Write other content over a pack."""
    return write_pack(path, Content([a_procedure(**changes)], (a_theme(),), (a_place(),)), BUILT_AT)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Let every write beyond a size fail, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_another_title_is_another_version(pack: Path) -> None:
    assert rewrite(pack, title="Un") != rewrite(pack, title="Deux")


def test_a_new_pack_takes_the_place_of_the_old_one(pack: Path, opened: Opened) -> None:
    rewrite(pack, title="Nouveau")
    assert [card.title for card in opened(pack).cards] == ["Nouveau"]


def test_it_makes_the_folder_that_it_is_written_to(tmp_path: Path) -> None:
    rewrite(tmp_path / "new" / "folder" / "pack.sqlite")
    assert (tmp_path / "new" / "folder" / "pack.sqlite").is_file()


def test_nothing_else_is_left_beside_it(pack: Path) -> None:
    assert [file.name for file in pack.parent.iterdir()] == [pack.name]


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    content = Content(
        [a_procedure(id=ProcedureId("one")), a_procedure(id=ProcedureId("two"))], (), (a_place(),), expected=2
    )
    write_pack(tmp_path / "p", content, BUILT_AT, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


def test_a_pack_is_told_from_other_databases(pack: Path) -> None:
    connection = sqlite3.connect(pack)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    connection.close()


@pytest.mark.parametrize("kilobytes", [0, 1, 4, 8, 16, 24, 30])
def test_a_full_disk_leaves_the_old_pack(pack: Path, kilobytes: int) -> None:
    before = pack.read_bytes()
    with files_no_larger_than(kilobytes * 1024), pytest.raises(PackError, match="cannot be written"):
        write_pack(pack, Content([golden_procedure()], (), tuple(a_place(f"p{n}") for n in range(200))), BUILT_AT)
    assert pack.read_bytes() == before
    assert [file.name for file in pack.parent.iterdir()] == [pack.name]


def test_a_failure_at_any_statement_leaves_the_old_pack(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pack.read_bytes()
    real = sqlite3.connect
    statements_left = 0

    class FailingConnection(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            nonlocal statements_left
            statements_left -= 1
            if statements_left < 0:
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(*arguments)

    monkeypatch.setattr("kiosk.packs.writer.sqlite3.connect", lambda path: real(path, factory=FailingConnection))
    failures = 0
    for allowed in range(1000):
        statements_left = allowed
        try:
            rewrite(pack, title="Autre")
        except PackError:
            failures += 1
            assert pack.read_bytes() == before
            assert [file.name for file in pack.parent.iterdir()] == [pack.name]
        else:
            break
    assert failures > 5
    assert pack.read_bytes() != before


@pytest.mark.parametrize("name", ["fsync", "open"])
def test_a_disk_that_does_not_sync_leaves_the_old_pack(pack: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = pack.read_bytes()

    def fail(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(f"kiosk.packs.writer.os.{name}", fail)
    with pytest.raises(PackError, match="No space left"):
        rewrite(pack, title="Autre")
    assert pack.read_bytes() == before


def test_a_rename_that_fails_leaves_the_old_pack(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pack.read_bytes()

    def fail(*_arguments: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PackError):
        rewrite(pack, title="Autre")
    assert pack.read_bytes() == before
    assert [file.name for file in pack.parent.iterdir()] == [pack.name]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PackError, match="cannot be written"):
        rewrite(tmp_path / "file" / "pack.sqlite")


def test_a_folder_that_cannot_be_written_is_told() -> None:
    with pytest.raises(PackError, match="cannot be written"):
        rewrite(Path("/proc/pack.sqlite"))


def test_a_folder_in_its_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pack.sqlite").mkdir()
    with pytest.raises(PackError, match="cannot be written"):
        rewrite(tmp_path / "pack.sqlite")
    assert [file.name for file in tmp_path.iterdir()] == ["pack.sqlite"]


def test_two_procedures_of_one_id_are_refused(pack: Path) -> None:
    before = pack.read_bytes()
    with pytest.raises(PackError, match="UNIQUE"):
        write_pack(pack, Content([a_procedure(), a_procedure()], (), ()), BUILT_AT)
    assert pack.read_bytes() == before


def test_a_caller_that_gives_up_leaves_nothing_behind(tmp_path: Path) -> None:
    def give_up(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_pack(tmp_path / "pack.sqlite", Content([a_procedure()], (), ()), BUILT_AT, give_up)
    assert list(tmp_path.iterdir()) == []
