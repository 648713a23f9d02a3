"""The reader of covers, learned again: ``python -m training.covers --home HOME``.

From the labelled first pages of ``corpus/synthese/gardes``, but for the hand that only measures. Pages of HTML are first printed to PDF by Chromium, into
``build/covers``. It writes ``assistant/reader/covers.safetensors`` with its card, and prints what it reads in the hand it did not learn from.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from assistant import reading
from assistant.datatypes import Document, Kind, Span
from assistant.french.folding import fold, words_of
from assistant.reader.covers import CARD, KINDS, VALUES, CoverReader, as_read, parts, write
from assistant.reader.network import Network
from assistant.reading.piece import guessed
from assistant.shipped import CORPUS
from assistant.workspace import Workspace
from training.browser import CHROMIUM
from training.network import DROPOUT, Lower, far, output, padded

HANDS = CORPUS / "synthese" / "gardes"
PRINTED = Path("build/covers")
# Never learned from.
WITNESSES = frozenset("z")
SEED = 20261127
BATCH, EPOCHS, WARM_UP = 8, 8, 60
RATE_LAYERS, RATE_LAST = 4e-4, 2e-3
# Of so many documents the kind of piece is not given: it is not always known.
WITHOUT_PIECE = 0.25
UNCOUNTED = -100


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and what is to be read on its cover, by name (see the jsonl of each hand)."""

    hand: str
    file: str
    document: Document
    wanted: Mapping[str, Any]

    @property
    def piece(self) -> str:
        """The kind of piece that is told to the reader."""
        return guessed(self.document)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document as it is read, and the class of each of its tokens; of the first part, the kind of contract."""

    text: str
    classes: list[int]
    kind: int


class Tagger(nn.Module):
    """What is learned. See ``assistant.reader.covers.CoverReader``, which does the same arithmetic."""

    def __init__(self, layers: nn.ModuleList, dimension: int) -> None:
        super().__init__()
        self.layers, self.norm, self.drop = layers, nn.LayerNorm(dimension, eps=1e-12), nn.Dropout(DROPOUT)
        self.last, self.kind = nn.Linear(dimension, 1 + 2 * len(VALUES)), nn.Linear(dimension, 1 + len(KINDS))

    def forward(self, hidden: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of each token, ``(texts, tokens, classes)``, and of the kind of contract, ``(texts, kinds)``."""
        for layer in self.layers:
            hidden = output(layer(hidden, far(mask)))
        hidden = self.norm(hidden)
        mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.last(self.drop(hidden)), self.kind(self.drop(mean))

    def network(self) -> Network:
        """The weights, as the assistant reads them."""
        return Network(
            {name: values.detach().numpy().astype(np.float32) for name, values in self.state_dict().items()}
        )


