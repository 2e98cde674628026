"""The staff code: hashed, its tries counted on disk before the code is looked at.

The count survives a pulled plug, so a hand that tries codes and a plug gains nothing. Delays run on a
monotonic clock: a wrong wall clock neither opens the door nor shuts it for ever.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlite_utils import Database
from sqlite_utils.db import NotFoundError

logger = logging.getLogger(__name__)

FREE_TRIES = 5
"""Wrong codes before the first wait."""

FIRST_WAIT_SECONDS = 15.0
"""It doubles with each further wrong code."""

MAX_TRIES = 15
"""Wrong codes before only `kiosk pin` on the machine opens the door again."""


class StaffDoor:
    """Checks the staff code of one machine."""

    def __init__(self, database: Database, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._monotonic = monotonic
        self._hasher = PasswordHasher()
        # After a restart the wait starts again in full: the time that passed is not known.
        self._not_before = monotonic() + self._wait(self._tries())

    def _get(self, name: str) -> str | None:
        try:
            return str(self._database.table("staff").get(name)["value"])
        except NotFoundError:
            return None

    def _put(self, name: str, value: str) -> None:
        with self._database.atomic():
            self._database.table("staff").upsert({"name": name, "value": value}, pk="name")

    def _tries(self) -> int:
        return int(self._get("tries") or 0)

    @staticmethod
    def _wait(tries: int) -> float:
        return 0.0 if tries < FREE_TRIES else FIRST_WAIT_SECONDS * 2.0 ** min(tries - FREE_TRIES, 10)

    @property
    def has_pin(self) -> bool:
        """Tell whether a code was ever set."""
        return self._get("pin") is not None

    def set_pin(self, pin: str) -> None:
        """Set the code and forgive the tries."""
        with self._database.atomic():
            self._put("pin", self._hasher.hash(pin))
            self._put("tries", "0")
        self._not_before = self._monotonic()

    def try_pin(self, pin: str) -> str:
        """Return an empty text when the code is right, or the key of the message that says why not."""
        stored = self._get("pin")
        if stored is None:
            return "staff.pin_unset"
        tries = self._tries()
        if tries >= MAX_TRIES:
            return "staff.pin_blocked"
        if self._monotonic() < self._not_before:
            return "staff.pin_wait"
        try:
            self._put("tries", str(tries + 1))
        except sqlite3.Error as error:
            # A full disk: a try that cannot be counted is not looked at.
            logger.warning("a try could not be counted: %s", type(error).__name__)
            return "staff.pin_no_disk"
        try:
            self._hasher.verify(stored, pin)
        except (VerificationError, InvalidHashError):
            self._not_before = self._monotonic() + self._wait(tries + 1)
            return "staff.pin_blocked" if tries + 1 >= MAX_TRIES else "staff.pin_wrong"
        with contextlib.suppress(sqlite3.Error):
            self._put("tries", "0")
        return ""


class NoStaffDoor:
    """The door when nothing can be kept on disk: it stays shut, because tries could not be counted."""

    has_pin = False

    def try_pin(self, pin: str) -> str:
        """Refuse."""
        del pin
        return "staff.pin_no_disk"
