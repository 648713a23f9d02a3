"""The reader of clauses, learned again: ``python -m training.clauses --home HOME``.

From the labelled extracts of ``corpus/revue``, but for the halves and the pieces that only measure. It writes ``assistant/reader/clauses.safetensors`` with its
card, and prints what it reads in what it did not learn from.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import torch
from torch import Tensor, nn

from assistant import reading, sentences
from assistant.datatypes import Document, FindingSeverity, Kind, Span
from assistant.reader.clauses import (
    CARD,
    LAWFUL,
    TOOTHLESS,
    UNLAWFUL,
    WHETHER,
    ClauseReader,
    as_read,
    load,
    write,
)
from assistant.reader.fault_words import FaultWords
from assistant.review.extracts import SHORT, extracts, piece_of, words_of
from assistant.review.rules import rules
from assistant.review.text import Text
from assistant.shipped import CORPUS
from assistant.workspace import Workspace
from tests.summaries.every_made_piece import PIECES
from training import fault_words, rule_words
from training.network import Lower, learned

REVIEW = CORPUS / "revue"
AGREEMENTS = Path(__file__).parent / "accords-cadres"
SEED = 20261127
# Neither the network nor words learn from these, which fit the numbers that put both together (``training.whether``); nor anything from those, which measure.
FITTING = frozenset({"af", "ah", "ai", "documents24", "documents25", "documents26", "documents27"})
MEASURING = frozenset({"aj", "ak", *(f"documents{number}" for number in range(28, 35))})
UNREAD = FITTING | MEASURING
# The name of what comes from whole pieces.
ORDINARY = "pièces entières"
# The name of sentences of extracts, read alone.
ALONE = "phrases seules"
# The name of titles and notes.
TITLES = "titres"
EPOCHS = 4
# Of so many extracts the kind of piece is not given: a draft has none.
WITHOUT_PIECE = 0.25
# So many have beside them what a page, a word processor or a web page leaves between sentences, and which changes nothing of what they say.
NOISY = 0.15
# What is read again by a reader that goes on: more of the faults, which are fewer.
FAULTS_AGAIN, LAWFUL_AGAIN, ORDINARY_AGAIN = 0.3, 0.12, 0.12
# What the loss of the rule weighs beside that of the fault.
RULE_WEIGHT = 0.5
# A rule that is known, but that no head has: of a whole piece, or across pieces.
UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class Labelled:
    """An extract, and what is to be said of it: ``LAWFUL``, ``UNLAWFUL`` or ``TOOTHLESS``, by which rule and in which words (empty: lawful, or not known)."""

    piece: str
    text: str
    whether: int
    rule: str
    hand: str
    quote: str


def main() -> None:
    """Reads the arguments, learns, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument(
        "--again", type=int, metavar="TOURS", help="go on from the reader that is there, for so many rounds"
    )
    given = parser.parse_args()
    workspace = Workspace(given.home)
    chance = random.Random(SEED)
    every = list(all_labelled())
    names = sorted({one.rule for one in every if one.rule})
    known = frozenset(json.loads(CARD.read_text(encoding="utf-8"))["hands"]) if given.again else frozenset()
    labelled = [one for one in every if not given.again or chance.random() < _share_again(one, known)]
    hands = Counter(one.hand for one in labelled)
    print(f"{len(labelled)} extraits, {len(names)} règles, mains : {dict(hands)}", flush=True)
    model, drawn = workspace.settings.embedding, random.Random(SEED)
    noise = (REVIEW / "bruit.txt").read_text(encoding="utf-8").splitlines()
    texts = [
        as_read("" if drawn.random() < WITHOUT_PIECE else one.piece, _beside(one.text, noise, drawn))
        for one in labelled
    ]
    whether = torch.tensor([one.whether for one in labelled])
    which = torch.tensor([names.index(one.rule) if one.rule else UNKNOWN for one in labelled])

    def loss(scores: Tensor, rows: Sequence[int]) -> Tensor:
        found = nn.functional.cross_entropy(scores[:, :WHETHER], whether[rows])
        if bool((which[rows] != UNKNOWN).any()):
            found = found + RULE_WEIGHT * nn.functional.cross_entropy(
                scores[:, WHETHER:], which[rows], ignore_index=UNKNOWN
            )
        return found

    start = load(model) if given.again else None
    assert start is None or start.rules == tuple(names), "the rules have changed: learn from the beginning"
    lower = Lower(workspace.settings.models / model)
    upper = learned(
        lower, texts, WHETHER + len(names), loss, given.again or EPOCHS, start.network if start else None
    )
    words = rule_words.learn(names, faults(every), rules())
    write(
        ClauseReader(tuple(names), model, upper.network(), words, words_of_faults(every)),
        {"extracts": len(labelled), "hands": dict(Counter(one.hand for one in every))},
    )
    print(f"écrit : {CARD}")


