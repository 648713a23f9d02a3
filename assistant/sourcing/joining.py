"""The same need under other names: wordings of many registers put together, each with why; the same lines in any order give the same needs.

A wording is what a line says of itself: its function and the name of its application. It is led to a function of the table by its words; else by its
application, where enough other lines say what that application does; else by its meaning (the embedding). What is left is put together by meaning alone.
Nothing that says nothing is guessed. A person's corrections come last and win.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import Progress
from assistant.french.folding import fold_line
from assistant.protocols import OnProgress, Vectors, silent
from assistant.sourcing.anchors import Anchors
from assistant.sourcing.functions import Functions, Match

# An application says what it does where so many lines of it agree, in such a share. Suites, which do several things, say nothing.
_LEAST_VOTES, _LEAST_SHARE = 2, 0.65
# So many of its lines must say something: what many odd things are written in (« classeur ») does nothing of its own. Turns of the two elections.
_LEAST_HEARD, _TURNS = 0.4, 3
# Cosine with the nearest words of a function, and what it has more than the nearest words of any other. Measured on the table's own words, each left out in
# turn (1,484): 0.87 right at 0.88 and 0.01, 0.90 at 0.88 and 0.02.
_NEAR, _NEARER = 0.88, 0.02
# The same to go against words that stand in many names.
_SURE, _SURER = 0.92, 0.04
# Mean cosine within a need that no function of the table covers: unlike functions have 0.66 to 0.80 here.
_ALIKE = 0.9
# So many of an application's lines must say a function for those that nothing places to follow.
_LEAST_TO_ADOPT = 0.3
# Applications that two wordings have in common where they are of one need; one with more wordings than that is what anything is written in.
_LEAST_COMMON, _MOST_WORDINGS = 2, 60
# Nearest wordings looked at for each.
_NEIGHBOURS = 24
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


@dataclass(slots=True)
class _Joining:
    """The state of one joining: each wording's place so far."""

    functions: Functions
    wordings: Sequence[Wording]
    lines: Mapping[Wording, int]
    anchors: Anchors
    placed: dict[Wording, Placed] = field(default_factory=dict)
    weak: dict[str, Match] = field(default_factory=dict)
    """Functions said by words that stand in many names."""
    strong: dict[str, Match] = field(default_factory=dict)
    """Functions said by other words."""
    suites: set[str] = field(default_factory=set)
    """Applications that lines of several functions have: they tell nothing of the others."""

    def left(self) -> list[Wording]:
        return [wording for wording in self.wordings if wording not in self.placed]


def join(
    lines: Mapping[Wording, int], functions: Functions, anchors: Anchors, corrections: Corrections = NONE, on_progress: OnProgress = silent
) -> dict[Wording, Placed]:
    """The need of each wording.

    Args:
        lines: each wording, and of how many lines it is.
        functions: the table of functions.
        anchors: its words' vectors, and the embedding.
        corrections: what people put right.
        on_progress: told of the steps.
    """
    state = _Joining(functions, sorted(lines), lines, anchors)
    steps: tuple[Callable[[_Joining], None], ...] = (_by_words, _by_application, _unsaid, _by_meaning, _by_likeness)
    for number, step in enumerate(steps):
        on_progress(Progress("besoins", number, len(steps) + 1, "Rapprochement des lignes"))
        step(state)
    return _corrected(state.placed, lines, corrections)


def _by_words(state: _Joining) -> None:
    """What the function says by its words; words that stand in many names wait for what the application and the meaning say."""
    met = {text: state.functions.match(text) for text in {wording.function for wording in state.wordings}}
    state.weak.update((text, match) for text, match in met.items() if match is not None and match.weak)
    state.strong.update((text, match) for text, match in met.items() if match is not None and not match.weak)
    for wording in state.wordings:
        if (match := state.strong.get(wording.function)) is not None:
            state.placed[wording] = _in_words(wording.function, match)


def _in_words(text: str, match: Match) -> Placed:
    return Placed(match.function, Because.WORDS, _met(text, match.words, match.slips))


def _met(text: str, words: str, slips: Sequence[tuple[str, str]]) -> str:
    read = "".join(f", « {slip} » lu « {right}… »" for slip, right in slips)
    return f"« {text} » contient « {words} »{read}"


