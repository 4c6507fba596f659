"""What lies in the folders of a base and its adapters, read without loading a weight, and refused before a server is.

vLLM says what is wrong with an adapter only after it has loaded the base, in a long trace; here it is one line that
names file, field and remedy. What vLLM 0.32 refuses: ``vllm/lora/peft_helper.py`` and ``vllm/lora/lora_model.py``.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from panel.errors import ConfigurationError

RANKS = (1, 8, 16, 32, 64, 128, 256, 320, 512)
"""What vLLM takes for ``--max-lora-rank``."""
ALIKE = ("LlamaForCausalLM", "MistralForCausalLM", "Qwen2ForCausalLM")
"""Architectures whose layers have Llama's names and shapes; of others, adapters are left to vLLM to check."""
TOKENIZERS = ("tokenizer.json", "tokenizer.model")
_HEADER = 100_000_000
"""The longest header that safetensors itself reads, in bytes."""
_MADE_OF = ("config.json", *TOKENIZERS, "tokenizer_config.json")
_LORA = re.compile(r"(?:^|\.)(\w+)\.lora_(?:embedding_)?([AB])(?:\.weight)?$")
_LAYER = re.compile(r"(?:^|\.)layers\.(\d+)\.")
_INITS = frozenset("gaussian eva orthogonal mica lora_ga".split())
"""Ways to begin an adapter that leave the base as it was."""


class _Loose(BaseModel):
    """A file of somebody else's: fields that are not ours are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Shape(_Loose):
    """What counts of a base's ``config.json``."""

    architectures: tuple[str, ...]
    hidden_size: int = 0
    num_hidden_layers: int = 0
    num_attention_heads: int = 1
    num_key_value_heads: int | None = None
    head_dim: int | None = None
    intermediate_size: int = 0
    vocab_size: int = 0
    max_position_embeddings: int | None = None


