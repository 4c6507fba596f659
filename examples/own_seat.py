"""A seat of your own: anything with a name that can read a case and may revise. Here a pharmacist joins the five.

python examples/own_seat.py
"""

import re
from collections.abc import Sequence
from pathlib import Path

from agents import default_specialists
from panel import Case, Evidence, Finding, Opinion, Panel, load_case

LUNG = Path(__file__).parent / "cases" / "lung-001.json"
ANTICOAGULANT = re.compile(r"\b(apixaban|rivaroxaban|edoxaban|dabigatran|warfarin)\b", re.IGNORECASE)


class Pharmacy:
    """Finds anticoagulants. A finding cannot be built without its quote, and a quote that is not there is dropped."""

    name = "pharmacy"

    def read(self, case: Case) -> Opinion:
        """What this seat sees, blind to the others."""
        findings = tuple(
            Finding(
                question="drug.anticoagulant",
                value=match.group().lower(),
                evidence=(Evidence.of(document, match.start(), match.end()),),
            )
            for document in case.documents
            for match in ANTICOAGULANT.finditer(document.text)
        )
        return Opinion(specialty=self.name, reader="rules", findings=findings)

    def revise(self, case: Case, own: Opinion, others: Sequence[Opinion]) -> Opinion:
        """Nothing the others say changes what stands in the chart."""
        return own


def main() -> None:
    """Hold the meeting with six seats."""
    with Panel([*default_specialists(), Pharmacy()]) as panel:
        report = panel.run(load_case(LUNG))
    for opinion in report.opinions:
        print(f"{opinion.specialty}: {len(opinion.findings)} findings")
    said = report.opinions[-1].findings[0]
    print(f"{said.value} in {said.evidence[0].document}, characters {said.evidence[0].start} to {said.evidence[0].end}")


if __name__ == "__main__":
    main()
