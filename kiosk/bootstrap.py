"""The only place that builds the real objects and joins them."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import signal
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from kiosk import __version__, building, health, paths
from kiosk.config import Config, ConfigError, read_config
from kiosk.device.content import ContentStore
from kiosk.device.counters import Counters
from kiosk.device.errors import ContentRefusedError, StorageError
from kiosk.device.staff import NoStaffDoor, StaffDoor
from kiosk.device.store import open_store
from kiosk.domain.place import nearest
from kiosk.packs.errors import PackError
from kiosk.packs.reader import PackReader
from kiosk.packs.schema import FORMAT_VERSION
from kiosk.search.builder import build_index
from kiosk.search.finder import Finder as PageFinder
from kiosk.search.gathering import Gathering, gathered
from kiosk.search.storage import SearchIndexError
from kiosk.session.controller import Controller, Surroundings
from kiosk.session.finding import Finder, Found, NoFinder
from kiosk.session.idle import IdleClock
from kiosk.session.pages_support import Check
from kiosk.session.places import Home
from kiosk.session.settings import Contrast, TextSize
from kiosk.sources.authored.library import read_library
from kiosk.sources.directory.kinds import ServiceKinds, service_kinds
from kiosk.sources.report import ContentError
from kiosk.texts import Texts
from kiosk.voice.engine import SpeechProcess

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

logger = logging.getLogger(__name__)


def build_default_pack(path: Path) -> None:
    """Build the pack of the content that ships with the program.

    Raises:
        PackError: the shipped content has an error, or the pack cannot be written.
    """
    now = dt.datetime.now(dt.UTC)
    library = read_library(paths.assets(), now.date())
    # A clock that runs behind makes every fact look dated in the future: not a reason to show nothing.
    errors = [problem for problem in library.errors if problem.kind != "future"]
    if errors:
        raise PackError(f"the content that ships has errors, first: {errors[0]}")
    try:
        building.build_pack(path, library, building.synonyms_of(paths.assets()), now, origin=shipped_fingerprint())
    except ContentError as error:
        raise PackError(f"the content that ships has errors, first: {error.problems[0]}") from error


def shipped_fingerprint() -> str:
    """Return the fingerprint of the content that ships with the program, and of the format it becomes."""
    digest = hashlib.sha256(f"{__version__} {FORMAT_VERSION}".encode())
    for path in sorted(paths.assets().rglob("*.yaml")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def content_store(data: Path) -> ContentStore[PackReader]:
    """Return the packs of a data folder."""
    fingerprint = shipped_fingerprint()

    def open_pack(path: Path) -> PackReader:
        try:
            return open_whole(path)
        except PackError as error:
            raise ContentRefusedError(str(error)) from error

    def build(path: Path) -> None:
        try:
            build_default_pack(path)
        except PackError as error:
            raise ContentRefusedError(str(error)) from error

    def is_outdated(pack: PackReader) -> bool:
        return bool(pack.manifest.origin) and pack.manifest.origin != fingerprint

    return ContentStore(data / "packs", open_pack, build, is_outdated, PackReader.close)


def open_whole(path: Path) -> PackReader:
    """Open a pack and read the places too: every screen of help needs them.

    Raises:
        PackError: the pack or its places cannot be read.
    """
    reader = PackReader(path)
    try:
        len(reader.places)
    except PackError:
        reader.close()
        raise
    return reader


def open_pack_for_reading(pack: Path | None) -> PackReader:
    """Open a pack for a command: the one named, or the active one, built if there is none yet.

    Raises:
        PackError: it cannot be opened or built.
    """
    if pack is not None:
        return open_whole(pack)
    try:
        return content_store(paths.default_data()).open().pack
    except (ContentRefusedError, OSError) as error:
        raise PackError(f"no content can be opened ({error})") from error


class PackFinder:
    """The search over a pack. A pack without its index gets one in memory, at the first search."""

    def __init__(self, reader: PackReader) -> None:
        self._reader = reader
        self._finder = PageFinder(reader.path)
        self._lock = threading.Lock()
        self._is_ready = False

    def warm(self) -> None:
        """Read the index now, on a thread: the first letter need not wait."""
        if not self._is_ready:
            threading.Thread(target=self._ready, name="search", daemon=True).start()

    def _ready(self) -> PageFinder:
        with self._lock:
            if not self._is_ready:
                try:
                    self._finder.warm()
                except SearchIndexError as error:
                    logger.warning("the pack has no index, one is made: %s", error)
                    self._finder = self._made()
                self._is_ready = True
            return self._finder

    def _made(self) -> PageFinder:
        """Make an index of what the pack lists."""
        gathering = Gathering()
        for card in self._reader.cards:
            procedure = self._reader.procedure(card.id)
            if procedure:
                gathering.take(gathered(procedure))
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        build_index(connection, gathering.documents(), building.synonyms_of(paths.assets()))
        return PageFinder(connection)

    def search(self, query: str, limit: int) -> list[Found]:
        """Return what is found, best first."""
        hits = self._ready().search(query, limit)
        cards = ((hit, self._reader.card(hit.id)) for hit in hits)
        return [Found(card, hit.source) for hit, card in cards if card]

    def suggest(self, query: str) -> list[str]:
        """Return words for the one being typed."""
        return self._ready().suggest(query)

    def known_words(self, query: str) -> list[str]:
        """Return the words of a query that the library has, as it writes them."""
        finder = self._ready()
        return [found for word in query.split() if (found := finder.common_word(word))]


def finder(reader: PackReader) -> Finder:
    """Return the search over a pack."""
    return PackFinder(reader)


@dataclass(slots=True)
class Device:
    """What this machine keeps, opened; `notices` are message codes for staff."""

    data: Path
    content: PackReader | None
    staff: StaffDoor | NoStaffDoor
    count: Callable[[str], None]
    notices: tuple[str, ...]
    database: Database | None
    close_counters: Callable[[], None] = lambda: None

    def close(self) -> None:
        """Let go of the files, once what is still to be counted is counted."""
        self.close_counters()
        if self.database:
            self.database.close()
        if self.content:
            self.content.close()


def _count_aside(database: Database) -> tuple[Callable[[str], None], Callable[[], None]]:
    """Count on a thread and a connection of its own: a slow disk must not hold up the screen.

    Return how to count, and how to end it.
    """
    counters = Counters(database, lambda: dt.datetime.now(dt.UTC))
    worker = ThreadPoolExecutor(1, thread_name_prefix="counters")

    def count(name: str) -> None:
        worker.submit(counters.count, name)

    def close() -> None:
        worker.shutdown()
        database.close()

    return count, close


def _drop(_name: str) -> None:
    """Count nothing: there is no disk to count on."""


def open_device(data: Path, pack: Path | None = None) -> Device:
    """Open everything a terminal needs, and go on without what cannot be had.

    An unwritable data folder, a damaged database or pack never keep the terminal from starting: staff reads
    about it in their corner.
    """
    notices: list[str] = []
    database: Database | None = None
    staff: StaffDoor | NoStaffDoor = NoStaffDoor()
    count: Callable[[str], None] = _drop
    close_counters: Callable[[], None] = lambda: None  # noqa: E731 - nothing to close yet
    try:
        database = open_store(data / "device.sqlite")
        staff = StaffDoor(database)
        count, close_counters = _count_aside(open_store(data / "device.sqlite"))
    except StorageError as error:
        logger.warning("%s", error)
        notices.append("notice.data_unwritable")
    content, more = _open_content(data if database else None, pack)
    return Device(data, content, staff, count, (*notices, *more), database, close_counters)


def _open_content(data: Path | None, pack: Path | None) -> tuple[PackReader | None, tuple[str, ...]]:
    """Open the pack named, else that of the data folder, else one built in memory's folder."""
    notices: tuple[str, ...] = ()
    try:
        if pack is not None:
            return open_whole(pack), ()
    except PackError as error:
        logger.warning("%s", error)
        notices = ("notice.pack_set_aside",)
    for folder in _content_folders(data):
        try:
            opened = content_store(folder).open()
            return opened.pack, (*notices, *(f"notice.{code}" for code in opened.notices))
        except (ContentRefusedError, OSError) as error:
            logger.warning("no content in the data folder: %s", error)
    return None, (*notices, "notice.pack_set_aside")


