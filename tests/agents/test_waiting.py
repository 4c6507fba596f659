"""Tests of which a chart says that no result is there yet, in the words of laboratories, letters and ward notes."""

from __future__ import annotations

import datetime as dt

import pytest

from agents.rules.chart import read_chart
from panel.case import Case, Document

OPEN = [
    "EGFR: analysis failed, too little DNA.",
    "EGFR exons 18-21: analysis failed.",
    "EGFR sequencing: sample rejected (fixation).",
    "EGFR - specimen rejected, repeat requested",
    "EGFR ....... in progress, est. 05-FEB-26",
    "EGFR . . . . . . awaited",
    "EGFR | in process |",
    "| EGFR | under way |",
    "EGFR: in the works",
    "EGFR sent away to the reference laboratory, not yet back.",
    "EGFR has gone to the regional hub.",
    "EGFR result is not back.",
    "EGFR still out.",
    "EGFR not yet through.",
    "EGFR result not to hand.",
    "We still do not have the EGFR.",
    "EGFR TBC",
    "EGFR: tbc",
    "EGFR result due 3 March.",
    "EGFR expected next week.",
    "EGFR insufficient tissue.",
    "EGFR: insufficient DNA for analysis",
    "EGFR: QNS",
    "EGFR: quantity not sufficient",
    "EGFR: non-diagnostic, low tumour content",
    "EGFR could not be analysed.",
    "EGFR testing failed twice.",
    "EGFR no result (assay failure)",
    "EGFR: unsuccessful",
    "EGFR testing was unsuccessful because of low cellularity.",
    "EGFR - assay invalid",
    "EGFR: no amplifiable DNA",
    "EGFR not evaluable.",
    "EGFR: not reported",
    "EGFR unknown.",
    "EGFR: running",
    "EGFR: batch running, report 12 March",
    "EGFR: queued",
    "EGFR: received, not started",
    "EGFR: logged, awaiting extraction",
    "EGFR: on hold",
    "EGFR: cancelled by lab",
    "EGFR held up by the courier strike.",
    "EGFR: delayed",
    "EGFR results are being chased.",
    "Chasing EGFR.",
    "Molecular (EGFR, ALK) outstanding.",
    "EGFR/ALK/ROS1: pending",
    "EGFR and ALK have been requested but no report has been received.",
    "EGFR mutation analysis: to follow as an addendum",
    "EGFR mutation analysis to be issued separately.",
    "The EGFR addendum has not been issued.",
    "EGFR was never sent.",
    "EGFR has not been looked at.",
    "Nobody has asked for EGFR.",
    "EGFR not requested.",
    "EGFR not on file.",
    "EGFR turnaround 10 working days.",
    "Block despatched for EGFR on 3 February.",
    "Block forwarded for EGFR testing.",
    "EGFR sample lost in transit.",
    "EGFR: see supplementary report (not yet issued)",
    "EGFR: n/a yet",
    "Waiting on EGFR.",
    "We wait for the EGFR.",
    "EGFR is cooking.",
    "EGFR : in lab",
    "Await EGFR",
    "EGFR in hand.",
    "EGFR requires repeat biopsy; the sample was exhausted.",
    "EGFR: material exhausted",
    "EGFR result withdrawn pending repeat.",
    "EGFR not available at time of reporting.",
    "EGFR yet to come.",
    "EGFR hasn't come back yet.",
    "EGFR report outstanding as of today.",
    "EGFR PCR: inhibited, no call",
    "The gene panel including EGFR has been sent off and should be with us in a fortnight.",
    "NGS lung panel (EGFR, KRAS, BRAF). Status: received 12 Mar, sent away for sequencing, not yet back.",
    "Requested: EGFR, ALK.\nResult: not available.",
    "I have asked the laboratory for EGFR and ALK. Results are awaited.",
    "EGFR, ALK, ROS1 ordered on the EBUS block.\nStatus: first extraction FAILED.",
    "EGFR and ALK. Both still with the lab.",
    "Test requested: EGFR mutation analysis.\nSample rejected: unlabelled container.",
]
SETTLED = [
    "EGFR exon 19 deletion detected. ALK pending.",
    "EGFR: L858R. PD-L1: failed.",
    "EGFR exon 19 deletion; T790M not tested.",
    "First sample failed; repeat EGFR: exon 21 L858R mutation.",
    "EGFR mutated (exon 19 del). ROS1, RET and MET results awaited.",
    "Result: EGFR p.L858R detected, VAF 22 %. Addendum on NTRK to follow.",
    "EGFR - insufficient on cytology, but mutated (exon 19 deletion) in plasma.",
    "EGFR: activating mutation found. Sent to reference lab for confirmation.",
]


def told(text: str) -> set[str]:
    """What the report says of EGFR."""
    document = Document(id="g", kind="genomics", date=dt.date(2026, 2, 10), title="Molecular", text=f"Lung adenocarcinoma.\n{text}")
    found = read_chart(Case(id="c", documents=(document,))).findings
    return {str(f.value) for f in found if f.question == "biomarker.egfr"}


@pytest.mark.parametrize("text", OPEN)
def test_a_result_that_is_not_there_is_open(text: str) -> None:
    assert told(text) in ({"pending"}, {"not tested"})


@pytest.mark.parametrize("text", SETTLED)
def test_a_result_that_is_there_is_not_open(text: str) -> None:
    assert told(text) == {"mutated"}
