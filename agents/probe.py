"""Proof before trust: a model server must show that it serves, constrains and applies what the settings say.

An evaluation elsewhere scored the base model for weeks because the server had loaded no adapter and said nothing;
hence the canary: on one fixed conversation, base and adapters must all answer differently.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

from agents import prompt
from agents.model import Server, Signature
from agents.settings import UNKNOWN, Adapter, ModelSettings
from panel.errors import ModelError
from panel.protocols import Message

CANARY = (
    Message(role="system", content="You are a member of a tumour board."),
    Message(role="user", content="CT chest: 32 mm mass in the right upper lobe. Enlarged right hilar node. No effusion."),
)
"""The recorded conversation that tells an adapter from its base."""
WEIGHTS = ("adapter_model.safetensors", "adapter_config.json")


def probe(server: Server) -> ModelSettings:
    """Make the server prove itself; afterwards its failures count as losses, not as misfits.

    Returns:
        The settings, with the hashes of adapters that lie on this machine.

    Raises:
        ModelError: it does not serve an adapter, does not hold answers to a schema, does not apply an adapter, serves
            another one than recorded, or renders another prompt.
    """
    where = f"model server {server.settings.url}"
    listed = server.served()
    settings = server.settings
    wanted = [settings.base, *(a.name for a in settings.adapters.values())]
    for name in wanted:
        if name not in listed:
            serves = ", ".join(sorted(listed)) or "nothing"
            raise ModelError(where, f"does not serve {name!r} (it serves {serves})", "Start it with `panel serve-models`")
    _constrains(server, where)
    _applies(server, where)
    _renders(server, where)
    server.settings = _recorded(settings, listed, where)
    server.proven = True
    return server.settings


def _constrains(server: Server, where: str) -> None:
    """An answer that only a constrained model can give."""
    nonce = secrets.token_hex(8)
    schema: dict[str, object] = {
        "type": "object",
        "properties": {"probe": {"enum": [nonce]}},
        "required": ["probe"],
        "additionalProperties": False,
    }
    asked = (Message(role="user", content="Describe a chest radiograph in one sentence."),)
    for name in (server.settings.base, *(a.name for a in server.settings.adapters.values())):
        try:
            held = json.loads(server.ask(name, asked, schema, tokens=64).text) == {"probe": nonce}
        except ValueError:
            held = False
        if not held:
            what = f"does not hold {name!r} to a JSON schema"
            raise ModelError(where, what, "Use vLLM 0.12 or later, which honours response_format")


def _applies(server: Server, where: str) -> None:
    """Base and adapters, pairwise different on the canary."""
    names = dict.fromkeys([server.settings.base, *(a.name for a in server.settings.adapters.values())])
    signed: dict[Signature, str] = {}
    for name in names:
        signature = server.sign(name, CANARY)
        twin = signed.setdefault(signature, name)
        if twin != name:
            what = f"answers for {name!r} exactly as for {twin!r}: an adapter is not applied"
            raise ModelError(where, what, "Start it with --enable-lora and the right --lora-modules, as `panel serve-models` does")


def _renders(server: Server, where: str) -> None:
    """The server's template must give the very tokens of ours; one that does not tell cannot be checked."""
    theirs = server.tokens(CANARY)
    ours = server.tokens_of(prompt.render(CANARY, server.settings.template))
    if theirs is not None and ours is not None and theirs != ours:
        what = f"writes conversations otherwise than the template {server.settings.template!r}"
        raise ModelError(where, what, "Start it with --chat-template, as `panel serve-models` does")


def _recorded(settings: ModelSettings, listed: Mapping[str, Mapping[str, object]], where: str) -> ModelSettings:
    """Hashes of adapters whose folders this machine can read; one that differs from the record is refused."""
    adapters: dict[str, Adapter] = {}
    for seat, adapter in settings.adapters.items():
        root = adapter.path or Path(str(listed[adapter.name].get("root") or "-"))
        found = hash_of(root)
        if found is not None and adapter.sha256 not in (UNKNOWN, found):
            what = f"the adapter {adapter.name!r} in {root} is not the one recorded in models.yaml"
            raise ModelError(where, what, "Serve the recorded one, or record this one with `panel serve-models`")
        adapters[seat] = adapter.model_copy(update={"sha256": found or adapter.sha256})
    return settings.model_copy(update={"adapters": adapters})


def hash_of(folder: Path) -> str | None:
    """SHA-256 over an adapter's weights and configuration; None when they are not there."""
    digest = hashlib.sha256()
    try:
        for name in WEIGHTS:
            with (folder / name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    except OSError:
        return None
    return digest.hexdigest()