def _content_folders(data: Path | None) -> Iterator[Path]:
    """Yield where packs may lie: the data folder, and when that fails a folder in memory."""
    if data:
        yield data
    yield Path(tempfile.mkdtemp(prefix="kiosk-content-", dir=paths.memory_folder()))


def home_of(content: PackReader | None, config: Config) -> Home:
    """Return where the kiosk stands: the mairie of its commune, when the pack knows it."""
    places = content.places if content else ()
    here = [place for place in places if place.insee == config.insee]
    mairie = nearest(here, "mairie", config.insee, None)
    name = config.place_name or (mairie.name if mairie else "Angers Loire Métropole")
    return Home(name, config.insee, mairie.position if mairie else None, mairie)


def kind_finder() -> Callable[[str], str | None]:
    """Return how an official key of an office becomes a service of ours; the table is read when first needed."""

    @cache
    def kinds() -> ServiceKinds | None:
        try:
            return service_kinds(paths.assets())
        except ContentError as error:
            logger.warning("the kinds of services cannot be read: %s", error)
            return None

    def kind_of(pivot: str) -> str | None:
        known = kinds()
        return known.kind_of(pivot) if known else None

    return kind_of


def trusted_now(content: PackReader | None) -> dt.datetime:
    """Return local time, never before the pack was built: a clock set to 1970 must not date anything."""
    now = dt.datetime.now().astimezone()
    built = content.manifest.built_at.astimezone() if content else now
    return max(now, built).replace(tzinfo=None)


