# ruff: noqa: SIM905 - names and codes are the matter here; they stay in lines
"""Where people live, as official sheets divide France: which answer is for the people of one commune.

Many questions of official sheets only ask for a place ("Cas général" or "À Paris", a region, then a department),
and the terminal stands in a known commune: it can answer them, and says so. A label is read as a set of places
and how narrow it is; the narrowest label that holds the commune is the answer, none when two are as narrow.

Departments and regions are those of the Code officiel géographique 2025, with the names that older sheets use.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

_REGIONS = {
    "Auvergne-Rhône-Alpes": (
        "01 Ain;03 Allier;07 Ardèche;15 Cantal;26 Drôme;38 Isère;42 Loire;43 Haute-Loire;63 Puy-de-Dôme;69 Rhône;"
        "73 Savoie;74 Haute-Savoie"
    ),
    "Bourgogne-Franche-Comté": (
        "21 Côte-d'Or;25 Doubs;39 Jura;58 Nièvre;70 Haute-Saône;71 Saône-et-Loire;89 Yonne;90 Territoire de Belfort"
    ),
    "Bretagne": "22 Côtes-d'Armor;29 Finistère;35 Ille-et-Vilaine;56 Morbihan",
    "Centre-Val de Loire": "18 Cher;28 Eure-et-Loir;36 Indre;37 Indre-et-Loire;41 Loir-et-Cher;45 Loiret",
    "Corse": "2A Corse-du-Sud;2B Haute-Corse",
    "Grand Est": (
        "08 Ardennes;10 Aube;51 Marne;52 Haute-Marne;54 Meurthe-et-Moselle;55 Meuse;57 Moselle;67 Bas-Rhin;"
        "68 Haut-Rhin;88 Vosges"
    ),
    "Hauts-de-France": "02 Aisne;59 Nord;60 Oise;62 Pas-de-Calais;80 Somme",
    "Île-de-France": (
        "75 Paris;77 Seine-et-Marne;78 Yvelines;91 Essonne;92 Hauts-de-Seine;93 Seine-Saint-Denis;94 Val-de-Marne;"
        "95 Val-d'Oise"
    ),
    "Normandie": "14 Calvados;27 Eure;50 Manche;61 Orne;76 Seine-Maritime",
    "Nouvelle-Aquitaine": (
        "16 Charente;17 Charente-Maritime;19 Corrèze;23 Creuse;24 Dordogne;33 Gironde;40 Landes;47 Lot-et-Garonne;"
        "64 Pyrénées-Atlantiques;79 Deux-Sèvres;86 Vienne;87 Haute-Vienne"
    ),
    "Occitanie": (
        "09 Ariège;11 Aude;12 Aveyron;30 Gard;31 Haute-Garonne;32 Gers;34 Hérault;46 Lot;48 Lozère;"
        "65 Hautes-Pyrénées;66 Pyrénées-Orientales;81 Tarn;82 Tarn-et-Garonne"
    ),
    "Pays de la Loire": "44 Loire-Atlantique;49 Maine-et-Loire;53 Mayenne;72 Sarthe;85 Vendée",
    "Provence-Alpes-Côte d'Azur": (
        "04 Alpes-de-Haute-Provence;05 Hautes-Alpes;06 Alpes-Maritimes;13 Bouches-du-Rhône;83 Var;84 Vaucluse"
    ),
    "Guadeloupe": "971 Guadeloupe",
    "Martinique": "972 Martinique",
    "Guyane": "973 Guyane",
    "La Réunion": "974 La Réunion",
    "Mayotte": "976 Mayotte",
}


@dataclass(frozen=True, slots=True)
class Department:
    """A department: its code of the INSEE, its name, its region."""

    code: str
    name: str
    region: str


def _departments() -> dict[str, Department]:
    found = {}
    for region, line in _REGIONS.items():
        for entry in line.split(";"):
            code, name = entry.split(" ", 1)
            found[code] = Department(code, name, region)
    return found


DEPARTMENTS = _departments()
"""The 101 departments by code."""

COLLECTIVITIES = {
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
    "986": "Wallis-et-Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
}
"""The other overseas territories where people live, by the code that their communes begin with."""

_CITIES = {
    "Paris": "75056",
    "Lyon": "69123",
    "Marseille": "13055",
    "Lille": "59350",
    "Hellemmes": "59298",
    "Lomme": "59355",
    "Toulouse": "31555",
    "Nice": "06088",
    "Cannes": "06029",
    "Nantes": "44109",
    "Montpellier": "34172",
    "Strasbourg": "67482",
    "Bordeaux": "33063",
    "Rennes": "35238",
    "Grenoble": "38185",
    "Clermont-Ferrand": "63113",
    "Créteil": "94028",
    "Versailles": "78646",
}
"""Communes that are answers by themselves."""

_BIG_CITIES = "Paris Lyon Marseille Toulouse Nice Nantes Montpellier Strasbourg Bordeaux Lille Rennes".split()

_AROUND_PARIS = frozenset(
    "92012 92024 92040 92044 92046 92049 92051 92062 92064 92073 92075 93001 93006 93045 93048 93055 93061 93066 "
    "93070 94018 94033 94037 94041 94042 94043 94052 94067 94069 94080".split()
)
"""The 29 communes that touch Paris, woods included."""

_DISTRICTS = (("751", "75056"), ("132", "13055"), ("6938", "69123"))
"""How the codes of the municipal districts of Paris, Marseille and Lyon begin, and the city."""

_OLD_REGIONS = {
    "Alsace": "67 68",
    "Aquitaine": "24 33 40 47 64",
    "Auvergne": "03 15 43 63",
    "Basse-Normandie": "14 50 61",
    "Bourgogne": "21 58 71 89",
    "Centre": "18 28 36 37 41 45",
    "Champagne-Ardenne": "08 10 51 52",
    "Franche-Comté": "25 39 70 90",
    "Haute-Normandie": "27 76",
    "Languedoc-Roussillon": "11 30 34 48 66",
    "Limousin": "19 23 87",
    "Lorraine": "54 55 57 88",
    "Midi-Pyrénées": "09 12 31 32 46 65 81 82",
    "Nord-Pas-de-Calais": "59 62",
    "Picardie": "02 60 80",
    "Poitou-Charentes": "16 17 79 86",
    "Rhône-Alpes": "01 07 26 38 42 69 73 74",
}
"""The regions before 2016; those whose name and extent did not change are above."""

_OTHER_NAMES = {
    "Alsace-Champagne-Ardenne-Lorraine": "Grand Est",
    "Aquitaine-Limousin-Poitou-Charentes": "Nouvelle-Aquitaine",
    "Languedoc-Roussillon-Midi-Pyrénées": "Occitanie",
    "Nord-Pas-de-Calais-Picardie": "Hauts-de-France",
    "Pays de Loire": "Pays de la Loire",
    "Paca": "Provence-Alpes-Côte d'Azur",
    "région Sud": "Provence-Alpes-Côte d'Azur",
    "région parisienne": "Île-de-France",
}


class Breadth(IntEnum):
    """How much of the country a label takes in, the narrowest first."""

    COMMUNE = 0
    COMMUNES = 1
    DEPARTMENT = 2
    REGION = 3
    PART = 4
    COUNTRY = 5
    REST = 6
    ABROAD = 7


@dataclass(frozen=True, slots=True)
class _Place:
    """A part of the country: how broad it is, and who lives there."""

    breadth: Breadth
    holds: Callable[[str], bool]


def department_of(insee: str) -> str:
    """Return the code of the department or overseas territory of a commune; "" when there is none like that."""
    code = insee[:3] if insee[:2] in ("97", "98") else insee[:2]
    is_commune = len(insee) == 5 and insee.isascii() and insee[2:].isdigit()
    return code if is_commune and (code in DEPARTMENTS or code in COLLECTIVITIES) else ""


def _city_of(insee: str) -> str:
    return next((city for start, city in _DISTRICTS if insee.startswith(start)), insee)


def _in_departments(codes: Iterable[str]) -> Callable[[str], bool]:
    wanted = frozenset(codes)
    return lambda insee: department_of(insee) in wanted


def _in_communes(codes: Iterable[str]) -> Callable[[str], bool]:
    wanted = frozenset(codes)
    return lambda insee: _city_of(insee) in wanted


_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def _plain(text: str) -> str:
    """Return a label without accents, capitals and punctuation, so that all its spellings are one."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return _NOT_WORDS.sub(" ", "".join(char for char in letters if not unicodedata.combining(char))).strip()


