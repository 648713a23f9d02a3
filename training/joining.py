"""How needs are told apart, learned: ``python -m training.joining --home HOME``.

From what hands wrote for each function (``assistant/sourcing/wordings``) and the synonyms of ``training/sourcing/synonymes.tsv``: lines of registers are made
of them, each hand's met by a table that lacks its words, and from those the weights of what a line says for a function (each line once as it is, once as if
the table lacked its function), then those of what makes two texts alike that no function takes. With ``--folds`` it prints what each hand gives under
the weights of the others. It writes ``assistant/sourcing/telling.json``.
"""

import argparse
import csv
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.protocols import EmbeddingModel
from assistant.sourcing import joining
from assistant.sourcing.anchors import Anchors
from assistant.sourcing.functions import Functions, functions, wordings
from assistant.sourcing.joining import Units, Wording
from assistant.sourcing.telling import BESIDES, FILE, SIGNS, Telling
from assistant.workspace import Workspace

SYNONYMS = Path(__file__).with_name("sourcing") / "synonymes.tsv"
SEED = 7
MEMBERS, LINES = 60, 30
PENALTY, GONE = 1e-3, 0.3
# What applications say counts half as much again as the lines made here teach: their names are shared by chance more often than in three witnesses' registers.
HEARD = 1.5
STEPS = 60
ENTIRE, SURE = "tout le texte", 4.0
PHRASES = ("phrase", "phrase courante")
# Shares of functions that texts have in common weigh that much at most: where the table lacks theirs, they are small, and what is learned of them large.
MOST = 20.0
# Pairs looked at, of all those of made texts.
PAIRS = 60_000
# Functions of a made suite; of what names of applications are made that say nothing.
OF_A_SUITE = 4
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu")
# Words that say nothing, as registers have them.
NOTHING = ("", "NC", "Logiciel métier", "Gestion")
# What people add that says nothing of the need.
BESIDES_SAID = (
    " - mairie",
    " (marché en cours)",
    " 2027",
    " (à revoir)",
    " mutualisé",
    " ?",
    " + maintenance",
    " - siège et annexes",
    " (logiciel)",
)
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Group:
    """Wordings of one need, the function of the table that it is, and applications that members have for it."""

    name: str
    function: str
    wordings: tuple[str, ...]
    applications: tuple[str, ...]


def groups() -> list[Group]:
    """The written groups."""
    with SYNONYMS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        Group(
            row["groupe"],
            row["fonction"],
            tuple(row["libelles"].split("|")),
            tuple(row["applications"].split("|")),
        )
        for row in rows
    ]


def lines(of: Sequence[Group], members: int, seed: int) -> Iterator[tuple[str, str, Group]]:
    """Lines of made members: a wording as people type it, an application or none that others have, and the group."""
    draw = random.Random(seed)
    for member in range(members):
        for group in draw.sample(list(of), min(LINES, len(of))):
            written, application = draw.choice(group.wordings), draw.choice(group.applications)
            kind = draw.random()
            if kind < 0.2:
                application = f"App{draw.randrange(9999)}"
            elif kind < 0.3:
                application = f"{application} v{draw.randrange(2, 12)}"
            elif kind < 0.38:
                application = draw.choice(group.wordings)
            elif kind < 0.42:
                application = "Suite Nuage"
            # Half of the members give no names of applications.
            yield _typed(written, draw), "" if member % 2 else application, group


def _typed(written: str, draw: random.Random) -> str:
    if draw.random() < 0.05:
        return draw.choice(NOTHING)
    if draw.random() < 0.06 and len(written) > 8:
        at = draw.randrange(1, len(written) - 1)
        written = written[:at] + written[at + 1 :]
    if draw.random() < 0.1:
        written = written.upper()
    if draw.random() < 0.12:
        written += draw.choice(BESIDES_SAID)
    return f"Logiciel de {written}" if draw.random() < 0.1 else written


@dataclass(frozen=True, slots=True)
class Teacher:
    """Groups by one hand, the table without its words, and the vectors of that table."""

    groups: tuple[Group, ...]
    table: Functions
    anchors: Anchors


