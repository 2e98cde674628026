"""What people type, over the procedures that ship: the right one comes first."""

from __future__ import annotations

import datetime as dt

import pytest

from kiosk import paths
from kiosk.search.index import Entry, Index
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
        "permis de conduire",
        "permis volé",
        "permi perdu",
        "duplicata permis",
    ],
    "carte-grise": [
        "carte grise",
        "changer adresse carte grise",
        "certificat d'immatriculation",
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
    "rsa": ["RSA", "revenu de solidarité active", "je n'ai plus d'argent", "revenu minimum", "prime d'activité rsa"],
    "acte-naissance": ["etat civile", "acte de naissance", "extrait de naissance", "acte naissence", "copie intégrale"],
    "listes-electorales": [
        "voter",
        "carte d'électeur",
        "s'inscrire pour voter",
        "liste electorale",
        "élections",
        "carte electorale",
    ],
    "demenagement": ["changement d'adresse", "je déménage", "demenagement", "changer d'adresse", "nouvelle adresse"],
}


@pytest.fixture(scope="module")
def index() -> Index:
    """Give the index of the procedures that ship."""
    procedures = read_library(paths.assets(), dt.date(2026, 11, 23)).procedures
    return Index(Entry(one.id, one.title, one.everyday_names, one.popular) for one in procedures)


@pytest.mark.parametrize(("query", "first"), [(query, key) for key, queries in QUERIES.items() for query in queries])
def test_the_right_procedure_comes_first(index: Index, query: str, first: str) -> None:
    found = [entry.id for entry in index.search(query)]
    assert found[:1] == [first], found
