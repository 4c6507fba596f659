"""Ruling on conflicts: what a ruling must satisfy, rulings files, and the reviewer at a terminal."""

from panel.review.check import Place, check, place
from panel.review.file import FileReviewer

__all__ = ["FileReviewer", "Place", "check", "place"]
