"""What reads a question and a text together, learned again: ``python -m training.together --home HOME``.

From the questions of ``corpus/synthese/demandes`` over the documents of ``corpus/synthese``, and those of ``corpus/questions`` over the cases of the sheets,
but for the hands that only measure; ``--onward`` goes on from the reader that is there to the last hands, in half an hour. It writes
``assistant/reader/together.safetensors`` with its card, and prints how it tells what answers in those hands.
"""

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from assistant.answering.choice import said_together
from assistant.datatypes import Hit, Source
from assistant.documents.candidates import candidates
from assistant.documents.choice import said_by, whose, with_title
from assistant.documents.values import Candidate, file_name
from assistant.french.folding import words_of
from assistant.models.conversion import EARLY_LAYERS
from assistant.reach import EVERYWHERE
from assistant.reader.network import Network
from assistant.reader.together import (
    CARD,
    PRODUCT,
    Together,
    TogetherReader,
    beside,
    load,
    pair,
    write,
)
from assistant.workspace import Workspace
from training.choice import FOLDERS, NEVER, QUESTIONS, STRANGERS, folders_of, holds, indexed
from training.network import FAR, HALF, far, learn_round, output, without_chance
from training.written import all_written, read_sheets

SEED = 20261201
EPOCHS, PAIRS, WARM_UP, TOKENS = 2, 96, 100, 104
# Of the questions of law, so many a round, four in ten of them near-misses; of each, cases of the sheets that answer it, and others near it.
OF_LAW, NEAR_MISSES, OF_ITS_SHEET, NEAR_CASES = 8_000, 0.4, 1, 3
RATES, DROPOUT = (1.5e-4, 1e-3), 0.1  # of the layers, and of what stands over them
QUERIES, MIDDLE = 4, 256
# The cosine of two halves that answer each other, and that of two that do not, are so far apart at first.
SLOPE, SHIFT = 20.0, -17.0
# Of each question, the sentences shown: those that answer, those of the nearest that do not, and others. Nearer ones teach more.
SHOWN, NEAREST = (2, 4, 2), 20
# Sentences of a document that may be shown, by their cosine; and of other documents of its folder.
KEPT, KEPT_ELSEWHERE = 40, 10
POOL = 400
# Of the questions that name their market, those whose answer is shown as another market's; and of these, those that are then asked in vain. A word of so
# many letters names a market.
AS_ANOTHERS, IN_VAIN, LEAST_LETTERS = 0.6, 0.35, 4
# Going on: the hands who asked a stranger's documents, twice; so many questions of the others and of law; fewer sentences of each, at a gentler rate.
ONWARD_AGAIN, ONWARD_OTHERS, ONWARD_LAW = 2, 1_200, 2_000
ONWARD_SHOWN, ONWARD_RATES = (1, 3, 1), (1e-4, 7e-4)


@dataclass(frozen=True, slots=True)
class Shown:
    """A question, texts that may be shown with it, and which of them answer; those of documents nearest first.

    ``whose``: what tells whose each text is (see ``choice.whose``); nothing for cases of law.
    """

    hand: str
    question: str
    texts: tuple[str, ...]
    right: NDArray[np.bool_]
    whose: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[str, ...]:
        """The texts as they are read."""
        return tuple(map(said_by, self.whose, self.texts)) if self.whose else self.texts


class Pairs(nn.Module):
    """What is learned. See ``assistant.reader.together.TogetherReader``, which does the same arithmetic."""

    def __init__(self, layers: nn.ModuleList, dimension: int) -> None:
        super().__init__()
        self.layers = layers
        self.queries = nn.Parameter(torch.randn(QUERIES, dimension) * 0.02)
        self.mid, self.last = nn.Linear(dimension * (QUERIES + 4), MIDDLE), nn.Linear(MIDDLE, 1)
        self.line, self.drop = nn.Parameter(torch.tensor([SLOPE, SHIFT])), nn.Dropout(DROPOUT)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, early: Tensor, there: Tensor, of_question: Tensor) -> Tensor:
        """Scores ``(pairs,)`` of token vectors ``(pairs, tokens, dimension)``; what is there and what is of the question are 1."""
        with torch.autocast("cpu", torch.bfloat16, enabled=HALF and self.training):
            hidden = early
            for layer in self.layers:
                hidden = output(layer(hidden, far(there)))
        hidden = hidden.float()
        question, text = _mean(hidden, of_question), _mean(hidden, there - of_question)
        attention = (hidden @ self.queries.T).transpose(1, 2).masked_fill(there[:, None] == 0, FAR)
        attended = (attention.softmax(-1) @ hidden).flatten(1)
        told = torch.cat([question, text, question * text * PRODUCT, (question - text).abs(), attended], 1)
        more = self.last(self.drop(nn.functional.gelu(self.mid(self.drop(told))))).squeeze(-1)
        cosine = nn.functional.cosine_similarity(question, text)
        scores: Tensor = self.line[0] * cosine + self.line[1] + more
        return scores

    def network(self) -> Network:
        """The weights, as the assistant reads them."""
        return Network(
            {name: values.detach().numpy().astype(np.float32) for name, values in self.state_dict().items()}
        )


