"""What people type, over the procedures that ship: the right one comes first."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest

from kiosk import paths
from kiosk.domain.procedure import Procedure
from kiosk.search.analysis import stems
from kiosk.search.builder import build_index
from kiosk.search.finder import Finder
from kiosk.search.gathering import Gathering, gathered
from kiosk.search.normalising import plain
from kiosk.search.synonyms import read_synonyms
from kiosk.sources.authored.library import read_library

QUERIES = {
    "carte-identite": [
        "carte d'identité",
        "refaire carte didentité",
        "carte identite perimé",
        "CNI",
        "cni perdue",
        "on m'a volé ma carte",
        "pièce d'identité",
        "papier d'identité",
        "carte d identite pour mon fils",
        "renouveler ma carte",
    ],
    "passeport": [
        "passeport",
        "passport",
        "paseport",
        "faire un passeport",
        "voyager à l'étranger",
        "passeport enfant",
    ],
    "permis-perdu-vole": [
        "j'ai perdu mon permis",
        "permis volé",
        "permi perdu",
        "duplicata permis",
    ],
    "carte-grise": [
        "carte grise",
        "j'ai acheté une voiture",
        "carte gris",
    ],
    "carte-vitale": ["secu", "carte vitale", "carte vitale perdue", "vitalle", "sécurité sociale"],
    "complementaire-sante": ["CSS", "CMU", "mutuelle gratuite", "mutuelle", "complementaire santé", "payer le docteur"],
    "aide-logement": [
        "aide pour payer le loyer",
        "APL",
        "apl caf",
        "aide logement",
        "loyer trop cher",
        "allocation logement",
    ],
    "logement-social": ["hlm", "logement social", "demande de hlm", "trouver un logement pas cher", "appartement hlm"],
    "rsa": ["RSA", "revenu de solidarité active", "je n'ai plus d'argent", "revenu minimum"],
    "acte-naissance": ["etat civile", "acte de naissance", "extrait de naissance", "acte naissence", "copie intégrale"],
    "listes-electorales": [
        "carte d'électeur",
        "s'inscrire pour voter",
        "liste electorale",
        "élections",
        "carte electorale",
    ],
    "demenagement": ["changement d'adresse", "je déménage", "demenagement", "changer d'adresse", "nouvelle adresse"],
}


@pytest.fixture(scope="module")
def procedures() -> tuple[Procedure, ...]:
    """Give the procedures that ship."""
    return read_library(paths.assets(), dt.date(2026, 11, 23)).procedures


@pytest.fixture(scope="module")
def finder(procedures: tuple[Procedure, ...]) -> Finder:
    """Give the search over the procedures that ship."""
    gathering = Gathering()
    for procedure in procedures:
        gathering.take(gathered(procedure))
    connection = sqlite3.connect(":memory:")
    build_index(connection, gathering.documents(), read_synonyms(paths.assets() / "synonyms.yaml"))
    return Finder(connection)


@pytest.mark.parametrize(("query", "first"), [(query, key) for key, queries in QUERIES.items() for query in queries])
def test_the_right_procedure_comes_first(finder: Finder, query: str, first: str) -> None:
    found = [hit.id for hit in finder.search(query)]
    assert found[:1] == [first], found


def test_every_everyday_name_finds_its_procedure_first(finder: Finder, procedures: tuple[Procedure, ...]) -> None:
    # Two procedures may say the same in other words that say nothing: either may come first.
    empty = set(plain(" ".join(read_synonyms(paths.assets() / "synonyms.yaml").ignore)).split())

    def said(name: str) -> frozenset[str]:
        return frozenset(stems(" ".join(word for word in plain(name).split() if word not in empty)))

    owners: dict[frozenset[str], set[str]] = {}
    names = [(one.id, name) for one in procedures for name in (one.title, *one.everyday_names)]
    for key, name in names:
        owners.setdefault(said(name), set()).add(key)
    found = {name: [hit.id for hit in finder.search(name, 1)] for _, name in names}
    assert {name: ids for name, ids in found.items() if not owners[said(name)] & set(ids)} == {}
