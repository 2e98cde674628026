"""Which answer of a question about places is for the people of a commune."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.territory import COLLECTIVITIES, DEPARTMENTS, choice_for, department_of, is_territorial

ANGERS, PARIS, PARIS_12, METZ, SAINT_DENIS = "49007", "75056", "75112", "57463", "97411"
AJACCIO, LYON, LYON_3, MONTREUIL, VERSAILLES = "2A004", "69123", "69383", "93048", "78646"
NOUMEA, MIQUELON = "98818", "97501"

REGIONS = (
    "Auvergne-Rhône-Alpes|Bourgogne-Franche-Comté|Bretagne|Centre-Val de Loire|Corse|Grand Est|Hauts-de-France|"
    "Île-de-France|Normandie|Nouvelle Aquitaine|Occitanie|Pays de Loire|Provence-Alpes-Côte d'Azur (Paca)|Outre-mer"
)
OLD_REGIONS = (
    "Alsace-Champagne-Ardenne-Lorraine|Aquitaine-Limousin-Poitou-Charentes|Auvergne-Rhône-Alpes|"
    "Languedoc-Roussillon-Midi-Pyrénées|Nord-Pas-de-Calais-Picardie|Pays de la Loire|La Réunion"
)
OFFICES = "Auvergne-Rhône-Alpes|Grand Est|Occitanie|Pays de la Loire|Autre région"
LOIRE = "Loire-Atlantique (44)|Maine-et-Loire (49)|Mayenne (53)|Sarthe (72)|Vendée"


def answer(labels: str, insee: str, commune: str = "") -> str | None:
    choices = labels.split("|")
    number = choice_for(choices, insee, commune)
    return None if number is None else choices[number]


def test_the_departments_are_101_in_18_regions() -> None:
    assert len(DEPARTMENTS) == 101
    assert len({department.region for department in DEPARTMENTS.values()}) == 18
    assert all(code == department.code for code, department in DEPARTMENTS.items())


@pytest.mark.parametrize(
    ("insee", "expected"),
    [
        *((ANGERS, "49"), (AJACCIO, "2A"), ("2B033", "2B"), (SAINT_DENIS, "974"), (NOUMEA, "988")),
        *((PARIS_12, "75"), ("20004", ""), ("99138", ""), ("97000", ""), ("4900", ""), ("49OO7", ""), ("", "")),
    ],
)
def test_the_department_stands_in_the_code_of_the_commune(insee: str, expected: str) -> None:
    assert department_of(insee) == expected


@pytest.mark.parametrize(
    "labels",
    [
        *("Cas général|À Paris", "Isère|Autre département", "Métropole|Outre-mer", REGIONS, OLD_REGIONS, LOIRE),
        *("En Métropole|Dans un département d'outre-mer (Dom)|À l'étranger", "En France (cas général)|En Guyane"),
        *("Cas général|À Paris ou petite couronne (92-93-94)", "Cas général|Département 78, 91, 92, 93 ou 94"),
        *("Vous habitez en France|Vous habitez à l'étranger", "Métropole|Guadeloupe/ Martinique / Réunion"),
        *("Depuis la France (métropole)|Depuis un Dom|Depuis l'étranger", "Droit commun|Alsace et Moselle"),
        *("Toutes régions sauf Île-de-France|En région parisienne", "Cas général|Si vous habitez à Paris"),
        *("À Paris|À Lille, Hellemmes et Lomme", "Paris et communes limitrophes|Autres communes d'Île-de-France"),
    ],
)
def test_questions_of_place_are_known_by_their_labels(labels: str) -> None:
    assert is_territorial(labels.split("|"))


@pytest.mark.parametrize(
    "labels",
    [
        *("En France|À l'étranger", "Vol en France|Vol à l'étranger", "Français|Étranger", "Cas général|À l'étranger"),
        *("Né en métropole|Né en outre-mer|Né à l'étranger", "En zone tendue (cas général)|À Paris|Autre commune"),
        *("Cas général|Commune divisée en cantons|Paris, Lyon, Marseille", "De 20 à 30|De 31 à 40", "À Paris", ""),
        *("Métropole de Lyon|Autre commune", "Paris|Autre commune de zone sensible", "Mineur|Majeur", "75|92"),
        *("Tribunal de Paris|Autre tribunal", "Cas général|Organisme ayant son siège à Paris", "Cas général|Ailleurs"),
    ],
)
def test_other_questions_stay_questions(labels: str) -> None:
    assert not is_territorial(labels.split("|"))
    assert answer(labels, ANGERS) is None


def starred(labels: str) -> tuple[str, str | None]:
    """Return the labels without the star, and the one that had it: the answer expected."""
    expected = [label[1:] for label in labels.split("|") if label.startswith("*")]
    return labels.replace("*", ""), expected[0] if expected else None


@pytest.mark.parametrize(
    "labels",
    [
        *("*Cas général|À Paris", "*Cas général|En Île-de-France", "Isère|*Autre département", "*En France|À Paris"),
        *(REGIONS.replace("Pays de", "*Pays de"), OLD_REGIONS.replace("Pays de", "*Pays de")),
        *(OFFICES.replace("Pays de", "*Pays de"), LOIRE.replace("Maine", "*Maine")),
        "Loire-Atlantique|*Maine-et-Loire|Autre département",
        "Cas général|Auvergne-Rhône-Alpes|Grand Est|Occitanie|*Pays de la Loire",
        *("*Cas général|Alsace-Moselle|Outre-mer", "*Métropole|Outre-mer|Étranger"),
        "*Vous vivez en France (cas général)|Vous vivez à Paris|Vous vivez à l'étranger",
        "*Vous habitez en métropole ou dans un Dom|Vous habitez dans une Com ou en Nouvelle Calédonie",
        "*Métropole|Outre-mer (cas général)|Saint-Pierre et Miquelon",
        *("En Île de France|*Dans une autre région", "En région parisienne|*En région ou en outre-mer"),
        "*Cas général|Petite couronne (92, 93 ou 94) et villes de plus de 200 000 habitants",
        # None fits, or it is about the person and not about the commune.
        *("Paris et communes limitrophes|Autres communes d'Île-de-France", "Guadeloupe|Guyane", "Ain (01)|Allier (03)"),
        "Vous habitez en France|Vous habitez à l'étranger",
        # Two fit as well.
        *("Cas général|Autre département|Isère", "Maine-et-Loire|Maine-et-Loire (49)"),
    ],
)
def test_the_people_of_angers_get_their_answer(labels: str) -> None:
    plain, expected = starred(labels)
    assert answer(plain, ANGERS, "Angers") == expected


@pytest.mark.parametrize(
    ("insee", "labels"),
    [
        *((PARIS, "Cas général|*À Paris"), (PARIS_12, "Cas général|*Paris, Lyon ou Marseille")),
        *(
            (LYON_3, "*Cas général|À Paris"),
            (LYON_3, "Clermont-Ferrand|Grenoble|*Lyon"),
            (LYON, "Ain (01)|*Rhône (69)"),
        ),
        *((METZ, "Cas général|*Alsace-Moselle"), (METZ, "Cas général|Alsace|*Moselle")),
        ("67482", "Cas général|*Moselle, Bas-Rhin et Haut-Rhin"),
        *((METZ, REGIONS.replace("Grand", "*Grand")), (LYON, "*" + REGIONS), (AJACCIO, REGIONS.replace("Cor", "*Cor"))),
        (SAINT_DENIS, REGIONS.replace("Outre", "*Outre")),
        (SAINT_DENIS, OLD_REGIONS.replace("La Ré", "*La Ré")),
        *((AJACCIO, "*En métropole|En outre-mer"), (MIQUELON, "En métropole|Dans un Dom")),
        *(
            ("97611", "Cas général|*À Mayotte"),
            ("13208", "Cas général|À Paris et dans les départements 92 et 93|*À Marseille"),
        ),
        (MIQUELON, "Métropole|Outre-mer (cas général)|*Saint-Pierre et Miquelon"),
        (NOUMEA, "Métropole|*Outre-mer (cas général)|Saint-Pierre et Miquelon"),
        (NOUMEA, "Vous habitez en métropole ou dans un Dom|*Vous habitez dans une Com ou en Nouvelle Calédonie"),
        (MONTREUIL, "*Paris et communes limitrophes|Autres communes d'Île-de-France"),
        (VERSAILLES, "Paris et communes limitrophes|*Autres communes d'Île-de-France"),
        (MONTREUIL, "Cas général|*À Paris ou petite couronne (92-93-94)"),
        (VERSAILLES, "Cas général|*Département 78, 91, 92, 93 ou 94"),
    ],
)
def test_other_communes_get_theirs(insee: str, labels: str) -> None:
    plain, expected = starred(labels)
    assert answer(plain, insee) == expected


def test_the_name_of_the_commune_is_an_answer() -> None:
    assert answer("À Angers|Autre commune", ANGERS, "Angers") == "À Angers"
    assert answer("À Angers|Autre commune", "49015", "Avrillé") is None


def test_the_name_of_a_commune_never_hides_the_department_of_that_name() -> None:
    assert answer("Isère (38)|Vienne", "38544", "Vienne") == "Isère (38)"


@pytest.mark.parametrize("insee", ["", "99138", "49", "maine", "20004"])
def test_an_unknown_commune_gets_no_answer(insee: str) -> None:
    assert answer("Cas général|À Paris", insee) is None


@given(st.sampled_from(sorted(DEPARTMENTS)))
def test_every_department_and_region_answers_for_its_communes(code: str) -> None:
    insee = code + "001" if len(code) == 2 else code + "01"
    department = DEPARTMENTS[code]
    names = [one.name for one in DEPARTMENTS.values() if one.name not in ("Paris", "Guadeloupe")]
    if department.name in names:
        assert answer("|".join(names), insee) == department.name
    regions = list(dict.fromkeys(one.region for one in DEPARTMENTS.values()))
    assert answer("|".join(regions), insee) == department.region
    assert answer("Métropole|Outre-mer", insee) == ("Outre-mer" if len(code) == 3 else "Métropole")


@given(st.lists(st.text(max_size=30), max_size=5), st.sampled_from([ANGERS, *(f"{code}01" for code in COLLECTIVITIES)]))
def test_any_labels_have_an_answer_among_them_or_none(labels: list[str], insee: str) -> None:
    number = choice_for(labels, insee, "Angers")
    assert number is None or 0 <= number < len(labels)
