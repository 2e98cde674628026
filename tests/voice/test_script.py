"""What is said, sentence by sentence: the golden table of pronunciation (C19)."""

from time import perf_counter

import pytest

from kiosk.voice.script import has_speech, speakable, split_sentences

FRENCH = {
    # amounts
    "15,50 €": "15 euros 50",
    "15,50\u00a0€": "15 euros 50",
    "15,50\u202f€.": "15 euros 50.",
    "25 €": "25 euros",
    "25€": "25 euros",
    "176 200 €pour vous": "176200 euros pour vous",
    "100 %afin": "100 pour cent afin",
    "25,00 €": "25 euros",
    "1 €": "1 euro",
    "0,50 €": "50 centimes",
    "0,01 €": "1 centime",
    "12,5 €": "12 euros 50",
    "1 500 €": "1500 euros",
    "1\u202f500,75 €": "1500 euros 75",
    "86 euros": "86 euros",
    "25 €/mois": "25 euros par mois",
    # dates
    "12/05/2026": "12 mai 2026",
    "le 01/06/2026.": "le 1er juin 2026.",
    "2026-05-12": "12 mai 2026",
    "entre le 01/09 et le 31/12": "entre le 1er septembre et le 31 décembre",
    "45/13/2026": "45 sur 13 sur 2026",
    "1er janvier": "1er janvier",
    # hours
    "17 h 30": "17 heures 30",
    "17h30": "17 heures 30",
    "09:00": "9 heures",
    "de 9 h à 12 h": "de 9 heures à 12 heures",
    "1 h": "1 heure",
    "24h/24 et 7j/7": "24 heures sur 24 et 7 jours sur 7",
    "15 min.": "15 minutes.",
    # phone numbers
    "02 41 05 40 00": "02, 41, 05, 40, 00",
    "02\u00a041\u00a005\u00a040\u00a000": "02, 41, 05, 40, 00",
    "02.41.05.40.00": "02, 41, 05, 40, 00",
    "0241054000": "02, 41, 05, 40, 00",
    "+33 2 41 05 40 00": "plus 33, 2, 41, 05, 40, 00",
    "3939": "39 39",
    "34 00": "34 00",
    "appelez le 3456": "appelez le 34 56",
    "3939 €": "3939 euros",
    "0 800 123 456": "0, 800, 123, 456",
    "0 810 20 10 00": "0, 810, 20, 10, 00",
    "0800123456": "0, 800, 123, 456",
    # forms and marks
    "Cerfa n° 12485*03": "Cerfa numéro 12485 étoile 03",
    "n°12485*03": "numéro 12485 étoile 03",
    "20 %": "20 pour cent",
    "père & mère": "père et mère",
    "père/mère": "père ou mère",
    "et/ou": "et, ou",
    "1/2": "1 sur 2",
    "Carte — Passeport · Permis": "Carte, Passeport, Permis",
    "« Bonjour »": "Bonjour",
    "\u00ab\u00a0Bonjour\u00a0\u00bb": "Bonjour",
    "12–15 ans": "12 à 15 ans",
    "25 m²": "25 mètres carrés",
    "la 2e fois, la 1re fois": "la 2ème fois, la première fois",
    "marié(e)s, agent·e": "mariés, agent",
    "75\u202f000 habitants": "75000 habitants",
    # short forms
    "M. Dupont et Mme Durand": "Monsieur Dupont et Madame Durand",
    "art. 12": "article 12",
    "tél. 3646": "téléphone 36 46",
    # acronyms
    "la CAF": "la Caf",
    "la CPAM": "la C P A M",
    "le RSA": "le R S A",
    "l'APL": "l'A P L",
    "l’ANTS": "l'A N T S",
    "le CCAS": "le C C A S",
    "le QR code": "le Q R code",
    "l'URSSAF": "l'Urssaf",
    "en HLM. Le loyer": "en H L M. Le loyer",
    "CAFETERIA": "CAFETERIA",
    # addresses
    "ants.gouv.fr": "ants point gouv point fr",
    "https://ants.gouv.fr/": "ants point gouv point fr",
    "Sur www.caf.fr.": "Sur www point caf point fr.",
    "service-public.fr/particuliers": "service tiret public point fr barre particuliers",
    "mairie@blois.fr": "mairie arobase blois point fr",
    # characters
    "Bon\u00adjour\u200b \x00à\x1b tous\ttous": "Bonjour à tous tous",
    "": "",
}
ENGLISH = {
    "€25.50": "25 euros 50",
    "25,50 €": "25 euros 50",
    "1,500 euros": "1500 euros",
    "12/05/2026": "12 May 2026",
    "17 h 30": "5 30 pm",
    "09:00": "9 am",
    "02 41 05 40 00": "02, 41, 05, 40, 00",
    "Call 3939": "Call 39 39",
    "the CPAM": "the C.P.A.M",
    "ants.gouv.fr": "ants dot gouv dot fr",
    "20%": "20 percent",
    "you & me": "you and me",
}
SENTENCES = [
    ("Bonjour. Au revoir.", ["Bonjour.", "Au revoir."]),
    ("M. Dupont est là. Mme Durand aussi.", ["M. Dupont est là.", "Mme Durand aussi."]),
    ("Selon l'art. 12. Voir le n° 5.", ["Selon l'art. 12.", "Voir le n° 5."]),
    ("Au tél. 02 41 05 40 00. Merci !", ["Au tél. 02 41 05 40 00.", "Merci !"]),
    ("Cela coûte 15,50 €. Payez ici.", ["Cela coûte 15,50 €.", "Payez ici."]),
    ("Le 12.05.2026 à 13 h 30. Venez.", ["Le 12.05.2026 à 13 h 30.", "Venez."]),
    ("Allez sur www.ants.gouv.fr. Puis payez.", ["Allez sur www.ants.gouv.fr.", "Puis payez."]),
    ("Attendez… puis entrez. Asseyez-vous...", ["Attendez… puis entrez.", "Asseyez-vous..."]),
    ("Êtes-vous majeur ? Oui !", ["Êtes-vous majeur ?", "Oui !"]),
    ("Il dit « Venez. » Puis il part.", ["Il dit « Venez. »", "Puis il part."]),
    ("Papiers, photos, etc. et timbres.", ["Papiers, photos, etc. et timbres."]),
    ("1. Prenez la carte. 2. Signez.", ["1. Prenez la carte.", "2. Signez."]),
    ("C'était en 2025. Depuis, non.", ["C'était en 2025.", "Depuis, non."]),
    ("Une carte\nUne photo", ["Une carte", "Une photo"]),
    ("Bonjour. !!!", ["Bonjour. !!!"]),
    ("  ", []),
]


