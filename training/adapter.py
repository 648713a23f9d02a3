"""``make adapter``: the adapter of multilingual-e5-small, learned from the written questions on two cores within the hour.

LoRA (Hu et al., 2021, arXiv:2106.09685) on the upper layers, in-batch negatives and one mined negative a question
(multiple negatives ranking: Henderson et al., 2017, arXiv:1705.00652), with sentence-transformers' own trainer. Seeds are fixed; the card says the rest.
"""

import argparse
import json
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from peft import LoraConfig, get_peft_model_state_dict, inject_adapter_in_model
from safetensors.torch import save_file
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.training_args import BatchSamplers, MultiDatasetBatchSamplers
from transformers import TrainerCallback

from assistant.models import catalogue, manifest
from assistant.workspace import Workspace
from training.pairs import Examples, examples, learned_questions

NAME = "e5-small-commande-publique"
SEED = 20261125
RANK, ALPHA = 16, 32
FIRST_LAYER = (
    4  # the lower layers keep what the base model knows of words; without them a step costs a third less
)
BATCH, EPOCHS, RATE = 64, 1, 4e-4
SCALE = (
    50.0  # e5 was trained at a temperature of 0.01; a softer one keeps cosines apart enough for thresholds
)
TOKENS = 128  # of 512: a step costs by the token, and the first words of an article say what it is about
MODULES = ("query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense")


def main() -> None:
    """Reads the arguments, learns, writes the adapter and its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--home",
        type=Path,
        required=True,
        help="a home whose index holds the rules, made with the base model",
    )
    parser.add_argument("--questions", type=Path, default=Path("corpus/questions/rules"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=None, help="examples, to try")
    parser.add_argument(
        "--keep", action="store_true", help="put the adapter and its card beside the catalogue"
    )
    given = parser.parse_args()
    torch.manual_seed(SEED)
    workspace = Workspace(given.home)
    files = [
        (path.read_text(encoding="utf-8"), path.name) for path in sorted(given.questions.glob("*.jsonl"))
    ]
    made = examples(workspace.library, workspace.embedding, learned_questions(files), SEED)
    print(f"{len(made.passages)} questions → passage, {len(made.questions)} question → question", flush=True)
    train(workspace.settings.models / workspace.settings.embedding, made, given.out, given.limit)
    if given.keep:
        keep(given.out)


def train(base: Path, made: Examples, out: Path, limit: int | None = None) -> None:
    """Learns from ``made`` and writes the adapter (safetensors) and ``training.json`` into ``out``."""
    model = SentenceTransformer(str(base), local_files_only=True, device="cpu")
    model.max_seq_length = TOKENS
    encoder = model[0].auto_model
    layers = add_lora(encoder)
    learned = sum(one.numel() for one in model.parameters() if one.requires_grad)
    print(f"{learned} parameters of {sum(one.numel() for one in model.parameters())} learned", flush=True)
    passages, pairs = made.passages[:limit], made.questions[:limit]
    data = {
        "passages": Dataset.from_dict(
            {
                "anchor": [one.question for one in passages],
                "positive": [one.passage for one in passages],
                "negative": [one.negative for one in passages],
            }
        ),
        "questions": Dataset.from_dict(
            {"anchor": [one for one, _ in pairs], "positive": [other for _, other in pairs]}
        ),
    }
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(out / "run"),
        num_train_epochs=EPOCHS,
        per_device_train_batch_size=BATCH,
        learning_rate=RATE,
        warmup_steps=0.1,
        lr_scheduler_type="cosine",
        bf16=True,
        use_cpu=True,
        seed=SEED,
        data_seed=SEED,
        save_strategy="no",
        report_to=[],
        logging_steps=10,
        disable_tqdm=True,
        dataloader_pin_memory=False,
        batch_sampler=BatchSamplers.NO_DUPLICATES,
        multi_dataset_batch_sampler=MultiDatasetBatchSamplers.PROPORTIONAL,
        prompts={
            "passages": {"anchor": "query: ", "positive": "passage: ", "negative": "passage: "},
            "questions": {"anchor": "query: ", "positive": "query: "},
        },
    )
    loss = MultipleNegativesRankingLoss(model, scale=SCALE)
    curve = _Curve(encoder, out)
    trainer = SentenceTransformerTrainer(
        model=model, args=arguments, train_dataset=data, loss=loss, callbacks=[curve]
    )
    start = time.perf_counter()
    trainer.train()
    seconds = time.perf_counter() - start
    out.mkdir(parents=True, exist_ok=True)
    save(encoder, out / "adapter.safetensors")
    card = {
        "date": date.today().isoformat(),
        "seconds": round(seconds),
        "threads": torch.get_num_threads(),
        "examples": {"passages": len(passages), "questions": len(pairs)},
        "settings": {
            "seed": SEED,
            "rank": RANK,
            "alpha": ALPHA,
            "layers": layers,
            "batch": BATCH,
            "epochs": EPOCHS,
            "rate": RATE,
            "scale": SCALE,
            "tokens": TOKENS,
        },
        "loss": curve.points,
    }
    (out / "training.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def add_lora(encoder: Any) -> list[int]:
    """Gives the upper layers of a BERT encoder matrices to learn, and freezes the rest. Returns the numbers of these layers."""
    layers = list(range(FIRST_LAYER, encoder.config.num_hidden_layers))
    # peft by itself: the wrapper of transformers asks for a version of peft that is not published.
    inject_adapter_in_model(
        LoraConfig(
            r=RANK,
            lora_alpha=ALPHA,
            target_modules=list(MODULES),
            layers_to_transform=layers,
            layers_pattern="layer",
        ),
        encoder,
    )
    return layers


def save(encoder: torch.nn.Module, path: Path) -> None:
    """The adapter's tensors under the encoder's own names, ``….lora_A.weight`` ``(rank, inputs)`` and ``….lora_B.weight`` ``(outputs, rank)``, float32."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {
        name.removeprefix("base_model.model."): value.contiguous().float()
        for name, value in get_peft_model_state_dict(encoder).items()
    }
    save_file(tensors, path)


