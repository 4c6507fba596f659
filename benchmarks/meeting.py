"""How fast and how small a meeting is. Prints one JSON object as its last line::

    python benchmarks/meeting.py

run_seconds        the bundled lung case from the shell to its report, fresh process (median of three)
cases_per_second   200 cases in one `panel run` with durable checkpoints, after start-up (from the first report on)
help_ratio         `panel --help` over the help of a bare Typer program, medians of alternating runs
peak_mb            most memory of all processes of that `panel run` together (proportional set size), MB of 10^6 bytes
tokens_per_second  the deterministic reader over the labelled charts, one core: sections, sentences, lists and tables, every term of
                   the lexicons, ConText of every mention; words and marks counted (regular expression \\w+|[^\\w\\s])
findings_tokens_per_second  the same with all that stands on it: every finding and plan of all five seats. These charts are the
                   hardest there are: a finding for every seventh token
plain_tokens_per_second, plain_findings_tokens_per_second  both over the reports of ``--reports`` (a folder of .txt files)
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # also from a checkout that is not installed
CASES = ROOT / "examples" / "cases"
PANEL = [sys.executable, "-m", "panel"]
BARE = "import typer; app = typer.Typer(); app.command('a')(lambda: None); app.command('b')(lambda: None); app()"


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", type=Path, default=CASES / "lung-001.json", help="the bundled case")
    parser.add_argument("--cases", type=int, default=200, help="how many in one run")
    parser.add_argument("--reports", type=Path, help="a folder of plain reports (.txt), read as pathology")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["EXPERT_PANEL_HOME"] = str(Path(folder) / "home")
        case = load(options.case)
        one = write_cases(Path(folder), case, 1)
        many = write_cases(Path(folder), case, options.cases)
        rate, peak = batch(many)
        figures = {
            "run_seconds": round(statistics.median(seconds([*PANEL, "run", *one, "-q"]) for _ in range(3)), 2),
            "cases_per_second": round(rate, 1),
            "help_ratio": round(help_ratio(), 2),
            "peak_mb": round(peak / 1e6, 1),
            **tokens_per_second("", labelled()),
        }
        if options.reports is not None:
            figures |= tokens_per_second("plain_", plain(options.reports))
    print(json.dumps(figures))


def load(path: Path) -> dict[str, Any]:
    """The case as a case file with its texts in it, whatever it was."""
    from panel import load_case

    loaded: dict[str, Any] = load_case(path).model_dump(mode="json", exclude_none=True)
    return loaded


def copy(case: dict[str, Any], name: str, number: int) -> dict[str, Any]:
    """The case again, its texts a little longer each time: no cache of a document or a chart may answer for it."""
    longer = [{**d, "text": d["text"] + "\n" + " " * number} for d in case["documents"]]
    return {**case, "id": f"{case['id']}-{name}", "documents": longer}


def write_cases(folder: Path, case: dict[str, Any], count: int) -> list[str]:
    """That many copies, each with an id of its own; returns their paths."""
    paths = [folder / f"{count}-{number:03d}.json" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(json.dumps(copy(case, path.stem, number)), encoding="utf-8")
    return [str(path) for path in paths]


def seconds(command: list[str]) -> float:
    """Wall-clock seconds of the command, which must not find a bug."""
    begun = time.perf_counter()
    code = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode
    if code not in (0, 3):
        raise SystemExit(f"{command[2:5]}: exit code {code}")
    return time.perf_counter() - begun


def batch(paths: list[str]) -> tuple[float, float]:
    """Cases a second from the first report to the last, and the peak memory of the process tree in bytes."""
    command = [*PANEL, "run", *paths, "--json", "-q"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        peak = Peak(process.pid)
        peak.start()
        assert process.stdout is not None
        times = [time.perf_counter() for _ in process.stdout]
        process.wait()
        peak.stop()
    if len(times) != len(paths):
        raise SystemExit(f"{len(times)} reports of {len(paths)} cases")
    return (len(times) - 1) / (times[-1] - times[0]), peak.bytes


class Peak(threading.Thread):
    """Watches how much memory a process and its children hold together, shared pages counted once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.bytes = 0.0
        self._pid = pid
        self._done = threading.Event()

    def run(self) -> None:
        """Look twenty times a second."""
        while not self._done.wait(0.05):
            self.bytes = max(self.bytes, sum(held(pid) for pid in tree(self._pid)))

    def stop(self) -> None:
        """No more looking."""
        self._done.set()
        self.join()


def tree(pid: int) -> list[int]:
    """The process and all that descend from it."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return [pid]
    return [pid, *(each for child in text.split() for each in tree(int(child)))]


def held(pid: int) -> float:
    """Proportional set size in bytes."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0.0)


def help_ratio() -> float:
    """Our help against a bare Typer program's, in turns so that both see the same machine."""
    ours, bare = [], []
    for _ in range(7):
        ours.append(seconds([*PANEL, "--help"]))
        bare.append(seconds([sys.executable, "-c", BARE, "--help"]))
    return statistics.median(ours) / statistics.median(bare)


def labelled() -> list[Any]:
    """The labelled charts as cases."""
    from evals.conflicts import load_charts

    return [chart.case for chart in load_charts()]


def plain(folder: Path) -> list[Any]:
    """Every text file of the folder as a case of one pathology report."""
    from panel import Case, Document

    return [
        Case(id=path.stem, documents=(Document(id="report", kind="pathology", text=path.read_text("utf-8")),))
        for path in sorted(folder.glob("*.txt"))
    ]


def tokens_per_second(which: str, cases: list[Any]) -> dict[str, int]:
    """Words and marks read in a second of this one core, each document once, the rules compiled before."""
    from agents.rules import reading
    from agents.rules.chart import read_chart
    from agents.rules.ruleset import load_rules

    tokens = sum(len(re.findall(r"\w+|[^\w\s]", d.text)) for case in cases for d in case.documents)
    load_rules().compile()
    begun = time.process_time()
    for case in cases:
        for document in case.documents:
            for sentence in reading.read(document).sentences:
                for mention in sentence.mentions:
                    sentence.context(mention.start, mention.end)
    read = time.process_time() - begun
    reading._read.cache_clear()  # the second look must read again
    begun = time.process_time()
    for case in cases:
        read_chart(case)
    found = time.process_time() - begun
    return {f"{which}tokens_per_second": int(tokens / read), f"{which}findings_tokens_per_second": int(tokens / found)}


if __name__ == "__main__":
    main()
