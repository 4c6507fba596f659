"""Citations: the library is asked about the step and the tumour, and only a passage that names the step is cited."""

from __future__ import annotations

from collections.abc import Sequence

from agents import Surgery
from agents.citing import question
from panel import Panel
from panel.case import Case, Document
from panel.errors import StoreError
from panel.opinion import Passage

LOBECTOMY = Passage(
    id="lung#operation", source="lung", title="Lung", edition="2024", locator="Operation",
    text="In stage I lung cancer lobectomy is the standard operation.", start=0, end=59,
)  # fmt: skip
WEDGE = LOBECTOMY.model_copy(update={"id": "lung#wedge", "text": "A wedge resection spares lung."})


class Shelf:
    """A library that answers with what it was given, and remembers what it was asked."""

    def __init__(self, *passages: Passage, error: StoreError | None = None) -> None:
        self.passages = passages
        self.error = error
        self.asked: list[tuple[str, str | None, str | None]] = []

    def search(self, query: str, k: int = 5, *, specialty: str | None = None, tumour: str | None = None) -> Sequence[Passage]:
        if self.error:
            raise self.error
        self.asked.append((query, specialty, tumour))
        return self.passages[:k]

    def carries(self, passage: Passage, statement: str, names: Sequence[str] = ()) -> bool:
        return all(name in passage.text for name in names)


def case() -> Case:
    return Case(
        id="c",
        documents=(
            Document(id="ct", kind="radiology", text="CT chest: 22 mm mass in the right upper lobe, lung cancer, cT1c N0 M0."),
            Document(id="letter", kind="surgery", text="I recommend right upper lobectomy for Mrs Doe, phone 555."),
        ),
    )


def test_a_step_is_cited_with_the_passage_that_names_it() -> None:
    shelf = Shelf(WEDGE, LOBECTOMY)
    opinion = Surgery(retriever=shelf).read(case())
    (step,) = [r for r in opinion.recommendations if r.action == "surgery.lobectomy"]
    assert [r.locator for r in step.references] == ["lung#operation"]
    assert step.references[0].quote in LOBECTOMY.text


def test_the_library_is_asked_in_typed_terms_alone() -> None:
    shelf = Shelf(LOBECTOMY)
    Surgery(retriever=shelf).read(case())
    asked, specialty, tumour = shelf.asked[0]
    assert (specialty, tumour) == ("surgery", "lung")
    assert "lobectomy" in asked
    assert "22 mm" in asked
    assert "Doe" not in asked
    assert "555" not in asked


def test_no_passage_no_citation() -> None:
    opinion = Surgery(retriever=Shelf(WEDGE)).read(case())
    assert all(not r.references for r in opinion.recommendations)


def test_a_library_that_cannot_be_used_is_said_and_stops_nothing() -> None:
    broken = Shelf(error=StoreError("library", "is damaged", "Build it again"))
    opinion = Surgery(retriever=broken).read(case())
    assert opinion.recommendations
    assert any(a.reason.startswith("No references: library: is damaged") for a in opinion.abstentions)


def test_the_report_lists_what_was_cited() -> None:
    report = Panel(specialists=[Surgery(retriever=Shelf(LOBECTOMY))]).run(case())
    assert [r.source for r in report.references] == ["lung"]


def test_questions_read_as_words() -> None:
    assert question("omit.surgery.sentinel_node_biopsy", ["stage IB"], "breast") == "surgery sentinel node biopsy breast cancer stage IB"