def keep(out: Path) -> None:
    """Puts the adapter of ``out`` and its card where the catalogue names them, and its SHA-256 into the catalogue."""
    model = catalogue.model(NAME)
    if model.adapter_path is None:
        raise ValueError(f"the catalogue gives {NAME} no adapter")
    shutil.copyfile(out / "adapter.safetensors", model.adapter_path)
    written = manifest.sha256_of(model.adapter_path)
    text = catalogue.CATALOGUE.read_text(encoding="utf-8")
    catalogue.CATALOGUE.write_text(text.replace(model.adapter_sha256, written), encoding="utf-8")
    card = json.loads((out / "training.json").read_text(encoding="utf-8"))
    model.adapter_path.with_suffix(".md").write_text(
        card_text(card, written, model.adapter_path.stat().st_size), encoding="utf-8"
    )


def card_text(card: dict[str, Any], written: str, size: int) -> str:
    """The card of an adapter, in French: data, settings, time, curve. The results are in docs/questions.md."""
    settings = "\n".join(f"| {name} | {value} |" for name, value in card["settings"].items())
    curve = "\n".join(f"| {step} | {loss} |" for step, loss in card["loss"])
    return f"""# Adaptateur {NAME}

Appris le {card["date"]} par `make adapter`, en {card["seconds"] / 60:.0f} minutes sur {card["threads"]} cœurs, sans GPU. {size} octets, SHA-256 `{written}`.

**Base** : multilingual-e5-small (MIT). **Données** : les questions écrites de `corpus/questions/rules` et des fiches, celles que
`assistant/evaluation/held_out.py` permet d'apprendre (aucune question d'une règle sur cinq, ni une tournure sur cinq des autres) :
{card["examples"]["passages"]} couples question et passage, chacun avec un passage voisin qui ne répond pas ;
{card["examples"]["questions"]} couples de deux questions d'une même règle.
**Résultats** : `docs/questions.md`. **Usage** : retrouver les règles de la commande publique ; rien d'autre n'a été mesuré.

| réglage | valeur |
|---|---|
{settings}

| pas | perte |
|---|---|
{curve}
"""


class _Curve(TrainerCallback):  # type: ignore[misc]
    """Keeps the loss, and says how far the training is; each epoch leaves its adapter beside the last."""

    def __init__(self, encoder: torch.nn.Module, out: Path) -> None:
        self._encoder, self._out = encoder, out
        self.points: list[tuple[int, float]] = []
        self._start = time.perf_counter()

    def on_log(
        self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any
    ) -> None:
        if logs and "loss" in logs:
            self.points.append((state.global_step, round(float(logs["loss"]), 4)))
            left = (
                (time.perf_counter() - self._start)
                / max(state.global_step, 1)
                * (state.max_steps - state.global_step)
            )
            print(
                f"step {state.global_step}/{state.max_steps}  loss {logs['loss']:.3f}  {left / 60:.0f} min left",
                flush=True,
            )

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        save(self._encoder, self._out / "run" / f"epoch-{round(state.epoch)}.safetensors")


if __name__ == "__main__":
    main()
