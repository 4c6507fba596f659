"""The seats' models, connected when the first of them is asked: who only reviews or renders a run needs no server."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from agents import prompt
from agents.settings import ModelSettings
from panel.errors import ModelError, PanelError
from panel.protocols import Completion, Message, Model

if TYPE_CHECKING:
    from agents.local import LocalBase
    from agents.model import Server


class Connection:
    """One base with the adapters of the seats, however it is reached.

    Args:
        settings: what, and where.
    """

    def __init__(self, settings: ModelSettings) -> None:
        self.settings = settings
        self._door: Server | LocalBase | None = None
        self._refused: ModelError | None = None
        self._lock = threading.Lock()

    @property
    def identity(self) -> str:
        """Base and adapters with their recorded hashes: what a run is stamped with."""
        adapters = ", ".join(f"{seat}: {a.name}@{a.sha256[:8]}" for seat, a in sorted(self.settings.adapters.items()))
        read = f"{self.settings.template}, window {self.settings.window}, answer {self.settings.answer}"
        return f"{self.settings.base}@{self.settings.base_sha256[:8]} ({adapters}; {read})"

    @property
    def prompts(self) -> str:
        """Hash of the prompts."""
        return prompt.digest()

    def model_of(self, seat: str) -> Model | None:
        """The seat's model; None for a seat that is read by the rules."""
        return SeatModel(self, seat) if seat in self.settings.adapters else None

    def door(self) -> Server | LocalBase:
        """The open door, proven fit.

        Raises:
            ModelError: it cannot be opened; the same answer every time, for a meeting does not change its mind half-way.
        """
        with self._lock:
            if self._refused is not None:
                raise self._refused
            if self._door is None:
                try:
                    self._door = self._open()
                except PanelError as error:
                    self._refused = ModelError(error.where, error.what, error.remedy)
                    raise self._refused from None
            return self._door

    def fork(self) -> None:
        """Prove a server before workers are forked, which share what may be under way, and no connection."""
        if self.settings.engine == "server":
            self.door().share()  # type: ignore[union-attr]  # a server, then

    def _open(self) -> Server | LocalBase:
        if self.settings.engine == "in-process":
            from agents.local import LocalBase

            return LocalBase(self.settings)
        from agents.model import Server
        from agents.probe import probe

        server = Server(self.settings)
        probe(server)
        return server


class SeatModel:
    """A seat's model that connects when it is first asked: a :class:`panel.protocols.Model`."""

    def __init__(self, connection: Connection, seat: str) -> None:
        self._connection = connection
        self._seat = seat

    @property
    def name(self) -> str:
        """Base and adapter with their hashes."""
        return self._open().name

    @property
    def room(self) -> int:
        """Tokens a prompt may take."""
        return self._connection.settings.room

    def measure(self, messages: Sequence[Message]) -> int:
        """Tokens of the conversation."""
        return self._open().measure(messages)

    def complete(
        self, messages: Sequence[Message], schema: Mapping[str, object] | None = None, *, again: bool = False
    ) -> Completion:
        """As :meth:`panel.protocols.Model.complete`."""
        return self._open().complete(messages, schema, again=again)

    def _open(self) -> Model:
        return self._connection.door().seat(self._seat)
