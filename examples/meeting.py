"""A whole meeting in Python, kept in memory: run, see what is open, rule, and only then have a final report.

python examples/meeting.py
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from panel import Conflict, Panel, Ruling, load_case

LUNG = Path(__file__).parent / "cases" / "lung-001.json"


class Cautious:
    """A reviewer who settles nothing that a test could settle."""

    def rule(self, conflicts: Sequence[Conflict]) -> list[Ruling]:
        """Defer each conflict to the test that the proposal names."""
        return [
            Ruling(
                conflict=conflict.id,
                decision="defer",
                value=(conflict.proposal and conflict.proposal.settled_by) or "to be named by the board",
                reviewer="Dr A. Example",
                reason="Not decided on paper.",
                time=datetime.now(UTC),
            )
            for conflict in conflicts
        ]


def main() -> None:
    """Run the bundled case, rule on it, read the report."""
    with Panel() as panel:  # Panel(store=Path("runs")) keeps it on disk, to be ruled on days later
        report = panel.run(load_case(LUNG))
        print(report.status, "-", len(report.open), "conflicts")
        for conflict in report.open:
            print(f"  {conflict.kind}: {' / '.join(str(side.value) for side in conflict.sides)}")

        report = panel.review(report.run_id, Cautious())
        print(report.status)
        for conflict in report.conflicts:
            if conflict.ruling:
                print(f"  {conflict.kind}: {conflict.ruling.decision} to {conflict.ruling.value}")


if __name__ == "__main__":
    main()
