"""The report as one self-contained page: no request leaves it, and nothing in a document can run."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from panel.render import content, words
from panel.render.html.citations import Citations
from panel.render.html.conflicts import conflicts
from panel.render.html.markup import Html, el, join
from panel.render.html.seats import agreed, seats
from panel.render.html.sources import documents, target_rules
from panel.report import ChartReport, PanelReport

_FOLDER = Path(__file__).parent


def render_html(chart: ChartReport) -> str:
    """The whole page. Scripts only add comfort: every link works by its anchor alone.

    Args:
        chart: the report with the patient block and the documents it quotes.
    """
    report = chart.report
    citations = Citations(chart)
    bodies = (
        conflicts(chart, citations),
        _missing(report),
        seats(chart, citations),
        agreed(report.agreed, citations),
        _plan(report),
        _dissent(report),
        _references(report),
    )
    numbered = [_section(n, body, report) for n, body in enumerate(bodies, 1)]
    left = el("main", _header(chart), numbered, id="report", tabindex="-1")
    right = el(
        "aside",
        el("h2", "8. Documents", id="s8"),
        _index(chart),
        documents(chart, citations),
        aria_label="Documents of the chart",
        tabindex="0",
        class_="chart",
    )
    css = Html(_asset("page.css") + target_rules(citations))
    script = Html(_asset("page.js"))
    mark = el("div", "DRAFT – AWAITING REVIEW", class_="watermark", aria_hidden="true")
    body = el(
        "body",
        el("a", "Skip to the report", href="#report", class_="skip"),
        None if report.status == "final" else mark,
        el("div", left, right, _provenance(report), class_="panes"),
        el("script", script),
        class_=report.status,
    )
    page = el("html", _head(report, css, script), body, lang="en")
    return f"<!doctype html>\n{page}\n"


@lru_cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _head(report: PanelReport, css: Html, script: Html) -> Html:
    policy = f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="robots", content="noindex"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", f"{content.badge(report)} · {report.case_id} · Tumour board report"),
        el("style", css),
    )


def _hash(source: Html) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _header(chart: ChartReport) -> Html:
    report = chart.report
    facts = [join(el("dt", k), el("dd", v, dir="auto")) for k, v in content.patient_lines(chart.patient)]
    caution = content.caution(report)
    tumour = words.capital(words.term(report.tumour)) if report.tumour else "not recognised"
    covered = el(
        "div",
        el("h2", "What the rules do not cover here"),
        el("ul", [el("li", line) for line in report.not_covered]),
        class_="uncovered",
    )
    return el(
        "header",
        el("p", el("b", "Tumour board report"), " · case ", el("code", report.case_id), class_="brand"),
        el("p", content.badge(report), class_="badge", role="status"),
        el("h1", report.question or "No question was put to the board.", dir="auto"),
        el("p", caution, class_="draft") if caution else None,
        el("dl", facts, el("dt", "Tumour"), el("dd", tumour), class_="patient"),
        covered if report.not_covered else None,
        el("p", content.NOTICE, class_="notice"),
        el("nav", el("ol", [_entry(n, report) for n in range(1, 10)]), aria_label="Sections"),
    )


def _counts(report: PanelReport) -> dict[int, int]:
    return {
        1: len(report.conflicts),
        2: len(report.missing),
        3: len(report.opinions),
        4: len(report.agreed),
        6: len(report.dissent),
        7: len(report.references),
    }


def _entry(number: int, report: PanelReport) -> Html:
    counts = _counts(report)
    shown = f" ({counts[number]})" if number in counts else ""
    return el("li", el("a", content.section(number, report) + shown, href=f"#s{number}"))


def _section(number: int, body: Html, report: PanelReport) -> Html:
    count = _counts(report).get(number)
    title = f"{number}. {content.section(number, report)}"
    shown = el("span", str(count), class_="count") if count else None
    return el("section", el("h2", title, " ", shown, id=f"s{number}"), body, aria_labelledby=f"s{number}")


def _missing(report: PanelReport) -> Html:
    if not report.missing:
        return el("p", "Nothing that the rules ask for is missing.", class_="calm")
    head = el(
        "thead",
        el("tr", [el("th", h, scope="col") for h in ("Not in the chart", "Why it matters", "Needed by")]),
    )
    rows = [
        el("tr", el("th", m.item, scope="row"), el("td", m.why), el("td", words.seat(m.asked_by)))
        for m in report.missing
    ]
    return el("table", head, el("tbody", rows), class_="missing")


def _plan(report: PanelReport) -> Html:
    return el("div", paragraphs(report.recommendation or "No plan is on record."), class_="plan")


def paragraphs(plain: str) -> Html:
    """Lines as paragraphs, and runs of lines that begin with a hyphen as lists."""
    parts: list[Html] = []
    items: list[Html] = []
    for line in [*plain.split("\n"), ""]:
        if line.startswith("- "):
            items.append(el("li", line[2:]))
            continue
        if items:
            parts.append(el("ul", items))
            items = []
        if line.strip():
            parts.append(el("p", line))
    return join(parts)


def _dissent(report: PanelReport) -> Html:
    if not report.dissent:
        return el("p", content.no_dissent(report), class_="calm")
    rows = []
    for dissent in report.dissent:
        held, about = content.dissent_words(report, dissent)
        rows.append(
            el(
                "li",
                el("b", words.holder(dissent.by)),
                f" held: {held} ({about}). Decided instead: {dissent.ruling}",
            )
        )
    return el("ul", rows)


def _references(report: PanelReport) -> Html:
    if not report.references:
        return el("p", "No library passage was cited.", class_="calm")
    rows = [
        el(
            "li",
            el("b", content.reference_words(r)),
            ": ",
            el("q", r.quote, dir="auto"),
            f" {r.citation}" if r.citation else None,
            id=f"ref-{n}",
        )
        for n, r in enumerate(report.references, 1)
    ]
    return el("ol", rows)


def _index(chart: ChartReport) -> Html:
    links = [
        el("li", el("a", el("span", f"D{n}", class_="num"), " ", content.document_line(d), href=f"#d{n}"))
        for n, d in enumerate(chart.documents, 1)
    ]
    return el("ul", links, class_="index")


def _provenance(report: PanelReport) -> Html:
    rows = [join(el("dt", k), el("dd", el("code", v))) for k, v in content.provenance(report)]
    return el(
        "footer",
        el("h2", "9. Provenance", id="s9"),
        el("dl", rows, class_="stamp"),
        el("p", content.NOTICE, class_="notice"),
        aria_labelledby="s9",
    )
