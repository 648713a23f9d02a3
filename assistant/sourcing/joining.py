"""The same need under other names: wordings of many registers put together, each with why; the same lines in any order give the same needs.

A wording is what a line says of itself: its function and the name of its application. It is led to a function of the table where its words, its meaning, its
name and what other lines say of its application leave little doubt, all weighed together (``telling``). What no function takes is put together by a learned
likeness, by average linkage. Nothing that says nothing is guessed. A person's corrections come last and win.
"""

import hashlib
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import comb

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import Progress
from assistant.french.folding import fold_line
from assistant.protocols import OnProgress, Vectors, silent
from assistant.sourcing import telling
from assistant.sourcing.anchors import Anchors
from assistant.sourcing.functions import Functions, Match
from assistant.sourcing.telling import Scores, Telling

# How surely a line must say a function. On another hand's 2,000 lines: precision 0.97 and recall 0.59 at 0.5, 0.96 and 0.63 here, 0.94 and 0.66 at 0.25.
_SURE = 0.35
# What a name says of a function that neither its words nor other lines speak for (less than the second): two lines of an application decide for a third that
# says nothing, one does not.
_QUIET, _HARDLY = -0.7, 0.05
# What applications say is heard again once what they are is better known.
_TURNS = 2
# Lines of an application that count as nobody's: one other line alone does not decide.
_DOUBT = 1.0
# Likeness, in units of the logarithm of odds, that two sets of texts must have on average to be one need.
_ALIKE = 0.5
# Words and applications of a text are kept in so many places of its vector.
_PLACES = 256
# Nearest texts looked at for each, and texts placed at once.
_NEIGHBOURS, _AT_ONCE = 24, 4_000
LIKENESSES = ("sens", "fonctions", "mots", "applications")
"""What makes two texts alike, in the order of the weights."""
UNSAID = "non-dit"


class Because(StrEnum):
    """Why a wording is of a need."""

    WORDS = "mots"
    APPLICATION = "application"
    MEANING = "sens"
    ALIKE = "ressemblance"
    HAND = "main"
    ALONE = "seul"
    UNSAID = "non dit"


@dataclass(frozen=True, slots=True, order=True)
class Wording:
    """What a line says of itself, folded: what it does, and the name of its application."""

    function: str
    name: str

    @property
    def id(self) -> str:
        """Twelve digits that stand for it."""
        return hashlib.sha256(f"{self.function}\n{self.name}".encode()).hexdigest()[:12]

    @property
    def shown(self) -> str:
        """Both, for a reader."""
        return " — ".join(part for part in (self.function, self.name) if part) or "(rien)"

    @classmethod
    def of(cls, function: str, name: str) -> "Wording":
        """The wording of a line's two texts."""
        return cls(fold_line(function), fold_line(name))


