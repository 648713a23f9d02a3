"""How needs are told apart, learned: ``python -m training.joining --home HOME``.

From the synonyms of ``training/sourcing/synonymes.tsv``, written by hand group by group: lines of registers are made of them, and from those the weights
of what a line says for a function of the table (each line once as it is, once as if the table lacked its function), then those of what makes two texts
alike that no function takes. With ``--folds`` it prints what each fourth of the groups gives under the weights of the three others. It writes
``assistant/sourcing/telling.json``.
"""

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.sourcing import joining
from assistant.sourcing.anchors import Anchors
from assistant.sourcing.functions import Functions, functions
from assistant.sourcing.joining import Units, Wording
from assistant.sourcing.telling import BESIDES, FILE, SIGNS, Telling
from assistant.workspace import Workspace

SYNONYMS = Path(__file__).with_name("sourcing") / "synonymes.tsv"
FOLDS, SEED = 4, 7
MEMBERS, LINES = 60, 30
PENALTY, GONE = 1e-3, 0.3
STEPS = 60
ENTIRE, SURE = "tout le texte", 4.0
PHRASES = ("phrase", "phrase courante")
# Shares of functions that texts have in common weigh that much at most: where the table lacks theirs, they are small, and what is learned of them large.
MOST = 20.0
# Pairs looked at, of all those of made texts.
PAIRS = 60_000
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


def table() -> Functions:
    """The table without the words of the groups, which some of it was given since."""
    return functions(frozenset(word for group in groups() for word in group.wordings))


@dataclass(frozen=True, slots=True)
class Made:
    """Made lines as what is looked at: ``signs`` ``(units, functions, signs)``, the function of each unit, its group."""

    signs: Floats
    functions: NDArray[np.int64]
    groups: tuple[str, ...]


def made(of: Sequence[Group], telling: Telling, anchors: Anchors, seed: int) -> Made:
    """What units of made lines show; applications speak as they do with the weights of now."""
    drawn = list(lines(of, MEMBERS, seed))
    counts = joining.wordings((written, name) for written, name, _ in drawn)
    of_wording = {Wording.of(written, name): group for written, name, group in drawn}
    units = Units.of(counts, table())
    vectors = anchors.vectors(units.texts)
    own = telling.signs(units.texts, vectors)
    besides = units.besides(telling, own @ telling.weights)
    rows = [(units.row[wording], of_wording[wording]) for wording in units.row]
    signs = np.stack([np.concatenate([own[units.text_of[row]], besides[row]], axis=1) for row, _ in rows])
    order = list(table().by_id)
    return Made(
        signs.astype(np.float32),
        np.array([order.index(group.function) for _, group in rows]),
        tuple(group.name for _, group in rows),
    )


def fitted(found: Made) -> dict[str, float]:
    """The weights under which lines say their functions, and none where theirs is gone."""
    signs, wanted = torch.tensor(found.signs), torch.tensor(found.functions)
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


def taught(of: Sequence[Group], anchors: Anchors) -> dict[str, float]:
    """The weights that groups teach, twice: first without applications."""
    weights = dict.fromkeys((*SIGNS, *BESIDES, "rien"), 0.0) | {
        "part des mots": 4.0,
        "sens, avance": 3.0,
        "rien": 3.0,
    }
    for turn in range(2):
        weights = fitted(made(of, Telling(table(), anchors, weights), anchors, SEED + turn))
    return weights


def pairs(
    of: Sequence[Group], telling: Telling, anchors: Anchors, taken: Collection[str]
) -> tuple[Floats, NDArray[np.bool_]]:
    """What makes two texts alike where the table has no function for them: ``(pairs, likenesses)``, and whether they are of one group."""
    drawn = [
        (written, name, group)
        for written, name, group in lines(of, MEMBERS, SEED + 5)
        if written not in NOTHING
    ]
    counts = joining.wordings((written, name) for written, name, _ in drawn)
    of_wording = {Wording.of(written, name): group for written, name, group in drawn}
    units = Units.of(counts, table())
    scores = telling.scores(units.texts, anchors.vectors(units.texts))
    order = list(table().by_id)
    scores[:, [order.index(name) for name in taken]] = -1e4
    likeness = joining.Likeness.of(
        units, range(len(units.texts)), anchors.vectors(units.texts), telling.shares(scores), table()
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


def measured(
    of: Sequence[Group],
    held: Collection[str],
    weights: Mapping[str, Mapping[str, float]],
    anchors: Anchors,
    seed: int,
) -> tuple[float, float]:
    """Precision and recall of the pairs of made lines that are joined, those of two lines of groups that taught the weights left out."""
    drawn = list(lines(of, MEMBERS, seed))
    placed = joining.join(
        joining.wordings((written, name) for written, name, _ in drawn), table(), anchors, weights=weights
    )
    found: list[tuple[str, str]] = []
    for at, (written, name, group) in enumerate(drawn):
        need = placed[Wording.of(written, name)].need
        found.append((need if need != joining.UNSAID else str(at), group.name))
    own = [one for one in found if one[1] in held]
    others = Counter(need for need, name in found if name not in held)
    mixed = sum(others[need] * count for need, count in Counter(need for need, _ in own).items())
    precision, recall = joining.of_pairs(own)
    right = precision * (apart := sum(comb(count, 2) for count in Counter(need for need, _ in own).values()))
    return right / (apart + mixed), recall


def main() -> None:
    """Reads the arguments, prints the figures, writes the weights."""
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=None)
    parser.add_argument("--folds", action="store_true", help="measure too")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    anchors = Anchors(functions(), workspace.embedding)
    written = groups()
    random.Random(SEED).shuffle(written)
    for fold in range(FOLDS if given.folds else 0):
        kept, held = [group for at, group in enumerate(written) if at % FOLDS != fold], written[fold::FOLDS]
        weights = learned(kept, anchors)
        precision, recall = measured(written, {group.name for group in held}, weights, anchors, SEED + 100)
        print(
            f"{fold} : {len(held)} groupes laissés de côté, précision {precision:.3f}, rappel {recall:.3f}",
            flush=True,
        )
    weights = learned(written, anchors)
    print(json.dumps(weights, ensure_ascii=False))
    FILE.write_text(json.dumps(weights, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    workspace.close()


def learned(of: Sequence[Group], anchors: Anchors) -> dict[str, dict[str, float]]:
    """Both sets of weights."""
    telling = taught(of, anchors)
    found = pairs(of, Telling(table(), anchors, telling), anchors, sorted({group.function for group in of}))
    return {"telling": telling, "likeness": alike(*found)}


if __name__ == "__main__":
    main()