class Learner:
    """The encoder, whose first layers are as they are, and what learns from the others on."""

    def __init__(self, folder: Path) -> None:
        torch.manual_seed(SEED)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(TOKENS)
        encoder: Any = AutoModel.from_pretrained(
            folder,
            local_files_only=True,
            dtype=torch.float32,
            add_pooling_layer=False,
            attn_implementation="eager",
        ).eval()
        self._embeddings, self._first = encoder.embeddings, encoder.encoder.layer[:EARLY_LAYERS]
        self.pairs = Pairs(
            without_chance(encoder.encoder.layer[EARLY_LAYERS:], hidden=True), encoder.config.hidden_size
        )

    def go_on_from(self, network: Network) -> None:
        """Begins with the weights of a reader."""
        state = self.pairs.state_dict()
        self.pairs.load_state_dict(
            {
                name: torch.from_numpy(np.asarray(network.weights[name], np.float32).reshape(values.shape))
                for name, values in state.items()
            }
        )

    def scores(self, asked: Sequence[tuple[str, str]]) -> Tensor:
        """Of questions and texts, ``(pairs,)``."""
        before = self._tokenizer.encode_batch([f"query: {pair(question, '')}" for question, _ in asked])
        whole = self._tokenizer.encode_batch([f"query: {pair(question, text)}" for question, text in asked])
        longest = max(len(one.ids) for one in whole)
        ids = torch.zeros(len(asked), longest, dtype=torch.long)
        there, of_question = torch.zeros(len(asked), longest), torch.zeros(len(asked), longest)
        for row, (asked_, one) in enumerate(zip(before, whole, strict=True)):
            ids[row, : len(one.ids)] = torch.tensor(one.ids)
            there[row, : len(one.ids)] = 1
            of_question[row, : min(len(asked_.ids), len(one.ids)) - 1] = 1
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=HALF):
            hidden = self._embeddings(input_ids=ids)
            for layer in self._first:
                hidden = output(layer(hidden, far(there)))
        scores: Tensor = self.pairs(hidden, there, of_question)
        return scores

    def learn(self, rounds: Sequence[Sequence[Shown]], rates: tuple[float, float]) -> None:
        """Learns to give those that answer the greatest share, or none of them where none does: that is one more class, of score 0."""
        drawn = random.Random(SEED)
        layers = list(self.pairs.layers.parameters())
        others = [values for name, values in self.pairs.named_parameters() if not name.startswith("layers.")]
        optimiser = torch.optim.AdamW(
            [{"params": layers, "lr": rates[0]}, {"params": others, "lr": rates[1]}], weight_decay=0.01
        )
        steps = sum(len(one.texts) for shown in rounds for one in shown) // PAIRS
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
        )
        self.pairs.train()
        for number, shown in enumerate(rounds, 1):
            losses = (self._loss(batch) for batch in _batches(shown, drawn))
            learn_round(
                losses,
                optimiser,
                schedule,
                self.pairs,
                f"{number}/{len(rounds)}",
                batches=steps // len(rounds),
            )
        self.pairs.eval()

    def _loss(self, batch: Sequence[Shown]) -> Tensor:
        scores = self.scores([(one.question, text) for one in batch for text in one.read])
        total, start = torch.zeros(()), 0
        for one in batch:
            own = torch.cat([scores[start : start + len(one.texts)], torch.zeros(1)])
            right = torch.from_numpy(np.append(one.right, not one.right.any()))
            total = total - torch.logsumexp(own.log_softmax(-1).masked_fill(~right, -1e9), -1)
            start += len(one.texts)
        return total / len(batch)


