"""Learns the reader of titles (``assistant/reader/titles.safetensors``) from documents printed in many layouts, whose titles are known.

To measure it, ``--hands`` and ``--layouts`` are left out (folders of ``corpus/synthese``, names of ``training.layouts``), and no file is written.
"""

import argparse
import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from assistant.reader.network import Array, Network
from assistant.reader.titles import TitleReader, told_again, write
from assistant.reading.looks import features, letters_of, looked_at, styles_of
from assistant.reading.numbering import parse
from assistant.reading.pdf import lines_of
from assistant.reading.structure import Line, contents_lines, headings_of
from training.layouts import Made, file_of, made, print_all

PRINTED = Path("build/titles")
SEED = 2
LAYOUTS_EACH = 6
HIDDEN, DROPOUT, EPOCHS, BATCH, RATE = 48, 0.1, 12, 1024, 5e-3
# A line that is a part of a title, and neither the title nor none.
UNCOUNTED = -1
# A document is learned from once as printed, and at this share once more with what other formats do not say left out.
POORER = 0.7
KINDS = ("paragraphs", "paragraphs", "text", "wrapped", "scan")
# A text is cut at so many characters a line.
_WIDTHS = (68, 72, 80, 90, 100)
# So many documents have some of their lines alone learned from: a letter is short.
EXCERPTS = 0.7
_EXCERPT = (4, 40)
_MOST_JOINED = 6
# A longer line is no title.
_LONGEST = 250


@dataclass(frozen=True, slots=True)
class Labelled:
    """The lines of a document and which of them are titles, 1, not, 0, or ``UNCOUNTED``; ``rows`` may be, ``features`` are of these; ``styles`` of all."""

    document: Made
    lines: Sequence[Line]
    wanted: NDArray[np.int64]
    rows: Sequence[int]
    features: Array
    styles: NDArray[np.intp]


def main() -> None:
    """Reads the arguments, prints, learns, and writes or measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hands", nargs="*", default=[], help="folders to leave out and to measure")
    parser.add_argument("--layouts", nargs="*", default=[], help="layouts to leave out and to measure")
    given = parser.parse_args()
    documents = list(made(SEED, LAYOUTS_EACH))
    print_all(documents, PRINTED)
    every = [labelled(one, lines_of(file_of(one, PRINTED).read_bytes(), one.name)) for one in documents]
    learned_from = [
        one
        for one in every
        if one.document.hand not in given.hands and one.document.layout not in given.layouts
    ]
    networks = learned(
        [*joined(learned_from), *(variant for one in learned_from for variant in (one, *poorer(one)))]
    )
    if not given.hands and not given.layouts:
        card = {
            "documents": len(every),
            "hands": len({one.document.hand for one in every}),
            "layouts": len({one.document.layout for one in every}),
        }
        write(networks, card)
        return
    held = [
        one
        for one in every
        if (not given.hands or one.document.hand in given.hands)
        and (not given.layouts or one.document.layout in given.layouts)
    ]
    measure(TitleReader(Network(networks)), held)


def labelled(document: Made, lines: Sequence[Line]) -> Labelled:
    """A document with its titles found among its printed lines, by their letters, from the last to the first: a table of contents comes before them.

    One cut in two lines is found at its first.
    """
    contents = contents_lines(lines)
    wanted = np.zeros(len(lines), dtype=np.int64)
    shown = [line.title().text for line in lines]
    letters = [
        letters_of(text) if index not in contents and len(text) < _LONGEST else ""
        for index, text in enumerate(shown)
    ]
    end = len(lines)
    for title, _ in reversed(document.titles):
        sought = letters_of(title)
        places = range(end - 1, -1, -1)
        found = next((place for place in places if letters[place] == sought), None)
        if found is None:
            found = next(
                (
                    place
                    for place in places
                    if sought.startswith(letters[place] + _next(letters, place))
                    and letters[place]
                    and _next(letters, place)
                ),
                None,
            )
        if found is None:
            continue
        end = found
        wanted[found] = 1
        printed = letters[found]
        while printed != sought and (more := _next(letters, found)) and sought.startswith(printed + more):
            found += 1
            printed += more
            wanted[found] = UNCOUNTED
    rows = looked_at(lines, contents)
    return Labelled(document, lines, wanted, rows, features(lines, contents, rows), styles_of(lines))


def _next(letters: Sequence[str], place: int) -> str:
    return letters[place + 1] if place + 1 < len(letters) else ""


def poorer(one: Labelled) -> Iterator[Labelled]:
    """A part of the documents once more, as a word processor's, as a text, or as a scan gives them; and some lines alone of a part of them."""
    drawn = random.Random(f"{SEED} {one.document.hand} {one.document.name} {one.document.layout}")
    kind = drawn.choice(KINDS)
    if drawn.random() < POORER:
        yield as_read(one, kind, drawn)
    if drawn.random() < EXCERPTS:
        whole = as_read(one, kind, drawn) if drawn.random() < 0.3 else one
        start = drawn.randrange(max(1, len(whole.lines) - _EXCERPT[0]))
        cut = slice(start, start + drawn.randint(*_EXCERPT))
        lines = (
            whole.lines
            if whole is not one
            else [replace(line, left=0.0, right=0.0, page=line.page + 1) for line in one.lines]
        )
        yield _of(one, lines[cut], whole.wanted[cut])


