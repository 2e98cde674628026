"""The synonyms file: what it may say, and where each mistake stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.search.synonyms import Meaning, Narrow, Need, Synonyms, SynonymsError, read_synonyms

WHOLE = """\
ignore: bonjour, svp
weak: [plus, sans]
common: laisser
silent: viol
rewrite:
  où en est, pour quand: suivi
groups:
  perdre: perdu, paumé
narrow:
  fonction publique: fonctionnaire, prof
themes:
  Papiers:
    same:
      - [CNI, carte d'identité]
    means:
      gosse, gamin: enfant, mineur
    needs:
      F1344: <perdre> carte identité, carte introuvable
      carte-identite: {say: "ma carte", weight: 1.2}
"""


def read(tmp_path: Path, text: str) -> Synonyms:
    """Read a synonyms file of this text."""
    path = tmp_path / "synonyms.yaml"
    path.write_text(text, encoding="utf-8")
    return read_synonyms(path)


def test_all_that_the_file_says_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, WHOLE) == Synonyms(
        ignore=("bonjour", "svp"),
        weak=("plus", "sans"),
        common=("laisser",),
        silent=("viol",),
        rewrite={"ou en est": "suivi", "pour quand": "suivi"},
        groups={"perdre": ("perdu", "paumé")},
        narrow=(Narrow(("fonction publique",), ("fonctionnaire", "prof")),),
        same=(("CNI", "carte d'identité"),),
        means=(Meaning(("gosse", "gamin"), ("enfant", "mineur")),),
        needs=(
            Need("F1344", ("<perdre> carte identité", "carte introuvable")),
            Need("carte-identite", ("ma carte",), 1.2),
        ),
    )


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Synonyms()


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("ignore: bonjour, svp", "ignored: bonjour", 1, "“ignored” is none of"),
        ("weak: [plus, sans]", "weak: {plus: sans}", 2, "weak must be words"),
        ("où en est, pour quand", "où en est, ", 6, "nothing between two commas"),
        ("  perdre: perdu, paumé", "  Perdre!: perdu", 8, "small letters"),
        ("perdu, paumé", "perdu,, paumé", 8, "nothing between two commas"),
        ("fonctionnaire, prof", "<perte>", 10, "no group <perte>"),
        ("      - [CNI, carte d'identité]", "      - [CNI]", 14, "one expression alone"),
        ("    same:", "    sames:", 13, "“sames” is none of"),
        ("gosse, gamin: enfant, mineur", "gosse, le la: enfant", 16, "only words that say nothing"),
        ("gosse, gamin: enfant, mineur", "gosse:", 16, "must be words"),
        ("<perdre> carte", "<voler> carte", 18, "no group <voler>"),
        ("F1344:", "X 12:", 18, "neither a sheet"),
        ("      carte-identite: {", "      F1344: {", 19, "stands twice"),
        ("weight: 1.2", "weight: lourd", 19, "a weight is a number"),
        ("weight: 1.2", "weight: 12", 19, "at most 3"),
        ("weight: 1.2", "poids: 1", 19, "neither “say” nor “weight”"),
        ('say: "ma carte", ', "", 19, "has no “say”"),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in WHOLE
    with pytest.raises(SynonymsError) as told:
        read(tmp_path, WHOLE.replace(old, new, 1))
    assert f"synonyms.yaml:{line}: " in str(told.value)
    assert message in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SynonymsError, match=r"missing\.yaml:1: "):
        read_synonyms(tmp_path / "missing.yaml")


def test_other_bytes_than_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "synonyms.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SynonymsError, match="cannot be read"):
        read_synonyms(tmp_path / "synonyms.yaml")


def test_the_file_that_ships_is_right_and_rich() -> None:
    shipped = read_synonyms(paths.assets() / "synonyms.yaml")
    assert len(shipped.needs) > 500
    assert sum(len(one.everyday) for one in shipped.means) > 1000
    assert len(shipped.narrow) <= 60
