"""The library as a meeting uses it: opened when the first question is put, shared by all seats, closed with the process."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from knowledge.library import Library
from knowledge.reports import Nearest, Reports
from knowledge.retrieve import HybridRetriever
from panel.errors import PanelError, StoreError
from panel.opinion import Passage
from panel.protocols import Exemplar


class Desk:
    """A :class:`panel.protocols.Retriever` over a library that was built before.

    Args:
        library: the library.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._open: HybridRetriever | None = None
        self._refused: PanelError | None = None

    @property
    def identity(self) -> str | None:
        """Hash of what the index was made of; None when nothing is built.

        Raises:
            StoreError: the library's folder is damaged.
        """
        made = self._library.manifest()
        return made.inputs if made else None

    def search(
        self, query: str, k: int = 5, *, specialty: str | None = None, tumour: str | None = None
    ) -> Sequence[Passage]:
        """As :meth:`panel.protocols.Retriever.search`; one question at a time.

        Raises:
            PanelError: the library cannot be opened; the same answer every time.
        """
        with self._lock:
            return self._retriever().search(query, k, specialty=specialty, tumour=tumour)

    def carries(self, passage: Passage, statement: str, names: Sequence[str] = ()) -> bool:
        """As :meth:`panel.protocols.Retriever.carries`."""
        from knowledge.citations import check

        return check(statement, passage.text, names).holds

    def _retriever(self) -> HybridRetriever:
        if self._refused is not None:
            raise self._refused
        if self._open is None:
            try:
                self._open = self._library.open()
            except PanelError as error:
                self._refused = StoreError(error.where, error.what, error.remedy)
                raise self._refused from None
        return self._open


class ReportDesk:
    """A :class:`panel.protocols.Exemplars` over the reports that a site has loaded."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._open: Nearest | None = None
        self._lock = threading.Lock()

    def nearest(self, findings: str, k: int = 3) -> Sequence[Exemplar]:
        """As :meth:`panel.protocols.Exemplars.nearest`.

        Raises:
            StoreError: the reports cannot be used.
        """
        with self._lock:
            self._open = self._open or self._reports.open()
            found = self._open.search(findings, k)
        return [Exemplar(findings=example.findings, impression=example.impression) for example in found]