def _beside(text: str, noise: Sequence[str], drawn: random.Random) -> str:
    """A text, now and then with a piece of noise before or after it."""
    if drawn.random() >= NOISY:
        return text
    piece = drawn.choice(noise)
    return f"{text} {piece}" if drawn.random() < 0.7 else f"{piece} {text}"


def faults(extracts: Iterable[Labelled]) -> list[tuple[str, str]]:
    """The texts of faults whose rule is known, and the words of each that are the fault, with that rule; whole extracts of the hands only."""
    told = [extract for extract in extracts if extract.rule and extract.hand not in (ORDINARY, ALONE)]
    return [(words, extract.rule) for extract in told for words in (extract.text, extract.quote) if words]


def words_of_faults(labelled: Iterable[Labelled]) -> FaultWords:
    """What words say of a fault, by whole extracts of hands (no sentence alone, no title) and by those of ordinary pieces, bare sentences apart."""
    hands = [one for one in labelled if one.hand not in (ORDINARY, ALONE, TITLES)]
    ordinary = {
        one.text: None for one in _ordinary() if one.whether == LAWFUL and len(one.text.split()) > SHORT
    }
    return fault_words.learn([one.text for one in hands], [one.whether for one in hands], list(ordinary))


def _share_again(labelled: Labelled, known: Collection[str]) -> float:
    """Of what the reader that is gone on from knows already, the share that is read again; 1: of a hand that is new to it."""
    if labelled.hand not in (*known, ORDINARY, ALONE):
        return 1.0
    if labelled.whether != LAWFUL:
        return FAULTS_AGAIN
    return ORDINARY_AGAIN if labelled.hand == ORDINARY else LAWFUL_AGAIN


def all_labelled() -> Iterator[Labelled]:
    """What is learned from: the hands, the halves that serve, the examples of the rules, the sentences of them alone, titles; each text once."""
    seen: set[str] = set()
    for one in (*_hands(), *_halves(), *_examples(), *_titles(), *_ordinary()):
        for part in (one, *_alone(one)):
            if part.text not in seen:
                seen.add(part.text)
                yield part


def _alone(labelled: Labelled) -> Iterator[Labelled]:
    """The sentences of an extract alone: lawful, but for those that hold the words of its fault; none where these are not known."""
    spans = sentences.split(labelled.text)
    at = labelled.text.find(labelled.quote) if labelled.quote else -1
    if len(spans) < 2 or (labelled.whether != LAWFUL and at < 0):
        return
    fault = None if labelled.whether == LAWFUL else Span(at, at + len(labelled.quote))
    for span in spans:
        holds = fault is not None and span.overlaps(fault)
        # Where the fault is told in several sentences, none of them is known to hold it alone.
        if fault is not None and holds and not (span.start <= fault.start and fault.end <= span.end):
            continue
        yield Labelled(
            labelled.piece,
            span.of(labelled.text),
            labelled.whether if holds else LAWFUL,
            labelled.rule if holds else "",
            ORDINARY if labelled.hand == ORDINARY else ALONE,
            "",
        )


def _titles() -> Iterator[Labelled]:
    """Titles of ordinary clauses and notes of drafts, which oblige to nothing and are no fault."""
    for path in sorted((*CORPUS.glob("clauses/*.md"), *AGREEMENTS.glob("*.md"))):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("#"):
                title = line.lstrip("# ")
                yield Labelled("", f"{number % 20}. {title}" if number % 2 else title, LAWFUL, "", TITLES, "")
                yield Labelled("CCAP", f"Article {number % 30} – {title}", LAWFUL, "", TITLES, "")
    for note in (REVIEW / "notes.txt").read_text(encoding="utf-8").splitlines():
        yield Labelled("", note, LAWFUL, "", TITLES, "")
    for number in range(1, 30):
        yield Labelled("", f"Article {number}.", LAWFUL, "", TITLES, "")
        yield Labelled("", f"{number}.{number % 7 + 1}", LAWFUL, "", TITLES, "")


