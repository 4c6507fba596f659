"""The meeting as a LangGraph: the one place that knows LangGraph's nodes, edges and interrupt.

intake → registrar → seats in parallel, blind → the same seats having heard each other → compare → reconcile
       → review (the only interrupt; skipped when nothing is open) → report
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import interrupt

from panel import minutes, seat
from panel.case import Case
from panel.minutes import Compared, State
from panel.opinion import Opinion
from panel.parts import Compare, Conclude, Propose
from panel.protocols import Specialist
from panel.report import RunStamp

REGISTRAR = "registrar"


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the nodes are handed and no checkpoint holds."""

    case: Case
    stamp: RunStamp


class Node(Protocol):
    """A step: reads what is written down, returns what it adds."""

    def __call__(self, state: State, runtime: Runtime[Meeting]) -> State: ...


Graph = CompiledStateGraph[State, Meeting, State, State]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The work of each node that is not a seat."""

    compare_with: Compare
    propose_with: Propose
    conclude_with: Conclude
    order: tuple[str, ...]

    def intake(self, state: State, runtime: Runtime[Meeting]) -> State:
        return {"case": runtime.context.stamp.case}

    def compare(self, state: State, runtime: Runtime[Meeting]) -> State:
        found = self.compare_with(runtime.context.case, self.heard(state))
        return {"comparison": Compared.of(found, found.conflicts).model_dump_json()}

    def reconcile(self, state: State, runtime: Runtime[Meeting]) -> State:
        compared = minutes.read_compared(state["comparison"])
        proposed = self.propose_with(runtime.context.case, compared.conflicts)
        return {"comparison": Compared.of(compared, proposed).model_dump_json()}

    def review(self, state: State, runtime: Runtime[Meeting]) -> State:
        waiting = minutes.still_open(state["comparison"], state.get("rulings", {}))
        answer = interrupt({"conflicts": [c.model_dump(mode="json") for c in waiting]})
        return {"rulings": minutes.admit_rulings(answer, waiting)}

    def whether_open(self, state: State) -> str:
        return "review" if minutes.still_open(state["comparison"], state.get("rulings", {})) else "report"

    def report(self, state: State, runtime: Runtime[Meeting]) -> State:
        compared = minutes.read_compared(state["comparison"])
        case, stamp = runtime.context.case, runtime.context.stamp
        written = minutes.write_report(
            case,
            stamp,
            self.heard(state),
            compared,
            rulings=state.get("rulings", {}),
            conclude=self.conclude_with,
        )
        return {"report": written.model_dump_json(by_alias=True)}

    def heard(self, state: State) -> tuple[Opinion, ...]:
        return minutes.speak({**state.get("readings", {}), **state.get("revisions", {})}, self.order)


def reads(who: Specialist) -> Node:
    """The node in which a seat reads, seeing nobody else's opinion."""

    def node(state: State, runtime: Runtime[Meeting]) -> State:
        return {"readings": {who.name: seat.read(who, runtime.context.case).model_dump_json()}}

    return node


def hears(who: Specialist, order: tuple[str, ...]) -> Node:
    """The node in which a seat hears the others and may revise."""

    def node(state: State, runtime: Runtime[Meeting]) -> State:
        said = minutes.speak(state["readings"], order)
        own = next(opinion for opinion in said if opinion.specialty == who.name)
        others = [opinion for opinion in said if opinion.specialty != who.name]
        revised = seat.revise(who, runtime.context.case, own, others)
        # What stands as it was read is not written down twice.
        return {} if revised is own else {"revisions": {who.name: revised.model_dump_json()}}

    return node


def build(
    specialists: Sequence[Specialist],
    compare: Compare,
    propose: Propose,
    conclude: Conclude,
    checkpointer: BaseCheckpointSaver[Any],
) -> Graph:
    """The compiled graph; seats speak in the order given, the registrar (if any) first and alone."""
    nodes = Nodes(compare, propose, conclude, tuple(s.name for s in specialists))
    graph = StateGraph(State, context_schema=Meeting)
    for name in ("intake", "compare", "reconcile", "review", "report"):
        graph.add_node(name, getattr(nodes, name))
    graph.add_edge(START, "intake")

    opened = "intake"
    for who in specialists:
        graph.add_node(who.name, reads(who))
        if who.name == REGISTRAR:
            graph.add_edge("intake", REGISTRAR)
            opened = REGISTRAR
    seats = [who for who in specialists if who.name != REGISTRAR]
    for who in seats:
        graph.add_edge(opened, who.name)
        graph.add_node(f"{who.name} hears", hears(who, nodes.order))
        graph.add_edge([s.name for s in seats], f"{who.name} hears")
    graph.add_edge([f"{s.name} hears" for s in seats] or opened, "compare")

    graph.add_edge("compare", "reconcile")
    graph.add_conditional_edges("reconcile", nodes.whether_open, ["review", "report"])
    graph.add_conditional_edges("review", nodes.whether_open, ["review", "report"])
    graph.add_edge("report", END)
    return graph.compile(checkpointer=checkpointer)
