"""The specialists. Nothing is imported until a name is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.specialist import (
        Oncology,
        Pathology,
        Radiology,
        Registrar,
        Specialist,
        Surgery,
        default_specialists,
    )

__all__ = ["Oncology", "Pathology", "Radiology", "Registrar", "Specialist", "Surgery", "default_specialists"]


def __getattr__(name: str) -> object:
    if name in __all__:
        import agents.specialist

        return getattr(agents.specialist, name)
    raise AttributeError(f"module 'agents' has no attribute {name!r}")
