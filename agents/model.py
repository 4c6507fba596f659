"""The door to a model server: vLLM's OpenAI-compatible API, and nothing else of ours speaks to it.

Answers are held to a schema by ``response_format`` alone: vLLM ignores its older ``guided_json`` since 0.12 and answers
with free text. A server is not believed: before the panel uses it, :func:`agents.probe.probe` asks it to prove itself.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

from agents.settings import ModelSettings
from panel.errors import ConfigurationError, ModelError, ModelLost
from panel.protocols import Completion, Message

if TYPE_CHECKING:
    import httpx
    from langchain_core.messages import AIMessage

EXTRA = "pip install 'expert-panel[models]'"
_SHORT = 8
"""Digits of a hash that stand in a model's name."""
_AGAIN = 0.5
"""Temperature of a second try."""
_SURELY_TOO_LONG = 12
"""No tokenizer in use makes fewer tokens of clinical text than one for twelve bytes."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a model answers to a fixed prompt at temperature 0: enough to tell an adapter from its base."""

    text: str
    logprobs: tuple[float, ...] = ()
    """Of its tokens; empty when the server gives none."""


class Server:
    """A running model server.

    Args:
        settings: where it is and what it should serve.

    Raises:
        ConfigurationError: the host is not allowed, the extra is not installed, or the key is not set.
    """

    def __init__(self, settings: ModelSettings) -> None:
        settings.check_host()
        self.settings = settings
        self.proven = False
        """Whether the probe has passed: from then on a failure means that the server was lost."""
        self._flight: AbstractContextManager[object] = threading.BoundedSemaphore(settings.in_flight)

    def seat(self, specialty: str) -> ServedModel:
        """The seat's own model: the base with its adapter."""
        return ServedModel(self, self.settings.adapters[specialty].name, specialty)

    def served(self) -> dict[str, Mapping[str, object]]:
        """What the server says it serves: name to its entry.

        Raises:
            ModelError: it cannot be reached or gives no list.
        """
        try:
            listed = self._client("-").root_client.models.list()
            return {entry.id: entry.model_dump() for entry in listed.data}
        except Exception as error:  # noqa: BLE001  any server may answer anything
            self.fail(error)

    def ask(
        self,
        model: str,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        *,
        tokens: int | None = None,
        temperature: float = 0.0,
    ) -> Completion:
        """One answer of one served model. Raises :class:`ModelError`, or :class:`ModelLost` once it was proven."""
        answered = self._invoke(model, messages, schema, tokens, temperature)
        if answered is None:
            return Completion(text="", whole=False)
        usage = answered.usage_metadata
        return Completion(
            text=str(answered.content),
            whole=answered.response_metadata.get("finish_reason") == "stop",  # "length", "abort": cut short
            prompt_tokens=usage["input_tokens"] if usage else 0,
            answer_tokens=usage["output_tokens"] if usage else 0,
        )

    def sign(self, model: str, messages: Sequence[Message], tokens: int = 12) -> Signature:
        """The model's signature on a fixed conversation."""
        answered = self._invoke(model, messages, None, tokens, 0.0, logprobs=True)
        content = ((answered.response_metadata.get("logprobs") or {}).get("content") or []) if answered else []
        return Signature(
            text=str(answered.content) if answered else "",
            logprobs=tuple(round(float(token["logprob"]), 4) for token in content),
        )

    def tokens(self, messages: Sequence[Message]) -> list[int] | None:
        """The conversation as the server itself would render and tokenize it; None when it does not tell."""
        told = [{"role": m.role, "content": m.content} for m in messages]
        return self._tokenize({"model": self.settings.base, "messages": told, "add_generation_prompt": True})

    def tokens_of(self, text: str) -> list[int] | None:
        """That text tokenized as it stands; None when the server does not tell."""
        return self._tokenize({"model": self.settings.base, "prompt": text, "add_special_tokens": False})

    def share(self) -> None:
        """Before this process is forked: its children share what may be under way, and clients that are not yet connected.

        One count for all of them: a part for each would lie idle while its case waits for its slowest seat.
        """
        self.close()
        self._flight = multiprocessing.get_context("fork").BoundedSemaphore(self.settings.in_flight)
        for adapter in self.settings.adapters.values():
            self._client(adapter.name)

    def close(self) -> None:
        """Drop what is under way; the server stops working on a request whose connection is gone. The next asks anew."""
        self._http.close()
        self.__dict__.pop("_http", None)
        self.__dict__.pop("_clients", None)

    def fail(self, error: Exception) -> NoReturn:
        """Tell the error as one of ours; its own words may hold the prompt, so they are not repeated."""
        import openai

        where = f"model server {self.settings.url}"
        lost = ModelLost if self.proven else ModelError
        remedy = "Start it again, then continue with `panel run --resume RUN`" if self.proven else "Check url in models.yaml, or start it with `panel serve-models`"
        if isinstance(error, openai.APITimeoutError):
            raise lost(where, f"gave no answer within {self.settings.timeout:g} s", remedy) from None
        if isinstance(error, openai.APIConnectionError):
            raise lost(where, "cannot be reached, or broke off", remedy) from None
        if isinstance(error, openai.APIStatusError):
            code = error.status_code
            if code == 429 or code >= 500:
                raise lost(where, f"answered {code} to every try", remedy) from None
            hint = {401: "set its key", 403: "set its key", 404: "check the names of base and adapters in models.yaml"}
            what = f"refused the request ({code})" if code != 400 else "refused the prompt (400): it may be over the window"
            raise ModelError(where, what, f"To mend it, {hint.get(code, 'check window in models.yaml')}") from None
        raise lost(where, f"gave no usable answer ({type(error).__name__})", remedy) from None

    def _invoke(
        self,
        model: str,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None,
        tokens: int | None,
        temperature: float,
        **more: object,
    ) -> AIMessage | None:
        """The message, or None when it was cut at the length allowed."""
        import openai

        if schema is not None:
            form = {"name": "answer", "schema": dict(schema), "strict": True}
            more["response_format"] = {"type": "json_schema", "json_schema": form}
        spoken = [(m.role, m.content) for m in messages]
        try:
            # No seed: on a CPU, a seeded sample whose prompt is read in chunks ends vLLM 0.32's engine for everybody.
            return self._client(model).invoke(  # type: ignore[no-any-return]
                spoken, max_tokens=tokens or self.settings.answer, temperature=temperature, **more
            )
        except openai.LengthFinishReasonError:
            return None
        except Exception as error:  # noqa: BLE001  the door: whatever a server does is told as one of our errors
            self.fail(error)

    def _client(self, model: str) -> Any:
        known = self._clients.get(model)
        if known is None:
            known = self._clients[model] = _chat()(
                model=model,
                base_url=self.settings.url,
                api_key=self._key,
                timeout=self.settings.timeout,
                max_retries=self.settings.retries,
                http_client=self._http,
                use_responses_api=False,
                streaming=False,
            )
        return known

    @cached_property
    def _clients(self) -> dict[str, Any]:
        return {}

    @cached_property
    def _http(self) -> httpx.Client:
        import httpx

        from agents.flight import Gate

        # No redirect: it would carry the chart elsewhere.
        gate = Gate(self._flight, self.settings.in_flight)
        return httpx.Client(transport=gate, trust_env=False, follow_redirects=False, timeout=self.settings.timeout)

    @cached_property
    def _key(self) -> str:
        name = self.settings.key_variable
        if name is None:
            return "none"
        if not os.environ.get(name):
            raise ConfigurationError(f"${name}", "is not set, and models.yaml says it holds the server's key", f"export {name}=…")
        return os.environ[name]

    def _tokenize(self, body: Mapping[str, object]) -> list[int] | None:
        import httpx

        parts = urlsplit(self.settings.url)
        root = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/').removesuffix('/v1')}"
        try:
            answered = self._http.post(f"{root}/tokenize", json=body, headers={"Authorization": f"Bearer {self._key}"})
            tokens = answered.json().get("tokens") if answered.status_code == 200 else None
        except (httpx.HTTPError, ValueError, AttributeError):
            return None
        return tokens if isinstance(tokens, list) else None


