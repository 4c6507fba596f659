"""Which models the seats use: ``models.yaml``, written by ``panel serve-models`` or by hand.

>>> base: llama-2-7b-chat
... url: http://127.0.0.1:8000/v1
... adapters: {radiology: {name: radiology}, pathology: {name: pathology}}
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

import yaml
from pydantic import Field, ValidationError, model_validator

from panel.case import Frozen
from panel.errors import ConfigurationError

FILE = "models.yaml"
UNKNOWN = "unknown"
"""The hash of weights that this machine does not hold and nobody recorded."""


class Adapter(Frozen):
    """One seat's LoRA adapter."""

    name: str
    """Under which the server serves it."""
    path: Path | None = None
    """Its folder; needed in process, else only to check its hash."""
    sha256: str = UNKNOWN
    """Over its weights and configuration."""


class ModelSettings(Frozen):
    """One base, one adapter per seat, and how to reach them."""

    engine: Literal["server", "in-process"] = "server"
    """An OpenAI-compatible server (vLLM), or transformers and peft in this process."""
    url: str = "http://127.0.0.1:8000/v1"
    """Of the server."""
    allow: tuple[str, ...] = ()
    """Hosts beside this machine that the chart may be sent to: the operator's decision, none by default."""
    key_variable: str | None = None
    """Name of the environment variable with the server's key; the key itself is never in a file."""
    base: str
    """Under which the server serves the base."""
    base_path: Path | None = None
    """Its folder; needed in process."""
    base_sha256: str = UNKNOWN
    """Over its weights."""
    template: str = "llama2"
    """How conversations are written for it: a file in ``agents/templates``."""
    window: Annotated[int, Field(ge=256)] = 4096
    """Tokens of prompt and answer together."""
    answer: Annotated[int, Field(ge=32)] = 1024
    """Most tokens of an answer."""
    adapters: Annotated[dict[str, Adapter], Field(min_length=1)]
    """By specialty. A seat without one is read by the rules."""
    timeout: Annotated[float, Field(gt=0)] = 180.0
    """Seconds to wait for one answer."""
    retries: Annotated[int, Field(ge=0, le=10)] = 3
    """Tries after a refused or lost request, each after a longer pause."""
    in_flight: Annotated[int, Field(ge=1)] = 32
    """Requests under way at once."""
    cases: Annotated[int, Field(ge=1, le=64)] = 32
    """Cases read at once in a batch: as many as requests, for a case waits for its slowest seat, and in its exchange round
    few of its seats speak."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.answer * 2 > self.window:
            raise ValueError("answer: takes more than half of the window")
        if self.engine == "in-process" and (self.base_path is None or any(a.path is None for a in self.adapters.values())):
            raise ValueError("engine: in-process needs base_path and the path of every adapter")
        return self

    @property
    def room(self) -> int:
        """Tokens a prompt may take."""
        return self.window - self.answer

    def as_yaml(self) -> str:
        """The settings as a file."""
        content = self.model_dump(mode="json", exclude_defaults=True)
        return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)

    def check_host(self) -> None:
        """Refuse a server that is not this machine, unless the operator lists it.

        Raises:
            ConfigurationError: it is neither.
        """
        host = urlsplit(self.url).hostname or ""
        if "@" in urlsplit(self.url).netloc:  # errors and reports name the url
            raise ConfigurationError("model server", "url holds a name or password", "Put the key in a variable: key_variable: NAME")
        if urlsplit(self.url).scheme not in ("http", "https") or not host:
            raise ConfigurationError(f"model server {self.url}", "is no http address", "Write url: http://HOST:PORT/v1")
        if not _loopback(host) and host not in self.allow:
            what = "is not this machine, and a chart is sent only where the operator allows it"
            raise ConfigurationError(f"model server {self.url}", what, f"List it in models.yaml: allow: [{host}]")


def load(file: Path) -> ModelSettings:
    """The settings of that file.

    Raises:
        ConfigurationError: it is not there, or broken; the message names the field.
    """
    try:
        content = yaml.safe_load(file.read_text("utf-8"))
    except FileNotFoundError:
        remedy = "Name a settings file, or write one with `panel serve-models`"
        raise ConfigurationError(str(file), "does not exist", remedy) from None
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(str(file), "cannot be read", "Check its permissions and encoding") from None
    except yaml.YAMLError:
        raise ConfigurationError(str(file), "is not YAML", "Correct it, or write it anew with `panel serve-models`") from None
    try:
        return ModelSettings.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "settings"
        what = first["msg"].removeprefix("Value error, ")
        raise ConfigurationError(str(file), f"{field}: {what}", "See `panel serve-models --help` for an example") from None


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
