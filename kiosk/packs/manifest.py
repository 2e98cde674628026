"""What a pack says of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manifest:
    """Format, content version, build time (UTC), languages and counts of a pack.

    `origin` is the fingerprint of the content that ships with the program when the pack was made of it by the
    terminal itself, and empty otherwise. `official` names the archives of official sheets with their dates, which
    their licence asks to be said.
    """

    format_version: int
    content_version: str
    built_at: dt.datetime
    languages: tuple[str, ...]
    procedures: int
    places: int
    origin: str = ""
    official: tuple[str, ...] = ()