@dataclass(frozen=True, slots=True)
class Placed:
    """A wording in its need: ``need`` is a function of the table, an id of its own, or ``UNSAID``; ``why`` is for the reader (French)."""

    need: str
    because: Because
    why: str

    @property
    def sure(self) -> bool:
        """Whether words or a person say so, and not a likeness."""
        return self.because in (Because.WORDS, Because.HAND, Because.ALONE)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What people put right: pairs of wordings that are of one need, and wordings taken out of theirs, by ids; one that is not here any more is passed."""

    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[str, ...] = ()


NONE = Corrections()
_UNSAID = Placed(UNSAID, Because.UNSAID, "ni la fonction ni le nom ne disent à quoi l'application sert")


# ---- what is compared -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Units:
    """Wordings that are as one: the same text, the same application but for its version.

    Attributes:
        texts: by which lines are compared: their function, or their name where the function says nothing; sorted.
        names: of applications, bare, sorted; the first is empty.
        row: the unit of each wording that says something.
        text_of, name_of, lines: of each unit, the number of its text and of its name, and of how many lines it is.
    """

    texts: tuple[str, ...]
    names: tuple[str, ...]
    row: Mapping[Wording, int]
    text_of: NDArray[np.int64]
    name_of: NDArray[np.int64]
    lines: NDArray[np.float32]

    @classmethod
    def of(cls, lines: Mapping[Wording, int], functions: Functions) -> "Units":
        """The units of wordings, in their order."""
        keys: dict[str, tuple[str, str]] = {}
        for text in {text for wording in lines for text in (wording.function, wording.name)}:
            keys[text] = functions.key(text), functions.bare(text)
        pairs: dict[Wording, tuple[str, str]] = {}
        for wording in sorted(lines):
            if keys[wording.function][0]:
                pairs[wording] = wording.function, keys[wording.name][1]
            elif keys[wording.name][0]:
                pairs[wording] = wording.name, keys[wording.name][1]
        texts, names = (
            sorted({text for text, _ in pairs.values()}),
            sorted({"", *(name for _, name in pairs.values())}),
        )
        text_at, name_at = (
            {text: at for at, text in enumerate(texts)},
            {name: at for at, name in enumerate(names)},
        )
        units = {pair: at for at, pair in enumerate(sorted(set(pairs.values())))}
        counts = np.zeros(len(units), np.float32)
        for wording, pair in pairs.items():
            counts[units[pair]] += lines[wording]
        return cls(
            tuple(texts),
            tuple(names),
            {wording: units[pair] for wording, pair in pairs.items()},
            np.array([text_at[text] for text, _ in units], np.int64),
            np.array([name_at[name] for _, name in units], np.int64),
            counts,
        )

    def besides(self, telling_: Telling, scores: Scores) -> "NDArray[np.float32]":
        """What each unit has beside its text, ``(units, functions, len(BESIDES))``: see ``telling.BESIDES``; for teaching, all units at once."""
        heard = self.heard(telling_, scores)
        named = telling_.by_words(self.names)[self.name_of]
        return np.stack([named, heard.applications(slice(None)), heard.texts[self.text_of]], axis=2)

    def heard(self, telling_: Telling, scores: Scores) -> "_Heard":
        """What lines say of applications, and applications of texts."""
        shares = telling_.shares(scores)
        return _Heard.of(self, shares)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What lines say of applications: ``(names, functions)`` sums, and the lines they are of; ``texts``: what applications say of texts."""

    units: Units
    shares: Scores
    sums: Scores
    counts: NDArray[np.float32]
    texts: Scores

    @classmethod
    def of(cls, units: Units, shares: Scores) -> "_Heard":
        sums = np.zeros((len(units.names), shares.shape[1]), np.float32)
        counts = np.zeros(len(units.names), np.float32)
        np.add.at(counts, units.name_of, units.lines)
        for start in range(0, len(units.lines), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            np.add.at(sums, units.name_of[part], units.lines[part, None] * shares[units.text_of[part]])
        sums[0], counts[0] = 0.0, 0.0  # no name
        made = cls(units, shares, sums, counts, np.zeros_like(shares))
        weights = np.zeros(len(units.texts), np.float32)
        for start in range(0, len(units.lines), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            said = made.applications(part)
            known = said.sum(axis=1) > 0
            np.add.at(made.texts, units.text_of[part], np.sqrt(units.lines[part, None]) * said)
            np.add.at(weights, units.text_of[part], np.sqrt(units.lines[part]) * known)
        made.texts[:] /= weights[:, None] + _DOUBT
        return made

    def applications(self, part: slice) -> Scores:
        """What the other lines of the application of each unit say, ``(units, functions)``: shares that add up to 1 at most."""
        units = self.units
        lines, name = units.lines[part], units.name_of[part]
        own = lines[:, None] * self.shares[units.text_of[part]]
        others = np.maximum(self.counts[name] - lines, 0.0)
        found: Scores = np.maximum(self.sums[name] - own, 0.0) / (others[:, None] + _DOUBT)
        found[name == 0] = 0.0
        return found


@dataclass(frozen=True, slots=True)
class Likeness:
    """Texts as vectors, one for each of ``LIKENESSES``, ``(texts, any)``: two texts are as alike in it as their product says."""

    parts: tuple[NDArray[np.float32], ...]

    @classmethod
    def of(
        cls, units: Units, rows: Iterable[int], vectors: Vectors, shares: Scores, functions: Functions
    ) -> "Likeness":
        """Of the texts of some rows; ``vectors`` and ``shares`` are of those alone."""
        kept = {row: at for at, row in enumerate(rows)}
        words = np.zeros((len(kept), _PLACES), np.float32)
        names = np.zeros((len(kept), _PLACES), np.float32)
        for row, at in kept.items():
            for stem in functions.key(units.texts[row]).split():
                place, sign = _place(stem)
                words[at, place] += sign * functions.rarity(stem)
        for text, name in zip(units.text_of, units.name_of, strict=True):
            if name and (found := kept.get(int(text))) is not None:
                place, sign = _place(units.names[name])
                names[found, place] += sign
        return cls((vectors - np.float32(0), shares, _unit(words), _unit(names)))

    def of_pairs(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
        """``(pairs, len(LIKENESSES))``."""
        return np.stack([(part[one] * part[other]).sum(axis=1) for part in self.parts], axis=1)

    def weighed(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """The texts as one vector each: their products are what the weights make of their likenesses."""
        return np.concatenate(
            [
                part * np.float32(np.sqrt(weights[name]))
                for part, name in zip(self.parts, LIKENESSES, strict=True)
            ],
            axis=1,
        )


def _place(text: str) -> tuple[int, float]:
    """Where a word stands in a vector, and its sign there: words that fall together cancel out as often as they add up."""
    number = zlib.crc32(text.encode())
    return number % _PLACES, 1.0 if number // _PLACES % 2 else -1.0


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = rows / np.maximum(
        np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9)
    )
    return found


# ---- joining --------------------------------------------------------------------------------------------------------------------


def join(
    lines: Mapping[Wording, int],
    functions: Functions,
    anchors: Anchors,
    corrections: Corrections = NONE,
    on_progress: OnProgress = silent,
    weights: Mapping[str, Mapping[str, float]] | None = None,
) -> dict[Wording, Placed]:
    """The need of each wording.

    Args:
        lines: each wording, and of how many lines it is.
        functions: the table of functions.
        anchors: its words' vectors, and the embedding.
        corrections: what people put right.
        on_progress: told of the steps.
        weights: others than those of the project.
    """
    given = weights or json.loads(telling.FILE.read_text(encoding="utf-8"))
    on_progress(Progress("besoins", 0, 3, "Rapprochement des lignes"))
    state = _Joining(
        lines, functions, anchors, Units.of(lines, functions), Telling(functions, anchors, given["telling"])
    )
    placed = {wording: _UNSAID for wording in sorted(lines) if wording not in state.units.row}
    if state.units.texts:
        on_progress(Progress("besoins", 1, 3, "Rapprochement des lignes"))
        placed |= state.told()
        on_progress(Progress("besoins", 2, 3, "Rapprochement des lignes"))
        placed |= state.alike(placed, given["likeness"])
    return _corrected(placed, lines, corrections)


class _Joining:
    """The state of one joining."""

    def __init__(
        self,
        lines: Mapping[Wording, int],
        functions: Functions,
        anchors: Anchors,
        units: Units,
        telling_: Telling,
    ) -> None:
        self.lines, self.functions, self.anchors, self.units, self.telling = (
            lines,
            functions,
            anchors,
            units,
            telling_,
        )
        self.ids = list(functions.by_id)

    @cached_property
    def vectors(self) -> Vectors:
        return self.anchors.vectors(self.units.texts)

    @cached_property
    def scores(self) -> Scores:
        """How much each text speaks for each function, by itself."""
        return self.telling.scores(self.units.texts, self.vectors, self.names)

    @cached_property
    def names(self) -> frozenset[str]:
        """The texts that are names of applications."""
        return frozenset(self.units.texts) - {wording.function for wording in self.lines}

    def told(self) -> dict[Wording, Placed]:
        """The wordings that say a function, with what else their lines show."""
        scores = self.scores
        for _ in range(_TURNS - 1):
            heard = self.units.heard(self.telling, scores)
            scores = self.scores + self.telling.besides[2] * heard.texts
        heard = self.units.heard(self.telling, scores)
        of_unit: dict[int, Placed] = {}
        for start in range(0, len(self.units.lines), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            text, name = self.units.text_of[part], self.units.name_of[part]
            named = self.telling.by_words([self.units.names[at] for at in name])
            applications = heard.applications(part)
            whole = (
                self.scores[text]
                + np.stack([named, applications, heard.texts[text]], axis=2) @ self.telling.besides
            )
            of_names = np.array([self.units.texts[at] in self.names for at in text])
            whole[of_names[:, None] & (named == 0) & (applications + heard.texts[text] < _HARDLY)] = _QUIET
            shares = self.telling.shares(whole)
            best = shares.argmax(axis=1)
            for at, function in enumerate(best):
                if shares[at, function] >= _SURE:
                    besides = (
                        float(named[at, function]),
                        float(applications[at, function]),
                        float(heard.texts[text[at], function]),
                    )
                    of_unit[start + at] = self._because(int(text[at]), int(name[at]), int(function), besides)
        return {wording: of_unit[unit] for wording, unit in self.units.row.items() if unit in of_unit}

    def _because(self, text: int, name: int, function: int, besides: tuple[float, float, float]) -> Placed:
        """Why a unit is of a function, by what speaks most for it."""
        id_, written = self.ids[function], self.units.texts[text]
        if (match := self._match(written)) is not None and match.function == id_:
            return Placed(id_, Because.WORDS, _met(written, match.words, match.slips))
        named, one, several = (np.array(besides) * self.telling.besides).tolist()
        label = self.functions.by_id[id_].label
        if max(one, several) > max(named, float(self.scores[text, function]) - float(self.telling.none)):
            whose = (
                f"« {self.units.names[name]} »" if one >= several else f"les applications de « {written} »"
            )
            return Placed(
                id_,
                Because.APPLICATION,
                f"{whose} : d'autres lignes qui les ont disent « {label} »"
                if one < several
                else f"{whose} : d'autres lignes de cette application disent « {label} »",
            )
        if named > 0 and (match := self._match(self.units.names[name])) is not None and match.function == id_:
            return Placed(id_, Because.WORDS, _met(self.units.names[name], match.words, match.slips))
        words, cosine = self.anchors.nearest_words(self.vectors[text], id_)
        return Placed(
            id_,
            Because.MEANING,
            f"« {written} » a presque le sens de « {words} » ({cosine:.2f})".replace("0.", "0,"),
        )

    def _match(self, text: str) -> Match | None:
        if text not in self._matches:
            self._matches[text] = self.functions.match(text)
        return self._matches[text]

    @cached_property
    def _matches(self) -> dict[str, Match | None]:
        return {}

    def alike(self, placed: Mapping[Wording, Placed], weights: Mapping[str, float]) -> dict[Wording, Placed]:
        """What no function takes, put together: the same words, or alike on average."""
        left = [wording for wording in self.units.row if wording not in placed]
        weight = Counter[int]()
        for wording in left:
            weight[int(self.units.text_of[self.units.row[wording]])] += self.lines[wording]
        rows = sorted(weight)
        if not rows:
            return {}
        at = {row: number for number, row in enumerate(rows)}
        shares = self.telling.shares(self.scores[rows])
        vectors = Likeness.of(self.units, rows, self.vectors[rows], shares, self.functions).weighed(weights)
        groups = _Groups(len(rows))
        same: dict[str, int] = {}
        for row in rows:
            groups.unite(same.setdefault(self.functions.key(self.units.texts[row]), at[row]), at[row])
        _unite_alike(groups, vectors, _ALIKE - weights["rien"])
        chief = {
            root: min(members, key=lambda one: (-weight[rows[one]], self.units.texts[rows[one]]))
            for root, members in groups.members().items()
        }
        found = {}
        for wording in left:
            row = int(self.units.text_of[self.units.row[wording]])
            own, head = self.units.texts[row], self.units.texts[rows[chief[groups.root(at[row])]]]
            need = f"n-{hashlib.sha256(head.encode()).hexdigest()[:10]}"
            alone = own == head
            why = f"« {head} » : ses propres mots" if alone else f"« {own} » ressemble à « {head} »"
            found[wording] = Placed(need, Because.ALONE if alone else Because.ALIKE, why)
        return found


def _met(text: str, words: str, slips: Sequence[tuple[str, str]]) -> str:
    read = "".join(f", « {slip} » lu « {right}… »" for slip, right in slips)
    return f"« {text} » contient « {words} »{read}"


def of_pairs(said: Iterable[tuple[str, str]]) -> tuple[float, float]:
    """Precision and recall of pairs of lines, each given as (need found, need wanted)."""
    both = Counter(said)
    found, wanted = Counter[str](), Counter[str]()
    for (need, right), count in both.items():
        found[need] += count
        wanted[right] += count
    pairs = sum(comb(count, 2) for count in both.values())
    return pairs / max(1, sum(comb(count, 2) for count in found.values())), pairs / max(
        1, sum(comb(count, 2) for count in wanted.values())
    )


class _Groups:
    """Sets that unite, the least row of each its root."""

    def __init__(self, count: int) -> None:
        self._over = list(range(count))

    def root(self, row: int) -> int:
        while self._over[row] != row:
            self._over[row] = self._over[self._over[row]]
            row = self._over[row]
        return row

    def unite(self, one: int, other: int) -> int:
        first, second = sorted((self.root(one), self.root(other)))
        self._over[second] = first
        return first

    def members(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for row in range(len(self._over)):
            found[self.root(row)].append(row)
        return found


def _unite_alike(groups: _Groups, vectors: NDArray[np.float32], least: float) -> None:
    """Unites groups whose texts are alike by ``least`` on average, nearest pairs first, so that no chain of neighbours joins what is unlike."""
    sums = {root: vectors[members].sum(axis=0) for root, members in groups.members().items()}
    sizes = {root: len(members) for root, members in groups.members().items()}
    for one, other in _pairs(vectors, least):
        first, second = groups.root(one), groups.root(other)
        if first == second:
            continue
        if float(sums[first] @ sums[second]) / (sizes[first] * sizes[second]) >= least:
            root = groups.unite(first, second)
            gone = second if root == first else first
            sums[root] = sums[first] + sums[second]
            sizes[root] = sizes[first] + sizes[second]
            del sums[gone], sizes[gone]


def _pairs(vectors: NDArray[np.float32], least: float) -> list[tuple[int, int]]:
    """The nearest pairs of rows, each once, nearest first; ties by row."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    products: NDArray[np.float32]
    rows: NDArray[np.int64]
    products, rows = index.search(vectors, min(_NEIGHBOURS, len(vectors)))
    found = {
        (min(row, int(other)), max(row, int(other))): round(float(product), 4)
        for row in range(len(vectors))
        for product, other in zip(products[row], rows[row], strict=True)
        if other >= 0 and int(other) != row and product >= least
    }
    return [pair for pair, _ in sorted(found.items(), key=lambda one: (-one[1], one[0]))]


def _corrected(
    placed: Mapping[Wording, Placed], lines: Mapping[Wording, int], corrections: Corrections
) -> dict[Wording, Placed]:
    """The places after the corrections: first what was taken out, then what was put together (whole needs, the larger one's name kept)."""
    by_id = {wording.id: wording for wording in placed}
    found = dict(placed)
    for id_ in corrections.apart:
        if (wording := by_id.get(id_)) is not None:
            found[wording] = Placed(f"m-{id_}", Because.HAND, "mise à part à la main")
    for one, other in corrections.together:
        if one in by_id and other in by_id:
            _put_together(found, lines, found[by_id[one]].need, found[by_id[other]].need)
    return found


def _put_together(found: dict[Wording, Placed], lines: Mapping[Wording, int], one: str, other: str) -> None:
    if one == other:
        return
    weight: Counter[str] = Counter()
    for wording, placed in found.items():
        if placed.need in (one, other):
            weight[placed.need] += lines[wording]
    # What the table names goes before what it does not; then the larger.
    kept = min(
        (one, other), key=lambda need: (need.startswith(("n-", "m-")) or need == UNSAID, -weight[need], need)
    )
    gone = other if kept == one else one
    for wording, placed in found.items():
        if placed.need == gone:
            found[wording] = Placed(kept, Because.HAND, "réunie à la main")


def wordings(pairs: Iterable[tuple[str, str]]) -> Counter[Wording]:
    """The wordings of lines given as (function, name), and how many lines each is of; texts alike once folded are one."""
    known: dict[tuple[str, str], Wording] = {}
    found: Counter[Wording] = Counter()
    for pair in pairs:
        if pair not in known:
            known[pair] = Wording.of(*pair)
        found[known[pair]] += 1
    return found