def joined(documents: Sequence[Labelled]) -> Iterator[Labelled]:
    """Documents one after the other in one file, as a tender's annexes are: each written in its own way."""
    drawn = random.Random(SEED)
    left = drawn.sample(documents, len(documents))
    while len(left) > 1:
        together = [left.pop() for _ in range(min(len(left), drawn.randint(2, _MOST_JOINED)))]
        lines: list[Line] = []
        for one in together:
            pages = lines[-1].page if lines else 0
            lines += [replace(line, page=line.page + pages) for line in one.lines]
        yield _of(together[0], lines, np.concatenate([one.wanted for one in together]))


def as_read(one: Labelled, kind: str, drawn: random.Random) -> Labelled:
    """A document as one of ``KINDS`` gives it: a title that its words alone do not part from the text on its line is not counted."""
    lost = kind != "paragraphs"
    wanted = np.array(
        [
            UNCOUNTED if is_title == 1 and line.lead and lost else is_title
            for line, is_title in zip(one.lines, one.wanted, strict=True)
        ]
    )
    if kind == "scan":
        sizes = {
            size: round(size * drawn.uniform(0.95, 1.05), 1)
            for size in sorted({line.size for line in one.lines})
        }
        return _of(
            one,
            [
                replace(line, size=sizes[line.size], bold=False, italic=False, ink=0, lead=0)
                for line in one.lines
            ],
            wanted,
        )
    if kind == "paragraphs":
        return _of(
            one,
            [
                Line(line.text, line.start, bold=line.bold, lead=line.lead, beside=line.beside)
                for line in one.lines
            ],
            wanted,
        )
    width = drawn.choice(_WIDTHS) if kind == "wrapped" else 0
    lines: list[Line] = []
    labels: list[int] = []
    for line, label in zip(one.lines, wanted.tolist(), strict=True):
        pieces = textwrap.wrap(line.text, width) if width else [line.text]
        at = line.start
        for piece in pieces:
            lines.append(Line(piece, at))
            at += len(piece) + 1
        labels += [label, *([UNCOUNTED if label else 0] * (len(pieces) - 1))]
    return _of(one, lines, np.array(labels))


def _of(one: Labelled, lines: Sequence[Line], wanted: NDArray[np.int64]) -> Labelled:
    contents = contents_lines(lines)
    rows = looked_at(lines, contents)
    return Labelled(one.document, lines, wanted, rows, features(lines, contents, rows), styles_of(lines))