def _by_application(state: _Joining) -> None:
    """What applications do where other lines say it, what words stand for where their applications say it, by turns; else what a name says by its words.

    Words that are all that a text says stand against any application: a suite does several things.
    """
    bare = {wording: state.functions.bare(wording.name) for wording in state.wordings}
    key = {wording: state.functions.key(wording.function) for wording in state.wordings}
    done: dict[str, tuple[str, int]] = {}
    meant: dict[str, tuple[str, int]] = {}
    own = {wording: _need_of(state, wording) for wording in state.wordings}
    for _ in range(_TURNS):
        done = _elected_all(state, bare, {wording: meant.get(key[wording], (own[wording], 0))[0] for wording in state.wordings})
        meant = _elected_all(state, key, {wording: done.get(bare[wording], ("", 0))[0] for wording in state.wordings}, own)
    for wording in state.wordings:
        placed = state.placed.get(wording)
        if (match := state.strong.get(wording.function)) is not None and match.whole:
            continue
        said, does = meant.get(key[wording]), done.get(bare[wording])
        if said is not None and said[0] != (placed.need if placed else ""):
            why = f"« {wording.function} » : {said[1]} autres lignes qui le disent ont une application de « {state.functions.by_id[said[0]].label} »"
            state.placed[wording] = Placed(said[0], Because.APPLICATION, why)
        elif does is not None and does[0] != (placed.need if placed else "") and (said is None or placed is None):
            why = f"« {wording.name} » : {does[1]} autres lignes de cette application disent « {state.functions.by_id[does[0]].label} »"
            state.placed[wording] = Placed(does[0], Because.APPLICATION, why)
        elif placed is None and (named := _named(state, wording, key[wording])) is not None:
            state.placed[wording] = _in_words(wording.name, named)
    needs: dict[str, set[str]] = defaultdict(set)
    for wording, placed in state.placed.items():
        needs[bare[wording]].add(placed.need)
    state.suites.update(name for name, several in needs.items() if len(several) > 1 and name not in done)


def _named(state: _Joining, wording: Wording, key: str) -> Match | None:
    """What the name of an application says, where its function says nothing; words that stand in many names only where it is empty."""
    match = state.functions.match(wording.name) if wording.function not in state.weak else None
    return None if match is not None and match.weak and key else match


def _need_of(state: _Joining, wording: Wording) -> str:
    placed = state.placed.get(wording)
    weak = state.weak.get(wording.function)
    return placed.need if placed else weak.function if weak else ""


def _elected_all(
    state: _Joining, group: Mapping[Wording, str], voice: Mapping[Wording, str], own: Mapping[Wording, str] | None = None
) -> dict[str, tuple[str, int]]:
    """The need that each group of wordings elects by its lines, and by how many; ``own`` has a voice besides, of two lines."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    mine: dict[str, str] = {}
    for wording, name in group.items():
        if name:
            votes[name][voice[wording]] += state.lines[wording]
            if own is not None and (need := own[wording]):
                mine[name] = need
    found = {}
    for name, vote in votes.items():
        silent_lines = vote.pop("", 0)
        if own is None and vote.total() < _LEAST_HEARD * (vote.total() + silent_lines):
            continue
        if name in mine and vote:
            vote[mine[name]] += _LEAST_VOTES
        if vote and (said := _elected(vote)):
            found[name] = said
    return found


def _elected(votes: Counter[str]) -> tuple[str, int] | None:
    need, first = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    return (need, first) if first >= _LEAST_VOTES and first >= _LEAST_SHARE * votes.total() else None


def _unsaid(state: _Joining) -> None:
    """What says nothing is not guessed."""
    for wording in state.left():
        if not _text(state.functions, wording):
            state.placed[wording] = Placed(UNSAID, Because.UNSAID, "ni la fonction ni le nom ne disent à quoi l'application sert")


def _text(functions: Functions, wording: Wording) -> str:
    """The text by which a wording is compared: its function, or its name where the function says nothing."""
    return wording.function if functions.key(wording.function) else wording.name if functions.key(wording.name) else ""


def _by_meaning(state: _Joining) -> None:
    """The function whose words mean nearly the same, where no other one's do."""
    left = state.left()
    texts = sorted({_text(state.functions, wording) for wording in left})
    if not texts:
        return
    nearest = dict(zip(texts, state.anchors.nearest(texts), strict=True))
    for wording in left:
        near, weak = nearest[_text(state.functions, wording)], state.weak.get(wording.function)
        if weak is not None and near.function == weak.function:
            state.placed[wording] = _in_words(wording.function, weak)
        elif near.cosine >= _NEAR and near.cosine - near.other >= _NEARER:
            why = f"« {_text(state.functions, wording)} » a presque le sens de « {near.words} » ({near.cosine:.2f})".replace("0.", "0,")
            state.placed[wording] = Placed(near.function, Because.MEANING, why)


