"""The losslessness audit: what it counts, where it says things are, what it takes for the same."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.domain.procedure import Choice, Contact, Mark, MarkKind, Paragraph, Procedure, Question, Step
from kiosk.sources.authored.library import read_library
from kiosk.sources.service_public.archive import LibraryError
from kiosk.sources.service_public.audit import AuditResult, SheetAudit, audit_sheet, words_unsaid
from kiosk.sources.service_public.audit_library import BATCH, audit_library
from kiosk.sources.service_public.audit_reach import unreachable
from kiosk.sources.service_public.audit_xml import AuditError
from kiosk.voice.script import speakable
from tests.sources.service_public.audit_sheets import SHEETS
from tests.sources.service_public.sheets import a_sheet, read, write_folder, write_zip
from tests.support.builders import a_choice, a_procedure, a_question, a_step
from tests.support.corpus import SETS, corpus

JSON_PROMISED = (
    *("sheets", "words", "lost_words", "invented_words", "lost_attributes", "unreachable_words", "unknown_elements"),
    "worst",
)


def text(body: str) -> bytes:
    return a_sheet(f"<Texte>{body}</Texte>")


def audited(data: bytes, change: Callable[[Procedure], Procedure] = lambda procedure: procedure) -> SheetAudit:
    """Audit a sheet against what was read from it, changed."""
    return audit_sheet(data, change(read(data)))


def with_blocks(*blocks: Paragraph) -> Callable[[Procedure], Procedure]:
    return lambda procedure: replace(procedure, blocks=blocks)


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_read_whole_has_no_fault(name: str) -> None:
    found = audit_sheet(SHEETS[name], read(SHEETS[name], name))
    assert (found.faults, found.examples) == (0, ())
    assert found.words > 70


def test_a_lost_word_is_told_with_the_element_it_stood_in() -> None:
    found = audited(text("<Paragraphe>Un mot rare</Paragraphe>"), with_blocks(Paragraph("Un mot")))
    assert (found.lost_words, found.invented_words) == (1, 0)
    assert found.examples[0] == "lost in Paragraphe: rare (“Un mot rare”)"


def test_an_invented_word_is_told_with_the_field_it_stands_in() -> None:
    found = audited(text("<Paragraphe>Un mot</Paragraphe>"), with_blocks(Paragraph("Un mot de trop")))
    assert (found.lost_words, found.invented_words) == (0, 2)
    assert "invented in blocks: de trop" in found.examples[0]


def test_words_are_counted_one_by_one() -> None:
    body = "<Paragraphe>oui oui</Paragraphe><Paragraphe>oui</Paragraphe>"
    assert audited(text(body), with_blocks(Paragraph("oui oui"))).lost_words == 1


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ("1<Exposant>er</Exposant> janvier", "1er janvier"),
        ("<MiseEnEvidence>dé</MiseEnEvidence>part", "départ"),
        ("anti\u00adconstitution\u200bnel", "anticonstitutionnel"),
    ],
)
def test_a_word_in_pieces_is_one_word(xml: str, words: str) -> None:
    data = text(f"<Paragraphe>{xml}</Paragraphe>")
    assert audited(data, with_blocks(Paragraph(words))).lost_words == 0


def test_a_word_that_was_cut_is_noticed() -> None:
    found = audited(text("<Paragraphe>1<Exposant>er</Exposant> mai</Paragraphe>"), with_blocks(Paragraph("1 er mai")))
    assert (found.lost_words, found.invented_words) == (1, 2)


def test_a_word_of_an_address_hides_no_lost_word() -> None:
    data = text('<Paragraphe>Voir <LienExterne URL="https://perdu.fr/">perdu</LienExterne></Paragraphe>')
    mark = Mark(MarkKind.WEB, 5, 5, "https://perdu.fr/")
    found = audited(data, with_blocks(Paragraph("Voir", marks=(mark,))))
    assert found.lost_words == 1


def test_a_pivot_is_held_as_a_code_or_as_words_but_held() -> None:
    data = text("<OuSAdresser ID='R1' type='Local'><Titre>Mairie</Titre><PivotLocal>mairie</PivotLocal></OuSAdresser>")
    contact = Contact("R1", "Mairie", "mairie", kind="Local")
    assert audited(data, lambda one: replace(one, blocks=(contact,))).faults == 0
    assert audited(data, lambda one: replace(one, blocks=(replace(contact, pivot=""),))).lost_words == 1
    said = replace(contact, pivot="", blocks=(Paragraph("mairie"),))
    assert audited(data, lambda one: replace(one, blocks=(said,))).lost_words == 0


def test_a_link_on_other_words_is_noticed() -> None:
    data = text('<Paragraphe>Voir <LienInterne LienPublication="F2">ici</LienInterne> ou là</Paragraphe>')
    moved = Paragraph("Voir ici ou là", marks=(Mark(MarkKind.SHEET, 12, 14, "F2"),))
    found = audited(data, with_blocks(moved))
    assert (found.lost_words, found.lost_attributes, found.lost_links) == (0, 0, 2)


def test_paragraphs_in_another_order_are_noticed() -> None:
    body = "<Paragraphe>Un</Paragraphe><Paragraphe>Deux</Paragraphe>"
    found = audited(text(body), with_blocks(Paragraph("Deux"), Paragraph("Un")))
    assert found.order_breaks
    assert found.lost_words == found.invented_words == 0


def test_parts_that_begin_alike_are_told_apart() -> None:
    head = "<Theme ID='N1'><Titre>Logement</Titre></Theme><SousThemePere ID='N2'>Location</SousThemePere>"
    around = "<VoirAussi><Fiche ID='F2'><Titre>Logement</Titre></Fiche></VoirAussi>"
    assert audited(a_sheet(f"{head}<Texte><Paragraphe>Logement</Paragraphe></Texte>{around}")).order_breaks == 0


def test_spaces_that_do_not_break_are_counted() -> None:
    found = audited(text("<Paragraphe>10\u00a0€ :</Paragraphe>"), with_blocks(Paragraph("10 € :")))
    assert found.problems == ("1 no-break spaces in the sheet, 0 in the procedure",)


@pytest.mark.parametrize("data", [b"", b"<Publication>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff\xfe\x00"])
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    with pytest.raises(AuditError):
        audit_sheet(data, a_procedure())


def test_a_text_that_no_answer_leads_to_is_told() -> None:
    twice = Question("carte", "Carte ?", (Choice("oui", "Oui"), Choice("non", "Non")))
    inner = replace(twice, choices=(Choice("oui", "Oui"), Choice("non", "Non", blocks=(Paragraph("Jamais lu."),))))
    outer = replace(twice, choices=(replace(twice.choices[0], blocks=(inner,)), twice.choices[1]))
    assert unreachable(a_procedure(outer)) == ("Jamais lu.",)


def test_of_two_equal_texts_each_must_be_met() -> None:
    hidden = Step("b", "Étape", (Paragraph("Même texte."),), when=("nobody",))
    assert unreachable(a_procedure(Step("a", "Étape", (Paragraph("Même texte."),)), hidden)) == ("Étape", "Même texte.")


def test_the_labels_of_a_question_asked_before_are_met_already() -> None:
    later = a_step("b", a_question("carte", a_choice("oui", Paragraph("Si oui.")), a_choice("non")))
    assert unreachable(a_procedure(a_step("a", a_question("carte")), later)) == ()


def test_what_is_kept_for_a_choice_is_met_by_making_it() -> None:
    question = a_question("age", "mineur", a_choice("majeur", a_question("nom", "usage", "naissance")))
    kept = Step("c", "Étape", (Paragraph("Pour un nom d'usage.", when=("usage",)),), when=("majeur",))
    assert unreachable(a_procedure(question, kept)) == ()


def test_what_a_condition_hides_for_some_is_met_by_others() -> None:
    first = Choice("a", "A", sets=("T1",), clears=("T2",))
    second = Choice("b", "B", sets=("T2",), clears=("T1",))
    blocks = (
        Question("q", "Q ?", (first, second)),
        Step("s", "Étape", (Paragraph("Un."),), condition="T1"),
        Step("t", "Étape", (Paragraph("Deux."),), condition="and(T2,not(T1))"),
    )
    assert unreachable(a_procedure(*blocks)) == ()
    never = Step("u", "Étape", (Paragraph("Trois."),), condition="and(T1,T2)")
    assert unreachable(a_procedure(*blocks, never)) == ("Étape", "Trois.")


def test_every_text_that_ships_is_met() -> None:
    shipped = read_library(paths.assets(), dt.date(2026, 11, 23)).procedures
    assert {procedure.id: lost for procedure in shipped if (lost := unreachable(procedure))} == {}


@pytest.mark.parametrize(
    ("written", "said", "lost"),
    [
        ("Vous devez payer 25 €.", "Vous devez payer vingt-cinq euros.", []),
        ("Mme Martin, art. 3, n° 12", "Madame Martin, article 3, numéro 12", []),
        ("La CMU-C et le CDI", "La C M U-C et le C D I", []),
        ("né(e) à Angers, époux(-se)", "né à Angers, époux", []),
        ("Ne payez pas.", "Ne payez.", ["pas"]),
        ("Ne payez jamais 25 €.", "Ne payez vingt-cinq euros.", ["jamais"]),
        ("Le RSA est versé", "Le est versé", ["RSA"]),
        ("10 €pour 2019", "10 eurospour 2019", ["pour"]),
        ("", "", []),
    ],
)
def test_words_that_vanish_from_speech_are_told(written: str, said: str, lost: list[str]) -> None:
    assert words_unsaid(written, said) == lost


def test_the_voice_is_asked_for_each_text_that_is_shown() -> None:
    data = text("<Paragraphe>Demandez la carte</Paragraphe>")
    found = audit_sheet(data, read(data), spoken=lambda written: written.replace("Demandez", ""))
    assert found.unspoken_words == 1
    assert found.examples == ("not said: Demandez (“Demandez la carte”)",)
    assert audit_sheet(data, read(data), spoken=str).unspoken_words == 0


def test_the_result_has_the_fields_that_other_programs_rely_on() -> None:
    result = AuditResult()
    result.add(SheetAudit("F1", words=10, unknown_elements=("Montage", "Montage")))
    result.add(SheetAudit("F2", words=5, lost_words=2, examples=("lost in Titre: a b",)))
    result.add(SheetAudit("F3", words=5, lost_words=3))
    document = result.as_json()
    assert set(JSON_PROMISED) <= set(document)
    assert (document["sheets"], document["words"], document["lost_words"]) == (3, 20, 5)
    assert document["unknown_elements"] == {"Montage": 2}
    assert [sheet["id"] for sheet in document["worst"]] == ["F3", "F2"]
    assert document["worst"][1]["examples"] == ["lost in Titre: a b"]
    assert not result.is_lossless


def test_only_the_worst_sheets_are_listed() -> None:
    result = AuditResult()
    for number in range(50):
        result.add(SheetAudit(f"F{number:02}", lost_words=number))
    assert [sheet.id for sheet in result.worst] == [f"F{number}" for number in range(49, 29, -1)]


def test_a_folder_and_a_zip_are_audited(tmp_path: Path) -> None:
    done: list[tuple[int, int]] = []
    folder = write_folder(tmp_path / "particuliers", *SHEETS.items())
    archive = write_zip(tmp_path / "vosdroits-pro.zip", ("F7.xml", a_sheet(key="F7")))
    result = audit_library([folder, archive], lambda *progress: done.append(progress), jobs=1)
    assert result.is_lossless
    assert result.sheets == 6
    assert done == [(number, 6) for number in range(1, 7)]
    assert dict(result.unknown_elements) == {"Nouveaute": 1}
    assert result.seconds > 0


def test_a_sheet_that_cannot_be_read_is_a_problem_of_its_own(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, ("F1.xml", a_sheet()), ("F2.xml", b"<Publication>"))
    result = audit_library([folder], jobs=1)
    assert result.sheets == 1
    assert [problem.split(":")[0] for problem in result.problems] == ["F2.xml"]
    assert not result.is_lossless


def test_a_library_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        audit_library([tmp_path / "nowhere"])


def many_sheets(folder: Path) -> Path:
    sheets = [(f"F{number}.xml", a_sheet(key=f"F{number}")) for number in range(1, 3 * BATCH)]
    return write_folder(folder, *sheets)


def say(written: str) -> str:
    return speakable(written, "fr")


def test_several_processes_find_the_same(tmp_path: Path) -> None:
    folder = many_sheets(tmp_path)
    alone, together = audit_library([folder], jobs=1, spoken=say), audit_library([folder], jobs=2, spoken=say)
    alone.seconds = together.seconds = 0.0
    assert alone.sheets == 3 * BATCH - 1
    assert together == alone


def test_an_interrupted_audit_leaves_no_process(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    folder = many_sheets(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        audit_library([folder], stop, jobs=2)
    assert multiprocessing.active_children() == []


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_official_library_is_read_whole() -> None:
    folder = corpus()
    result = audit_library([folder / name for name in SETS], publics=SETS)
    assert result.as_json() | {"seconds": 0.0, "words": 0} == {
        **dict.fromkeys(("words", "lost_words", "invented_words", "lost_attributes", "lost_links"), 0),
        **dict.fromkeys(("unreachable_words", "order_breaks", "unspoken_words"), 0),
        "worst": [],
        "problems": [],
        "sheets": 7591,
        "unknown_elements": {},
        "seconds": 0.0,
    }
    assert result.words > 6_000_000