def main() -> None:
    """Reads the arguments, learns, writes, measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--onward", action="store_true", help="go on from the reader that is there")
    given = parser.parse_args()
    home, onward = given.home, given.onward
    workspace = Workspace(home)
    every = [one for folder in folders_of(FOLDERS) for one in of_folder(home, folder)]
    learned_from = [one for one in every if one.hand not in NEVER]
    hands = Counter(one.hand for one in learned_from)
    print(f"{len(learned_from)} questions, mains : {dict(hands)}", flush=True)
    model = workspace.settings.embedding
    learner, drawn = Learner(workspace.settings.models / model), random.Random(SEED)
    markets = sorted({one for shown in learned_from for one in shown.whose})
    asked, many, epochs, rates, law = learned_from, SHOWN, EPOCHS, RATES, OF_LAW
    if onward:
        learner.go_on_from(load(model).network)
        strangers = [one for one in learned_from if one.hand in STRANGERS]
        others = [one for one in learned_from if one.hand not in STRANGERS]
        asked = strangers * ONWARD_AGAIN + drawn.sample(others, min(ONWARD_OTHERS, len(others)))
        many, epochs, rates, law = ONWARD_SHOWN, 1, ONWARD_RATES, ONWARD_LAW
    rounds = [
        [_drawn(_as_anothers(one, markets, drawn), drawn, many) for one in asked] for _ in range(epochs)
    ]
    for shown, of_law in zip(rounds, _of_law(workspace, drawn, epochs, law), strict=True):
        shown += of_law
    learner.learn(rounds, rates)
    network = learner.pairs.network()
    card = {"questions": len(learned_from), "onward": onward, "hands": dict(hands)}
    write(TogetherReader(model, network, network), card)
    print(f"écrit : {CARD}")
    reader = workspace.together
    for hand in NEVER:
        measure(reader, hand, [one for one in every if one.hand == hand])


def of_folder(home: Path, folder: str) -> Iterator[Shown]:
    """The questions about the documents of a folder, with their sentences, nearest first."""
    workspace = indexed(home, folder)
    said = {
        file_name(source): list(_sentences(workspace, source))
        for source in workspace.shelf.sources(EVERYWHERE, ())
    }
    texts = [with_title(one) for every in said.values() for one in every]
    vectors = dict(zip(texts, workspace.embedding.embed_passages(texts), strict=True))
    rows = [
        (hand, row)
        for hand, folders in FOLDERS.items()
        if folder in folders
        for row in map(json.loads, (QUESTIONS / f"{hand}.jsonl").read_text(encoding="utf-8").splitlines())
        if row["kind"] != "portefeuille"
        and any(name in said for name in row["documents"] or row["scope"] or said)
    ]
    asked = workspace.embedding.embed_queries([row["question"] for _, row in rows])
    for (hand, row), vector in zip(rows, asked, strict=True):
        files = [name for name in row["documents"] or row["scope"] or said if name in said]
        own = [one for name in files for one in said[name]]
        elsewhere = [one for name in said if name not in files for one in said[name]]
        found = _nearest(own, vectors, vector, row["evidence"], KEPT) + _nearest(
            elsewhere, vectors, vector, (), KEPT_ELSEWHERE
        )
        found.sort(key=lambda one: -one[0])
        right = np.array([answers for *_, answers in found], dtype=bool)
        if found and (right.any() or not row["answerable"]):
            told, texts = (tuple(one[place] for one in found) for place in (1, 2))
            yield Shown(hand, row["question"], texts, right, told)
    workspace.close()


def _sentences(workspace: Workspace, source: Source) -> Iterator[Candidate]:
    """Everything that a document says."""
    (known,) = workspace.shelf.known([source])
    text, position, hits = workspace.shelf.document(source.id).text, 0, list[Hit]()
    while position < len(text):
        passage = workspace.searcher.passage_at(source.id, position)
        position = max(position + 1, passage.span.end if passage else 0)
        if passage is not None:
            hits.append(Hit(len(hits) + 1, 0.0, (), source, passage))
    return candidates({source.id: known}, hits)


def _nearest(
    said: Sequence[Candidate],
    vectors: Mapping[str, NDArray[np.float32]],
    asked: NDArray[np.float32],
    evidence: Sequence[Mapping[str, Any]],
    most: int,
) -> list[tuple[float, str, str, bool]]:
    """The sentences nearest a question, and all that answer it: cosine, whose, text, whether it does."""
    found = [
        (
            float(vectors[with_title(one)] @ asked),
            whose(one.known),
            with_title(one),
            any(holds(one, quote) for quote in evidence),
        )
        for one in said
    ]
    found.sort(key=lambda one: -one[0])
    return [one for place, one in enumerate(found) if place < most or one[-1]]


def _as_anothers(shown: Shown, markets: Sequence[str], drawn: random.Random) -> Shown:
    """Of some questions that name their market, an answer is shown as another market's too, where it answers nothing; or as such alone: then nothing does."""
    asked = _naming_words(shown.question)
    right = [row for row, answers in enumerate(shown.right) if answers]
    if not right or not shown.whose or drawn.random() >= AS_ANOTHERS:
        return shown
    row = drawn.choice(right)
    own = {shown.whose[one] for one in right}
    near = sorted(set(shown.whose) - own) or list(markets)
    others = [one for one in near if one not in own and not asked & _naming_words(one)]
    if not asked & _naming_words(shown.whose[row]) or not others:
        return shown
    if drawn.random() < IN_VAIN:
        told = tuple(drawn.choice(others) if one in right else said for one, said in enumerate(shown.whose))
        return replace(shown, whose=told, right=np.zeros_like(shown.right))
    return replace(
        shown,
        texts=(shown.texts[row], *shown.texts),
        whose=(drawn.choice(others), *shown.whose),
        right=np.append(False, shown.right),
    )


