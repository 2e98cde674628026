"""The staff door: few tries, long waits, a count that a pulled plug does not undo."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from sqlite_utils import Database

from kiosk.device.staff import FIRST_WAIT_SECONDS, FREE_TRIES, MAX_TRIES, NoStaffDoor, StaffDoor
from kiosk.texts import Texts
from tests.device.conftest import Clock, OpenStore

PIN = "246810"


@pytest.fixture
def enter(store: OpenStore, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Callable[[], StaffDoor]:
    """Open the door of one machine, again as after a restart. The hash is made cheap."""
    monkeypatch.setattr("kiosk.device.staff.PasswordHasher", lambda: PasswordHasher(1, 8, 1))

    def open_() -> StaffDoor:
        return StaffDoor(store(), clock)

    open_().set_pin(PIN)
    return open_


def fail(door: StaffDoor, clock: Clock, times: int) -> list[str]:
    """Give wrong codes, each after any wait is over."""
    said = []
    for _ in range(times):
        clock.seconds += 1_000_000
        said.append(door.try_pin("000000"))
    return said


def tries(database: Database) -> str:
    """Return the count on disk."""
    return str(database.table("staff").get("tries")["value"])


def test_the_right_code_opens(enter: Callable[[], StaffDoor]) -> None:
    assert enter().try_pin(PIN) == ""


def test_a_wrong_code_does_not(enter: Callable[[], StaffDoor]) -> None:
    assert enter().try_pin("135791") == "staff.pin_wrong"


@pytest.mark.parametrize("pin", ["", "2468", PIN + "0", "' OR 1=1", "é" * 1000])
def test_nothing_near_it_opens(enter: Callable[[], StaffDoor], pin: str) -> None:
    assert enter().try_pin(pin) == "staff.pin_wrong"


def test_the_code_is_not_on_disk(enter: Callable[[], StaffDoor], store: OpenStore) -> None:
    enter()
    assert PIN not in str(list(store().table("staff").rows))


def test_without_a_code_the_door_stays_shut(store: OpenStore, clock: Clock) -> None:
    door = StaffDoor(store(), clock)
    assert (door.has_pin, door.try_pin("")) == (False, "staff.pin_unset")


def test_a_few_wrong_codes_cost_no_wait(enter: Callable[[], StaffDoor]) -> None:
    door = enter()
    assert [door.try_pin("000000") for _ in range(FREE_TRIES)] == ["staff.pin_wrong"] * FREE_TRIES


def test_after_them_even_the_right_code_waits(enter: Callable[[], StaffDoor], clock: Clock) -> None:
    door = enter()
    fail(door, clock, FREE_TRIES)
    assert door.try_pin(PIN) == "staff.pin_wait"


def test_after_the_wait_the_right_code_opens(enter: Callable[[], StaffDoor], clock: Clock) -> None:
    door = enter()
    fail(door, clock, FREE_TRIES)
    clock.seconds += FIRST_WAIT_SECONDS
    assert door.try_pin(PIN) == ""


def test_a_try_during_the_wait_is_not_counted(enter: Callable[[], StaffDoor], store: OpenStore, clock: Clock) -> None:
    door = enter()
    fail(door, clock, FREE_TRIES)
    door.try_pin("000000")
    assert tries(store()) == str(FREE_TRIES)


def test_each_wait_is_twice_the_last(enter: Callable[[], StaffDoor], clock: Clock) -> None:
    door = enter()
    fail(door, clock, FREE_TRIES)
    for wait in (FIRST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2, FIRST_WAIT_SECONDS * 4):
        clock.seconds += wait - 0.1
        assert door.try_pin("000000") == "staff.pin_wait"
        clock.seconds += 0.1
        assert door.try_pin("000000") == "staff.pin_wrong"


def test_the_last_try_blocks_the_door(enter: Callable[[], StaffDoor], clock: Clock) -> None:
    said = fail(enter(), clock, MAX_TRIES)
    assert said == ["staff.pin_wrong"] * (MAX_TRIES - 1) + ["staff.pin_blocked"]


def test_a_blocked_door_stays_shut_for_the_right_code(enter: Callable[[], StaffDoor], clock: Clock) -> None:
    door = enter()
    fail(door, clock, MAX_TRIES)
    clock.seconds += 1e9
    assert door.try_pin(PIN) == "staff.pin_blocked"


def test_a_restart_does_not_open_a_blocked_door(enter: Callable[[], StaffDoor], clock: Clock) -> None:
    fail(enter(), clock, MAX_TRIES)
    assert enter().try_pin(PIN) == "staff.pin_blocked"


def test_a_new_code_opens_a_blocked_door(enter: Callable[[], StaffDoor], clock: Clock) -> None:
    door = enter()
    fail(door, clock, MAX_TRIES)
    door.set_pin("111111")
    assert door.try_pin("111111") == ""


def test_the_right_code_forgives_the_wrong_ones(enter: Callable[[], StaffDoor], store: OpenStore, clock: Clock) -> None:
    door = enter()
    fail(door, clock, FREE_TRIES - 1)
    door.try_pin(PIN)
    assert tries(store()) == "0"


def test_the_count_is_on_disk_before_the_code_is_looked_at(
    enter: Callable[[], StaffDoor], store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = enter()

    class PluggedOutError(Exception):
        pass

    class CrashingHasher:
        def verify(self, stored: str, pin: str) -> bool:
            raise PluggedOutError

    monkeypatch.setattr(door, "_hasher", CrashingHasher())
    with pytest.raises(PluggedOutError):
        door.try_pin("000000")
    assert tries(store()) == "1"


def test_a_restart_keeps_the_count(enter: Callable[[], StaffDoor], clock: Clock) -> None:
    fail(enter(), clock, MAX_TRIES - 1)
    clock.seconds = 0.0
    door = enter()
    clock.seconds += 1_000_000
    assert door.try_pin("000000") == "staff.pin_blocked"


def test_a_restart_begins_the_wait_again_in_full(enter: Callable[[], StaffDoor], clock: Clock) -> None:
    fail(enter(), clock, FREE_TRIES + 1)
    clock.seconds = 5.0
    door = enter()
    clock.seconds += FIRST_WAIT_SECONDS * 2 - 0.1
    assert door.try_pin(PIN) == "staff.pin_wait"
    clock.seconds += 0.1
    assert door.try_pin(PIN) == ""


def test_a_code_that_cannot_be_read_opens_for_nobody(enter: Callable[[], StaffDoor], store: OpenStore) -> None:
    store().table("staff").update("pin", {"value": "not a hash"})
    assert enter().try_pin("not a hash") == "staff.pin_wrong"


def test_a_try_that_cannot_be_counted_is_not_looked_at(
    enter: Callable[[], StaffDoor], monkeypatch: pytest.MonkeyPatch
) -> None:
    door = enter()

    def full(*_arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(door, "_put", full)
    assert door.try_pin(PIN) == "staff.pin_no_disk"


def test_without_a_disk_the_door_stays_shut() -> None:
    assert (NoStaffDoor().has_pin, NoStaffDoor().try_pin(PIN)) == (False, "staff.pin_no_disk")


@pytest.mark.parametrize("key", ["unset", "blocked", "wait", "wrong", "no_disk"])
def test_every_answer_has_its_words(key: str) -> None:
    assert Texts("fr").tr(f"staff.pin_{key}") != f"staff.pin_{key}"
