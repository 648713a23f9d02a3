"""A trial: does a small cross-encoder, run over the first thirty passages of a search, pay for its time? docs/questions.md gives the answer.

It starts from the encoder of the adapted embedding, learns with LoRA on the same layers (``training.adapter``) and sentence-transformers' own trainer, on the
questions that may be learned from: the passage of the rule, and passages that a search without written questions finds before or beside it.

``learn`` makes it, ``measure`` re-orders the first thirty of each set and prints the lines of the table.
"""

import argparse
import json
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import torch
from datasets import Dataset
from sentence_transformers import CrossEncoder, CrossEncoderTrainer, CrossEncoderTrainingArguments
from sentence_transformers.cross_encoder.losses import BinaryCrossEntropyLoss

from assistant.datatypes import Hit, Target
from assistant.evaluation import question_sets
from assistant.evaluation.held_out import rule_is_held_out
from assistant.index.ingest import embedded_text
from assistant.index.search import Searcher, Weights
from assistant.workspace import Workspace
from training.ablation import Set, may_be_searched, row, sets
from training.adapter import SEED, add_lora
from training.pairs import learned_questions

DEPTH = 30  # passages that are read again
NEGATIVES = 2  # a question
TOKENS = 128  # question and passage together: 30 of them take 0.5 s on two cores, the most that the search may spend
BATCH, RATE = 64, 4e-4
# How much a step of the cross-encoder's score (0 to 1) weighs beside the fused score; 0 is the search as it is, infinity the cross-encoder alone.
SHARES = (0.5, 1.0, 2.0)