def _vocabulary() -> dict[tuple[str, ...], _Place | None]:
    """Return the names of places as plain words. None marks names that hold others and mean something else."""
    places: dict[str, _Place | None] = {}
    overseas_departments = [code for code in DEPARTMENTS if len(code) == 3]
    overseas = _in_departments([*overseas_departments, *COLLECTIVITIES])
    for region in _REGIONS:
        codes = [one.code for one in DEPARTMENTS.values() if one.region == region]
        places[region] = _Place(Breadth.REGION, _in_departments(codes))
    for region, line in _OLD_REGIONS.items():
        places[region] = _Place(Breadth.REGION, _in_departments(line.split()))
    for name, region in _OTHER_NAMES.items():
        places[name] = places[region]
    for code, name in [*((one.code, one.name) for one in DEPARTMENTS.values()), *COLLECTIVITIES.items()]:
        place = _Place(Breadth.DEPARTMENT, _in_departments([code]))
        places[name] = places[name.removeprefix("La ")] = places[code] = place
    for name, code in _CITIES.items():
        places[name] = _Place(Breadth.COMMUNE, _in_communes([code]))
    big = _Place(Breadth.COMMUNES, _in_communes(_CITIES[name] for name in _BIG_CITIES))
    around = _Place(Breadth.COMMUNES, _in_communes([*_AROUND_PARIS, _CITIES["Paris"]]))
    dom = _Place(Breadth.PART, _in_departments(overseas_departments))
    com = _Place(Breadth.PART, _in_departments(set(COLLECTIVITIES) - {"988"}))
    mainland = _Place(Breadth.PART, lambda insee: not overseas(insee))
    country = _Place(Breadth.COUNTRY, lambda _insee: True)
    rest = _Place(Breadth.REST, lambda _insee: True)
    abroad = _Place(Breadth.ABROAD, lambda _insee: False)
    places |= {
        "Alsace-Moselle": _Place(Breadth.REGION, _in_departments("57 67 68".split())),
        "Alsace et Moselle": _Place(Breadth.REGION, _in_departments("57 67 68".split())),
        "petite couronne": _Place(Breadth.REGION, _in_departments("92 93 94".split())),
        "Paris et communes limitrophes": around,
        "Paris ou commune limitrophe": around,
        "autre commune d'Île-de-France": places["Île-de-France"],
        "autres communes d'Île-de-France": places["Île-de-France"],
        "villes de plus de 200 000 habitants": big,
        "grande ville plus de 200 000 habitants": big,
        **dict.fromkeys(("Dom", "département d'outre-mer", "départements d'outre-mer"), dom),
        **dict.fromkeys(("Dom-Com", "outre-mer", "régions ultra-marines"), _Place(Breadth.PART, overseas)),
        **dict.fromkeys(("outre-mer Dom", "département d'outre-mer Dom", "départements d'outre-mer Dom"), dom),
        "Com": com,
        **dict.fromkeys(("métropole", "France métropolitaine", "France métropole"), mainland),
        **dict.fromkeys(("France", "toute la France", "France cas général"), country),
        **dict.fromkeys(("cas général", "droit commun", "ailleurs", "ailleurs en France", "autre commune"), rest),
        **dict.fromkeys(("autres communes", "autre département", "autres départements", "autre région"), rest),
        **dict.fromkeys(("autres régions", "reste de la France", "toutes régions sauf Île-de-France"), rest),
        **dict.fromkeys(("en région ou en outre-mer", "région ou outre-mer"), rest),
        **dict.fromkeys(("étranger", "à l'étranger", "autre pays", "autre pays européen"), abroad),
        # "Métropole" as a group of communes, not the mainland.
        **dict.fromkeys(("métropole de", "métropole d", "métropole du", "métropole européenne"), None),
    }
    return {tuple(_plain(name).split()): place for name, place in places.items()}