def _ordinary() -> Iterator[Labelled]:
    """Extracts of whole pieces, of which nearly all are innocent.

    Our thirty with known faults, the made pieces of the tests, the documents of ``synthese``, the fictional agreements and the model clauses.
    """
    known = {
        row["file"]: row["faults"]
        for row in map(
            json.loads, (REVIEW / "entieres" / "fautes.jsonl").read_text(encoding="utf-8").splitlines()
        )
    }
    for path in sorted((REVIEW / "entieres").glob("*.md")):
        yield from _of_piece(reading.read(path, kind=Kind.TENDER, collection="revue"), known[path.name])
    sources = (
        *AGREEMENTS.glob("*.md"),
        *CORPUS.glob("clauses/*.md"),
        *(
            path
            for path in CORPUS.glob("synthese/**/*.html")
            if UNREAD.isdisjoint(path.relative_to(CORPUS).parts)
        ),
    )
    for path in sorted(sources):
        yield from ordinary_extracts(path)
    for name, (text, *_) in PIECES.items():
        yield from _of_piece(
            reading.read_bytes(text.encode(), name, kind=Kind.TENDER, collection="revue"), ()
        )


def ordinary_extracts(path: Path) -> Iterator[Labelled]:
    """Those of a whole piece without a known fault."""
    yield from _of_piece(reading.read(path, kind=Kind.TENDER, collection="revue"), ())


def _of_piece(document: Document, faults: Sequence[Mapping[str, str]]) -> Iterator[Labelled]:
    text = Text(document, date.today())
    if (
        text.is_supplier_paper
    ):  # its terms are not a buyer's: what they impose is no example of what he may write
        return
    places = [
        (Span(at, at + len(fault["quote"])), fault)
        for fault in faults
        if (at := document.text.find(fault["quote"])) >= 0
    ]
    for extract in extracts(text):
        fault = next((fault for place, fault in places if place.overlaps(extract.span)), None)
        rule, whether, quote = (
            (fault["rule"], _whether(fault["expect"]), fault["quote"]) if fault else ("", LAWFUL, "")
        )
        yield Labelled(
            piece_of(text), words_of(text, extract.lead, extract.span), whether, rule, ORDINARY, quote
        )


def of_hand(path: Path) -> Iterator[Labelled]:
    """The lines of one hand: ``piece``, ``text``, ``expect`` (bloquant, risque, conseil, aucun), ``rule`` where it is known."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rule = row.get("rule") or ""
        yield Labelled(
            row["piece"],
            row["text"],
            _whether(row["expect"]),
            rule if row["expect"] != "aucun" else "",
            path.stem,
            row.get("quote") or "",
        )


def _hands() -> Iterator[Labelled]:
    for path in sorted((REVIEW / "mains").glob("*.jsonl")):
        if path.stem not in UNREAD:
            yield from of_hand(path)


def _halves() -> Iterator[Labelled]:
    table = rules()
    for name in ("phrases", "achats", "redacteurs", "extraits"):
        for line in (REVIEW / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["half"] != "a":
                continue
            gravest = min(
                row["rules"], key=lambda rule: tuple(FindingSeverity).index(table[rule].severity), default=""
            )
            yield Labelled(
                row.get("piece", ""),
                row["text"],
                _whether(table[gravest].severity if gravest else "aucun"),
                gravest,
                name,
                "",
            )


def _examples() -> Iterator[Labelled]:
    for rule in rules().values():
        for text in rule.caught:
            yield Labelled("", text, _whether(rule.severity), rule.id, "regles", "")
        for text in rule.lawful:
            yield Labelled("", text, LAWFUL, "", "regles", "")


def _whether(severity: str) -> int:
    return LAWFUL if severity == "aucun" else TOOTHLESS if severity == FindingSeverity.ADVICE else UNLAWFUL


if __name__ == "__main__":
    main()
