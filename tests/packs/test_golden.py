"""Every format that was ever shipped stays readable."""

from __future__ import annotations

import dataclasses
import enum
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from kiosk.domain import procedure as model
from kiosk.domain.procedure import Block
from kiosk.packs.reader import PackReader
from kiosk.packs.schema import FORMAT_VERSION
from kiosk.packs.writer import write_pack
from tests.support.golden_pack import BUILT_AT, FOLDER, Golden, golden, path_of

VERSIONS = range(1, FORMAT_VERSION + 1)


def assert_holds(path: Path, wanted: Golden) -> None:
    """Read all that a golden pack holds."""
    reader = PackReader(path)
    try:
        assert tuple(reader.procedure(one.id) for one in wanted.procedures) == wanted.procedures
        assert {reader.card(one.id) for one in wanted.procedures if not one.is_official} == set(reader.cards)
        assert reader.places == wanted.places
        assert reader.themes == wanted.themes
        assert {old: reader.current_id(old) for old in wanted.redirections} == wanted.redirections
        assert reader.manifest.official == wanted.official
        assert reader.manifest.built_at == BUILT_AT
    finally:
        reader.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_there_is_a_golden_pack_of_each_format(version: int) -> None:
    assert path_of(version).is_file(), "write it once: python -m tests.support.golden_pack"


def test_there_are_no_other_golden_packs() -> None:
    assert set(FOLDER.glob("*.sqlite")) <= {path_of(version) for version in VERSIONS}


@pytest.mark.parametrize("version", [version for version in VERSIONS if path_of(version).is_file()])
def test_a_golden_pack_gives_its_content(version: int) -> None:
    assert_holds(path_of(version), golden(version))


def test_the_present_format_gives_back_the_golden_content(tmp_path: Path) -> None:
    write_pack(tmp_path / "pack.sqlite", golden(FORMAT_VERSION).content(), BUILT_AT)
    assert_holds(tmp_path / "pack.sqlite", golden(FORMAT_VERSION))


def values_inside(value: Any) -> Iterator[Any]:
    """Yield every value of a tree of dataclasses and tuples."""
    yield value
    if dataclasses.is_dataclass(value):
        for one in dataclasses.fields(value):
            yield from values_inside(getattr(value, one.name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from values_inside(inner)


def default_of(one: dataclasses.Field[Any]) -> Any:
    return None if one.default is dataclasses.MISSING else one.default


def test_the_golden_content_holds_every_kind_and_every_field_away_from_its_default() -> None:
    seen: dict[type, set[str]] = defaultdict(set)
    for value in values_inside(golden(FORMAT_VERSION).procedures):
        if dataclasses.is_dataclass(value):
            seen[type(value)] |= {
                one.name for one in dataclasses.fields(value) if getattr(value, one.name) != default_of(one)
            }
    wanted = {*get_args(Block), model.Item, model.Cell, model.Row, model.Choice, model.Mark, model.Definition}
    wanted |= {model.Evidence, model.Procedure}
    assert {one: {field.name for field in dataclasses.fields(one)} - seen[one] for one in wanted} == {
        one: set() for one in wanted
    }


def test_the_golden_content_holds_every_name_that_a_field_can_have() -> None:
    names = {value for value in values_inside(golden(FORMAT_VERSION).procedures) if isinstance(value, enum.Enum)}
    kinds = {one for one in vars(model).values() if isinstance(one, type) and issubclass(one, enum.StrEnum)}
    assert names == {name for kind in kinds for name in kind if kind is not enum.StrEnum}


@pytest.mark.parametrize("name", ["themes", "places"])
def test_the_golden_content_holds_every_field_of_themes_and_places(name: str) -> None:
    held = getattr(golden(FORMAT_VERSION), name)
    empty = [
        one.name
        for one in dataclasses.fields(held[0])
        if all(getattr(value, one.name) == default_of(one) for value in held)
    ]
    assert empty == []
