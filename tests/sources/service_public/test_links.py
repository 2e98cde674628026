"""What our own procedures cite is still there, unmoved and unchanged; moved sheets are found under their new id."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.dating import PartialDate
from kiosk.domain.procedure import Paragraph
from kiosk.sources.report import Severity
from kiosk.sources.service_public.links import LibraryIndex, cited_changes, followed, read_redirections
from tests.sources.service_public.sheets import a_sheet, read
from tests.support.builders import a_procedure, an_evidence

CHECKED = PartialDate(2026, 4)
OURS = replace(a_procedure(), source="F1", checked_on=CHECKED)


def messages(dates: dict[str, PartialDate], moved: dict[str, str] | None = None) -> list[tuple[Severity, str]]:
    """Compare our procedure with a library."""
    index = LibraryIndex(dates, moved or {})
    return [(problem.severity, problem.message) for problem in cited_changes([OURS], index)]


def test_an_unchanged_sheet_is_no_news() -> None:
    assert messages({"F1": PartialDate(2026, 4, 1), "F1341": CHECKED}) == []


def test_a_sheet_that_vanished_is_an_error() -> None:
    ((severity, message),) = messages({"F1341": CHECKED})
    assert severity is Severity.ERROR
    assert "F1" in message


def test_a_sheet_that_moved_is_told_with_its_new_id() -> None:
    ((severity, message),) = messages({"F2": CHECKED, "F1341": CHECKED}, {"F1": "F2"})
    assert (severity, "F2" in message) == (Severity.WARNING, True)


def test_a_sheet_that_moved_to_one_that_is_gone_has_vanished() -> None:
    assert messages({"F1341": CHECKED}, {"F1": "F2"})[0][0] is Severity.ERROR


def test_a_sheet_newer_than_our_check_is_told() -> None:
    ((severity, message),) = messages({"F1": PartialDate(2026, 5), "F1341": CHECKED})
    assert severity is Severity.WARNING
    assert "2026-05" in message


def test_the_sheets_behind_facts_are_compared_too() -> None:
    fact = Paragraph("C’est gratuit.", an_evidence("F77"))
    index = LibraryIndex({"F1": CHECKED, "F1341": CHECKED})
    (problem,) = cited_changes([replace(OURS, summary=(fact, fact))], index)
    assert "F77" in problem.message
    assert problem.path == f"{OURS.id}.yaml"


@pytest.mark.parametrize(
    ("read_in", "changed", "is_told"),
    [("2026-04", "2026-04-20", False), ("2026", "2026-11-02", False), ("2026-04", "2026-05-01", True)],
)
def test_a_fact_is_compared_by_its_own_date_as_far_as_that_is_known(read_in: str, changed: str, is_told: bool) -> None:
    fact = Paragraph("C’est gratuit.", an_evidence("F77", read_in))
    index = LibraryIndex({"F1": CHECKED, "F1341": CHECKED, "F77": PartialDate.parse(changed)})
    told = cited_changes([replace(OURS, summary=(fact,))], index)
    assert [("F77" in problem.message) for problem in told] == [True] * is_told


def test_facts_from_elsewhere_and_official_sheets_are_left_alone() -> None:
    fact = Paragraph("C’est gratuit.", an_evidence("https://www.ants.gouv.fr"))
    index = LibraryIndex({"F1": CHECKED, "F1341": CHECKED})
    assert cited_changes([replace(OURS, cost=(fact,)), read(a_sheet(key="F404"))], index) == []


@pytest.mark.parametrize(
    "written",
    [
        '<R><Redirection ancienID="F1" nouveauID="F2"/></R>',
        '<R><Redirection ID="F1" LienPublication="F2"/></R>',
        '<R><Redirection ID="F1">F2</Redirection></R>',
        "<R><Redirection><ancien>F1</ancien><nouveau>F2</nouveau></Redirection></R>",
        '<R><Redirection><source ID="F1"/><cible ID="F2"/></Redirection></R>',
        '<R><x premier="F1" second="F2"/></R>',
        '<R xmlns="urn:a"><Redirection ID="F1" cible="F2"/><autre ID="F3"/><autre a="b"/></R>',
    ],
)
def test_moves_are_read_in_whatever_form(written: str) -> None:
    assert read_redirections(written.encode()) == {"F1": "F2"}


def test_chains_are_followed_and_loops_cut() -> None:
    assert followed({"F1": "F2", "F2": "F3", "F4": "F5", "F5": "F4", "F6": "F4"}) == {"F1": "F3", "F2": "F3"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_every_move_ends_where_nothing_moves_on(pairs: dict[str, str]) -> None:
    assert all(end not in pairs for end in followed(pairs).values())