class ServedModel:
    """A seat's adapter on the server: a :class:`panel.protocols.Model`."""

    def __init__(self, server: Server, adapter: str, specialty: str) -> None:
        self.server = server
        self.adapter = adapter
        settings = server.settings
        hashes = (settings.base_sha256[:_SHORT], settings.adapters[specialty].sha256[:_SHORT])
        self.name = f"{settings.base}@{hashes[0]}+{adapter}@{hashes[1]}"
        self.room = settings.room

    def measure(self, messages: Sequence[Message]) -> int:
        """Tokens of the conversation: counted by the server where a glance does not settle whether it fits."""
        size = sum(len(m.content.encode()) for m in messages) + _FRAME * len(messages)
        if size <= self.room:  # a token is at least a byte
            return size
        if size > self.room * _SURELY_TOO_LONG:
            return size // 4
        counted = self.server.tokens(messages)
        return len(counted) if counted is not None else size // 2

    def complete(
        self, messages: Sequence[Message], schema: Mapping[str, object] | None = None, *, again: bool = False
    ) -> Completion:
        """As :meth:`panel.protocols.Model.complete`."""
        return self.server.ask(self.adapter, messages, schema, temperature=_AGAIN if again else 0.0)


_FRAME = 64
"""Bytes a template puts round one message, at most."""


def _chat() -> type[Any]:
    try:
        from langchain_openai import ChatOpenAI
    except ImportError:
        raise ConfigurationError("models", "langchain-openai is not installed", EXTRA) from None
    return ChatOpenAI
