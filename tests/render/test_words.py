"""What a reader is told: human words, and never more than is known."""

from __future__ import annotations

import io
import json
from typing import get_args

import pytest
from rich.console import Console, RenderableType

from panel.case import DocumentKind
from panel.conflict import CHART_KINDS, PANEL_KINDS, Severity
from panel.opinion import Abstention, Certainty, Intent
from panel.render import content, render_html, render_json, render_markdown, words
from panel.render.console import conflict_panel, summary
from tests.render import charts

FORMS = [render_html, render_markdown]


def terminal(what: RenderableType) -> str:
    """What a terminal of 100 columns shows."""
    console = Console(file=io.StringIO(), width=100)
    console.print(what)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("key", "value", "unit", "shown"),
    [
        ("primary.size", 34, None, "Size of the primary: 34 mm"),
        ("primary.size", 34.5, "mm", "Size of the primary: 34.5 mm"),
        ("primary.site", "lung.upper_lobe", None, "Site of the primary: lung, upper lobe"),
        ("presence.pleural_effusion", False, None, "Pleural effusion: absent"),
        ("biomarker.her2", "positive", None, "HER2: positive"),
        ("biomarker.pdl1", 60, "%", "PD-L1: 60 %"),
        ("stage.post_neoadjuvant.t", "T2a", None, "T after neoadjuvant treatment: T2a"),
        ("allergy.penicillin", True, None, "Allergy: penicillin: recorded"),
        ("test.pet_ct", "pending", None, "Investigation: PET-CT: pending"),
        ("organ.egfr", 78.0, "mL/min/1.73 m2", "Estimated GFR (kidney): 78 mL/min/1.73 m²"),
        ("treatment.prior.surgery.turbt", "present", None, "Earlier treatment: surgery, TURBT: present"),
        ("plan", "surgery.lobectomy", None, "Main treatment: Surgery: lobectomy"),
        ("earlier operations in the field", True, None, "Earlier operations in the field: yes"),
        ("plan.cisplatin", "plan: drug.cisplatin", None, "Plan: cisplatin: Plan: cisplatin"),
        (
            "plan.x",
            "organ.egfr: 32.0 mL/min/1.73 m2",
            None,
            "Plan: x: Estimated GFR (kidney): 32 mL/min/1.73 m²",
        ),
        ("plan.x", "biomarker.egfr: wild_type", None, "Plan: x: EGFR: wild type"),
        (
            "plan.omit.surgery.x_y",
            "plan: omit.systemic",
            None,
            "Plan: no surgery (x y): Plan: no systemic treatment",
        ),
        ("plan.x", "egfr: 32.0 mL/min", None, "Plan: x: Estimated GFR (kidney): 32 mL/min"),
        ("plan.x", "egfr: mutated", None, "Plan: x: EGFR: mutated"),
        ("plan.x", "blood thinner: taken", None, "Plan: x: Blood thinner: taken"),
        ("plan.x", "not in the chart", None, "Plan: x: not in the chart"),
        ("event.biopsy", "2026-03-02", None, "Date of: biopsy: 2 Mar 2026"),
        ("never.heard_of-this", "some_value", None, "Never, heard of-this: some value"),
    ],
)
def test_a_finding_is_put_into_human_words(
    key: str, value: bool | float | str, unit: str | None, shown: str
) -> None:
    assert f"{words.question(key)}: {words.value(key, value, unit)}".replace("\u00a0", " ") == shown


def test_every_label_has_a_heading_that_is_there() -> None:
    known = words.words()
    assert {label.group for label in known.labels.values()} <= set(known.groups)
    assert all(("{}" in label.label) == key.endswith("*") for key, label in known.labels.items())


def test_every_kind_of_document_severity_and_aim_has_words() -> None:
    known = words.words()
    for of, literal in (
        (known.documents, DocumentKind),
        (known.severities, Severity),
        (known.certainties, Certainty),
        (known.intents, Intent),
    ):
        assert set(of) == set(get_args(literal))
    assert set(known.seats) == {"registrar", "radiology", "pathology", "oncology", "surgery"}


def test_steps_written_in_the_same_words_are_one_plan() -> None:
    step = charts.awaiting().report.opinions[3].recommendations[0]
    more = [
        step.model_copy(update={"action": key})
        for key in ("drug.cisplatin", "class.platinum", "omit.surgery.pneumonectomy")
    ]
    ((said, _),) = content.plans([step.model_copy(update={"action": "systemic.chemotherapy"}), *more])
    assert (
        said
        == "Systemic treatment: chemotherapy; Drug: cisplatin; Advises against: surgery (pneumonectomy) (curative)"
    )


