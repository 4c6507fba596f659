"""Seats are LangChain Runnables: chain them with ``|``, read many charts with ``.batch``, follow them with ``.astream``.

python examples/chain.py
"""

import asyncio
from pathlib import Path

from agents import Oncology, Pathology, Radiology
from panel import load_case

LUNG = Path(__file__).parent / "cases" / "lung-001.json"


async def follow() -> None:
    """One seat after the other, as each has spoken."""
    case = load_case(LUNG)
    async for discussion in (Radiology() | Pathology()).astream(case):
        print("so far:", ", ".join(opinion.specialty for opinion in discussion.opinions))


def main() -> None:
    """Chain three seats, then read two charts at once."""
    case = load_case(LUNG)
    board = Radiology() | Pathology() | Oncology()
    for opinion in board.invoke(case).opinions:
        print(f"{opinion.specialty}: {len(opinion.findings)} findings")
        for finding in opinion.findings:
            if finding.question == "primary.side":
                print(f"  {finding.value}: “{finding.evidence[0].quote}”")

    other = case.model_copy(update={"id": "lung-002"})
    read = board.batch([case, other])
    print("read:", ", ".join(discussion.case.id for discussion in read))
    asyncio.run(follow())


if __name__ == "__main__":
    main()
