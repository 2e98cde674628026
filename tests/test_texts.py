"""The words of the terminal: the language asked for, French where it has none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import texts as texts_module
from kiosk.texts import LANGUAGES, CatalogueError, Texts, fields_of


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Compile a small French and English catalogue."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    for language, body in {
        "fr": 'msgid "a.count"\nmsgstr "{count} pages"\n\nmsgid "a.title"\nmsgstr "Accueil"\n',
        "en": 'msgid "a.count"\nmsgstr "{number} pages"\n',
    }.items():
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "kiosk.po").write_text(head + body)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "babel.messages.frontend",
                "-q",
                "compile",
                "-i",
                folder / "kiosk.po",
                "-o",
                folder / "kiosk.mo",
            ],
            check=True,
        )
    monkeypatch.setenv("KIOSK_LOCALES", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_own_words(language: str) -> None:
    assert Texts(language).tr("home.title") != "home.title"


def test_a_text_that_a_language_lacks_is_french(locales: Path) -> None:
    assert Texts("en").tr("a.title") == "Accueil"


def test_a_text_with_other_fields_is_french(locales: Path) -> None:
    assert Texts("en").tr("a.count", count=3) == "3 pages"


def test_a_language_without_a_catalogue_is_french(locales: Path) -> None:
    assert Texts("de").tr("a.title") == "Accueil"


def test_without_the_french_catalogue_there_are_no_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_LOCALES", str(tmp_path))
    with pytest.raises(CatalogueError, match="make setup"):
        Texts("fr")


def test_only_arabic_starts_on_the_right() -> None:
    assert [language for language in LANGUAGES if Texts(language).is_right_to_left] == ["ar"]


def test_fields_are_found() -> None:
    assert fields_of("{name} : {phone}, {{sic}}") == {"name", "phone"}


def test_each_language_is_named_by_its_own_name() -> None:
    assert texts_module.LANGUAGES["ar"] == "العربية"
