"""What is asked of an open pack: cards, menus, old ids, the first format."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.procedure import Kind, Procedure, ProcedureId
from kiosk.packs import codec
from kiosk.packs.errors import PackDamagedError
from kiosk.packs.reader import Card, PackReader
from kiosk.packs.writer import Content, write_pack
from tests.support.builders import a_menu, a_procedure, a_step, a_theme, a_tip, an_official
from tests.support.golden_pack import BUILT_AT, path_of

Opened = Callable[[Path], PackReader]
Written = Callable[..., PackReader]


@pytest.fixture
def written(tmp_path: Path, opened: Opened) -> Written:
    """Write a pack of some procedures and open it."""

    def write(*procedures: Procedure, moved: dict[str, str] | None = None, **options: Any) -> PackReader:
        content = Content(procedures, (a_theme(),), (), redirections=lambda: moved or {})
        write_pack(tmp_path / "pack.sqlite", content, BUILT_AT, **options)
        return opened(tmp_path / "pack.sqlite")

    return write


def sheet(key: str, **changes: Any) -> Procedure:
    return an_official(id=ProcedureId(key), title=f"Fiche {key}", **changes)


def test_the_lists_hold_our_procedures_only(written: Written) -> None:
    reader = written(a_procedure(), sheet("F1"), a_menu("N1"))
    assert [card.id for card in reader.cards] == ["carte-identite"]
    assert reader.manifest.procedures == 3


def test_any_procedure_has_a_card(written: Written) -> None:
    reader = written(a_procedure(), sheet("F1", icon="landmark", everyday_names=("un nom",), popular=True))
    assert reader.card("F1") == Card(
        ProcedureId("F1"), "Fiche F1", "papiers", "landmark", "F1", ("un nom",), True, Kind.SHEET
    )


def test_an_id_that_is_not_there_has_no_card(written: Written) -> None:
    assert written(a_procedure()).card("F9") is None


def test_the_menus_of_a_theme_are_its_official_themes(written: Written) -> None:
    reader = written(
        a_menu("N2", kind=Kind.THEME),
        a_menu("N1", kind=Kind.THEME),
        a_menu("N3", kind=Kind.THEME, theme="sante"),
        a_menu("N4"),
        sheet("F1"),
    )
    assert [card.id for card in reader.menus("papiers")] == ["N1", "N2"]


@pytest.mark.parametrize(
    ("held", "is_shown"),
    [(a_procedure(), True), (a_menu(kind=Kind.THEME), True), (a_menu(), False), (an_official(), False)],
    ids=["ours", "menu", "dossier", "sheet"],
)
def test_a_theme_is_shown_when_something_can_be_chosen_in_it(written: Written, held: Procedure, is_shown: bool) -> None:
    assert written(held).has_theme("papiers") is is_shown


MOVES = {"F7": "F8", "F8": "F9", "F9": "F1", "F6": "F404", "A": "B", "B": "C", "C": "A", "S": "S"}


@pytest.mark.parametrize("old", ["F7", "F8", "F9"])
def test_an_old_id_leads_to_the_sheet_of_today_however_often_it_was_renamed(written: Written, old: str) -> None:
    reader = written(sheet("F1"), moved=MOVES)
    card, procedure = reader.card(old), reader.procedure(old)
    assert card is not None
    assert procedure is not None
    assert (reader.current_id(old), card.id, procedure.id) == ("F1", "F1", "F1")


def test_a_sheet_that_is_there_is_not_led_elsewhere(written: Written) -> None:
    reader = written(sheet("F1"), sheet("F8"), moved=MOVES)
    card, procedure = reader.card("F8"), reader.procedure("F8")
    assert card is not None
    assert procedure is not None
    assert (card.id, procedure.id) == ("F8", "F8")


def test_an_old_id_of_a_sheet_that_is_gone_is_none(written: Written) -> None:
    reader = written(sheet("F1"), moved=MOVES)
    assert (reader.card("F6"), reader.procedure("F6")) == (None, None)


@pytest.mark.parametrize("old", ["A", "B", "C", "S"])
def test_old_ids_that_lead_in_a_circle_end_in_no_traceback(written: Written, old: str) -> None:
    reader = written(sheet("F1"), moved=MOVES)
    assert reader.card(old) is None
    with contextlib.suppress(PackDamagedError):
        assert reader.procedure(old) is None


def test_sheets_compressed_with_a_dictionary_come_back(written: Written, tmp_path: Path) -> None:
    sheets = [sheet(f"F{number}", description=f"La fiche {number} dit ce qu’il faut. " * 9) for number in range(60)]
    reader = written(*sheets)
    connection = sqlite3.connect(tmp_path / "pack.sqlite")
    ((dictionary,),) = connection.execute("SELECT body FROM dictionaries")
    connection.close()
    assert dictionary
    assert [reader.procedure(one.id) for one in sheets] == sheets


def test_several_threads_read_at_once(written: Written) -> None:
    texts = [" ".join(f"mot{number * word}" for word in range(9000)) for number in range(8)]
    sheets = {f"F{number}": sheet(f"F{number}", description=text) for number, text in enumerate(texts)}
    reader = written(*sheets.values())
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda key: reader.procedure(key) == sheets[key], [*sheets] * 30))


def test_a_stream_longer_than_the_samples_is_written_whole(monkeypatch: pytest.MonkeyPatch, written: Written) -> None:
    monkeypatch.setattr("kiosk.packs.writer.SAMPLES", 2)
    sheets = [sheet(f"F{number}") for number in range(5)]
    reader = written(*sheets)
    assert [reader.procedure(one.id) for one in sheets] == sheets


def test_what_is_added_last_sees_all_the_rest(written: Written) -> None:
    seen: list[tuple[int, ...]] = []

    def finish(connection: sqlite3.Connection) -> None:
        names = ("procedures", "themes", "redirections", "manifest")
        seen.append(tuple(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names))
        connection.execute("CREATE TABLE search_words (word)")

    reader = written(sheet("F1"), sheet("F2"), moved={"F0": "F1"}, finish=finish)
    assert seen == [(2, 1, 1, 8)]
    assert reader._column("SELECT name FROM sqlite_master WHERE name = 'search_words'") == ["search_words"]


def test_the_archives_are_named_once_the_stream_has_ended(tmp_path: Path, opened: Opened) -> None:
    met: list[str] = []

    def stream() -> Any:
        for key in ("F1", "F2"):
            met.append(key)
            yield sheet(key)

    content = Content(stream(), (), (), redirections=lambda: dict.fromkeys(met, "F1"), official=lambda: tuple(met))
    write_pack(tmp_path / "p", content, BUILT_AT)
    assert opened(tmp_path / "p").manifest.official == ("F1", "F2")


def test_the_first_format_has_our_procedures_and_no_menus(opened: Opened) -> None:
    reader = opened(path_of(1))
    assert [(card.id, card.kind) for card in reader.cards] == [("carte-identite", Kind.AUTHORED)]
    assert (reader.menus("papiers"), reader.current_id("F0"), reader.card("F0")) == ((), "F0", None)
    assert (reader.has_theme("papiers"), reader.has_theme("sante")) == (True, False)
    assert reader.manifest.official == ()


def test_the_lines_of_boxes_of_the_first_format_are_their_blocks() -> None:
    procedure = a_procedure(a_step("un", a_tip("Venez tôt.")))
    value = json.loads(codec.dump(procedure))
    box = value["blocks"][0]["blocks"][0]
    box["lines"] = box.pop("blocks")
    assert codec.load_procedure(json.dumps(value), 1) == procedure