def teacher_of_groups(embedding: EmbeddingModel, without: frozenset[str] = frozenset()) -> Teacher:
    """The written groups, under the table without their words, some of which it was given since."""
    written = tuple(groups())
    met = functions(frozenset(word for group in written for word in group.wordings), without)
    return Teacher(written, met, Anchors(met, embedding))


def teacher_of_hand(hand: str, embedding: EmbeddingModel, without: frozenset[str] = frozenset()) -> Teacher:
    """What a hand wrote for each function, under the table without it; an application of its own and a suite of several have each, whose names say nothing."""
    names = ["".join(parts).capitalize() for parts in product(SYLLABLES, repeat=3)]
    written = tuple(
        Group(function, function, said, (f"{names[at]}r", f"{names[at // OF_A_SUITE]}x"))
        for at, (function, said) in enumerate(wordings()[hand].items())
    )
    met = functions(hands_left_out=without | {hand})
    return Teacher(written, met, Anchors(met, embedding))


@dataclass(frozen=True, slots=True)
class Made:
    """Made lines as what is looked at: ``signs`` ``(units, functions, signs)``, the function of each unit."""

    signs: Floats
    functions: NDArray[np.int64]


def made(teacher: Teacher, weights: Mapping[str, float], seed: int) -> Made:
    """What units of made lines show; applications speak as they do with the weights of now."""
    telling = Telling(teacher.table, teacher.anchors, weights)
    drawn = list(lines(teacher.groups, MEMBERS, seed))
    counts = joining.wordings((written, name) for written, name, _ in drawn)
    of_wording = {Wording.of(written, name): group for written, name, group in drawn}
    units = Units.of(counts, teacher.table)
    vectors = teacher.anchors.vectors(units.texts)
    own = telling.signs(units.texts, vectors)
    besides = units.besides(telling, own @ telling.weights)
    rows = [(units.row[wording], of_wording[wording]) for wording in units.row]
    signs = np.stack([np.concatenate([own[units.text_of[row]], besides[row]], axis=1) for row, _ in rows])
    order = list(teacher.table.by_id)
    return Made(signs.astype(np.float32), np.array([order.index(group.function) for _, group in rows]))


def fitted(found: Sequence[Made]) -> dict[str, float]:
    """The weights under which lines say their functions, and none where theirs is gone."""
    signs = torch.tensor(np.concatenate([one.signs for one in found]))
    wanted = torch.tensor(np.concatenate([one.functions for one in found]))
    # What is wholly the words of a function is that function's, whatever else is seen of it: written groups are not the table's words, and teach nothing of it.
    whole = signs[:, :, SIGNS.index(ENTIRE)].clone() * SURE
    signs[:, :, SIGNS.index(ENTIRE)] = 0.0
    weights = torch.zeros(signs.shape[2], requires_grad=True)
    none = torch.zeros(1, requires_grad=True)
    gone = torch.zeros(signs.shape[:2])
    gone[torch.arange(len(wanted)), wanted] = -1e4
    nothing = torch.full_like(wanted, signs.shape[1])
    optimizer = torch.optim.LBFGS([weights, none], max_iter=STEPS)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        scores = signs @ weights + whole
        beside = none.expand(len(wanted), 1)
        loss = torch.nn.functional.cross_entropy(torch.cat([scores, beside], 1), wanted)
        loss = (
            loss
            + GONE * torch.nn.functional.cross_entropy(torch.cat([scores + gone, beside], 1), nothing)
            + PENALTY * (weights**2).sum()
        )
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    given = dict(
        zip(
            (*SIGNS, *BESIDES, "rien"),
            [round(float(one), 3) for one in (*weights.detach(), *none.detach())],
            strict=True,
        )
    )
    # Phrases of the table that are left once the groups' own words are out are the wrong ones more often than those of the table as it is.
    return given | {ENTIRE: SURE} | {name: max(0.0, given[name]) for name in PHRASES}


def taught(teachers: Sequence[Teacher]) -> dict[str, float]:
    """The weights that lines of all teachers teach, twice: first without applications."""
    weights = dict.fromkeys((*SIGNS, *BESIDES, "rien"), 0.0) | {
        "part des mots": 4.0,
        "sens, avance": 3.0,
        "rien": 3.0,
    }
    for turn in range(2):
        weights = fitted([made(one, weights, SEED + turn) for one in teachers])
    return weights