_JOINING = frozenset("a au aux en dans la le les l un une de du des d et ou depuis".split())
_FILLERS = _JOINING | {"departement", "departements"}
_LIVING = re.compile(r"^(?:si )?(?:vous |on )?(?:habite[zr]?|vi[tv]e?[zr]?|reside[zr]?)\b ?")


@lru_cache(maxsize=1)
def _names() -> tuple[dict[tuple[str, ...], _Place | None], int]:
    vocabulary = _vocabulary()
    return vocabulary, max(map(len, vocabulary))


@lru_cache(maxsize=4096)
def _places(label: str) -> tuple[_Place, ...] | None:
    """Return the places that a label names, or None when it speaks of anything else."""
    vocabulary, longest = _names()
    words = _LIVING.sub("", _plain(label)).split()
    if not any(word.isalpha() and word not in _JOINING for word in words):
        # "De 50 à 79" counts something; codes of departments stand beside a name or the word.
        return None
    found: list[_Place] = []
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            name = tuple(words[at : at + length])
            if name in vocabulary:
                place = vocabulary[name]
                if place is None:
                    return None
                found.append(place)
                at += length
                break
        else:
            if words[at] not in _FILLERS:
                return None
            at += 1
    # "Outre-mer (cas général)" is overseas and no more: the general case is only told of it.
    named = [place for place in found if place.breadth is not Breadth.REST]
    return tuple(named or found) or None


