"""The reader of fields, learned again: ``python -m training.fields --home HOME``.

From the labelled passages of ``corpus/synthese/champs``, the questions about documents of ``corpus/synthese`` and a part of the questions of law of each
hand of ``corpus/questions/fiches``, those to be refused among them, but for the hands that only measure. It writes
``assistant/reader/fields.safetensors`` with its card, and prints what it reads in those hands.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from assistant.reader.fields import (
    CARD,
    KINDS,
    TESTS,
    WORDS,
    FieldReader,
    Scope,
    Subject,
    by_words,
    passage,
    question,
    write,
)
from assistant.reader.network import Network
from assistant.shipped import CORPUS
from assistant.summaries.fields.meant import SURE_KIND
from assistant.summaries.fields.summary import FIELDS
from assistant.workspace import Workspace
from training.network import Lower, learned

PASSAGES, QUESTIONS = CORPUS / "synthese" / "champs", CORPUS / "synthese" / "questions"
LISTS, ASKED = CORPUS / "synthese" / "listes", CORPUS / "synthese" / "demandes"
LAW = CORPUS / "questions" / "fiches"
COVERS = CORPUS / "synthese" / "gardes"
# What is bought, in the manner of the European nomenclature: the words that 325 first pages have not.
BOUGHT = Path(__file__).with_name("objets.tsv")
# Never learned from: z writes as most do, i as forms and notices do and seldom with the words of a field; p labelled every sentence of whole documents.
WITNESSES = (
    "z",
    "i",
    "p",
    "listes f",
    "demandes tf",
    "demandes tg",
    "demandes th",
    "demandes ti",
    "demandes tj",
    "demandes tk",
    "demandes tl",
    "demandes z",
)
DOCUMENT, MANY, OF_LAW = range(len(Scope._fields))
_SCOPES = {"document": DOCUMENT, "portefeuille": MANY, "droit": OF_LAW}
# Questions of law of each hand: some have written thousands. What a question weighs that is asked of each: there are fewer lists, and more of law.
OF_EACH_HAND, WEIGHTS = 80, (1.0, 1.5, 0.7)
EPOCHS, WORD_ROUNDS = 6, 120
# Of so many passages the kind of piece or the title is not given: they are not always known.
WITHOUT = 0.3
UNKNOWN = -100
NOMENCLATURE = "nomenclature"
NAMES = tuple(FIELDS)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text as it is read, and what it speaks of: a field (empty: none, None: unknown), of a question its test (None: unknown) and what it is asked of."""

    hand: str
    text: str
    field: str | None
    test: str | None = None
    scope: int = UNKNOWN

    @property
    def is_question(self) -> bool:
        """Whether it is one, and no passage."""
        return self.scope != UNKNOWN


def main() -> None:
    """Reads the arguments, learns, writes, measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    workspace = Workspace(parser.parse_args().home)
    every = [*_passages(random.Random(0)), *_questions(), *_lists(), *_demands(), *_of_law(random.Random(0))]
    learned_from = [one for one in every if one.hand not in WITNESSES]
    hands = Counter(one.hand + (" (questions)" if one.is_question else "") for one in learned_from)
    print(f"{len(learned_from)} textes, mains : {dict(hands)}", flush=True)
    model = workspace.settings.embedding
    lower = Lower(workspace.settings.models / model)
    upper = learned(
        lower,
        [one.text for one in learned_from],
        1 + len(NAMES) + len(TESTS) + len(Scope._fields),
        _loss(learned_from),
        EPOCHS,
    )
    network = upper.network()
    passages = [one for one in learned_from if not one.is_question]
    chosen = words_alone(
        "words",
        [one.text for one in passages],
        [_class(one.field) for one in passages],
        1 + len(NAMES),
    )
    bought = list(_bought())
    kinds = words_alone(
        "kinds", [one.text for one in bought], [KINDS.index(one.field) for one in bought], len(KINDS)
    )
    reader = FieldReader(NAMES, model, Network({**network.weights, **chosen, **kinds}))
    write(reader, {"texts": len(learned_from), "hands": dict(hands)})
    print(f"écrit : {CARD}")
    _measure_kinds(bought)
    for hand in WITNESSES:
        print(f"main {hand}")
        measure(reader, workspace, [one for one in every if one.hand == hand])


def words_alone(
    name: str, texts: Sequence[str], classes: Sequence[int], count: int
) -> dict[str, NDArray[np.float32]]:
    """The weights of a layer of that name from the words of a text to its class, one of ``count``."""
    torch.manual_seed(0)
    layer = nn.Linear(WORDS, count)
    optimiser = torch.optim.Adam(layer.parameters(), lr=0.05, weight_decay=1e-4)
    given, wanted = torch.from_numpy(by_words(texts)), torch.tensor(classes)
    for _ in range(WORD_ROUNDS):
        optimiser.zero_grad()
        nn.functional.cross_entropy(layer(given), wanted).backward()
        optimiser.step()
    return {
        f"{name}.{part}": values.detach().numpy().astype(np.float32)
        for part, values in layer.named_parameters()
    }


def _loss(labelled: Sequence[Labelled]) -> Callable[[Tensor, Sequence[int]], Tensor]:
    field = torch.tensor([_class(one.field) for one in labelled])
    test = torch.tensor([TESTS.index(one.test) if one.test is not None else UNKNOWN for one in labelled])
    scope = torch.tensor([one.scope for one in labelled])
    first, second, weights = 1 + len(NAMES), 1 + len(NAMES) + len(TESTS), torch.tensor(WEIGHTS)

    def loss(scores: Tensor, rows: Sequence[int]) -> Tensor:
        total = torch.zeros(())
        heads = (
            (1.0, scores[:, :first], field, None),
            (0.5, scores[:, first:second], test, None),
            (0.5, scores[:, second:], scope, weights),
        )
        for share, part, wanted, of_class in heads:
            if bool((wanted[rows] != UNKNOWN).any()):
                total = total + share * nn.functional.cross_entropy(
                    part, wanted[rows], of_class, ignore_index=UNKNOWN
                )
        return total

    return loss


def _class(field: str | None) -> int:
    """Its number among the network's classes, the first of which is no field."""
    if field is None:
        return UNKNOWN
    return 1 + NAMES.index(field) if field else 0


