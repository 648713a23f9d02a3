"""What the reader learns to read in a question beside its case: the labels of ``assistant.reader.heads``, from ``corpus/``.

Wishes: as the hands say that wrote them (``wish``); as what all hands wrote for a case that those lead to, where they nearly all wish the same; of a text that
is not in force, where leave or a duty is asked for; nothing, where a question is of no prohibition's subject. Forms and facts: as somebody read them in what
people asked (``form``, ``fact``); in the other questions, as their words tell where they do (``formes.toml``). What is bought:
as somebody read it (``bought``).
"""

import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.answering import hard_rules, words
from assistant.datatypes import Position, Purchase
from assistant.french.folding import fold_words
from assistant.reader import heads
from assistant.reader.cases import Label, TrainedReader
from assistant.reader.heads import A_FACT, BOUGHT, FACT, FORM, NO_FACT, NOTHING, WISH
from assistant.reader.network import Network
from assistant.sheets import Form, LegalSheet
from assistant.shipped import CORPUS
from training.network import Beside, Tokens
from training.written import Written

KINDS = {
    WISH: (NOTHING, *(rule.id for rule in hard_rules.RULES)),
    FORM: tuple(form.value for form in Form),
    FACT: (NO_FACT, A_FACT),
    BOUGHT: (NOTHING, *(kind.value for kind in Purchase)),
}
LEARNED, WITNESSES = CORPUS / "questions" / "fiches", CORPUS / "questions" / "temoins"
WORDS = Path(__file__).with_name("formes.toml")
# A case says what is wished where at least so many lead to it, and this share of them wish the same.
FEWEST, NEARLY_ALL = 3, 0.9
# Of the questions of no prohibition's subject, the share from which it is learned that they wish nothing.
OF_THE_OTHERS = 0.1
# Of the regression that corrects forms and purchases: the inverse of its pull towards nothing, by how much the scores it goes on from are divided, and the
# length to which what the last layer is given is brought.
STRENGTHS, TONED_DOWN, LENGTH = {FORM: 0.01, BOUGHT: 0.07}, 3.0, 2.3
# What somebody read counts this many times what words or cases tell.
READ = 3.0


@dataclass(frozen=True, slots=True)
class Told:
    """A kind that a question is known to be of, and how much it counts."""

    kind: str
    weight: float = 1.0