def main() -> None:
    """Reads the arguments, learns, writes, measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument(
        "--without",
        default="",
        metavar="MAINS",
        help="hands to leave out and to measure, the written file staying as it is",
    )
    given = parser.parse_args()
    workspace = Workspace(given.home)
    every = list(documents())
    held = frozenset(given.without) or WITNESSES
    learned_from = [one for one in every if one.hand not in held | WITNESSES]
    model = workspace.settings.embedding
    reader = CoverReader(
        model,
        learned(
            Lower(workspace.settings.models / model, workspace.embedding.max_tokens), workspace, learned_from
        ).network(),
    )
    if not given.without:
        hands = {
            hand: sum(one.hand == hand for one in learned_from)
            for hand in sorted({one.hand for one in learned_from})
        }
        write(reader, {"documents": len(learned_from), "hands": hands})
        print(f"écrit : {CARD}")
    measure(reader, workspace, [one for one in every if one.hand in held])


def documents() -> Iterator[Labelled]:
    """The labelled documents of every hand."""
    for folder in sorted(path for path in HANDS.iterdir() if path.is_dir()):
        rows = [
            json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        _print(folder)
        for row in rows:
            name = str(row["file"])
            path = (
                PRINTED / folder.name / f"{Path(name).stem}.pdf" if name.endswith(".html") else folder / name
            )
            yield Labelled(folder.name, name, reading.read(path, kind=Kind.TENDER, collection="gardes"), row)


def _print(folder: Path) -> None:
    """The pages of a hand, printed as PDF where they are not yet."""
    out = PRINTED / folder.name
    todo = [path for path in sorted(folder.glob("*.html")) if not (out / f"{path.stem}.pdf").exists()]
    if not todo:
        return
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for path in todo:
            page.goto(path.resolve().as_uri())
            page.pdf(
                path=str(out / f"{path.stem}.pdf"),
                format="A4",
                print_background=True,
                prefer_css_page_size=True,
            )
        browser.close()


def places_of(text: str, value: str) -> Iterator[Span]:
    """Where the letters and digits of ``value`` stand in ``text``, whatever signs and line ends are between them."""
    folded = fold(text)
    at = [index for index, character in enumerate(folded) if character.isalnum()]
    letters, sought = (
        "".join(folded[index] for index in at),
        "".join(character for character in fold(value) if character.isalnum()),
    )
    start = letters.find(sought) if sought else -1
    while start >= 0:
        first, last = at[start], at[start + len(sought) - 1] + 1
        if not text[first - 1 : first].isalnum() and not text[last : last + 1].isalnum():
            yield Span(first, last)
        start = letters.find(sought, start + 1)


def _parts_of(labelled: Labelled, piece: str, workspace: Workspace) -> Iterator[Part]:
    text = labelled.document.text
    of_character = np.zeros(len(text) + 1, dtype=int)
    for number, name in enumerate(VALUES):
        for place in places_of(text, str(labelled.wanted.get(name) or "")):
            if not of_character[place.start : place.end].any():
                of_character[place.start : place.end] = 2 * number + 2
                of_character[place.start] = 2 * number + 1
    for index, span in enumerate(parts(text)):
        words, shift = as_read(piece, text, span)
        (offsets,) = workspace.embedding.token_offsets([words])
        classes = [
            int(of_character[_first_mark(text, span.start + start - shift)])
            if end > start >= shift
            else UNCOUNTED
            for start, end in offsets
        ]
        kind = labelled.wanted.get("type_marche")
        yield Part(
            words, classes, (KINDS.index(kind) + 1 if kind in KINDS else 0) if index == 0 else UNCOUNTED
        )


def _first_mark(text: str, at: int) -> int:
    """The first character from ``at`` that is no space: a token begins with the space before it."""
    while at < len(text) - 1 and text[at].isspace():
        at += 1
    return at


def learned(lower: Lower, workspace: Workspace, labelled: Sequence[Labelled]) -> Tagger:
    """Learns from labelled documents."""
    torch.manual_seed(SEED)
    drawn = random.Random(SEED)
    read = [
        part
        for one in labelled
        for part in _parts_of(one, "autre" if drawn.random() < WITHOUT_PIECE else one.piece, workspace)
    ]
    kept = lower.token_vectors([part.text for part in read])
    assert all(len(vectors) == len(part.classes) for vectors, part in zip(kept, read, strict=True))
    tagger = Tagger(lower.upper(), kept[0].shape[1])
    lasts = [values for name, values in tagger.named_parameters() if not name.startswith("layers.")]
    optimiser = torch.optim.AdamW(
        [
            {"params": tagger.layers.parameters(), "lr": RATE_LAYERS, "weight_decay": 0.01},
            {"params": lasts, "lr": RATE_LAST, "weight_decay": 0.0},
        ]
    )
    steps = EPOCHS * -(-len(read) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
    )
    print(f"{len(labelled)} documents, {len(read)} parties", flush=True)
    for epoch in range(EPOCHS):
        begun, total = time.monotonic(), 0.0
        tagger.train()
        rows = sorted(drawn.sample(range(len(read)), len(read)), key=lambda row: len(kept[row]) // 40)
        batches = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
        drawn.shuffle(batches)
        for batch in batches:
            hidden, mask = padded([kept[row] for row in batch])
            wanted = torch.full(mask.shape, UNCOUNTED, dtype=torch.long)
            for place, row in enumerate(batch):
                wanted[place, : len(read[row].classes)] = torch.tensor(read[row].classes)
            tokens, kinds = tagger(hidden, mask)
            loss = nn.functional.cross_entropy(tokens.flatten(0, 1), wanted.flatten(), ignore_index=UNCOUNTED)
            kind = torch.tensor([read[row].kind for row in batch])
            if bool((kind != UNCOUNTED).any()):
                loss = loss + 0.1 * nn.functional.cross_entropy(kinds, kind, ignore_index=UNCOUNTED)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.layers.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(
            f"  tour {epoch + 1}/{EPOCHS} : perte {total / len(batches):.3f}, {time.monotonic() - begun:.0f} s",
            flush=True,
        )
    return tagger.eval()


def measure(reader: CoverReader, workspace: Workspace, labelled: Sequence[Labelled]) -> None:
    """Prints what is found, wrong and invented of each value: found, when the letters of the label are those of the value, or nearly (F1 of words 0.6)."""
    embedding = workspace.embedding
    covers = [
        reader.read(one.document.text, one.piece, embedding.token_vectors, embedding.token_offsets)
        for one in labelled
    ]
    print(f"{len(labelled)} documents jamais appris : trouvés, faux, inventés")
    for name in (*VALUES, "type_marche"):
        right = wrong = wanted = invented = 0
        for one, cover in zip(labelled, covers, strict=True):
            likeliest = max(cover.kinds, key=lambda kind: cover.kinds[kind])
            value = likeliest if cover.kinds[likeliest] >= 0.5 else ""
            if name in VALUES:
                value = cover.values[name].span.of(one.document.text) if name in cover.values else ""
            gold = one.wanted.get(name) or ""
            wanted += bool(gold)
            good = bool(gold) and alike(str(gold), value, exact=name == "numero")
            right += good
            wrong += bool(gold) and bool(value) and not good
            invented += bool(value) and not gold
        print(
            f"  {name} : {right}/{wanted} = {right / max(1, wanted):.2f}, {wrong} faux, {invented} inventés de {len(labelled) - wanted}"
        )


def alike(gold: str, value: str, *, exact: bool = False) -> bool:
    """Whether a value is the labelled one, or its words nearly are."""
    first, second = (words_of(text) for text in (gold, value))
    if exact:
        return "".join(first) == "".join(second)
    common = sum(min(first.count(word), second.count(word)) for word in set(first))
    return common > 0 and 2 * common / (len(first) + len(second)) >= 0.6


if __name__ == "__main__":
    main()
