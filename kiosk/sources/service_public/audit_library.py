"""The audit of a whole library: every sheet read and compared, on several cores."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from kiosk.sources.service_public.archive import open_library
from kiosk.sources.service_public.audit import AuditResult, SheetAudit, Speak, audit_sheet
from kiosk.sources.service_public.audit_xml import AuditError
from kiosk.sources.service_public.library import public_of
from kiosk.sources.service_public.markup import SheetError
from kiosk.sources.service_public.sheet import read_sheet
from kiosk.sources.service_public.working import WorkerDiedError, spread

Progress = Callable[[int, int], None]

BATCH = 25
"""Sheets that a process takes at a time: half a second of work."""

File = tuple[str, bytes, str]
"""The name of a sheet, its bytes, whom its set is for."""


def audit_library(
    paths: Sequence[Path],
    progress: Progress = lambda _done, _total: None,
    jobs: int | None = None,
    spoken: Speak | None = None,
    publics: Sequence[str] = (),
) -> AuditResult:
    """Read every sheet of the sets of a library and compare it with what was read.

    Args:
        paths: zips or folders.
        progress: called with how many sheets of how many are done.
        jobs: how many processes work; as many as there are cores when None, none but this one when 1.
        spoken: returns what the voice says for a text; a function of a module, for it goes to the processes.
        publics: whom each set is for, when the names of the archives do not tell.

    Raises:
        LibraryError: one of the sets cannot be read at all.
        AuditError: a process died.
    """
    started = time.monotonic()
    result = AuditResult()
    with ExitStack() as opened:
        libraries = []
        for number, path in enumerate(paths):
            public = publics[number] if number < len(publics) else public_of(path)
            libraries.append((opened.enter_context(open_library(path)), public))
        total = sum(len(library.sheets) for library, _ in libraries)
        files = ((name, data, public) for library, public in libraries for name, data in library)
        workers = min(jobs or os.cpu_count() or 1, max(1, total // BATCH))
        try:
            for done, found in enumerate(spread(files, partial(_audit_batch, spoken), workers, BATCH), start=1):
                if isinstance(found, SheetAudit):
                    result.add(found)
                else:
                    result.problems.append(found)
                progress(min(done, total), total)
        except WorkerDiedError as error:
            raise AuditError(f"{error}.") from error
        for library, _ in libraries:
            result.problems += [str(problem) for problem in library.problems]
    result.problems.sort()
    result.seconds = time.monotonic() - started
    return result


def _audit_batch(spoken: Speak | None, batch: list[File]) -> list[SheetAudit | str]:
    return [_audit_file(file, spoken) for file in batch]


def _audit_file(file: File, spoken: Speak | None) -> SheetAudit | str:
    name, data, public = file
    try:
        return audit_sheet(data, read_sheet(data, name, public), spoken)
    except (SheetError, AuditError) as error:
        return f"{name}: {error}"
    except Exception as error:
        error.add_note(f"while auditing {name}")
        raise