def test_a_seat_that_speaks_is_not_silent_for_what_it_leaves_to_others() -> None:
    spoken = charts.awaiting().report.opinions[1]
    left = tuple(
        Abstention(question=q, reason=r)
        for q, r in (("*", "histology"), ("a.b", "not read"), ("c", "not read"))
    )
    opinion = spoken.model_copy(update={"abstentions": left})
    assert content.silence(opinion) is None
    assert content.left_open(opinion) == (("histology", ()), ("not read", ("A, b", "C")))


def test_every_kind_of_conflict_has_words() -> None:
    assert set(words.words().conflicts) == {*CHART_KINDS, *PANEL_KINDS, "unsupported"}


@pytest.mark.parametrize("render", FORMS)
def test_nothing_found_is_never_called_agreement(render: object) -> None:
    assert callable(render)
    shown = render(charts.silent()).replace("\u00a0", " ")
    assert "No disagreement was found by the rules and models in what they can read." in shown
    assert "Not read by: Oncology, Surgery." in shown
    assert "The model did not answer. Silence is not agreement." in shown
    assert "no conflicts" not in shown.lower()


@pytest.mark.parametrize("render", FORMS)
def test_a_draft_says_so_and_a_final_report_does_not(render: object) -> None:
    assert callable(render)
    draft, final = render(charts.awaiting()), render(charts.final())
    assert "AWAITING REVIEW – 4 open" in draft
    assert "DRAFT. A named person must rule on 4\u00a0points" in draft
    assert "DRAFT" not in final
    assert "AWAITING" not in final
    assert "Ruled on but not settled: 2\u00a0points" in final
    assert final.count("This point is not settled.") == 2


@pytest.mark.parametrize("render", FORMS)
def test_a_ruling_is_shown_with_reviewer_time_and_reason(render: object) -> None:
    assert callable(render)
    shown = render(charts.final()).replace("\u00a0", " ")
    assert "Ruling by Dr A. Example, 17 Mar 2026, 18:40 UTC+02:00" in shown
    assert "Films reviewed: right." in shown
    assert "carboplatin instead" in shown


def test_json_is_one_line_with_the_keys_of_the_contract() -> None:
    report = charts.awaiting().report
    line = render_json(report.model_copy(update={"question": "a\u2028b\u0085c\u2029d\r\ne"}))
    assert len(line.splitlines()) == 1
    read = json.loads(line)
    assert read["schema"] == "panel-report/1"
    assert read["question"] == "a\u2028b\u0085c\u2029d\r\ne"
    assert set(read["conflicts"][0]["sides"][0]["evidence"][0]) == {"document", "start", "end", "quote"}
    assert {
        "run_id",
        "case_id",
        "status",
        "opinions",
        "agreed",
        "conflicts",
        "missing",
        "recommendation",
    } <= set(read)
    assert {"dissent", "references", "stamp"} <= set(read)


def test_the_terminal_shows_both_quotes_in_context() -> None:
    chart = charts.awaiting()
    shown = " ".join(terminal(conflict_panel(chart, chart.report.conflicts[0])).replace("│", " ").split())
    assert "[0] Right CT chest with contrast, 2 Mar 2026" in shown
    assert "[1] Left Histology, core biopsy, 11 Mar 2026" in shown
    assert "mass in the right upper lobe with pleural tags" in shown
    assert "SPECIMEN: Lung, left upper lobe mass" in shown
    assert "it settles nothing" in shown


def test_the_summary_names_what_is_open_missing_and_silent() -> None:
    shown = terminal(summary(charts.awaiting()))
    assert "AWAITING REVIEW – 4 open" in shown
    assert "panel review run-7f3a" in shown
    assert "PET-CT" in shown
    assert "silent: The model did not answer." in terminal(summary(charts.silent()))


def test_chart_text_is_no_markup_at_the_terminal() -> None:
    chart = charts.awaiting()
    about = chart.report.conflicts[0]
    hostile = about.model_copy(update={"why": "[bold red]x[/] \x1b[2J\u202e [link=http://a.b]y[/link]"})
    shown = terminal(conflict_panel(chart, hostile))
    assert "[bold red]x[/] ‹U+001B›[2J‹U+202E› [link=http://a.b]y[/link]" in shown
