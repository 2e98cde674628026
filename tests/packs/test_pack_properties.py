"""What goes into a pack comes out of it."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.place import Place, Position
from kiosk.domain.procedure import Procedure
from kiosk.domain.theme import Theme
from kiosk.packs import codec
from kiosk.packs.reader import PackReader
from kiosk.packs.schema import FORMAT_VERSION
from kiosk.packs.writer import Content, write_pack
from tests.support.golden_pack import BUILT_AT
from tests.support.strategies import ANY_TEXT, evidences, procedures

texts = st.lists(ANY_TEXT, max_size=2).map(tuple)
degrees = st.floats(-90, 90)
places = st.builds(
    Place,
    ANY_TEXT,
    ANY_TEXT,
    texts,
    evidences,
    commune=ANY_TEXT,
    address=texts,
    position=st.none() | st.builds(Position, degrees, degrees),
)
titles = st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=2).map(lambda more: {**more, "fr": "Papiers"})
themes = st.builds(Theme, ANY_TEXT, ANY_TEXT, st.integers(1, 6), titles)


@given(procedures(wild=True))
def test_a_procedure_survives_json(procedure: Procedure) -> None:
    assert codec.load_procedure(codec.dump(procedure), FORMAT_VERSION) == procedure


@given(places)
def test_a_place_survives_json(place: Place) -> None:
    assert codec.load_place(codec.dump(place)) == place


@given(themes)
def test_a_theme_survives_json(theme: Theme) -> None:
    assert codec.load_theme(codec.dump(theme)) == theme


@settings(max_examples=15)
@given(procedures(wild=True, key="un"), procedures(wild=True, key="deux"), places, themes)
def test_a_pack_gives_back_what_was_written(one: Procedure, two: Procedure, place: Place, theme: Theme) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.sqlite"
        write_pack(path, Content([one, two], (theme,), (place,)), BUILT_AT)
        reader = PackReader(path)
        try:
            assert (reader.procedure("un"), reader.procedure("deux")) == (one, two)
            assert (reader.places, reader.themes) == ((place,), (theme,))
        finally:
            reader.close()


@settings(max_examples=15)
@given(procedures(key="un"), procedures(key="deux"), st.timedeltas(dt.timedelta(), dt.timedelta(hours=15)))
def test_the_same_content_of_one_day_has_the_same_version(one: Procedure, two: Procedure, later: dt.timedelta) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.sqlite"
        first = write_pack(path, Content([one, two], (), ()), BUILT_AT)
        assert write_pack(path, Content([two, one], (), ()), BUILT_AT + later) == first
