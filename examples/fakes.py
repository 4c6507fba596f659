"""Testing code that uses the panel: scripted seats and a scripted reviewer, no mocks.

python examples/fakes.py
"""

from panel import Case, Document, Panel, PanelReport
from panel.testing import ScriptedReviewer, ScriptedSpecialist

CASE = Case(
    id="mine",
    documents=(
        Document(id="ct", kind="radiology", text="34 mm mass in the right upper lobe."),
        Document(id="biopsy", kind="pathology", text="Left upper lobe: adenocarcinoma."),
    ),
)


def headline(report: PanelReport) -> str:
    """The code under test: one line for a worklist."""
    return f"{report.case_id}: {len(report.open)} to decide" if report.open else f"{report.case_id}: {report.status}"


def test_a_disagreement_is_on_the_worklist_until_it_is_ruled_on() -> None:
    """Two scripted seats read different sides; a scripted reviewer accepts the first."""
    seats = [
        ScriptedSpecialist("radiology", says=[("primary.side", "right", "ct", "right upper lobe")]),
        ScriptedSpecialist("pathology", says=[("primary.side", "left", "biopsy", "Left upper lobe")]),
    ]
    with Panel(seats) as panel:
        report = panel.run(CASE)
        assert headline(report) == "mine: 1 to decide"
        reviewer = ScriptedReviewer({report.open[0].id: ("accept", 0)}, reviewer="Dr Test")
        assert headline(panel.review(report.run_id, reviewer)) == "mine: final"


def test_a_seat_that_fails_abstains_and_is_not_lost() -> None:
    """What a broken reader costs is said in the report."""
    with Panel([ScriptedSpecialist("radiology", ValueError("broken"))]) as panel:
        opinion = panel.run(CASE).opinions[0]
    assert opinion.findings == ()
    assert opinion.abstentions[0].reason.startswith("this seat failed")


if __name__ == "__main__":
    test_a_disagreement_is_on_the_worklist_until_it_is_ruled_on()
    test_a_seat_that_fails_abstains_and_is_not_lost()
    print("both hold")
