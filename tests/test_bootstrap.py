"""Opening a machine whose disk, pack or clock is not well: the terminal starts, and staff can read why."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from kiosk import bootstrap, health
from kiosk.config import Config
from kiosk.packs.errors import PackError
from kiosk.session import intents as want
from kiosk.session.views import Screen
from kiosk.texts import Texts
from tests.support.visits import NOW, write_shipped_pack

Open = Callable[..., bootstrap.Device]


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the content that ships."""
    return write_shipped_pack(tmp_path_factory.mktemp("pack") / "shipped.sqlite")


@pytest.fixture
def open_device() -> Iterator[Open]:
    """Open devices that are closed with the test."""
    opened: list[bootstrap.Device] = []

    def open_(data: Path, pack: Path | None = None) -> bootstrap.Device:
        opened.append(bootstrap.open_device(data, pack))
        return opened[-1]

    yield open_
    for device in opened:
        device.close()


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Set the clock of the machine to a year."""

    def set_(year: int) -> None:
        class Wrong(dt.datetime):
            @classmethod
            def now(cls, tz: dt.tzinfo | None = None) -> Wrong:  # type: ignore[override]
                return cls(year, 1, 2, 3, 4, tzinfo=tz)

        clock = SimpleNamespace(datetime=Wrong, UTC=dt.UTC)
        monkeypatch.setattr(bootstrap, "dt", clock)
        monkeypatch.setattr(health, "dt", clock)

    return set_


def put_pack(data: Path, content: bytes) -> Path:
    path = data / "packs" / "current.sqlite"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def damage_places(pack: Path, out: Path) -> Path:
    out.write_bytes(pack.read_bytes())
    connection = sqlite3.connect(out)
    connection.execute("UPDATE places SET body = '{'")
    connection.commit()
    connection.close()
    return out


def test_a_new_machine_builds_its_content_and_has_nothing_to_tell(open_device: Open, tmp_path: Path) -> None:
    device = open_device(tmp_path / "data")
    assert device.content is not None
    assert device.notices == ()


def test_a_corrupt_pack_is_kept_aside_rebuilt_and_told(open_device: Open, tmp_path: Path) -> None:
    data = tmp_path / "data"
    put_pack(data, b"rubbish" * 999)
    device = open_device(data)
    assert device.content is not None
    assert device.notices == ("notice.pack_set_aside", "notice.pack_rebuilt")
    assert [path.read_bytes() for path in (data / "packs").glob("*.refused-*")] == [b"rubbish" * 999]


def test_a_pack_whose_places_cannot_be_read_is_not_shown(open_device: Open, shipped: Path, tmp_path: Path) -> None:
    device = open_device(tmp_path / "data", damage_places(shipped, tmp_path / "holes.sqlite"))
    assert device.notices == ("notice.pack_set_aside",)
    assert bootstrap.home_of(device.content, Config()).place is not None


def test_a_pack_whose_places_cannot_be_read_is_refused_to_a_command(shipped: Path, tmp_path: Path) -> None:
    with pytest.raises(PackError):
        bootstrap.open_pack_for_reading(damage_places(shipped, tmp_path / "holes.sqlite"))


@pytest.mark.parametrize("content", [b"", b"rubbish", None])
def test_a_pack_named_that_is_none_is_told_and_the_own_one_shown(
    open_device: Open, tmp_path: Path, content: bytes | None
) -> None:
    named = tmp_path / "named.sqlite"
    if content is not None:
        named.write_bytes(content)
    device = open_device(tmp_path / "data", named)
    assert device.content is not None
    assert device.notices == ("notice.pack_set_aside",)


def test_a_file_in_the_place_of_the_data_folder_does_not_keep_the_terminal_from_starting(
    open_device: Open, tmp_path: Path, shipped: Path
) -> None:
    (tmp_path / "data").write_text("not a folder")
    device = open_device(tmp_path / "data", shipped)
    assert device.content is not None
    assert device.notices == ("notice.data_unwritable",)


def test_without_a_data_folder_the_content_is_built_in_memory(
    open_device: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "memory").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "memory"))
    (tmp_path / "data").write_text("not a folder")
    device = open_device(tmp_path / "data")
    assert device.content is not None
    assert device.content.path.is_relative_to(tmp_path / "memory")


def test_a_disk_that_refuses_the_database_shuts_the_staff_door(
    open_device: Open, tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("kiosk.device.store.sqlite3.connect", refuse)
    monkeypatch.setattr(bootstrap, "_open_content", lambda _data, _pack: (None, ()))
    device = open_device(tmp_path / "data", shipped)
    assert device.staff.try_pin("1234") == "staff.pin_no_disk"


def test_a_damaged_database_is_set_aside_and_a_new_one_begun(open_device: Open, tmp_path: Path, shipped: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "device.sqlite").write_bytes(b"rubbish" * 999)
    device = open_device(tmp_path / "data", shipped)
    assert device.notices == ()
    assert (tmp_path / "data" / "device.sqlite.damaged-1").exists()


def test_without_any_content_the_first_screen_says_who_to_ask(
    open_device: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_ASSETS", str(tmp_path / "nothing"))
    device = open_device(tmp_path / "data")
    controller = bootstrap.build_controller(device, Config(), lambda _texts: ())
    assert controller.view().screen is Screen.UNAVAILABLE


def test_notices_are_words_on_the_staff_page(open_device: Open, tmp_path: Path) -> None:
    put_pack(tmp_path / "data", b"rubbish")
    device = open_device(tmp_path / "data")
    texts = Texts("fr")
    found = health.of_device(device.data, device.content, device.notices)
    words = [health.in_words(finding, texts).value for finding in found if not finding.is_well]
    assert words == [texts.tr("notice.pack_set_aside"), texts.tr("notice.pack_rebuilt")]


@pytest.mark.parametrize("year", [1970, 2026 + 20])
def test_a_wrong_clock_never_shows_a_time_before_the_pack(
    open_device: Open, tmp_path: Path, shipped: Path, set_clock: Callable[[int], None], year: int
) -> None:
    device = open_device(tmp_path / "data", shipped)
    set_clock(year)
    built = device.content.manifest.built_at.astimezone().replace(tzinfo=None)  # type: ignore[union-attr]
    assert bootstrap.trusted_now(device.content) == max(built, dt.datetime(year, 1, 2, 3, 4))  # noqa: DTZ001 - local


def test_a_clock_at_1970_dates_no_procedure_otherwise_than_the_pack_does(
    open_device: Open, tmp_path: Path, shipped: Path, set_clock: Callable[[int], None]
) -> None:
    device = open_device(tmp_path / "data", shipped)
    controller = bootstrap.build_controller(device, Config(), lambda _texts: ())
    controller.send(want.Start())
    set_clock(1970)
    wrong = []
    for card in device.content.cards:  # type: ignore[union-attr]
        procedure = device.content.procedure(card.id)  # type: ignore[union-attr]
        view = controller.send(want.OpenProcedure(card.id))
        is_said = "stale" in [element.id for element in view.body]
        if procedure is None or is_said != procedure.is_stale(NOW.date()):
            wrong.append(card.id)
    assert wrong == []


def test_content_is_built_even_when_the_clock_is_at_1970(
    open_device: Open, tmp_path: Path, set_clock: Callable[[int], None]
) -> None:
    set_clock(1970)
    assert open_device(tmp_path / "data").content is not None


def test_a_clock_behind_the_pack_is_told_to_staff(
    open_device: Open, tmp_path: Path, shipped: Path, set_clock: Callable[[int], None]
) -> None:
    device = open_device(tmp_path / "data", shipped)
    set_clock(1970)
    found = {finding.id: finding for finding in health.of_device(device.data, device.content, ())}
    assert not found["clock"].is_well


def test_twenty_years_later_every_page_still_opens(
    open_device: Open, tmp_path: Path, shipped: Path, set_clock: Callable[[int], None]
) -> None:
    device = open_device(tmp_path / "data", shipped)
    set_clock(2046)
    controller = bootstrap.build_controller(device, Config(insee="49353"), lambda _texts: ())
    controller.send(want.Start())
    assert controller.send(want.AskForHelp()).screen is Screen.HELP
    controller.send(want.Back())
    assert "stale" in [element.id for element in controller.send(want.OpenProcedure("rsa")).body]