def pairs(teacher: Teacher, weights: Mapping[str, float]) -> tuple[Floats, NDArray[np.bool_]]:
    """What makes two texts alike where the table has no function for them: ``(pairs, likenesses)``, and whether they are of one group."""
    telling, anchors = Telling(teacher.table, teacher.anchors, weights), teacher.anchors
    drawn = [
        (written, name, group)
        for written, name, group in lines(teacher.groups, MEMBERS, SEED + 5)
        if written not in NOTHING
    ]
    counts = joining.wordings((written, name) for written, name, _ in drawn)
    of_wording = {Wording.of(written, name): group for written, name, group in drawn}
    units = Units.of(counts, teacher.table)
    scores = telling.scores(units.texts, anchors.vectors(units.texts))
    order = list(teacher.table.by_id)
    scores[:, sorted({order.index(group.function) for group in teacher.groups})] = -1e4
    likeness = joining.Likeness.of(
        units, range(len(units.texts)), anchors.vectors(units.texts), telling.shares(scores), teacher.table
    )
    group_of = ["" for _ in units.texts]
    for wording, row in units.row.items():
        group_of[units.text_of[row]] = of_wording[wording].name
    one, other = np.triu_indices(len(units.texts), 1)
    drawn_pairs = np.random.default_rng(SEED).choice(len(one), min(PAIRS, len(one)), replace=False)
    one, other = one[drawn_pairs], other[drawn_pairs]
    same = np.array([group_of[first] == group_of[second] for first, second in zip(one, other, strict=True)])
    return likeness.of_pairs(one, other), same


def alike(found: Floats, same: NDArray[np.bool_]) -> dict[str, float]:
    """The weights of likenesses, each 0 or more, and of nothing."""
    signs, wanted = torch.tensor(found), torch.tensor(same, dtype=torch.float32)
    raw = torch.zeros(signs.shape[1], requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([raw, bias], max_iter=STEPS)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(
            signs @ torch.nn.functional.softplus(raw) + bias, wanted
        )
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    weights = torch.nn.functional.softplus(raw).detach()
    return dict(
        zip(
            (*joining.LIKENESSES, "rien"),
            [
                round(min(float(one), MOST if at == 1 else 1e9), 3)
                for at, one in enumerate((*weights, *bias.detach()))
            ],
            strict=True,
        )
    )


def measured(teacher: Teacher, weights: Mapping[str, Mapping[str, float]], seed: int) -> tuple[float, float]:
    """Precision and recall of the pairs of made lines that are joined."""
    drawn = list(lines(teacher.groups, MEMBERS, seed))
    placed = joining.join(
        joining.wordings((written, name) for written, name, _ in drawn),
        teacher.table,
        teacher.anchors,
        weights=weights,
    )
    needs = [placed[Wording.of(written, name)].need for written, name, _ in drawn]
    return joining.of_pairs(
        [
            (need if need != joining.UNSAID else str(at), group.name)
            for at, (need, (_, _, group)) in enumerate(zip(needs, drawn, strict=True))
        ]
    )


def main() -> None:
    """Reads the arguments, prints the figures, writes the weights."""
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=None)
    parser.add_argument("--folds", action="store_true", help="measure too")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    for hand in wordings() if given.folds else ():
        weights = learned(workspace.embedding, hand)
        precision, recall = measured(teacher_of_hand(hand, workspace.embedding), weights, SEED + 100)
        print(f"main {hand} laissée de côté : précision {precision:.3f}, rappel {recall:.3f}", flush=True)
    weights = learned(workspace.embedding)
    print(json.dumps(weights, ensure_ascii=False))
    FILE.write_text(json.dumps(weights, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    workspace.close()


def learned(embedding: EmbeddingModel, without: str = "") -> dict[str, dict[str, float]]:
    """Both sets of weights, from all hands but one."""
    out = frozenset({without} - {""})
    written = teacher_of_groups(embedding, out)
    hands = [teacher_of_hand(hand, embedding, out) for hand in wordings() if hand not in out]
    telling = taught([written, *hands])
    likeness = alike(*pairs(written, telling))
    heard = {name: round(HEARD * telling[name], 3) for name in ("application", "applications")}
    return {"telling": telling | heard, "likeness": likeness}


if __name__ == "__main__":
    main()