def rows(folder: Path) -> Iterator[tuple[str, dict[str, str | None]]]:
    """The lines of every hand of a folder that say more than a case, each with its hand."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if KINDS.keys() & row.keys():
                yield path.stem, row


def read_in(row: dict[str, str | None]) -> dict[str, str]:
    """The kinds that a line says, by the name of the head."""
    found = {name: row[name] or NOTHING for name in (WISH, FORM, BOUGHT) if name in row}
    return found | ({FACT: A_FACT if row[FACT] else NO_FACT} if FACT in row else {})


def beside(written: Sequence[Written], known: Mapping[str, LegalSheet]) -> list[Beside]:
    """What each head learns from ``written``, questions that lead to the cases of ``known``."""
    said = {str(row["question"]): read_in(row) for _, row in rows(LEARNED)}
    wishing, forms, drawn = _wishes_of_cases(written, said), _Words(), random.Random(0)
    found = {name: (np.full(len(written), -1), np.zeros(len(written), np.float32)) for name in KINDS}
    for place, one in enumerate(written):
        all_told = forms.told(one.text)
        all_told |= _wish_told(one, wishing, drawn) or _takes_for_law(one, known, all_told)
        all_told |= {name: Told(kind, READ) for name, kind in said.get(one.text, {}).items()}
        for name, told in all_told.items():
            wanted, weights = found[name]
            wanted[place], weights[place] = KINDS[name].index(told.kind), told.weight
    return [Beside(len(KINDS[name]), *found[name]) for name in KINDS]


def _wishes_of_cases(written: Sequence[Written], said: dict[str, dict[str, str]]) -> dict[Label, str]:
    counted: dict[Label, Counter[str]] = {}
    for one in written:
        if WISH in said.get(one.text, {}):
            for case in one.cases:
                counted.setdefault(case, Counter())[said[one.text][WISH]] += 1
    return {
        case: kind
        for case, counts in counted.items()
        for kind, most in counts.most_common(1)
        if counts.total() >= FEWEST and most >= NEARLY_ALL * counts.total()
    }


_SUBJECTS = frozenset(sheet for rule in hard_rules.RULES for sheet in rule.subject)


def _wish_told(one: Written, wishing: dict[Label, str], drawn: random.Random) -> dict[str, Told]:
    kinds = {wishing.get(case) for case in one.cases}
    if one.cases and len(kinds) == 1 and (kind := kinds.pop()) is not None:
        return {WISH: Told(kind)}
    if not one.sheets & _SUBJECTS and drawn.random() < OF_THE_OTHERS:
        return {WISH: Told(NOTHING)}
    return {}


def _takes_for_law(one: Written, known: Mapping[str, LegalSheet], told: dict[str, Told]) -> dict[str, Told]:
    """What is wished of a text that is not in force."""
    if not one.cases or FORM not in told:
        return {}
    said = [found.position for sheet, case in one.cases if (found := known[sheet].case(case))]
    if any(position is not Position.NOT_IN_FORCE for position in said):
        return {}
    return {WISH: Told(NOTHING if told[FORM].kind == Form.OTHER else hard_rules.PENDING)}


_REFUSES = words.pattern("act.refuses")


class _Words:
    """What the words of a question tell of its form; nothing where none does."""

    def __init__(self) -> None:
        families = tomllib.loads(WORDS.read_text(encoding="utf-8"))
        self._patterns = {
            name: re.compile(rf"\b(?:{'|'.join(forms)})(?!\w)") for name, forms in families.items()
        }
        self._opens = re.compile(rf"^\W*(?:\w+ ){{0,3}}?(?:{'|'.join(families['opens_on_a_fact'])})\b")

    def told(self, text: str) -> dict[str, Told]:
        folded = fold_words(text)
        fact = self._patterns["fact"].search(folded)
        if fact or self._opens.match(folded):
            return {
                FORM: Told(Form.OTHER.value),
                FACT: Told(A_FACT if fact else NO_FACT, 1.0 if fact else 0.3),
            }
        begun = {
            form: match.start()
            for form in (Form.FORBIDDEN, Form.COMPULSORY, Form.LEAVE)
            if (match := self._patterns[form.value].search(folded))
        }
        if not begun:
            return {}
        form = min(begun, key=lambda one: begun[one])
        if form is Form.LEAVE and _REFUSES.search(folded):
            form = Form.REJECT
        return {FORM: Told(form.value), FACT: Told(NO_FACT)}


def corrected(reader: TrainedReader, tokens: Tokens) -> TrainedReader:
    """The reader, its rows of forms and purchases fitted once more on those that somebody read.

    Words, which taught it most of what it knows of forms, err alike everywhere; of purchases it saw few. A regression over what the last layer is given and
    over the scores of the kinds, which is one more linear layer.
    """
    for name, strength in STRENGTHS.items():
        reader = _corrected(reader, name, strength, tokens)
    return reader


def _corrected(reader: TrainedReader, name: str, strength: float, tokens: Tokens) -> TrainedReader:
    read = [(str(row["question"]), kind) for _, row in rows(LEARNED) if (kind := read_in(row).get(name))]
    weights = dict(reader.network.weights)
    pooled = reader.network.pooled([text for text, _ in read], tokens)
    (_, kinds, own), *_ = [
        one for one in heads.slices(reader.heads, len(reader.labels) + 1) if one[0] == name
    ]
    rows_, bias = weights["last.weight"][own], weights["last.bias"][own]
    middle, spread = pooled.mean(axis=0), (pooled.std(axis=0) + 1e-6) * np.sqrt(pooled.shape[1]) / LENGTH
    scores = (pooled @ rows_.T + bias) / TONED_DOWN
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(np.hstack([(pooled - middle) / spread, scores]), [kind for _, kind in read])
    order = [list(model.classes_).index(kind) for kind in kinds]
    of_pooled, of_scores = (part[order] for part in np.split(model.coef_, [pooled.shape[1]], axis=1))
    weight = of_pooled / spread + of_scores @ rows_ / TONED_DOWN
    weights["last.weight"] = weights["last.weight"].copy()
    weights["last.bias"] = weights["last.bias"].copy()
    weights["last.weight"][own] = weight
    weights["last.bias"][own] = (
        model.intercept_[order] - (of_pooled / spread) @ middle + of_scores @ bias / TONED_DOWN
    )
    return replace(reader, network=Network(weights))


def told(reader: TrainedReader, tokens: Tokens) -> Iterator[str]:
    """What the heads read in the hands that nothing learned from, a line each (French)."""
    held = list(rows(WITNESSES))
    scores = reader.network.read([str(row["question"]) for _, row in held], tokens)
    first = len(reader.labels) + 1
    read = [heads.read(reader.heads, one, first) for one in scores]
    for name in KINDS:
        for hand in sorted({hand for hand, _ in held}):
            own = [
                (kinds[name], shares[name])
                for (of, row), shares in zip(held, read, strict=True)
                if of == hand and name in (kinds := read_in(row))
            ]
            if own:
                yield f"  main {hand}, {name} : {_figures(name, own)}"


def _figures(name: str, own: Sequence[tuple[str, dict[str, float]]]) -> str:
    said = [max(shares, key=lambda kind: shares[kind]) for _, shares in own]
    right = sum(kind == found for (kind, _), found in zip(own, said, strict=True)) / len(own)
    if name != WISH:
        return f"justes {right:.3f} de {len(own)}"
    asked = [(kind, shares) for kind, shares in own if kind != NOTHING]
    others = [shares for kind, shares in own if kind == NOTHING]
    parts = []
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        kept = sum(shares[kind] >= least for kind, shares in asked)
        wrong = sum(
            max(share for kind, share in shares.items() if kind != NOTHING) >= least for shares in others
        )
        parts.append(f"≥ {least} vus {kept} de {len(asked)}, à tort {wrong} de {len(others)}")
    return f"justes {right:.3f} ; " + " ; ".join(parts)