def _naming_words(text: str) -> set[str]:
    return {word for word in words_of(text) if len(word) >= LEAST_LETTERS}


def _of_law(workspace: Workspace, drawn: random.Random, rounds: int, many: int) -> Iterator[list[Shown]]:
    """So many questions of law for each round, each with cases that answer it and cases near it that do not."""
    known = read_sheets()
    cases = {(sheet.id, case.id): case for sheet in known.values() for case in sheet.learned}
    labels = list(cases)
    texts = [said_together(case) for case in cases.values()]
    vectors = workspace.embedding.embed_passages(texts)
    row_of = {label: row for row, label in enumerate(labels)}
    every = [one for one in all_written(known) if all(label in row_of for label in one.cases)]
    hits, misses = ([one for one in every if one.near_miss is near] for near in (False, True))
    for _ in range(rounds):
        chosen = drawn.sample(misses, int(NEAR_MISSES * many))
        chosen += drawn.sample(hits, many - len(chosen))
        asked = workspace.embedding.embed_queries([one.text for one in chosen])
        found = []
        for one, likeness in zip(chosen, asked @ vectors.T, strict=True):
            right = sorted(row_of[label] for label in one.cases)
            kin = {sheet for label in one.cases for sheet in known[label[0]].names} | one.sheets
            near = [int(row) for row in np.argsort(-likeness)[:NEAREST] if labels[row][0] not in kin]
            own = [row for row, label in enumerate(labels) if label[0] in one.sheets and row not in right]
            rows = [
                *drawn.sample(right, min(SHOWN[0], len(right))),
                *drawn.sample(own, min(OF_ITS_SHEET, len(own))),
                *drawn.sample(near, min(NEAR_CASES, len(near))),
            ]
            found.append(
                Shown(
                    one.hand,
                    one.text,
                    tuple(beside(one.text, texts[row]) for row in rows),
                    np.array([row in right for row in rows], dtype=bool),
                )
            )
        yield found


def _drawn(shown: Shown, drawn: random.Random, many: tuple[int, int, int]) -> Shown:
    """Some of the texts of a question, so ``many`` of each kind (see ``SHOWN``): those of one round."""
    many_right, many_near, many_others = many
    wrong = [row for row, right in enumerate(shown.right) if not right]
    right = [row for row, right in enumerate(shown.right) if right]
    near = drawn.sample(wrong[:NEAREST], min(many_near, len(wrong[:NEAREST])))
    others = [row for row in wrong if row not in near]
    rows = [
        *drawn.sample(right, min(many_right, len(right))),
        *near,
        *drawn.sample(others, min(many_others, len(others))),
    ]
    return replace(
        shown,
        texts=tuple(shown.texts[row] for row in rows),
        right=shown.right[rows],
        whose=tuple(shown.whose[row] for row in rows) if shown.whose else (),
    )


def _batches(shown: Sequence[Shown], drawn: random.Random) -> Iterator[list[Shown]]:
    """Questions of like length together, some ``PAIRS`` texts at a time."""
    order = list(shown)
    drawn.shuffle(order)
    found: list[list[Shown]] = []
    for start in range(0, len(order), POOL):
        batch: list[Shown] = []
        for one in sorted(
            order[start : start + POOL], key=lambda one: len(one.question) + max(map(len, one.read))
        ):
            batch.append(one)
            if sum(len(each.texts) for each in batch) >= PAIRS:
                found.append(batch)
                batch = []
        if batch:
            found.append(batch)
    drawn.shuffle(found)
    yield from found


def _mean(hidden: Tensor, mask: Tensor) -> Tensor:
    total: Tensor = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
    return total


def measure(reader: Together, hand: str, shown: Sequence[Shown]) -> None:
    """Prints of a hand that was not learned from how often what answers is first, and how the questions that nothing answers are told from the others."""
    first, told, silent = 0, list[float](), list[float]()
    for one in shown:
        scores = reader(one.question, one.read)
        first += bool(one.right[int(scores.argmax())])
        (told if one.right.any() else silent).append(float(scores.max()))
    apart = np.mean(np.array(told)[:, None] > np.array(silent)[None]) if told and silent else math.nan
    print(
        f"main {hand} : {len(told)} questions, la bonne phrase d'abord {first / max(1, len(told)):.2f} ; "
        f"sans réponse {len(silent)}, aire {apart:.2f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
