"""The screens before a procedure: welcome, subjects, lists, search, languages."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.domain.theme import Theme
from kiosk.packs.reader import Card
from kiosk.session.composing import CONTENT_LANGUAGE, Composer
from kiosk.session.finding import Found
from kiosk.session.intents import (
    AskForHelp,
    ChooseLanguage,
    EraseLetter,
    Intent,
    OpenMoreThemes,
    OpenPopular,
    OpenProcedure,
    OpenSearch,
    OpenTheme,
    Resume,
    Start,
    TakeWord,
    TypeText,
)
from kiosk.session.views import (
    Box,
    Button,
    ButtonKind,
    Element,
    Field,
    Keys,
    Row,
    Screen,
    TextRole,
    Tone,
    View,
)
from kiosk.texts import LANGUAGES

MAX_THEMES = 6
"""Subjects on one page."""

LETTER_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn’")


def welcome(make: Composer, languages: tuple[str, ...]) -> View:
    """The first screen: one sentence, one large button, the languages by their own names."""
    body: list[Element] = [
        make.text("title", make.tr("welcome.hello"), TextRole.GREETING),
        make.text("lead", make.tr("welcome.lead"), TextRole.WELCOME),
        Button(
            "start",
            make.tr("welcome.start"),
            Start(make.language),
            ButtonKind.START,
            "hand-pointer",
            language=make.language,
        ),
        Row(
            "languages",
            tuple(
                Button(f"language.{code}", LANGUAGES[code], Start(code), ButtonKind.SECONDARY, language=code)
                for code in languages
            ),
        ),
        Box(
            "privacy",
            "shield-halved",
            (make.line("privacy.0", make.tr("welcome.privacy")),),
            tone=Tone.GOOD,
        ),
    ]
    return make.view(Screen.WELCOME, body, nav=make.nav(back=False, leave=False))


def home(make: Composer, themes: tuple[Theme, ...], page: int, has_popular: bool) -> View:
    """The subjects, six at a time; the search, what is asked most, the other subjects."""

    def way(key: str, label: str, intent: Intent, icon: str, tint: int) -> Button:
        return Button(key, label, intent, icon=icon, tint=tint, language=make.language)

    ways = [way("search", make.tr("home.search"), OpenSearch(), "magnifying-glass", 1)]
    if has_popular:
        ways.append(way("popular", make.tr("home.popular"), OpenPopular(), "star", 4))
    if len(themes) > MAX_THEMES * (page + 1):
        ways.append(way("more-themes", make.tr("home.more"), OpenMoreThemes(page + 1), "ellipsis", 5))
    tiles = tuple(
        Button(
            f"theme.{theme.id}",
            theme.title(make.language),
            OpenTheme(theme.id),
            ButtonKind.TILE,
            theme.icon,
            theme.tint,
            language=make.language if make.language in theme.titles else CONTENT_LANGUAGE,
        )
        for theme in themes[MAX_THEMES * page : MAX_THEMES * (page + 1)]
    )
    body: list[Element] = [make.title(make.tr("home.title")), Row("themes", tiles), Row("ways", tuple(ways))]
    return make.view(Screen.HOME, body, name=f"home-{page + 1}" if page else "home")


def procedure_list(
    make: Composer,
    screen: Screen,
    title: str,
    cards: tuple[Card, ...],
    themes: tuple[Theme, ...],
    more: Sequence[Element] = (),
) -> View:
    """A list of procedures: ours first, then the official dossiers of the subject."""
    tints = {theme.id: theme.tint for theme in themes}
    body: list[Element] = [make.title(title)]
    body += [card_button(card, OpenProcedure(card.id), tints.get(card.theme, 1)) for card in cards]
    if cards and more:
        body.append(make.text("official", make.tr("procedures.official"), TextRole.HEADING))
    body += more
    if not cards and not more:
        body.append(make.text("empty", make.tr("procedures.empty")))
    return make.view(screen, body, name=screen)


def card_button(card: Card, intent: Intent, tint: int) -> Button:
    """Make the button of a procedure."""
    icon = card.icon or "file-lines"
    return Button(f"procedure.{card.id}", card.title, intent, icon=icon, tint=tint, language=CONTENT_LANGUAGE)


def search(make: Composer, found: tuple[Found, ...], suggested: tuple[str, ...], themes: tuple[Theme, ...]) -> View:
    """The keyboard, words for the one being typed above it, and the results at each letter."""
    query = make.visit.query
    tints = {theme.id: theme.tint for theme in themes}
    body: list[Element] = []
    if found:
        body += [
            card_button(one.card, OpenProcedure(one.card.id, one.source), tints.get(one.card.theme, 1)) for one in found
        ]
    elif len(query) > 2:
        body += [
            make.text("none", make.tr("search.none"), TextRole.LEAD),
            Button(
                "themes", make.tr("search.themes"), Resume(), icon="table-cells-large", tint=4, language=make.language
            ),
            Button("ask", make.tr("search.ask"), AskForHelp(), icon="life-ring", tint=2, language=make.language),
        ]
    else:
        body.append(make.text("hint", make.tr("search.hint"), TextRole.LEAD))
    field = Field("query", query, make.tr("search.placeholder"), language=make.language)
    words = tuple(
        Button(f"word.{number}", word, TakeWord(word), ButtonKind.OPTION, language=CONTENT_LANGUAGE)
        for number, word in enumerate(suggested)
    )
    suggestions: tuple[Element, ...] = (Row("words", words),) if words else ()
    return make.view(
        Screen.SEARCH, [make.title(make.tr("search.title")), *body], pinned=(*suggestions, field, _keyboard(make))
    )


def _keyboard(make: Composer) -> Keys:
    rows = [[_key(letter, letter.upper(), TypeText(letter)) for letter in row] for row in LETTER_ROWS]
    space = Button("key.space", make.tr("search.space"), TypeText(" "), ButtonKind.KEY, language=make.language)
    erase = Button(
        "key.erase", make.tr("search.erase"), EraseLetter(), ButtonKind.KEY, "delete-left", language=make.language
    )
    rows[-1] = [*rows[-1], space, erase]
    # Seven letters, then the space bar and the eraser share the width of three keys.
    return Keys("keyboard", tuple(tuple(row) for row in rows), {"key.space": 1.5, "key.erase": 1.5})


def _key(name: str, label: str, intent: Intent) -> Button:
    return Button(f"key.{name}", label, intent, ButtonKind.KEY, language=CONTENT_LANGUAGE)


def languages(make: Composer, codes: tuple[str, ...]) -> View:
    """Another language, in the middle of a visit."""
    buttons = tuple(
        Button(
            f"language.{code}",
            LANGUAGES[code],
            ChooseLanguage(code),
            ButtonKind.CHOICE,
            "check" if code == make.language else "globe",
            1,
            is_selected=code == make.language,
            language=code,
        )
        for code in codes
    )
    return make.view(Screen.LANGUAGES, [make.title(make.tr("languages.title")), *buttons])