def learned(documents: Sequence[Labelled]) -> dict[str, Array]:
    """Learns the two looks; the second from what halves of the documents made of each other, as it will see what was never learned."""
    halves = [
        [one for one in documents if sum(map(ord, one.document.hand + one.document.name)) % 2 == half]
        for half in (0, 1)
    ]
    wanted = np.concatenate([one.wanted[one.rows] for one in documents])
    networks = _look("first", np.concatenate([one.features for one in documents]), wanted)
    again, wanted_again = [], []
    for half, others in ((0, 1), (1, 0)):
        read = _look(
            "first",
            np.concatenate([one.features for one in halves[half]]),
            np.concatenate([one.wanted[one.rows] for one in halves[half]]),
        )
        for one in halves[others]:
            again.append(_seen_twice(one, TitleReader(Network(read)).first(one.features)))
            wanted_again.append(one.wanted[one.rows])
    return networks | _look("second", np.concatenate(again), np.concatenate(wanted_again))


def _seen_twice(one: Labelled, evidence: Array) -> Array:
    return np.concatenate([one.features, told_again(evidence, one.features, one.styles, one.rows)], axis=1)


def _look(name: str, seen: Array, wanted: NDArray[np.int64]) -> dict[str, Array]:
    torch.manual_seed(SEED)
    counted = wanted != UNCOUNTED
    mean, spread = seen[counted].mean(axis=0), seen[counted].std(axis=0) + 1e-2
    rows, labels = (
        torch.from_numpy((seen[counted] - mean) / spread),
        torch.from_numpy(wanted[counted].astype(np.float32)),
    )
    hidden, last = nn.Linear(rows.shape[1], HIDDEN), nn.Linear(HIDDEN, 1)
    network = nn.Sequential(hidden, nn.ReLU(), nn.Dropout(DROPOUT), last)
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=EPOCHS * -(-len(rows) // BATCH)
    )
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(rows)).split(BATCH):
            loss = nn.functional.binary_cross_entropy_with_logits(network(rows[batch])[:, 0], labels[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    layers = {
        "hidden.weight": hidden.weight,
        "hidden.bias": hidden.bias,
        "last.weight": last.weight,
        "last.bias": last.bias,
    }
    return {f"{name}.mean": mean, f"{name}.spread": spread} | {
        f"{name}.{layer}": _array(values) for layer, values in layers.items()
    }


def _array(values: Tensor) -> Array:
    array: Array = values.detach().numpy().astype(np.float32)
    return array


def measure(reader: TitleReader, documents: Sequence[Labelled]) -> None:
    """Prints precision, recall and F1 of the titles, by layout and in all: of the headings that the assistant finds, the network being ``reader``."""
    from assistant.reader import titles

    titles.load = lambda: reader  # type: ignore[assignment]  # the assistant's own, for this run alone
    counts: dict[str, NDArray[np.int64]] = {}
    drawn = random.Random(SEED)
    for one, kind in (
        (as_read(one, kind, drawn) if kind else one, kind)
        for one in documents
        for kind in ("", *dict.fromkeys(KINDS))
    ):
        at = {
            line.start + len(line.text) - len(line.text.lstrip()): is_title
            for line, is_title in zip(one.lines, one.wanted.tolist(), strict=True)
        }
        found = [at.get(heading.span.start, 0) for heading in headings_of(one.lines)]
        right, given = found.count(1), len(found) - (found.count(UNCOUNTED) if kind else 0)
        wanted = int((one.wanted == 1).sum()) if kind else len(one.document.titles)
        numbered = "numéros" if parse(one.document.titles[0][0]) else "sans numéro"
        for name in (kind, f"{kind} {numbered}") if kind else (one.document.layout, numbered, "tout"):
            counts[name] = counts.get(name, np.zeros(3, dtype=np.int64)) + np.array([right, given, wanted])
    for name, (right, found, wanted) in sorted(counts.items()):
        print(
            f"{name:22} précision {right / max(1, found):.3f} rappel {right / wanted:.3f} F1 {2 * right / (found + wanted):.3f} ({wanted} titres)"
        )


if __name__ == "__main__":
    main()