class _Lora(_Loose):
    """What counts of an ``adapter_config.json``."""

    peft_type: str = "LORA"
    r: int = Field(gt=0)
    target_modules: str | list[str] | None
    use_dora: bool = False
    bias: str = "none"
    lora_bias: bool = False
    modules_to_save: list[str] | None = None
    trainable_token_indices: list[int] | dict[str, list[int]] | None = None
    init_lora_weights: bool | str = True
    alora_invocation_tokens: list[int] | None = None
    layer_replication: list[tuple[int, int]] | None = None
    use_bdlora: Mapping[str, object] | None = None
    use_qalora: bool = False
    rank_pattern: dict[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """A base model's folder."""

    folder: Path
    alike: bool
    """Whether its layers are Llama's by name and shape."""
    layers: int
    heads: int
    """Of keys and values."""
    head: int
    """Width of one."""
    window: int | None
    """Most tokens it was made for; None when it does not say."""
    shapes: Mapping[str, tuple[int, int]]
    """Module to its (input, output) widths; empty unless alike."""

    @property
    def token_bytes(self) -> int:
        """Bytes of cache that one token takes, two bytes a number."""
        return 2 * 2 * self.layers * self.heads * self.head


@dataclass(frozen=True, slots=True)
class Lora:
    """An adapter's folder."""

    folder: Path
    rank: int
    """The largest of its modules."""


class _Tensor(NamedTuple):
    name: str
    shape: tuple[int, ...]


def read_base(folder: Path) -> Base:
    """The base in that folder.

    Raises:
        ConfigurationError: it is not there, or not whole: configuration, tokenizer and safetensors.
    """
    if not folder.is_dir():
        raise ConfigurationError(str(folder), "is no folder", "Give --base the folder of the base model")
    file = folder / "config.json"
    try:
        shape = _Shape.model_validate_json(file.read_bytes())
    except OSError:
        raise ConfigurationError(str(file), "cannot be read", "Give --base a folder with config.json") from None
    except ValidationError as error:
        raise ConfigurationError(str(file), _first(error), "Download the base anew") from None
    if not any((folder / name).is_file() for name in TOKENIZERS):
        what = f"holds no tokenizer ({' or '.join(TOKENIZERS)})"
        raise ConfigurationError(str(folder), what, "Copy the tokenizer's files of the same base into it")
    for path in _weights(folder):
        header(path, "Download the base anew")
    heads = shape.num_key_value_heads or shape.num_attention_heads
    head = shape.head_dim or shape.hidden_size // shape.num_attention_heads
    alike = any(name in ALIKE for name in shape.architectures)
    hidden, inner = shape.hidden_size, shape.intermediate_size
    widths = {
        "q_proj": (hidden, shape.num_attention_heads * head),
        "k_proj": (hidden, heads * head),
        "v_proj": (hidden, heads * head),
        "o_proj": (shape.num_attention_heads * head, hidden),
        "gate_proj": (hidden, inner),
        "up_proj": (hidden, inner),
        "down_proj": (inner, hidden),
        "lm_head": (hidden, shape.vocab_size),
        "embed_tokens": (shape.vocab_size, hidden),
    }
    return Base(
        folder=folder,
        alike=alike,
        layers=shape.num_hidden_layers,
        heads=heads,
        head=head,
        window=shape.max_position_embeddings,
        shapes=widths if alike else {},
    )


def read_lora(folder: Path, base: Base) -> Lora:
    """The adapter in that folder, fit for vLLM and for this base.

    Raises:
        ConfigurationError: it is not there, not whole, of a kind that vLLM refuses, or made for another base.
    """
    file = folder / "adapter_config.json"
    try:
        config = _Lora.model_validate_json(file.read_bytes())
    except OSError:
        raise ConfigurationError(str(file), "cannot be read", "Give the folder that peft saved the adapter in") from None
    except ValidationError as error:
        raise ConfigurationError(str(file), _first(error), "Save the adapter anew with peft") from None
    for field, told, remedy in _refused(config):
        raise ConfigurationError(str(file), f"{field}: {told}", remedy)
    rank = max([config.r, *(config.rank_pattern or {}).values()])
    if rank > RANKS[-1]:
        raise ConfigurationError(str(file), f"r: rank {rank} is above {RANKS[-1]}, vLLM's largest", "Train it with a lower rank")
    weights = folder / "adapter_model.safetensors"
    tensors = header(weights, "Save the adapter anew with peft")
    if not tensors:
        raise ConfigurationError(str(weights), "holds no weights", "Save the adapter anew with peft")
    ranks = {config.r, *(config.rank_pattern or {}).values()}
    for tensor in tensors:
        _check(weights, tensor, base, ranks)
    return Lora(folder, rank)


def header(path: Path, remedy: str) -> tuple[_Tensor, ...]:
    """Names and shapes of the tensors in a safetensors file.

    Format: https://huggingface.co/docs/safetensors: eight bytes of length, a JSON object, then the numbers.

    Raises:
        ConfigurationError: it is not there, or cut short.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            content = json.loads(file.read(length)) if length <= min(size, _HEADER) else None
    except FileNotFoundError:
        raise ConfigurationError(str(path), "does not exist", remedy) from None
    except (OSError, struct.error, ValueError):
        content = None
    try:
        told = [(name, entry) for name, entry in content.items() if name != "__metadata__"]  # type: ignore[union-attr]
        tensors = tuple(_Tensor(name, tuple(int(n) for n in entry["shape"])) for name, entry in told)
        end = max((int(entry["data_offsets"][1]) for _, entry in told), default=0)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        raise ConfigurationError(str(path), "is no safetensors file, or a damaged one", remedy) from None
    if 8 + length + end != size:
        raise ConfigurationError(str(path), "is cut short", remedy)
    return tensors


def hash_of_base(folder: Path) -> str:
    """SHA-256 over the base's weights, configuration and tokenizer (about a second for a gigabyte)."""
    digest = hashlib.sha256()
    for path in (*(folder / name for name in _MADE_OF), *_weights(folder)):
        if path.is_file():
            with path.open("rb") as file:
                digest.update(path.name.encode() + b"\0" + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _weights(folder: Path) -> list[Path]:
    """The base's safetensors files, those that its index names included."""
    found = {path.name for path in folder.glob("*.safetensors")}
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        try:
            found |= {str(name) for name in json.loads(index.read_bytes())["weight_map"].values()}
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            raise ConfigurationError(str(index), "is damaged", "Download the base anew") from None
    if not found:
        what = "holds no *.safetensors; pickled weights are not loaded, for they can run code"
        raise ConfigurationError(str(folder), what, "Download the base in the safetensors format, or convert it")
    return [folder / name for name in sorted(found)]


def _refused(config: _Lora) -> list[tuple[str, str, str]]:
    """Field, what is wrong, remedy: each a kind of adapter that vLLM does not serve."""
    again = "Train it without, or merge it into a base of its own"
    known = isinstance(config.init_lora_weights, bool) or config.init_lora_weights.lower() in _INITS
    told = (
        (config.peft_type.upper() != "LORA", "peft_type", f"vLLM serves LORA alone, not {config.peft_type}", again),
        (config.use_dora, "use_dora", "vLLM does not serve DoRA", again),
        (config.bias != "none" or config.lora_bias, "bias", "vLLM does not serve adapters with a bias", again),
        (bool(config.modules_to_save), "modules_to_save", "vLLM does not serve whole modules beside LoRA", again),
        (bool(config.trainable_token_indices), "trainable_token_indices", "vLLM does not serve new tokens", again),
        (not known, "init_lora_weights", "this beginning changes the base, which vLLM does not",
         "Convert it with peft's path_initial_model_for_weight_conversion"),
        (bool(config.alora_invocation_tokens), "alora_invocation_tokens", "vLLM does not serve activated LoRA", again),
        (bool(config.layer_replication), "layer_replication", "vLLM does not replicate layers", again),
        (bool(config.use_bdlora), "use_bdlora", "vLLM does not serve block-diagonal LoRA", again),
        (config.use_qalora, "use_qalora", "vLLM does not serve QALoRA", again),
    )
    return [(field, what, remedy) for wrong, field, what, remedy in told if wrong]


def _check(file: Path, tensor: _Tensor, base: Base, ranks: set[int]) -> None:
    """Refuse a tensor that is no LoRA of this base's modules."""
    if not base.alike:
        return
    found = _LORA.search(tensor.name)
    if found is None:
        what = f"{tensor.name}: is no LoRA weight; vLLM serves no other"
        raise ConfigurationError(str(file), what, "Train it without new tokens, bias or whole modules")
    module, half = found.groups()
    layer = _LAYER.search(tensor.name)
    if module not in base.shapes:
        what = f"target_modules: vLLM knows no {module} in this architecture"
        raise ConfigurationError(str(file), what, f"Target {', '.join(base.shapes)}")
    if layer is not None and int(layer[1]) >= base.layers:
        what = f"has a layer {layer[1]}, and the base has {base.layers}"
        raise ConfigurationError(str(file), what, "Use an adapter trained on this base")
    width = base.shapes[module][half == "B"]
    rank, own = (tensor.shape if half == "A" else tensor.shape[::-1]) if len(tensor.shape) == 2 else (0, 0)
    if own != width:
        what = f"{module}: is {own} wide and the base's {width}; it was made for another base"
        raise ConfigurationError(str(file), what, "Use an adapter trained on this base")
    if rank not in ranks:
        what = f"{module}: has rank {rank}, and adapter_config.json says {max(ranks)}"
        raise ConfigurationError(str(file), what, "Save the adapter anew with peft")


def _first(error: ValidationError) -> str:
    told = error.errors(include_input=False, include_url=False)[0]
    field = ".".join(str(part) for part in told["loc"])
    return f"{field}: {told['msg']}" if field else "is not JSON, or not of the form expected"
