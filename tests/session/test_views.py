"""Every page that a finger can reach, in every language: ids, words, voice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

import pytest

from kiosk.packs.reader import PackReader
from kiosk.session import intents as want
from kiosk.session.controller import Controller
from kiosk.session.speech import utterances_of
from kiosk.session.views import Box, Element, Field, Keys, Row, Screen, Text, View
from kiosk.texts import LANGUAGES
from tests.session.touching import Shelf, every_state, staff_states, views_of
from tests.support.visits import PIN, a_controller

UNSEEN = {Screen.UNAVAILABLE}


@pytest.fixture(scope="session")
def views(content: PackReader, library: PackReader) -> dict[str, list[View]]:
    """Every page in every language, of the content that ships and of a small official library."""
    shipped = [*every_state(a_controller(content)), *staff_states()]
    official = every_state(a_controller(library, insee="49007", finder=Shelf()))
    return {
        language: [
            *views_of(a_controller(content), shipped, language),
            *views_of(a_controller(library, insee="49007", finder=Shelf()), official, language),
        ]
        for language in LANGUAGES
    }


def elements(view: View) -> list[Element]:
    return [*view.body, *view.pinned, *(slot.button for slot in view.nav)]


def ids(element: Element) -> Iterator[str]:
    yield element.id
    match element:
        case Row():
            yield from (button.id for button in element.buttons)
        case Keys():
            yield from (button.id for row in element.rows for button in row)
        case Box():
            yield from (line.id for line in element.lines)
        case _:
            pass


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_but_the_unavailable_one_is_reached_by_touch(views: dict[str, list[View]], language: str) -> None:
    assert {view.screen for view in views[language]} == set(Screen) - UNSEEN


@pytest.mark.parametrize("language", LANGUAGES)
def test_ids_are_unique_on_every_page(views: dict[str, list[View]], language: str) -> None:
    repeated = {
        (view.name, key)
        for view in views[language]
        for key, count in Counter(chain.from_iterable(ids(element) for element in elements(view))).items()
        if count > 1
    }
    assert repeated == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_sentences_of_a_page_share_an_id(views: dict[str, list[View]], language: str) -> None:
    repeated = {
        (view.name, key)
        for view in views[language]
        for key, count in Counter(said.id for said in utterances_of(elements(view))).items()
        if count > 1
    }
    assert repeated == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_on_every_page_is_said_but_what_was_typed(views: dict[str, list[View]], language: str) -> None:
    silent = {
        (view.name, element.id)
        for view in views[language]
        for element in elements(view)
        if not isinstance(element, Field | Keys)
        # The seconds that run down are for the eye; the sentence before says what will be lost.
        and not (isinstance(element, Text) and element.id == "countdown")
        and not any(said.text.strip() for said in utterances_of([element]))
    }
    assert silent == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_speaks_the_language_chosen_and_procedures_theirs(
    views: dict[str, list[View]], language: str
) -> None:
    spoken = {
        said.language
        for view in views[language]
        if view.screen not in {Screen.WELCOME, Screen.LANGUAGES}
        for said in utterances_of(elements(view))
    }
    assert spoken == {language, "fr"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_of_a_text_is_shown_instead_of_its_words(views: dict[str, list[View]], language: str) -> None:
    keys = {
        said.text
        for view in views[language]
        for said in utterances_of(elements(view))
        if "." in said.text and " " not in said.text and not said.text.endswith((".", ".fr", ".org", ".com"))
        if "/" not in said.text
    }
    assert keys == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_field_of_a_text_is_left_open(views: dict[str, list[View]], language: str) -> None:
    assert [said for view in views[language] for said in utterances_of(elements(view)) if "{" in said.text] == []


def test_help_and_settings_are_offered_on_every_page_of_a_procedure(views: dict[str, list[View]]) -> None:
    pages = [view for view in views["fr"] if view.screen in {Screen.INTRO, Screen.QUESTION, Screen.STEP, Screen.SHEET}]
    assert {tuple(slot.is_shown for slot in view.nav) for view in pages} == {(True,) * 5}


def test_the_navigation_is_the_same_five_places_everywhere(views: dict[str, list[View]]) -> None:
    assert {tuple(slot.button.id for slot in view.nav) for view in views["fr"]} == {
        ("nav.back", "nav.listen", "nav.help", "nav.settings", "nav.leave")
    }


def test_what_is_typed_is_never_said(controller: Controller) -> None:
    controller.send(want.Start())
    controller.send(want.OpenSearch())
    said: list[str] = []
    for letter in "zqxwvkj":
        said += [one.text for one in utterances_of(elements(controller.send(want.TypeText(letter))))]
    assert [text for text in said if "zq" in text.lower()] == []


def test_the_staff_code_is_never_said(controller: Controller) -> None:
    controller.send(want.OpenStaff())
    said: list[str] = []
    for digit in PIN:
        said += [one.text for one in utterances_of(elements(controller.send(want.TypePin(digit))))]
    assert [text for text in said if any(digit in text for digit in PIN) or "•" in text] == []


def test_the_warning_says_what_will_be_lost(controller: Controller) -> None:
    said = " ".join(one.text for one in utterances_of(elements(controller.warn_idle(45))))
    assert controller.texts.tr("idle.lead").split(".")[0] in said


def test_without_voice_the_listen_button_says_so(content: PackReader) -> None:
    controller = a_controller(content, voice_available=lambda: False)
    listen = controller.view().nav[1].button
    assert (listen.label, listen.icon) == (controller.texts.tr("voice.unavailable_short"), "volume-xmark")


def test_without_voice_the_settings_say_so(content: PackReader) -> None:
    controller = a_controller(content, voice_available=lambda: False)
    assert "voice.note" in [element.id for element in controller.send(want.OpenSettings()).body]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_procedure_says_that_it_is_in_french_only(controller: Controller, language: str) -> None:
    controller.send(want.Start(language))
    assert "language" in [element.id for element in controller.send(want.OpenProcedure("rsa")).body]


def test_a_procedure_in_french_says_nothing_of_languages(controller: Controller) -> None:
    controller.send(want.Start())
    assert "language" not in [element.id for element in controller.send(want.OpenProcedure("rsa")).body]