def _hands(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What each hand of a folder wrote."""
    for path in sorted(folder.glob("*.jsonl")):
        yield path.stem, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _passages(drawn: random.Random) -> Iterator[Labelled]:
    for hand, rows in _hands(PASSAGES):
        for row in rows:
            piece, title = (
                "" if drawn.random() < WITHOUT and hand not in WITNESSES else row[name] or ""
                for name in ("piece", "titre")
            )
            yield Labelled(hand, passage(piece, title, row["texte"]), row["champ"] or "")


def _questions() -> Iterator[Labelled]:
    for hand, rows in _hands(QUESTIONS):
        for row in rows:
            yield Labelled(
                hand,
                question(row["question"]),
                row["champ"] or "",
                row["test"] or "",
                _SCOPES[row["portee"]],
            )


def _lists() -> Iterator[Labelled]:
    """What is asked of each of many documents, said without the words of its field: questions whose negation belongs to what a document says, above all."""
    for hand, rows in _hands(LISTS):
        for row in rows:
            yield Labelled(f"listes {hand}", question(row["question"]), None, row["test"], MANY)


def _demands() -> Iterator[Labelled]:
    """Questions about one document, a list of what it holds among them, or about each of many."""
    for hand, rows in _hands(ASKED):
        for row in rows:
            scope = MANY if row["kind"] == "portefeuille" else DOCUMENT
            yield Labelled(f"demandes {hand}", question(row["question"]), None, None, scope)


def _of_law(drawn: random.Random) -> Iterator[Labelled]:
    for hand, rows in _hands(LAW):
        for row in drawn.sample(rows, min(len(rows), OF_EACH_HAND)):
            yield Labelled(f"fiches {hand}", question(row["question"]), None, None, OF_LAW)


def _bought() -> Iterator[Labelled]:
    """The objects of first pages, each with its kind as its field, by the hand that wrote the page; and those of the nomenclature."""
    for path in sorted(COVERS.glob("*/labels.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if row["objet"] and row["type_marche"]:
                yield Labelled(path.parent.name, row["objet"], row["type_marche"])
    for line in BOUGHT.read_text(encoding="utf-8").splitlines():
        kind, words = line.split("\t")
        yield Labelled(NOMENCLATURE, words, kind)


def _measure_kinds(bought: Sequence[Labelled]) -> None:
    """Prints what is read of the kinds, a hand left out in turn."""
    sure = right = 0
    for hand in sorted({one.hand for one in bought} - {NOMENCLATURE}):
        rest = [one for one in bought if one.hand != hand]
        layer = Network(
            words_alone(
                "kinds", [one.text for one in rest], [KINDS.index(one.field) for one in rest], len(KINDS)
            )
        )
        held = FieldReader((), "", layer)
        for one in (each for each in bought if each.hand == hand):
            kind, share = max(held.kinds(one.text).items(), key=lambda pair: pair[1])
            sure += share >= SURE_KIND
            right += share >= SURE_KIND and kind == one.field
    written = sum(one.hand != NOMENCLATURE for one in bought)
    print(f"genre du marché : dès {SURE_KIND}, lus {sure / written:.2f}, justes {right / max(1, sure):.2f}")


def measure(reader: FieldReader, workspace: Workspace, held: Sequence[Labelled]) -> None:
    """Prints what the reader reads in texts by a hand that it did not learn from."""
    for name, texts in (
        ("passages", [one for one in held if not one.is_question]),
        ("questions", [one for one in held if one.is_question]),
    ):
        if not texts:
            continue
        read = reader.read([one.text for one in texts], workspace.embedding.token_vectors)
        print(f"{name} : {len(texts)}")
        if with_field := sum(bool(one.field) for one in texts):
            _found(texts, read, with_field)
        _tests(texts, read)
        _scopes(texts, read)


def _found(texts: Sequence[Labelled], read: Sequence[Subject], with_field: int) -> None:
    for least in (0.5, 0.7, 0.9):
        told = [
            (one, subject)
            for one, subject in zip(texts, read, strict=True)
            if subject.fields[subject.field] >= least
        ]
        right = sum(subject.field == one.field for one, subject in told)
        print(f"  dès {least} : trouvés {right / with_field:.2f}, justes {right / max(1, len(told)):.2f}")


def _tests(texts: Sequence[Labelled], read: Sequence[Subject]) -> None:
    asked = [(one, subject) for one, subject in zip(texts, read, strict=True) if one.test]
    if not asked:
        return
    right = sum(
        max(subject.tests, key=lambda name: subject.tests[name]) == one.test for one, subject in asked
    )
    print(f"  épreuve juste {right / len(asked):.2f} de {len(asked)}")


def _scopes(texts: Sequence[Labelled], read: Sequence[Subject]) -> None:
    for scope, name in enumerate(Scope._fields):
        told = [subject.scope for one, subject in zip(texts, read, strict=True) if one.scope == scope]
        if told:
            right = sum(max(range(len(one)), key=one.__getitem__) == scope for one in told)
            print(f"  demandées à {name} : {right / len(told):.2f} de {len(told)}")


if __name__ == "__main__":
    main()
