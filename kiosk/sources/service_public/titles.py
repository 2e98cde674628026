"""What a title says: papers, cost, delay; what the labels of a question ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kiosk.domain.procedure import QuestionKind, StepRole, Way
from kiosk.domain.territory import is_territorial
from kiosk.sources.service_public.wording import plain

_PAPERS = re.compile(
    r"\b(?:pieces?|documents?|justificatifs?)(?: \w+)? a (?:fournir|joindre|presenter|produire|apporter)\b"
    r"(?! lors d un controle)"
    r"|^(?:liste des |quelles |quels )?(?:pieces|documents|justificatifs)"
    r"(?: justificati\w+| necessaires?| exige\w*| demande\w*| obligatoires?| requis\w*)?$"
    r"|^(?:pieces justificatives|justificatifs? (?:de|du|d|des|communs)|documents (?:necessaires|exiges|demandes))\b"
    r"|^(?:constitution|contenu) (?:du|d un|de votre) dossier\b"
    r"|^dossier de (?:demande|candidature|mariage|declaration)$"
)
_COST = re.compile(
    r"^(?:quels? (?:est|sont) (?:le|les|son) |combien )?(?:couts?|prix|tarifs?|frais|montants?)\b|\bcoute\b"
)
_DELAY = re.compile(r"^(?:quels? (?:est|sont) (?:le|la|les) |dans quel )?(?:delais?|durees?)\b")
_LEAD_IN = re.compile(
    r"\b(?:fournir|joindre|presenter|produire|apporter|accompagnee?s? d|remettre|munir|transmettre)\b.*"
    r"|\b(?:pieces|documents|justificatifs)\b.*"
)

_WITH_INTERNET = ("en ligne", "sur internet", "par internet", "internet", "demarche en ligne", "demande en ligne")
_MAIL = ("par mail", "par courriel", "par courrier electronique", "par e mail")
_WITHOUT_INTERNET = (
    *("sur place", "par courrier", "par telephone", "par correspondance", "au guichet", "a la mairie", "en mairie"),
    *("par voie postale", "par sms", "sur rendez vous", "en agence", "par fax", "par la poste", "formulaire papier"),
)
_MARKED_WAYS = {
    "enLigne": Way.WITH_INTERNET,
    "surPlace": Way.WITHOUT_INTERNET,
    "parCorres": Way.WITHOUT_INTERNET,
    "parTelephone": Way.WITHOUT_INTERNET,
}
_OUTCOME = re.compile(
    r"\b(?:accept(?:ee?s?|ation)|refus(?:ee?s?)?|rejet(?:ee?s?)?|accord(?:ee?s?)?|favorables?|defavorables?|"
    r"(?:absence de|sans) reponse|silence|ir?recevable)\b"
)
_REFUSED = re.compile(r"\b(?:refus(?:ee?s?)?|rejet(?:ee?s?)?|defavorables?|(?:absence de|sans) reponse|irrecevable)\b")
_ALREADY = re.compile(r"\d|\b(?:ont|a|avez)(?: pas| deja)? (?:accepte|refuse)\b|\ba deja\b")
"""What happened before the visit, or on a date: that can be asked."""


@lru_cache(maxsize=4096)
def speaks_of_papers(title: str) -> bool:
    """Tell whether what stands under a title is a list of papers to bring."""
    return bool(_PAPERS.search(plain(title)))


@lru_cache(maxsize=4096)
def role_of(title: str) -> StepRole:
    """Return what a step tells about, by its title."""
    if speaks_of_papers(title):
        return StepRole.PAPERS
    words = plain(title)
    if _COST.search(words):
        return StepRole.COST
    if _DELAY.search(words):
        return StepRole.DELAY
    return StepRole.PLAIN


def leads_to_papers(text: str) -> bool:
    """Tell whether a paragraph announces papers: not sure enough to tick the list that follows."""
    return text.endswith(":") and bool(_LEAD_IN.search(plain(text)))


@lru_cache(maxsize=4096)
def way_of(label: str, marked: str = "") -> Way | None:
    """Return the way that an answer is, by its markup or its label."""
    if marked in _MARKED_WAYS:
        return _MARKED_WAYS[marked]
    words = plain(label)
    if words.startswith(_WITHOUT_INTERNET) and not words.startswith(_MAIL):
        return Way.WITHOUT_INTERNET
    if words.startswith(_WITH_INTERNET) or words.startswith(_MAIL):
        return Way.WITH_INTERNET
    return None


def kind_of(labels: Sequence[str], ways: Sequence[Way | None]) -> QuestionKind:
    """Return what a question asks, by its answers. When in doubt, the situation of the person."""
    if all(ways):
        return QuestionKind.WAY
    return _kind_of(tuple(labels))


@lru_cache(maxsize=4096)
def _kind_of(labels: tuple[str, ...]) -> QuestionKind:
    if is_territorial(labels):
        return QuestionKind.TERRITORY
    words = [plain(label) for label in labels]
    is_later = all(_OUTCOME.search(label) and not _ALREADY.search(label) for label in words)
    if is_later and any(_REFUSED.search(label) for label in words):
        return QuestionKind.OUTCOME
    return QuestionKind.SITUATION
