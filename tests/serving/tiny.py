"""A Llama small enough for a test, its tokenizer, and a LoRA adapter for each seat; random weights, fixed by a seed."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

SEATS = ("radiology", "pathology", "oncology", "surgery")
VOCABULARY = 1024


def build(
    folder: Path,
    texts: Sequence[str],
    *,
    rank: int = 8,
    seats: Sequence[str] = SEATS,
    window: int = 4096,
    steps: int = 0,
    strength: float = 0.2,
    length: int = 1,
    dtype: str = "bfloat16",
) -> Path:
    """Write ``folder/base`` and ``folder/<seat>`` for each seat; returns the folder.

    Args:
        folder: where.
        texts: what the tokenizer learns from.
        rank: of the adapters.
        seats: one adapter each.
        window: tokens.
        steps: of teaching it the form of an answer; without any its strings never end.
        strength: standard deviation of each adapter's B.
        length: of the answers it is taught, in sentences and findings.
        dtype: of the base's weights.
    """
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import LlamaForCausalLM

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # so small that threads would only wait for one another
    base = _base(folder / "base", texts, window, steps, length, dtype)
    for number, seat in enumerate(seats, start=1):
        torch.manual_seed(number)
        lora = LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM")
        adapted = get_peft_model(LlamaForCausalLM.from_pretrained(base, dtype=getattr(torch, dtype)), lora)
        for name, weight in adapted.named_parameters():
            if "lora_B" in name:  # zero at birth, which would be no adapter at all
                torch.nn.init.normal_(weight, std=strength)
        adapted.save_pretrained(folder / seat)
        _point(folder / seat / "adapter_config.json", base)
    torch.set_num_threads(threads)
    return folder


def _base(folder: Path, texts: Sequence[str], window: int, steps: int, length: int, dtype: str) -> Path:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    tokenizer = _tokenizer(texts)
    tokenizer.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=128,
        intermediate_size=256,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=4,
        head_dim=32,
        max_position_embeddings=window,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        tie_word_embeddings=False,
    )
    model = LlamaForCausalLM(config)
    _teach(model, tokenizer, texts, steps, length)
    model.to(getattr(torch, dtype)).save_pretrained(folder)
    return folder


def _teach(
    model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, texts: Sequence[str], steps: int, length: int
) -> None:
    """Teach it to end: answers of the form asked for, made of sentences of the texts; it learns no sense."""
    import torch

    chance = random.Random(0)
    sentences = [part.strip() for text in texts for part in re.split(r"(?<=[.:;])\s", text) if len(part) > 8]
    best = torch.optim.AdamW(model.parameters(), lr=4e-3)
    model.train()
    for step in range(steps):
        for group in best.param_groups:
            group["lr"] = 4e-3 * (1 - step / steps)
        rows = [f"{' '.join(chance.choices(sentences, k=3))}[/INST]{_answer(chance, sentences, length)}</s>" for _ in range(4)]
        batch = tokenizer(rows, return_tensors="pt", padding=True, truncation=True, max_length=640, add_special_tokens=False)
        ids = batch["input_ids"]
        labels = ids.masked_fill(batch["attention_mask"] == 0, -100)
        model(input_ids=ids, attention_mask=batch["attention_mask"], labels=labels).loss.backward()
        best.step()
        best.zero_grad()
    model.eval()


def _answer(chance: random.Random, sentences: Sequence[str], length: int) -> str:
    """An answer of the reading round's form."""

    def words() -> str:
        return chance.choice(sentences)[:40]

    intents = ("curative", "palliative", "diagnostic", "supportive", "unstated")
    found = [
        {"question": "primary.side", "value": chance.choice(("right", "left", "32 mm")), "document": "ct-1", "quote": words()}
        for _ in range(length * chance.choice((1, 2, 2)))
    ]
    steps = [
        {"action": "test.pet_ct", "intent": chance.choice(intents), "rationale": words(), "document": "ct-1", "quote": words()}
        for _ in range(chance.choice((0, 1)))
    ]
    told = {"impression": " ".join(chance.sample(sentences, length))[: 90 * length], "findings": found, "recommendations": steps}
    return json.dumps(told, separators=(",", ":"))


def _point(config: Path, base: Path) -> None:
    content = json.loads(config.read_text())
    content["base_model_name_or_path"] = str(base)
    config.write_text(json.dumps(content))


def _tokenizer(texts: Iterable[str]):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    raw = Tokenizer(models.BPE(byte_fallback=True))
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=["<unk>", "<s>", "</s>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    raw.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=raw, bos_token="<s>", eos_token="</s>", unk_token="<unk>", pad_token="</s>"
    )