def is_territorial(labels: Sequence[str]) -> bool:
    """Tell whether a question only asks where people live, by the labels of its choices.

    All labels must be places, "elsewhere" or "the general case", with at least one place that is smaller than the
    country, or words for living there: "En France" beside "À l'étranger" alone may ask where something happened.
    """
    places = [_places(label) for label in labels]
    if len(labels) < 2 or None in places:
        return False
    finer = any(place.breadth < Breadth.COUNTRY for one in places for place in one or ())
    return finer or all(_LIVING.match(_plain(label)) for label in labels)


def choice_for(labels: Sequence[str], insee: str, commune: str = "") -> int | None:
    """Return which label is for the people of a commune (its code of the INSEE, and its name when known).

    None when in doubt: no label fits, two fit as well, or the only choice is between France and abroad, where the
    commune of the terminal tells nothing of the person.
    """
    if not department_of(insee) or len(labels) < 2:
        return None
    own = _Place(Breadth.COMMUNE, lambda code: code == insee)
    places = [_places(label) or ((own,) if _is_name(label, commune) else None) for label in labels]
    if None in places or all(place.breadth >= Breadth.COUNTRY for one in places for place in one or ()):
        return None
    fits = [(place.breadth, number) for number, one in enumerate(places) for place in one or () if place.holds(insee)]
    narrowest = min(fits, default=(Breadth.ABROAD, 0))[0]
    best = {number for breadth, number in fits if breadth is narrowest}
    return best.pop() if len(best) == 1 else None


def _is_name(label: str, commune: str) -> bool:
    """Tell whether a label is the name of the commune, with or without "à" before it."""
    words = _LIVING.sub("", _plain(label)).split()
    return bool(commune) and [word for word in words if word not in _JOINING] == [
        word for word in _plain(commune).split() if word not in _JOINING
    ]