def build_controller(device: Device, config: Config, checks: Callable[[Texts], tuple[Check, ...]]) -> Controller:
    """Join the visit to the device."""
    content = device.content
    return Controller(
        Surroundings(
            content=content,
            finder=finder(content) if content else NoFinder(),
            home=home_of(content, config),
            now=lambda: trusted_now(content),
            staff=device.staff,
            checks=checks,
            count=device.count,
            kind_of=kind_finder(),
        )
    )


def run_terminal(device: Device, config: Config, profile_name: str, *, is_windowed: bool) -> None:
    """Open the window and run until staff closes it. Kivy is imported here, never before it is set up."""
    from kiosk.ui import window
    from kiosk.ui.theme.profiles import PROFILES

    chosen = PROFILES.get(profile_name)
    size = (chosen.width, chosen.height) if chosen else None
    window.prepare(size, is_windowed=is_windowed, home=device.data / "kivy" if device.database else None)
    app = build_app(device, config, profile_name, is_windowed=is_windowed)
    signal.signal(signal.SIGTERM, lambda *_: app.stop())
    try:
        app.run()
    finally:
        device.close()


def build_app(
    device: Device,
    config: Config,
    profile_name: str,
    *,
    is_windowed: bool,
    now: Callable[[], float] = time.monotonic,
    make_engine: Callable[[], SpeechProcess] = SpeechProcess,
) -> KioskApp:
    """Join everything to the running terminal; `window.prepare` was called before."""
    from kiosk.ui import launch

    profile = launch.screen_profile(profile_name)
    app: KioskApp | None = None

    def checks(texts: Texts) -> tuple[Check, ...]:
        found = health.of_device(device.data, device.content, device.notices)
        if app:
            found += health.of_terminal(app.has_voice, app.has_sound, profile, launch.missing_fonts())
        return tuple(health.in_words(finding, texts) for finding in found)

    controller = build_controller(device, config, checks)
    idle = IdleClock(config.idle_seconds, config.warning_seconds)
    app = launch.build_app(
        controller,
        profile,
        idle,
        launch.VoiceParts(device.data, make_engine, config.clip_megabytes * 1_000_000),
        now,
    )
    app.is_windowed = is_windowed
    return app


def draw_pictures(
    out: Path,
    profile_name: str,
    sizes: list[str],
    contrasts: list[str],
    languages: list[str],
    pack: Path | None,
    progress: Callable[[int, int], None],
    procedures: tuple[str, ...] = (),
) -> int:
    """Draw every screen of one profile in each look, or all pages of some procedures; return how many pictures.

    Raises:
        PackError: there is no content to draw, or it lacks one of the procedures.
        OSError: the pictures cannot be written.
    """
    from kiosk.ui import window
    from kiosk.ui.theme.profiles import PROFILES

    content = open_pack_for_reading(pack)
    profile = PROFILES[profile_name]
    window.prepare((profile.width, profile.height), is_windowed=True)
    from kiosk.ui import launch, pictures

    launch.missing_fonts()
    device = Device(out, content, NoStaffDoor(), _drop, (), None)

    def checks(texts: Texts) -> tuple[Check, ...]:
        return tuple(health.in_words(finding, texts) for finding in health.of_device(out, content, ()))

    controller = build_controller(device, Config(), checks)
    looks = [
        pictures.Look(profile, TextSize(size), Contrast(contrast), language)
        for size in sizes
        for contrast in contrasts
        for language in languages
    ]
    try:
        return pictures.draw_all(controller, content, looks, out, progress, procedures)
    except pictures.NoSuchProcedureError as error:
        raise PackError(str(error)) from error
    finally:
        device.close()


def set_staff_pin(data: Path, pin: str) -> None:
    """Set the staff code of a machine.

    Raises:
        StorageError: the data folder cannot be written.
    """
    database = open_store(data / "device.sqlite")
    try:
        StaffDoor(database).set_pin(pin)
    finally:
        database.close()


def examine(data: Path) -> list[health.Finding]:
    """Look at everything that a terminal needs, each thing in a process or a file of its own."""
    found: list[health.Finding] = []
    try:
        read_config(data)
        found.append(health.Finding("settings", "check.settings", "check.ok", True))
    except ConfigError as error:
        found.append(health.Finding("settings", "check.settings", "", False, literal=str(error)))
    device = open_device(data)
    found += health.of_device(data, device.content, device.notices)
    staff = device.staff.has_pin
    found.append(health.Finding("pin", "check.pin", "check.ok" if staff else "staff.pin_unset", staff))
    device.close()
    return found + health.of_voice() + health.of_screen()
