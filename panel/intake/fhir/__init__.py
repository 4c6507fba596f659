"""FHIR R4: Bundles, nested Bundles and single resources."""

from panel.intake.fhir.chart import read_resources

__all__ = ["read_resources"]