def _by_likeness(state: _Joining) -> None:
    """What is left, put together: the same words, the same application, or nearly the same meaning."""
    left = state.left()
    texts = sorted({_text(state.functions, wording) for wording in left})
    if not texts:
        return
    groups = _Groups(len(texts))
    rows = {text: row for row, text in enumerate(texts)}
    by_key: dict[str, list[int]] = defaultdict(list)
    for text in texts:
        by_key[state.functions.key(text)].append(rows[text])
    of_row: dict[int, set[str]] = defaultdict(set)
    for wording in left:
        if (bare := state.functions.bare(wording.name)) and bare not in state.suites:
            of_row[rows[_text(state.functions, wording)]].add(bare)
    for same in by_key.values():
        for other in same[1:]:
            groups.unite(same[0], other)
    for one, other in _by_common_applications(groups, of_row):
        groups.unite(one, other)
    _unite_alike(groups, state.anchors.vectors(texts))
    weight = Counter[str]()
    for wording in left:
        weight[_text(state.functions, wording)] += state.lines[wording]
    adopted = _adopted(state, left, lambda wording: groups.root(rows[_text(state.functions, wording)]))
    for wording in left:
        if (found := adopted.get(groups.root(rows[_text(state.functions, wording)]))) is not None:
            need, agree = found
            why = f"« {_text(state.functions, wording)} » et {agree} applications en commun avec « {state.functions.by_id[need].label} »"
            state.placed[wording] = Placed(need, Because.APPLICATION, why)
    chief = {root: min(members, key=lambda row: (-weight[texts[row]], texts[row])) for root, members in groups.members().items()}
    for wording in left:
        if wording in state.placed:
            continue
        row = rows[_text(state.functions, wording)]
        head = texts[chief[groups.root(row)]]
        need = f"n-{hashlib.sha256(head.encode()).hexdigest()[:10]}"
        if texts[row] == head:
            state.placed[wording] = Placed(need, Because.ALONE, f"« {head} » : ses propres mots")
        else:
            state.placed[wording] = Placed(need, Because.ALIKE, f"« {texts[row]} » ressemble à « {head} »")


def _adopted(state: _Joining, left: Sequence[Wording], root: Callable[[Wording], int]) -> dict[int, tuple[str, int]]:
    """The function of groups whose applications it has too, several of them, and no other function as much; and how many applications."""
    does: dict[str, Counter[str]] = defaultdict(Counter)
    for wording, placed in state.placed.items():
        if (bare := state.functions.bare(wording.name)) and placed.need in state.functions.by_id:
            does[bare][placed.need] += state.lines[wording]
    names: dict[int, set[str]] = defaultdict(set)
    unsaid = Counter[str]()
    for wording in left:
        if (bare := state.functions.bare(wording.name)) and bare not in state.suites:
            names[root(wording)].add(bare)
            unsaid[bare] += state.lines[wording]
    found = {}
    for group, of in names.items():
        heard = (name for name in of if name in does and does[name].total() >= _LEAST_TO_ADOPT * (does[name].total() + unsaid[name]))
        votes = Counter(vote[0] for name in heard if (vote := _elected(does[name])))
        if votes and (said := _elected(votes)):
            found[group] = said
    return found


def _by_common_applications(groups: "_Groups", of_row: Mapping[int, set[str]]) -> list[tuple[int, int]]:
    """Pairs of groups that several applications have in common: one alone may be a suite, or what anything is written in."""
    names: dict[int, set[str]] = defaultdict(set)
    for row, of in of_row.items():
        names[groups.root(row)] |= of
    roots: dict[str, list[int]] = defaultdict(list)
    for root in sorted(names):
        for name in names[root]:
            roots[name].append(root)
    shared = Counter(pair for of in roots.values() if len(of) <= _MOST_WORDINGS for pair in combinations(of, 2))
    return sorted(pair for pair, count in shared.items() if count >= _LEAST_COMMON)


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


def _unite_alike(groups: _Groups, vectors: Vectors) -> None:
    """Unites groups whose mean cosine holds ``_ALIKE``, nearest pairs first: average linkage, so that no chain of neighbours joins what is unlike."""
    sums = {root: vectors[members].sum(axis=0) for root, members in groups.members().items()}
    sizes = {root: len(members) for root, members in groups.members().items()}
    for cosine, one, other in _pairs(vectors):
        first, second = groups.root(one), groups.root(other)
        if first == second or cosine < _ALIKE:
            continue
        if float(sums[first] @ sums[second]) / (sizes[first] * sizes[second]) >= _ALIKE:
            root = groups.unite(first, second)
            gone = second if root == first else first
            sums[root] = sums[first] + sums[second]
            sizes[root] = sizes[first] + sizes[second]
            del sums[gone], sizes[gone]


def _pairs(vectors: Vectors) -> list[tuple[float, int, int]]:
    """The nearest pairs of rows, each once, nearest first; ties by row."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    cosines: NDArray[np.float32]
    rows: NDArray[np.int64]
    cosines, rows = index.search(vectors, min(_NEIGHBOURS, len(vectors)))
    found = {
        (min(row, int(other)), max(row, int(other))): round(float(cosine), 4)
        for row in range(len(vectors))
        for cosine, other in zip(cosines[row], rows[row], strict=True)
        if other >= 0 and int(other) != row and cosine >= _ALIKE - 0.001
    }
    return sorted(((cosine, *pair) for pair, cosine in found.items()), key=lambda pair: (-pair[0], pair[1], pair[2]))


def _corrected(placed: Mapping[Wording, Placed], lines: Mapping[Wording, int], corrections: Corrections) -> dict[Wording, Placed]:
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
    kept = min((one, other), key=lambda need: (need.startswith(("n-", "m-")) or need == UNSAID, -weight[need], need))
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
