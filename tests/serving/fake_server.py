"""A model server that speaks vLLM's API over a loopback socket, and can misbehave in every way a real one will not.

>>> with FakeServer() as server:
...     server.faults.add("free text")
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from agents import prompt
from panel.protocols import Message

SEATS = ("radiology", "pathology", "oncology", "surgery")
FREE_TEXT = "There is a mass in the right upper lobe."


class Asked(NamedTuple):
    """One request for an answer."""

    model: str
    prompt: str
    schema: Mapping[str, Any] | None
    temperature: float
    key: str
    seeded: bool

    @property
    def reading(self) -> bool:
        """Whether a chart was to be read (not a probe, not the exchange round)."""
        return bool(self.schema and "impression" in self.schema["properties"])

    @property
    def exchange(self) -> bool:
        """Whether findings could be taken back."""
        return bool(self.schema and "withdraw" in self.schema["properties"])


class FakeServer(ThreadingHTTPServer):
    """The server.

    Attributes:
        faults: any of "silent adapter", "free text", "no schema", "drift", "429", "500", "hang", "truncated", "redirect",
            "400", "cut", "nonsense", "no logprobs".
        when: "always", or "reading": the probe is answered well.
        recover_after: requests that fail before the fault is gone; None: it stays.
        pause: seconds that every answer takes.
        said: by model, the whole answer to the reading round (text); a good one by default.
        elsewhere: where a redirect leads.
    """

    daemon_threads = True

    def __init__(self, serves: Sequence[str] = ("base", *SEATS)) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.serves = tuple(serves)
        self.faults: set[str] = set()
        self.when = "always"
        self.recover_after: int | None = None
        self.pause = 0.0
        self.said: dict[str, str] = {}
        self.elsewhere = ""
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self.released = threading.Event()
        self._under_way = 0
        self._failed = 0
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        """As in models.yaml."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def faulty(self, asked: Asked) -> bool:
        """Whether this request meets the fault."""
        if not self.faults or (self.when == "reading" and not asked.reading):
            return False
        with self._lock:
            self._failed += 1
            return self.recover_after is None or self._failed <= self.recover_after

    def count(self, by: int) -> None:
        """Requests under way."""
        with self._lock:
            self._under_way += by
            self.most_at_once = max(self.most_at_once, self._under_way)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what some of these tests are about."""

    def __enter__(self) -> FakeServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeServer

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        """The list of what is served."""
        self._send({"object": "list", "data": [{"id": n, "object": "model", "created": 0, "owned_by": "x"} for n in self.server.serves]})

    def do_POST(self) -> None:
        """An answer, or tokens."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/tokenize":
            answer: dict[str, Any] = {"content": {"tokens": self._tokens(body)}}
        else:
            self.server.count(1)
            try:
                answer = self._answer(body)
            finally:
                # Before the answer leaves: whoever has read it may ask again at once.
                self.server.count(-1)
        self._send(**answer)

    def _answer(self, body: Mapping[str, Any]) -> dict[str, Any]:
        schema = ((body.get("response_format") or {}).get("json_schema") or {}).get("schema")
        told = "\n".join(m["content"] for m in body["messages"])
        key = self.headers["Authorization"].removeprefix("Bearer ")
        asked = Asked(body["model"], told, schema, body.get("temperature", 1.0), key, "seed" in body)
        self.server.asked.append(asked)
        time.sleep(self.server.pause)
        if asked.model not in self.server.serves:
            return {"content": {"error": {"message": f"no model {told}", "code": 404}}, "status": 404}
        fault = next(iter(self.server.faults)) if self.server.faulty(asked) else ""
        if fault in ("429", "500", "400"):
            return {"content": {"error": {"message": f"refused: {told}", "code": int(fault)}}, "status": int(fault)}
        if fault == "redirect":
            return {"content": {}, "status": 307, "headers": {"Location": f"{self.server.elsewhere}/chat/completions"}}
        if fault == "hang":
            self.server.released.wait(10)
        if fault == "nonsense":
            return {"content": {"told": told}}
        text = self._text(asked, fault)
        choice: dict[str, Any] = {
            "index": 0,
            "message": {"role": "assistant", "content": text},
            "finish_reason": "length" if fault == "cut" else "stop",
        }
        if body.get("logprobs") and fault != "no logprobs":
            choice["logprobs"] = {"content": [{"token": text, "logprob": -0.5, "bytes": None, "top_logprobs": []}]}
        usage = {"prompt_tokens": len(told), "completion_tokens": len(text), "total_tokens": len(told) + len(text)}
        completion = {"id": "1", "object": "chat.completion", "created": int(time.time()), "model": asked.model,
                      "choices": [choice], "usage": usage}  # fmt: skip
        return {"content": completion, "cut": fault == "truncated"}

    def _text(self, asked: Asked, fault: str) -> str:
        if asked.schema is None:
            return "as base" if fault == "silent adapter" and asked.model == "pathology" else f"as {asked.model}"
        if fault in ("free text", "no schema"):
            return FREE_TEXT
        if asked.reading:
            good = {"impression": f"The desk of {asked.model} was read.", "findings": [], "recommendations": []}
            return self.server.said.get(asked.model, json.dumps(good))
        if asked.exchange:
            return '{"withdraw": []}'
        return json.dumps({name: kind["enum"][0] for name, kind in asked.schema["properties"].items()})

    def _tokens(self, body: Mapping[str, Any]) -> list[int]:
        text = body.get("prompt")
        if text is None:
            text = prompt.render([Message(role=m["role"], content=m["content"]) for m in body["messages"]], "llama2")
            text += " drifted" if "drift" in self.server.faults else ""
        return [int.from_bytes(text[i : i + 4].encode()) for i in range(0, len(text), 4)]

    def _send(
        self, content: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None, *, cut: bool = False
    ) -> None:
        data = json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if cut else data)
        if cut:
            self.wfile.flush()
            self.close_connection = True
