"""Every text the program says exists in every language, with the same fields; no text is left that it never says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.texts import LANGUAGES
from tests.support.catalogues import ROOT, faults

PROGRAM = """
def view(make, code):
    return make.tr("home.title"), make.tr("home.count", count=2), f"notice.{code}", "pack_rebuilt"
"""
FR = {"home.title": "Accueil", "home.count": "{count} pages", "notice.pack_rebuilt": "Refait", "home.voice": "Voix"}
EN = {"home.title": "Home", "home.count": "{count} pages", "notice.pack_rebuilt": "Rebuilt", "home.voice": "Voice"}


def found(folder: Path, fr: dict[str, str], en: dict[str, str], program: str = PROGRAM) -> list[str]:
    """Write a small program with two catalogues and return the faults."""
    (folder / "kiosk").mkdir()
    (folder / "kiosk" / "view.py").write_text(program)
    (folder / "kiosk" / "health.py").write_text('FINDING = ("voice", "home.voice")')
    for language, texts in {"fr": fr, "en": en}.items():
        file = folder / "locales" / language / "LC_MESSAGES" / "kiosk.po"
        file.parent.mkdir(parents=True)
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        file.write_text(head + "".join(f'\nmsgid "{key}"\nmsgstr "{text}"\n' for key, text in texts.items()))
    return list(faults(folder / "kiosk", folder / "locales"))


def without(texts: dict[str, str], key: str) -> dict[str, str]:
    """Leave one text out."""
    return {name: text for name, text in texts.items() if name != key}


def test_the_catalogues_that_ship_have_no_fault() -> None:
    assert list(faults(ROOT / "kiosk", ROOT / "locales")) == []


def test_there_is_a_catalogue_of_each_language_offered() -> None:
    assert {file.parent.parent.name for file in paths.locales().glob("*/LC_MESSAGES/kiosk.po")} == set(LANGUAGES)


def test_whole_catalogues_have_no_fault(tmp_path: Path) -> None:
    assert found(tmp_path, FR, EN) == []


def test_a_key_that_is_not_in_french_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, without(FR, "home.title"), without(EN, "home.title")) == [
        "view.py:3: home.title is not in fr"
    ]


def test_a_key_that_is_passed_on_and_not_in_french_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, without(FR, "home.voice"), without(EN, "home.voice")) == [
        "health.py:1: home.voice is not in fr"
    ]


def test_a_text_that_is_never_said_is_found(tmp_path: Path) -> None:
    old = {"home.old": "Ancien"}
    assert found(tmp_path, FR | old, EN | old) == ["fr: home.old is used nowhere"]


def test_a_text_whose_ending_is_named_nowhere_is_found(tmp_path: Path) -> None:
    old = {"notice.gone": "Parti"}
    assert found(tmp_path, FR | old, EN | old) == ["fr: notice.gone is used nowhere"]


def test_a_text_missing_in_a_language_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, FR, without(EN, "home.title")) == ["en: home.title is missing"]


def test_a_text_of_one_language_only_is_found(tmp_path: Path) -> None:
    assert found(tmp_path, FR, EN | {"home.more": "More"}) == ["en: home.more is not in fr"]


@pytest.mark.parametrize("text", ["pages", "{number} pages", "{count} {more} pages"])
def test_other_fields_are_found(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, FR, EN | {"home.count": text}) == ["en: home.count has other fields than in fr"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_empty_text_is_found(tmp_path: Path, language: str) -> None:
    fr, en = (texts | {"home.title": ""} if language == name else texts for name, texts in (("fr", FR), ("en", EN)))
    assert found(tmp_path, fr, en) == [f"{language}: home.title is empty"]
