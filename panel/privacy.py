"""Nothing leaves the machine and nothing of the chart reaches a log: switched off before anything is imported.

Standard library only, because it must run before the first import of a dependency.
"""

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SILENCED: dict[str, str] = {
    # LangSmith: the tracer of LangChain and LangGraph would send every state, which is to say the chart.
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_OTEL_ENABLED": "false",
    "LANGCHAIN_OTEL_ENABLED": "false",
    "LANGSMITH_TEST_TRACKING": "false",
    "LANGCHAIN_TEST_TRACKING": "false",
    "LANGGRAPH_CLI_NO_ANALYTICS": "1",
    # Chroma, PostHog, Hugging Face, vLLM, Gradio and whoever honours the common switches.
    "ANONYMIZED_TELEMETRY": "False",
    "POSTHOG_DISABLED": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "VLLM_NO_USAGE_STATS": "1",
    "VLLM_DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "SCARF_NO_ANALYTICS": "true",
    "DO_NOT_TRACK": "1",
    # Checkpoints are read back as plain data only: no type of ours or of anyone is rebuilt from the file.
    "LANGGRAPH_STRICT_MSGPACK": "true",
}
"""Environment of every dependency that would otherwise speak to its maker; forced, whatever the user's says."""


def enforce() -> None:
    """Set the environment of :data:`SILENCED`, over whatever it was. Idempotent."""
    os.environ.update(SILENCED)


@contextmanager
def unprobed() -> Iterator[None]:
    """Import something heavy without urllib3's import-time probe, which opens a socket to learn about IPv6.

    LangChain and LangGraph import it by way of LangSmith. The probe binds a port of this machine and sends nothing,
    but a meeting opens no socket at all.
    """
    import socket

    before, fresh = socket.has_ipv6, "urllib3.util.connection" not in sys.modules
    socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = before
        if fresh and (connection := sys.modules.get("urllib3.util.connection")) is not None:
            connection.HAS_IPV6 = before  # type: ignore[attr-defined]


def told(error: BaseException) -> str:
    """What may be said of an unforeseen error: its class, and with EXPERT_PANEL_DEBUG set where it was raised.

    Never its words, and never a traceback: both may quote the chart.
    """
    named = type(error).__name__
    if not os.environ.get("EXPERT_PANEL_DEBUG"):
        return named
    steps, at = [], error.__traceback__
    while at is not None:
        file = Path(at.tb_frame.f_code.co_filename)
        steps.append(f"{file.parent.name}/{file.name}:{at.tb_lineno}")
        at = at.tb_next
    return f"{named} at {' > '.join(steps[-6:])}"


def hush() -> None:
    """For the command line: files only for their owner, and no library's log or warning on stderr.

    Libraries put what they were reading into their warnings, and what they read here is a chart.
    """
    os.umask(0o077)
    root = logging.getLogger()
    root.handlers[:] = [logging.NullHandler()]
    logging.lastResort = None
    logging.raiseExceptions = False
    warnings.simplefilter("ignore")
