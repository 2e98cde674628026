"""The active pack, the previous one, and what is done when neither opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.device.content import ContentStore, Opened
from kiosk.device.errors import ContentRefusedError


def open_pack(path: Path) -> str:
    """Take any text for a pack, but not a damaged one."""
    text = path.read_text()
    if "damaged" in text:
        raise ContentRefusedError(f"{path} is damaged")
    return text


def build_default(path: Path) -> None:
    """Write the pack of the program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("default 2")


def is_outdated(pack: str) -> bool:
    """Tell whether a pack is of an older program; a published one never is."""
    return pack.startswith("default") and pack != "default 2"


@pytest.fixture
def store(tmp_path: Path) -> ContentStore[str]:
    """Give an empty store."""
    folder = tmp_path / "packs"
    folder.mkdir()
    return ContentStore(folder, open_pack, build_default, is_outdated)


def refuse(_path: Path) -> None:
    """Fail to build, as on a full disk."""
    raise ContentRefusedError("the disk is full")


def test_on_the_first_start_the_default_pack_is_built(tmp_path: Path) -> None:
    store = ContentStore(tmp_path / "new", open_pack, build_default, is_outdated)
    assert store.open() == Opened("default 2", ())


def test_the_current_pack_is_shown(store: ContentStore[str]) -> None:
    store.current.write_text("published 7")
    store.previous.write_text("published 6")
    assert store.open() == Opened("published 7", ())


def test_when_the_current_is_damaged_the_previous_is_shown_and_staff_told(store: ContentStore[str]) -> None:
    store.current.write_text("damaged")
    store.previous.write_text("published 6")
    assert store.open() == Opened("published 6", ("pack_set_aside",))


def test_a_damaged_pack_is_kept_aside(store: ContentStore[str]) -> None:
    store.current.write_text("damaged 1")
    store.open()
    assert [path.read_text() for path in store.refused()] == ["damaged 1"]


def test_when_both_are_damaged_the_default_is_built_and_staff_told(store: ContentStore[str]) -> None:
    store.current.write_text("damaged 1")
    store.previous.write_text("damaged 2")
    assert store.open() == Opened("default 2", ("pack_set_aside", "pack_set_aside", "pack_rebuilt"))


def test_both_damaged_packs_are_kept_aside(store: ContentStore[str]) -> None:
    store.current.write_text("damaged 1")
    store.previous.write_text("damaged 2")
    store.open()
    assert {path.read_text() for path in store.refused()} == {"damaged 1", "damaged 2"}


def test_many_damaged_packs_in_one_second_are_all_kept(store: ContentStore[str]) -> None:
    for number in range(12):
        store.current.write_text(f"damaged {number}")
        store.open()
    assert len({path.read_text() for path in store.refused()}) == 12


def test_packs_set_aside_are_listed_oldest_first(store: ContentStore[str]) -> None:
    for number in range(12):
        store.current.write_text(f"damaged {number:02d}")
        store.open()
    assert [path.read_text() for path in store.refused()] == [f"damaged {number:02d}" for number in range(12)]


def test_a_default_pack_of_an_older_program_is_built_anew(store: ContentStore[str]) -> None:
    store.current.write_text("default 1")
    assert store.open() == Opened("default 2", ())


def test_the_default_pack_of_the_older_program_becomes_the_previous_one(store: ContentStore[str]) -> None:
    store.current.write_text("default 1")
    store.open()
    assert store.previous.read_text() == "default 1"


def test_a_cut_between_the_two_renames_harms_nothing(store: ContentStore[str]) -> None:
    store.previous.write_text("default 1")
    (store.folder / "next.sqlite").write_text("default 2")
    assert store.open() == Opened("default 2", ())


def test_a_published_pack_stays(store: ContentStore[str]) -> None:
    store.current.write_text("published 1")
    store.open()
    assert store.current.read_text() == "published 1"


def test_when_the_newer_default_cannot_be_built_the_older_is_shown(store: ContentStore[str]) -> None:
    store.current.write_text("default 1")
    assert ContentStore(store.folder, open_pack, refuse, is_outdated).open().pack == "default 1"


def test_when_nothing_opens_and_nothing_can_be_built_that_is_told(store: ContentStore[str]) -> None:
    store.current.write_text("damaged")
    with pytest.raises(ContentRefusedError, match="the disk is full"):
        ContentStore(store.folder, open_pack, refuse, is_outdated).open()


def test_a_pack_that_cannot_be_set_aside_does_not_hide_the_previous_one(
    store: ContentStore[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.current.write_text("damaged")
    store.previous.write_text("published 6")

    def read_only(*_arguments: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "rename", read_only)
    assert store.open() == Opened("published 6", ("pack_set_aside",))


def test_a_pack_that_cannot_be_set_aside_is_never_written_over(
    store: ContentStore[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.current.write_text("damaged")

    def read_only(*_arguments: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "rename", read_only)
    with pytest.raises(ContentRefusedError, match="cannot be set aside"):
        store.open()
    assert store.current.read_text() == "damaged"


def test_an_older_default_found_as_the_previous_pack_does_not_touch_it(store: ContentStore[str]) -> None:
    store.previous.write_text("default 1")
    assert store.open().pack == "default 2"
    assert store.previous.read_text() == "default 1"
