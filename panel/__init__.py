"""A tumour board on paper: specialists read a chart, disagreements become conflicts, a person rules on them.

Everything public is imported on first use, so ``import panel`` costs nothing and the command line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from panel.case import Case, Document, Evidence, Patient
    from panel.conflict import Conflict, Proposal, Ruling, Side
    from panel.errors import ConfigurationError, InputError, PanelError, StoreError, UsageError
    from panel.intake import load as load_case
    from panel.meeting import Panel
    from panel.opinion import Abstention, Finding, Opinion, Recommendation, Reference
    from panel.report import Agreement, ChartReport, Dissent, Missing, PanelReport, RunStamp
    from panel.store import Store

__all__ = [
    "Abstention",
    "Agreement",
    "Case",
    "ChartReport",
    "ConfigurationError",
    "Conflict",
    "Dissent",
    "Document",
    "Evidence",
    "Finding",
    "InputError",
    "Missing",
    "Opinion",
    "Panel",
    "PanelError",
    "PanelReport",
    "Patient",
    "Proposal",
    "Recommendation",
    "Reference",
    "Ruling",
    "RunStamp",
    "Side",
    "Store",
    "StoreError",
    "UsageError",
    "load_case",
]

# Name -> module, or module and the name it has there. ``Panel`` comes by way of the wiring, which gives it its
# default specialists: the meeting itself knows none.
_HOMES = {
    "panel.case": ("Case", "Document", "Evidence", "Patient"),
    "panel.conflict": ("Conflict", "Proposal", "Ruling", "Side"),
    "panel.errors": ("ConfigurationError", "InputError", "PanelError", "StoreError", "UsageError"),
    "panel.opinion": ("Abstention", "Finding", "Opinion", "Recommendation", "Reference"),
    "panel.report": ("Agreement", "ChartReport", "Dissent", "Missing", "PanelReport", "RunStamp"),
    "panel.store": ("Store",),
    "panel.wiring": ("Panel", "load_case"),
}


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(module), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
