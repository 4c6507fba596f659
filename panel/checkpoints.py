"""Where a meeting is written down between two nodes: LangGraph's SQLite saver, tightened.

Checkpoints hold what the seats said, quotes and all; they are deleted as soon as resuming no longer needs them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite import SqliteSaver

from panel.errors import StoreError
from panel.store import connect

Saver = BaseCheckpointSaver[Any]


def open_saver(path: Path | None) -> Saver:
    """A saver in that file (0600), or in memory for None. No type may be rebuilt from what it reads.

    Raises:
        StoreError: the file cannot be opened.
    """
    serde = JsonPlusSerializer(allowed_msgpack_modules=[])
    if path is None:
        return InMemorySaver(serde=serde)
    # NORMAL: a step lost to a power cut is simply taken again; rulings have a store of their own.
    saver = SqliteSaver(connect(path, synchronous="NORMAL"), serde=serde)
    try:
        saver.setup()
    except sqlite3.Error as error:
        saver.conn.close()
        raise _damaged(path, error) from None
    return saver


def forget(saver: Saver, run_id: str) -> None:
    """Delete every checkpoint of the run."""
    saver.delete_thread(run_id)


def keep_last(saver: Saver, run_id: str) -> None:
    """Delete all checkpoints of the run but the one it will be resumed from."""
    if not isinstance(saver, SqliteSaver):
        return
    with saver.cursor() as cursor:
        for table in ("checkpoints", "writes"):
            cursor.execute(
                f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_id <"
                " (SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = ?)",
                (run_id, run_id),
            )


def erase(path: Path, run_ids: Sequence[str]) -> None:
    """Delete the runs' checkpoints from that file, and what its journal still holds of them.

    Raises:
        StoreError: the file cannot be used.
    """
    saver = open_saver(path)
    try:
        for run_id in run_ids:
            saver.delete_thread(run_id)
        if isinstance(saver, SqliteSaver):
            saver.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error as error:
        raise _damaged(path, error) from None
    finally:
        close(saver)


def _damaged(path: Path, error: sqlite3.Error) -> StoreError:
    # Nothing but unfinished meetings is in it, and those are held again from their charts.
    what = f"cannot be used ({type(error).__name__})"
    return StoreError(str(path), what, "Check the disk; if it is damaged, delete it: runs go on without")


def close(saver: Saver) -> None:
    """Close the file, if there is one."""
    connection = getattr(saver, "conn", None)
    if isinstance(connection, sqlite3.Connection):
        connection.close()
