"""A Llama small enough for a test, its tokenizer, and a LoRA adapter for each seat; random weights, fixed by a seed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

SEATS = ("radiology", "pathology", "oncology", "surgery")
VOCABULARY = 1024


def build(folder: Path, texts: Iterable[str], *, rank: int = 8, seats: Sequence[str] = SEATS, window: int = 4096) -> Path:
    """Write ``folder/base`` and ``folder/<seat>`` for each seat; returns the folder."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    tokenizer = _tokenizer(texts)
    tokenizer.save_pretrained(folder / "base")
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
    LlamaForCausalLM(config).to(torch.bfloat16).save_pretrained(folder / "base")
    for number, seat in enumerate(seats, start=1):
        torch.manual_seed(number)
        base = LlamaForCausalLM.from_pretrained(folder / "base", dtype=torch.bfloat16)
        lora = LoraConfig(r=rank, lora_alpha=2 * rank, target_modules=["q_proj", "v_proj"], task_type="CAUSAL_LM")
        model = get_peft_model(base, lora)
        for name, weight in model.named_parameters():
            if "lora_B" in name:  # zero at birth, which would be no adapter at all
                torch.nn.init.normal_(weight, std=0.2)
        model.save_pretrained(folder / seat)
        _point(folder / seat / "adapter_config.json", folder / "base")
    return folder


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
