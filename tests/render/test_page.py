"""What the page promises: every quote is linked to its exact span, and nothing in a document can act."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.case import Document, Evidence
from panel.opinion import Finding, Opinion
from panel.render import render_html, render_markdown
from panel.render.citing import cited
from panel.render.quoting import visible
from panel.report import ChartReport
from tests.render import charts
from tests.render.pages import Page

ALLOWED = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "script",
    "a",
    "div",
    "main",
    "aside",
    "header",
    "footer",
    "nav",
}
ALLOWED |= {
    "p",
    "b",
    "span",
    "h1",
    "h2",
    "h3",
    "h4",
    "ol",
    "ul",
    "li",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "code",
}
ALLOWED |= {"table", "caption", "thead", "tbody", "tr", "th", "td", "blockquote", "mark", "q", "sup"}
ATTRIBUTES = {
    "id",
    "class",
    "href",
    "title",
    "dir",
    "lang",
    "role",
    "tabindex",
    "scope",
    "value",
    "charset",
    "name",
}
ATTRIBUTES |= {"content", "http-equiv", "aria-hidden", "aria-label", "aria-labelledby"}


def check(chart: ChartReport) -> Page:
    """The promises that hold for every page."""
    source = render_html(chart)
    page = Page(source)
    assert {e.tag for e in page.elements} <= ALLOWED
    assert {name for e in page.elements for name in e.attributes} <= ATTRIBUTES, (
        "no src, no style, no handlers"
    )
    assert len(page.ids) == len(set(page.ids)), "an id twice"
    assert len(page.of("script")) == len(page.of("style")) == 1
    for element in page.elements:
        if "href" in element.attributes:
            assert element.attributes["href"][:1] == "#", "a link leaves the page"
            assert element.attributes["href"][1:] in page.ids, "a link to nowhere"
    for document, shown in zip(chart.documents, page.of("div", "text"), strict=True):
        assert shown.text == visible(document.text), "a document's text is altered"
    return page


def linked_words(page: Page, anchor: str) -> str:
    """The words lit when a link to that anchor is followed."""
    return "".join(mark.text for mark in page.of("mark", anchor))


@pytest.mark.parametrize("name", charts.ALL)
def test_every_quote_is_linked_to_exactly_its_words(name: str) -> None:
    chart = charts.ALL[name]()
    page = check(chart)
    targets = {link.attributes["href"][1:] for link in page.of("a", "src")}
    lit = sorted(linked_words(page, anchor) for anchor in targets)
    assert lit == sorted(
        {(e.document, e.start, e.end): visible(e.quote) for e in cited(chart.report)}.values()
    )
    assert len(page.of("a", "src")) >= len(targets)


@pytest.mark.parametrize("name", charts.ALL)
def test_every_span_links_back_to_the_statements_that_cite_it(name: str) -> None:
    page = check(charts.ALL[name]())
    spans = {e.attributes["id"] for e in page.of("span", "at")}
    for link in page.of("a", "src"):
        assert link.attributes["href"][1:] in spans
    assert {f"#b-{span}" for span in spans} == {a.attributes["href"] for a in page.of("a", "up")}
    assert len(page.of("a", "back")) >= len(spans)


def test_a_span_is_lit_without_scripts() -> None:
    # the page's style lights the marks that follow the target among its siblings
    page = check(charts.awaiting())
    style = page.of("style")[0].text
    for span in page.of("span", "at"):
        anchor = span.attributes["id"]
        assert f"#{anchor}:target~.{anchor}" in style
        marks = page.of("mark", anchor)
        assert all(page.elements.index(span) < page.elements.index(mark) for mark in marks)
        assert all(mark.inside == span.inside for mark in marks)


def test_overlapping_and_nested_spans_are_lit_whole() -> None:
    text = "mass in the right upper lobe of the lung"
    document = Document(id="d", kind="radiology", text=text)
    edges = [(0, 4), (8, 28), (12, 40), (18, 23), (12, 17), (0, 40)]
    page = check(_chart(document, edges))
    lit = sorted(linked_words(page, a.attributes["href"][1:]) for a in page.of("a", "src"))
    assert lit == sorted(text[start:end] for start, end in edges)


def test_the_policy_allows_only_the_page_s_own_style_and_script() -> None:
    page = check(charts.silent())
    policy = next(e for e in page.of("meta") if "http-equiv" in e.attributes).attributes["content"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.of(tag)[0].text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_no_request_leaves_the_page() -> None:
    for make in charts.ALL.values():
        page = check(make())
        code = page.of("style")[0].text + page.of("script")[0].text
        assert not re.search(r"https?:|//[a-z]|url\(|@import|fetch|XMLHttp|import\(", code)


def test_a_hidden_character_is_shown_by_its_code() -> None:
    source = render_html(charts.silent())
    assert "\u202e" not in source
    assert "‹U+202E›" in source
    assert "\u202e" not in render_markdown(charts.silent())


def test_a_quote_that_does_not_stand_in_the_chart_is_not_shown_as_one() -> None:
    chart = charts.awaiting()
    forged = Evidence(document="ct-1", start=0, end=11, quote="no cancer!!")
    stray = Evidence(document="nowhere", start=0, end=11, quote="no cancer!!")
    finding = Finding(question="primary.size", value=1, evidence=(forged, stray))
    opinion = Opinion(specialty="radiology", reader="rules", findings=(finding,))
    report = chart.report.model_copy(update={"opinions": (opinion,)})
    chart = chart.model_copy(update={"report": report})
    check(chart)
    for shown in (render_html(chart), render_markdown(chart)):
        assert "no cancer!!" not in shown
        assert shown.count("quote not found in the documents") == 2


NASTY = [
    "<script>alert(1)</script>",
    "</div>",
    "<!--",
    "]]>",
    '"><img onerror=x>',
    "&lt;",
    "\u202e",
    "\x00",
    "\r\n",
    "\r",
]
NASTY += [
    "`" * 4,
    "\n# no\n",
    "\n- x",
    "|",
    "[a](http://b.c)",
    "https://x.y",
    "</style>",
    "</script>",
    "\u200b",
    "ا",
    "é",
]
TEXTS = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=8)), min_size=1, max_size=12).map("".join)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_text_becomes_markup_whatever_it_holds(data: st.DataObject) -> None:
    text = data.draw(TEXTS.filter(lambda t: len(t) > 1))
    spot = st.integers(0, len(text) - 1)
    pairs = data.draw(st.lists(st.tuples(spot, spot), min_size=1, max_size=5))
    edges = [(min(pair), max(pair) + 1) for pair in pairs]
    document = Document(id="d", kind="note", title=data.draw(TEXTS), text=text)
    chart = _chart(document, edges, data.draw(TEXTS))
    page = check(chart)
    lit = {linked_words(page, a.attributes["href"][1:]) for a in page.of("a", "src")}
    assert {_one_ending(words) for words in lit} == {_one_ending(visible(text[a:b])) for a, b in edges}
    _inert(render_markdown(chart))


def _one_ending(words: str) -> str:
    # a span that ends between the halves of a Windows line end shows the end once
    return re.sub("(‹U\\+000D›)+$", "", words)


def _inert(markdown: str) -> None:
    """Outside code fences no line holds unescaped markup of a document's making."""
    fence = ""
    for line in markdown.split("\n"):
        if re.match(r"`{3,}", line) and (not fence or line == fence):
            fence = "" if fence else line.removesuffix("text")
        elif not fence:
            assert not re.search(r"(?<!\\)[<\[\]](?!/?$)", line), line
            assert not re.search(r"https?://", line), line
    assert not fence


def _chart(document: Document, edges: list[tuple[int, int]], said: str = "x") -> ChartReport:
    """A chart of one document, quoted at these spans by one seat that says these words."""
    findings = tuple(
        Finding(question=f"thing.n{n}", value=said, evidence=(Evidence.of(document, *edge),))
        for n, edge in enumerate(edges)
    )
    opinion = Opinion(specialty="radiology", reader="rules", impression=said, findings=findings)
    report = charts.silent().report.model_copy(
        update={"opinions": (opinion,), "question": said, "recommendation": said, "not_covered": (said,)}
    )
    return charts.silent().model_copy(update={"report": report, "documents": (document,)})
