"""The terminal's own texts: gettext catalogues by stable key, French as source and fallback.

Procedures are not here: they are content, in packs.
"""

from __future__ import annotations

import gettext
import string
from functools import cache
from pathlib import Path

from kiosk import paths

DOMAIN = "kiosk"
SOURCE_LANGUAGE = "fr"
LANGUAGES = {"fr": "Français", "en": "English", "ar": "العربية"}
"""The languages offered, each by its own name, in the order of the welcome screen."""

RIGHT_TO_LEFT = frozenset({"ar"})


class CatalogueError(Exception):
    """The French catalogue is not there: the terminal would have no words."""


@cache
def _catalogue(language: str, folder: Path) -> gettext.NullTranslations:
    languages = [language] if language == SOURCE_LANGUAGE else [language, SOURCE_LANGUAGE]
    try:
        return gettext.translation(DOMAIN, folder, languages)
    except OSError as error:
        raise CatalogueError(f"no compiled catalogue in {folder}: run `make setup`") from error


def fields_of(text: str) -> frozenset[str]:
    """Return the named fields of a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


class Texts:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        """Open a language.

        Raises:
            CatalogueError: not even French can be opened.
        """
        self.language = language
        folder = paths.locales()
        self._catalogue = _catalogue(language, folder)
        self._source = _catalogue(SOURCE_LANGUAGE, folder)

    @property
    def is_right_to_left(self) -> bool:
        """Tell whether lines start on the right."""
        return self.language in RIGHT_TO_LEFT

    def tr(self, key: str, **fields: object) -> str:
        """Return the text of a key, its named fields filled.

        A translation whose fields are not those of the French text is not used: the French one is.
        """
        source = self._source.gettext(key)
        text = self._catalogue.gettext(key)
        if fields_of(text) != fields_of(source):
            text = source
        return text.format(**fields) if fields else text