def main() -> None:
    """Reads the arguments and learns or measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("learn", "measure"))
    parser.add_argument("--home", type=Path, required=True, help="an index of the rules and the corpus, made with the adapted model")
    parser.add_argument("--folder", type=Path, required=True, help="where the cross-encoder is")
    parser.add_argument("--data", type=Path, default=None, help="the folder of labelled sets that nobody here wrote")
    parser.add_argument("--limit", type=int, default=None, help="questions, to try")
    given = parser.parse_args()
    torch.manual_seed(SEED)
    workspace = Workspace(given.home)
    if given.what == "learn":
        learn(workspace, given.folder, given.limit)
    else:
        measure(workspace, CrossEncoder(str(given.folder), device="cpu", max_length=TOKENS, local_files_only=True), given.data, given.limit)
    workspace.close()


def learn(workspace: Workspace, folder: Path, limit: int | None) -> None:
    """Writes the cross-encoder and its figures into ``folder``."""
    asked, texts, labels = _pairs(workspace, limit)
    print(f"{len(asked)} pairs", flush=True)
    base = workspace.settings.models / workspace.settings.embedding
    model = CrossEncoder(str(base), num_labels=1, device="cpu", max_length=TOKENS, local_files_only=True)
    encoder = model.model.base_model
    add_lora(encoder)
    arguments = CrossEncoderTrainingArguments(
        output_dir=str(folder / "run"),
        num_train_epochs=1,
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
        logging_steps=20,
        disable_tqdm=True,
        dataloader_pin_memory=False,
    )
    data = Dataset.from_dict({"question": asked, "passage": texts, "label": labels})
    start = time.perf_counter()
    CrossEncoderTrainer(model=model, args=arguments, train_dataset=data, loss=BinaryCrossEntropyLoss(model)).train()
    _merge(encoder)
    model.save_pretrained(str(folder))
    card = {"date": date.today().isoformat(), "seconds": round(time.perf_counter() - start), "pairs": len(asked), "negatives": NEGATIVES, "tokens": TOKENS}
    (folder / "training.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _pairs(workspace: Workspace, limit: int | None) -> tuple[list[str], list[str], list[float]]:
    """Questions, passages and labels (1: answers, 0: does not), in an order that the seed fixes."""
    drawn = random.Random(SEED)
    files = [(path.read_text(encoding="utf-8"), path.name) for path in sorted(Path("corpus/questions/rules").glob("*.jsonl"))]
    learned = [one for one in learned_questions(files) if one.targets]
    drawn.shuffle(learned)
    searcher = Searcher(workspace.library, workspace.embedding, Weights(questions=0))
    found: list[tuple[str, str, float]] = []
    for question in learned[:limit]:
        right = {(target.work, target.article) for target in question.targets}
        hits = searcher.search(question.text, limit=DEPTH)
        others = [hit for hit in hits if _key(hit) not in right and not _is_held_out(hit)]
        positive = next((hit for hit in hits if _key(hit) in right), None)
        if positive is None:
            continue
        found.append((question.text, _text(positive), 1.0))
        found += [(question.text, _text(hit), 0.0) for hit in drawn.sample(others, min(NEGATIVES, len(others)))]
    drawn.shuffle(found)
    return [one[0] for one in found], [one[1] for one in found], [one[2] for one in found]


def _is_held_out(hit: Hit) -> bool:
    """A held-out rule is not shown as a wrong answer either."""
    return hit.passage.article is not None and rule_is_held_out(Target(hit.passage.work, hit.passage.article))


def _key(hit: Hit) -> tuple[str | None, str | None]:
    return hit.passage.work, hit.passage.article


def _text(hit: Hit) -> str:
    return embedded_text(hit.passage, hit.source.title)


def _merge(encoder: torch.nn.Module) -> None:
    """Puts what was learned into the matrices themselves, so that the folder is an ordinary one."""
    for name, module in list(encoder.named_modules()):
        if hasattr(module, "merge") and hasattr(module, "get_base_layer"):
            module.merge()
            parent = encoder.get_submodule(name.rpartition(".")[0])
            setattr(parent, name.rpartition(".")[2], module.get_base_layer())


def measure(workspace: Workspace, model: CrossEncoder, data: Path | None, limit: int | None) -> None:
    """Prints a line a set and a share, and the seconds that the re-reading takes (torch, bfloat16; see the note on OpenVINO in docs/questions.md)."""
    print("| jeu | recherche | questions | hit@5 | recall@10 | hit@10 | recall@100 |\n|---|---|---|---|---|---|---|")
    for one in sets(Path("corpus/questions"), data):
        if one.name == "citoyens":
            continue
        one = replace(one, rows=one.rows[:limit])
        for known, label in ((None if not one.held_out else may_be_searched, "questions + cross-encoder"), (0, "cross-encoder sans questions")):
            searcher = (
                Searcher(workspace.library, workspace.embedding, Weights(questions=0))
                if known == 0
                else Searcher(workspace.library, workspace.embedding, asked=known)
            )
            _lines(one, searcher, model, label)


def _lines(one: Set, searcher: Searcher, model: CrossEncoder, label: str) -> None:
    read = {}
    for entry in one.rows:
        day = date.fromisoformat(str(entry["as_of"])) if entry.get("as_of") else None
        hits = searcher.search(str(entry["question"]), limit=100, as_of=day)
        start = time.perf_counter()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model.predict([(str(entry["question"]), _text(hit)) for hit in hits[:DEPTH]], batch_size=DEPTH, convert_to_numpy=True)
        read[str(entry["question"])] = (hits, [float(score) for score in scores], time.perf_counter() - start)
    for share in SHARES:

        def search(question: str, day: date | None, limit: int, share: float = share) -> tuple[Sequence[Hit], float]:
            hits, scores, seconds = read[question]
            order = sorted(range(len(scores)), key=lambda place: -(hits[place].score + share * scores[place]))
            return [hits[place] for place in order] + list(hits[DEPTH:limit]), seconds

        print(row(one, f"{label} × {share}", question_sets.measure_retrieval(one.rows, search)), flush=True)
    seconds = sorted(value[2] for value in read.values())
    print(f"<!-- {one.name}: median {seconds[len(seconds) // 2]:.2f} s -->", flush=True)


if __name__ == "__main__":
    main()