@pytest.mark.parametrize(("text", "spoken"), FRENCH.items())
def test_french_is_spoken_as_the_table_says(text: str, spoken: str) -> None:
    assert speakable(text, "fr") == spoken


@pytest.mark.parametrize(("text", "spoken"), ENGLISH.items())
def test_english_is_spoken_as_the_table_says(text: str, spoken: str) -> None:
    assert speakable(text, "en-GB") == spoken


def test_other_languages_only_lose_what_cannot_be_seen() -> None:
    assert speakable("بطاقة\u200e 12/05/2026\x07 «هوية»", "ar") == "بطاقة 12/05/2026 «هوية»"


@pytest.mark.parametrize(("text", "sentences"), SENTENCES)
def test_a_text_is_cut_where_a_sentence_ends(text: str, sentences: list[str]) -> None:
    assert split_sentences(text, "fr") == sentences


def test_chinese_is_cut_without_spaces() -> None:
    assert split_sentences("你好。请进！", "zh") == ["你好。", "请进！"]


def test_marks_alone_are_nothing_to_say() -> None:
    assert not has_speech("« … » — !")


@pytest.mark.parametrize(
    "text",
    ["La CAF verse 15,50 € le 12/05/2026. " * 280, "a-" * 5000, "." * 10_000, "€" * 10_000,
     "123 " * 2500, " " * 10_000, "((e)" * 2500, "http://" * 1400],
    ids=["text", "dashes", "dots", "euros", "numbers", "spaces", "brackets", "addresses"],
)  # fmt: skip
def test_ten_thousand_characters_take_no_time(text: str) -> None:
    start = perf_counter()
    speakable(text, "fr")
    split_sentences(text, "fr")
    assert perf_counter() - start < 0.6  # 0.1 here; a pattern that goes wild takes many seconds
