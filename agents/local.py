"""The door without a server: base and adapters in this process, by transformers and peft, on a GPU or the CPU.

One request at a time; greedy, and held to the schema by the same grammar engine (xgrammar) that vLLM uses.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agents import prompt
from agents.probe import CANARY, hash_of
from agents.settings import UNKNOWN, ModelSettings
from panel.errors import ConfigurationError, ModelError
from panel.protocols import Completion, Message

if TYPE_CHECKING:
    import torch

EXTRA = "pip install 'expert-panel[models]'"
_AGAIN = 0.5


class LocalBase:
    """A base model with the adapters of all seats.

    Args:
        settings: with ``base_path`` and the path of every adapter.

    Raises:
        ModelError: base or an adapter cannot be loaded, does not fit, or is not applied.
        ConfigurationError: the extra is not installed.
    """

    def __init__(self, settings: ModelSettings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        try:
            import torch  # noqa: F401
            from peft import PeftModel
            from transformers import AutoModelForCausalLM, AutoTokenizer
        except ImportError:
            raise ConfigurationError("models", "torch, transformers and peft are not installed", EXTRA) from None
        base = str(settings.base_path)
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(base, local_files_only=True)
            loaded: Any = AutoModelForCausalLM.from_pretrained(
                base, local_files_only=True, use_safetensors=True, dtype="auto"
            )
        except (OSError, ValueError, RuntimeError) as error:
            what = f"is no base model with its tokenizer ({type(error).__name__})"
            raise ModelError(base, what, "Give base_path the folder with config, tokenizer and safetensors") from None
        self._model: Any = None
        for seat, adapter in settings.adapters.items():
            folder = str(adapter.path)
            found = hash_of(Path(folder))
            if found is None:
                what = "holds no adapter_model.safetensors with its adapter_config.json"
                raise ModelError(folder, what, f"Correct adapters.{seat}.path in models.yaml")
            if adapter.sha256 not in (UNKNOWN, found):
                raise ModelError(folder, "is not the adapter recorded in models.yaml", "Record it anew")
            try:
                if self._model is None:
                    self._model = PeftModel.from_pretrained(loaded, folder, adapter_name=seat, local_files_only=True)
                else:
                    self._model.load_adapter(folder, adapter_name=seat, local_files_only=True)
            except (OSError, ValueError, RuntimeError, KeyError) as error:
                what = f"does not fit the base ({type(error).__name__})"
                raise ModelError(folder, what, "Use an adapter trained on this base") from None
            self._hashes[seat] = found
        self._model.eval()
        self._prove()

    def seat(self, specialty: str) -> LocalModel:
        """The seat's own model."""
        return LocalModel(self, specialty)

    def hash_of(self, specialty: str) -> str:
        """SHA-256 of the seat's adapter."""
        return self._hashes[specialty]

    def encode(self, messages: Sequence[Message]) -> torch.Tensor:
        """The conversation as token ids, shape (1, tokens)."""
        text = prompt.render(
            messages,
            self.settings.template,
            bos=self._tokenizer.bos_token or "",
            eos=self._tokenizer.eos_token or "",
        )
        ids: torch.Tensor = self._tokenizer(text, add_special_tokens=False, return_tensors="pt")["input_ids"]
        return ids.to(self._model.device)

    def generate(
        self,
        specialty: str,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None,
        temperature: float = 0.0,
        tokens: int | None = None,
    ) -> Completion:
        """One answer with that seat's adapter.

        Raises:
            ModelError: the prompt does not fit the window, or memory is short.
        """
        import torch

        ids = self.encode(messages)
        most = tokens or self.settings.answer
        if ids.shape[1] + most > self.settings.window:
            what = f"needs {ids.shape[1]} tokens of prompt and {most} of answer"
            raise ModelError(f"model {self.settings.base}", f"{what}, and its window is {self.settings.window}", "Raise window")
        sampling = {"do_sample": True, "temperature": temperature} if temperature else {"do_sample": False}
        try:
            with self._lock, torch.inference_mode():
                self._model.set_adapter(specialty)
                torch.manual_seed(0)
                written = self._model.generate(
                    input_ids=ids,
                    attention_mask=torch.ones_like(ids),
                    max_new_tokens=most,
                    logits_processor=self._held_to(schema),
                    pad_token_id=self._tokenizer.eos_token_id,
                    **sampling,
                )
        except (RuntimeError, MemoryError) as error:
            what = f"could not answer ({type(error).__name__})"
            raise ModelError(f"model {self.settings.base}", what, "Use a smaller window, or a server") from None
        answer = written[0, ids.shape[1] :]
        whole = bool(answer.numel()) and int(answer[-1]) == self._tokenizer.eos_token_id
        return Completion(
            text=self._tokenizer.decode(answer, skip_special_tokens=True),
            whole=whole,
            prompt_tokens=ids.shape[1],
            answer_tokens=len(answer),
        )

    @cached_property
    def _hashes(self) -> dict[str, str]:
        return {}

    @cached_property
    def _compiler(self) -> Any:
        try:
            import xgrammar
        except ImportError:
            raise ConfigurationError("models", "xgrammar is not installed", EXTRA) from None
        size = self._model.get_input_embeddings().num_embeddings
        return xgrammar.GrammarCompiler(xgrammar.TokenizerInfo.from_huggingface(self._tokenizer, vocab_size=size))

    def _held_to(self, schema: Mapping[str, object] | None) -> list[Any] | None:
        if schema is None:
            return None
        from xgrammar.contrib.hf import LogitsProcessor

        # Compact, as vLLM compiles it under disable_any_whitespace: another comma would be another text.
        compiled = self._compiler.compile_json_schema(json.dumps(schema), any_whitespace=False, separators=(",", ":"))
        return [LogitsProcessor(compiled)]

    def _prove(self) -> None:
        """The canary of :mod:`agents.probe`: every adapter moves the logits, each its own way."""
        import torch

        ids = self.encode(CANARY)
        with torch.inference_mode():
            with self._model.disable_adapter():
                seen = {"the base": self._model(ids).logits[0, -1].float()}
            for seat in self.settings.adapters:
                self._model.set_adapter(seat)
                logits = self._model(ids).logits[0, -1].float()
                for twin, other in seen.items():
                    if torch.equal(logits, other):
                        what = f"the adapter of {seat} answers exactly as {twin}: it does nothing"
                        raise ModelError(f"model {self.settings.base}", what, "Give it the adapter that was trained for it")
                seen[f"that of {seat}"] = logits


class LocalModel:
    """A seat's adapter in this process: a :class:`panel.protocols.Model`."""

    def __init__(self, base: LocalBase, specialty: str) -> None:
        self._base = base
        self._specialty = specialty
        settings = base.settings
        adapter = settings.adapters[specialty]
        self.name = f"{settings.base}@{settings.base_sha256[:8]}+{adapter.name}@{base.hash_of(specialty)[:8]}"
        self.room = settings.room

    def measure(self, messages: Sequence[Message]) -> int:
        """Tokens of the conversation, counted."""
        return int(self._base.encode(messages).shape[1])

    def complete(
        self, messages: Sequence[Message], schema: Mapping[str, object] | None = None, *, again: bool = False
    ) -> Completion:
        """As :meth:`panel.protocols.Model.complete`."""
        return self._base.generate(self._specialty, messages, schema, _AGAIN if again else 0.0)
