"""Catalogues of solutions, each with its source, date and licence, and search in the buyer's words. Several candidates always; none by nationality.

What a catalogue says is dated by the catalogue: an old entry says its age, one without a date says that too.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from assistant.datatypes import Problem, Severity
from assistant.errors import UsageError
from assistant.french.dates import french_date
from assistant.french.folding import fold_line, words_of
from assistant.protocols import EmbeddingModel
from assistant.reading.tables import Table
from assistant.sourcing import cells, data
from assistant.sourcing.anchors import Anchors
from assistant.sourcing.exposure import Owner
from assistant.sourcing.functions import functions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.protocols import Vectors

_COLUMNS = "catalogue_columns.toml"
# A column that names a lot and says what it is for.
_OBJECT = "object"
# Fields that a header may say in more words: « Titulaire du lot », « Désignation de la solution », « Nom de l'éditeur » of which is no solution.
_BEGIN = ("function", "publisher", "until", "name", "hosting", "qualification", "licence", "dated")
# Words of a cell that make it a description.
_SENTENCE = 4
# Beyond this many months an entry is old: what it says of versions, licences and qualifications may have changed since.
OLD_MONTHS = 24
# The least that is shown, so that nobody is left with one candidate only.
LEAST_CANDIDATES = 5
# How sharply the nearest function of the table counts before the next ones.
_SHARPNESS = 50.0
# Cosines of this embedding between a need and what a solution does: half lie below the first.
_FAR, _WIDE = 0.68, 0.1
# BM25 as everybody has it: how soon more of a word adds nothing, and how much long texts lose.
_SOON, _LONG = 1.2, 0.5
SIGNS = (
    "nom",
    "fonction",
    "autres textes",
    "fonctions dites",
    "extension",
    "sens",
    "sens, à côté des autres",
    "fonctions, par le sens",
)
"""What is looked at of a need and an entry, in the order of the weights; the last three need an embedding."""
_OF_MEANING = 3
_WEIGHTS = "catalogue_weights.json"
# From this score on an entry is near; others are shown only so that there are several.
_NEAR, _BESIDE_BEST = 0.02, 0.2


@dataclass(frozen=True, slots=True)
class Entry:
    """A solution of a catalogue; empty text or None where the catalogue does not say.

    Attributes:
        catalogue: the title of its catalogue.
        name, function, publisher, licence, qualification, hosting, standards, status, url: as printed.
        owner, owner_source: who owns its publisher, and what the catalogue gives as the source.
        framework: the reference of the framework agreement that it can be ordered from; ``central``: whose it is.
        dated: the day of the entry, else of the catalogue.
        until: the day until which it holds.
        page: of the document that says it, for a framework agreement of the index: « CCTP.pdf, p. 3 »; ``quote``: its words.
        row: the row of the file, 0 for a document.
        notes: every other column: (header, text).
    """

    catalogue: str
    name: str
    function: str = ""
    publisher: str = ""
    licence: str = ""
    qualification: str = ""
    hosting: str = ""
    standards: str = ""
    status: str = ""
    url: str = ""
    owner: str = ""
    owner_source: str = ""
    framework: str = ""
    central: str = ""
    dated: date | None = None
    until: date | None = None
    page: str = ""
    quote: str = ""
    row: int = 0
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def is_free(self) -> bool | None:
        """Whether its licence is a free one; None where it is not said, or not known here."""
        words = data.table(_COLUMNS)["free"]
        folded = fold_line(self.licence)
        if not folded:
            return None
        if any(word in folded for word in words["not"]):
            return False
        return (
            True
            if folded in ("oui", "vrai")
            or any(re.search(rf"(?<![a-z]){re.escape(word)}", folded) for word in words["words"])
            else None
        )

    def age(self, today: date) -> str:
        """How old it is, for a reader; that nobody knows where it has no date."""
        if self.dated is None:
            return "sans date : son âge ne peut pas être dit"
        months = (today.year - self.dated.year) * 12 + today.month - self.dated.month
        old = " : ancienne, à vérifier avant de s'y fier" if months > OLD_MONTHS else ""
        years, left = divmod(max(0, months), 12)
        length = (
            " et ".join(
                part
                for part in (
                    f"{years} an{'s' if years > 1 else ''}" if years else "",
                    f"{left} mois" if left else "",
                )
                if part
            )
            or "moins d'un mois"
        )
        return f"fiche du {french_date(self.dated)}, il y a {length}{old}"

    def over(self, today: date) -> str:
        """That it does not hold any more, for a reader; empty where it does or nobody says."""
        return f"a pris fin le {french_date(self.until)}" if self.until and self.until < today else ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue: what it is, where it comes from, of when, under which licence; ``undated`` entries are counted."""

    title: str
    source: str
    dated: date | None
    licence: str
    entries: tuple[Entry, ...]
    columns: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What candidates must be; empty: all. Never where a publisher comes from."""

    free: bool = False
    qualification: str = ""
    hosting: str = ""
    standards: str = ""
    sourced: bool = False
    catalogue: str = ""

    def passes(self, entry: Entry) -> bool:
        """Whether an entry is said to be all that; what is not said is not."""
        return (
            (not self.free or entry.is_free is True)
            and (
                not self.qualification
                or fold_line(self.qualification) in fold_line(f"{entry.qualification} {dict(entry.notes)}")
            )
            and (not self.hosting or fold_line(self.hosting) in fold_line(entry.hosting))
            and (not self.standards or fold_line(self.standards) in fold_line(entry.standards))
            and (not self.sourced or bool(entry.framework or entry.central))
            and (not self.catalogue or fold_line(self.catalogue) == fold_line(entry.catalogue))
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry found, its score (0 to 1, higher is nearer), and why for a reader."""

    entry: Entry
    score: float
    why: str
    near: bool = True
    """False where it is shown only so that there are several."""


# ---- import ---------------------------------------------------------------------------------------------------------------------


def read_catalogue(
    tables: Sequence[Table],
    file: str,
    title: str,
    *,
    source: str = "",
    dated: date | None = None,
    licence: str = "",
) -> Catalogue:
    """The catalogue that the tables of a file hold.

    Args:
        tables: see ``assistant.reading.tables``.
        file: its name.
        title: what to call it.
        source: who publishes it.
        dated: of when it is.
        licence: under which it may be used again.

    Raises:
        UsageError: no sheet names solutions.
    """
    entries, columns = list[Entry](), list[tuple[str, str]]()
    for table in tables:
        found = _columns(table)
        if found is None:
            continue
        at, fields = found
        columns += [
            (_header(table.rows[at].cells, column), "name" if name == _OBJECT else name or "note")
            for column, name in fields.items()
        ]
        entries += [
            entry
            for row in table.rows[at + 1 :]
            if (entry := _entry(title, row.number, row.cells, fields, table.rows[at].cells, dated))
        ]
    if not entries:
        headers = ", ".join(f"« {cell} »" for table in tables[:1] for cell in table.rows[0].cells if cell)
        raise UsageError(
            f"« {file} » ne nomme pas de solutions : aucune colonne « nom », « service » ou « solution ». Première ligne : {headers}.",
            "Nommez la colonne des solutions « Nom ».",
        )
    return Catalogue(
        title,
        source or file,
        dated,
        licence,
        tuple(entries),
        tuple(columns),
        tuple(_doubts(title, entries, dated, source, licence)),
    )


def _doubts(
    title: str, entries: Sequence[Entry], dated: date | None, source: str, licence: str
) -> Iterator[Problem]:
    undated = sum(entry.dated is None for entry in entries)
    if undated:
        yield Problem(
            "undated",
            f"« {title} » : {undated} fiches sur {len(entries)} n'ont pas de date, et leur âge ne peut pas être dit. Donnez celle du catalogue avec --date.",
        )
    if not source:
        yield Problem(
            "no-source",
            f"« {title} » : la source n'est pas dite ; le nom du fichier est montré à la place. Donnez-la avec --source.",
        )
    if not licence:
        yield Problem(
            "no-licence",
            f"« {title} » : sa licence de réutilisation n'est pas dite. Donnez-la avec --licence.",
            severity=Severity.INFO,
        )


def _columns(table: Table) -> tuple[int, dict[int, str]] | None:
    """The row that names the columns, and the field of each; None where no row names solutions."""
    best: tuple[int, dict[int, str]] | None = None
    for at, row in enumerate(table.rows[:25]):
        fields = _fields(row.cells)
        if not any(fields.values()):
            continue  # no head: the table below it need not be read
        fields = _with_a_name(_with_descriptions(fields, table, at), table, at)
        if {"name", _OBJECT} & set(fields.values()) and len(set(fields.values()) - {""}) > (
            len(set(best[1].values()) - {""}) if best else 1
        ):
            best = (at, fields)
    return best


def _fields(cells_: Sequence[str]) -> dict[int, str]:
    """The field of each column: the best placed of the names of a field has it; the other columns are notes."""
    known = data.table(_COLUMNS)
    folded = [re.sub(r"\s*\([^)]*\)", "", fold_line(cell)).strip(" :*") for cell in cells_]
    given: dict[int, str] = {}
    for name in (
        "name",
        "function",
        "publisher",
        "owner",
        "owner_source",
        "licence",
        "qualification",
        "hosting",
        "standards",
        "framework",
        "central",
        "dated",
        "until",
        "status",
        "url",
    ):
        ranked = sorted(
            (known[name].index(text), at)
            for at, text in enumerate(folded)
            if text in known[name] and at not in given
        )
        for _, at in ranked if name in known["joined"] else ranked[:1]:
            given[at] = name
    if "owner" not in given.values():
        given = {at: name for at, name in given.items() if name != "owner_source"}
    for name in _BEGIN:
        longer = [
            at
            for at, text in enumerate(folded)
            if at not in given
            and any(text.startswith(f"{word} ") for word in known[name])
            and (name == "publisher" or not _names_a_firm(text))
        ]
        if name in known["joined"] or name not in given.values():
            given |= dict.fromkeys(longer if name in known["joined"] else longer[:1], name)
    return {at: given.get(at, "") for at, text in enumerate(folded) if text}


def _names_a_firm(header: str) -> bool:
    """Whether a folded header names who sells or buys, whatever it begins with."""
    known = data.table(_COLUMNS)
    return not {*known["publisher"], *known["central"]}.isdisjoint(words_of(header))


def _with_descriptions(fields: dict[int, str], table: Table, head: int) -> dict[int, str]:
    """The same; columns of whole sentences that nothing names say what a solution is for: « À quoi ça sert »."""
    told = dict(fields)
    for at, name in fields.items():
        cells_ = [row.cells[at] for row in table.rows[head + 1 :] if at < len(row.cells) and row.cells[at]]
        words = sum(len(text.split()) for text in cells_)
        if not name and words >= _SENTENCE * len(cells_) > 0 and len(set(cells_)) > len(cells_) / 2:
            told[at] = "function"
    return told


def _with_a_name(fields: dict[int, str], table: Table, head: int) -> dict[int, str]:
    """The same; where no column names solutions but one says what they are for, and who sells them: the lot or the reference is the name, else the object.

    A lot that is a bare number is named by its object, the most told of what it is for.
    """
    if (
        "name" in fields.values()
        or "function" not in fields.values()
        or not {"publisher", "framework"} & set(fields.values())
    ):
        return fields
    functions = [at for at, name in fields.items() if name == "function"]
    lots = [at for at in functions if fold_line(table.rows[head].cells[at]) in data.table(_COLUMNS)["lots"]]
    below = {at: [row.cells[at] for row in table.rows[head + 1 :] if at < len(row.cells)] for at in functions}
    if lots and len(functions) > len(lots):
        numbered = all(text.strip().isdigit() for text in below[lots[0]] if text.strip())
        objects = [at for at in functions if at not in lots]
        told = max(objects, key=lambda at: sum(map(len, below[at])))
        return fields | {told: _OBJECT} if numbered else fields | {lots[0]: "name"}
    references = [at for at, name in fields.items() if name == "framework"]
    return fields | {references[0]: "name"} if references else fields | {functions[0]: "name"}


def _header(cells_: Sequence[str], column: int) -> str:
    return cells_[column] if column < len(cells_) else ""


def _entry(
    title: str,
    number: int,
    row: Sequence[str],
    fields: Mapping[int, str],
    head: Sequence[str],
    dated: date | None,
) -> Entry | None:
    said: dict[str, str] = {}
    notes = list[tuple[str, str]]()
    for column, text in enumerate(row):
        name = fields.get(column, "")
        if not text or cells.is_nothing(text):
            continue
        if not name:
            notes.append((_header(head, column), text))
        elif name in ("qualification", "standards", "hosting") and fold_line(text) in data.words("yes"):
            said[name] = " ; ".join(filter(None, (said.get(name, ""), _header(head, column))))
        elif name in ("qualification", "standards") and fold_line(text) in data.words("no"):
            continue
        else:
            for one in ("name", "function") if name == _OBJECT else (name,):
                said[one] = " ; ".join(dict.fromkeys(filter(None, (said.get(one, ""), text))))
    if not said.get("name"):
        return None
    if "function" not in fields.values():
        said["function"] = said["name"]  # a list that names what it sells by what it is for
    for name in ("dated", "until"):
        if name in said and _day(said[name]) is None:
            notes.append((name, said[name]))
    status = data.table(_COLUMNS)["statuses"].get(fold_line(said.get("status", "")), said.get("status", ""))
    given = {name: text for name, text in said.items() if name not in ("dated", "until", "status")}
    return Entry(
        title,
        status=status,
        dated=_day(said.get("dated", "")) or dated,
        until=_day(said.get("until", "")),
        row=number,
        notes=tuple(notes),
        **given,
    )


def _day(text: str) -> date | None:
    """The day that a cell says; the last day of the last of several years (« 2018 ; 2019 ; 2020 »)."""
    if not text:
        return None
    found = cells.day(text).value
    if isinstance(found, date):
        return found
    years = re.fullmatch(r"(?:(?:19|20)\d\d\s*[;,/ -]\s*)*((?:19|20)\d\d)", text.strip())
    return date(int(years[1]), 12, 31) if years else None


def owners(catalogues: Sequence[Catalogue]) -> dict[str, Owner]:
    """Who owns publishers, as catalogues say it, by folded name; the latest date wins."""
    found: dict[str, Owner] = {}
    for catalogue in catalogues:
        for entry in catalogue.entries:
            if entry.owner and entry.publisher:
                source = ", ".join(
                    part for part in (catalogue.title, entry.owner_source or catalogue.source) if part
                )
                known = found.get(fold_line(entry.publisher))
                if known is None or (entry.dated or date.min) > (known.dated or date.min):
                    found[fold_line(entry.publisher)] = Owner(entry.owner, source, entry.dated)
    return found


# ---- search ---------------------------------------------------------------------------------------------------------------------


class Searcher:
    """Search over catalogues.

    Args:
        entries: of all of them.
        embedding: the project's embedding; words and the functions that they say alone where it is None.
        vectors: those of the entries, where they are kept; made otherwise.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        embedding: EmbeddingModel | None = None,
        vectors: "Vectors | None" = None,
    ) -> None:
        self.entries, self.embedding, self.vectors = entries, embedding, vectors
        self._does: Vectors | None = None
        self.known: dict[str, Vectors] = {}
        texts = [_texts(entry) for entry in entries]
        self._parts = tuple(_Part.of([Counter(_stems(text[part])) for text in texts]) for part in range(3))
        self._said = [
            functions_said(
                f"{one.name}. {one.function} {' '.join(text for _, text in one.notes if len(text) <= 200)} {one.qualification}"
            )
            for one in entries
        ]
        self._extends = np.array(
            [any(fold_line(header) == "parent" for header, _ in one.notes) for one in entries], np.float32
        )
        shared = Counter(function for found in self._said for function in found)
        self._telling = {
            function: math.log(1 + len(self.entries) / count) for function, count in shared.items()
        }

    def search(
        self, need: str, today: date, filters: Filters | None = None, limit: int = 10
    ) -> tuple[Candidate, ...]:
        """The candidates for a need in the buyer's words, the nearest first; ``LEAST_CANDIDATES`` at least where the filters leave so many.

        Raises:
            UsageError: the need is empty.
        """
        if not need.strip():
            raise UsageError(
                "Le besoin est vide.",
                "Dites ce que la solution doit faire : « partager des fichiers volumineux ».",
            )
        wanted, asked = set(_stems(need)), functions_said(need)
        signs = self.signs(need)
        found = list[Candidate]()
        for at, (entry, score) in enumerate(zip(self.entries, self.scores(signs), strict=True)):
            if filters is not None and not filters.passes(entry):
                continue
            shared = asked & self._said[at]
            words = sorted(word for word in wanted if any(word in part.counts[at] for part in self._parts))
            given_up = fold_line(entry.status) in ("fin de recommandation", "retire", "suspendu")
            found.append(
                Candidate(
                    entry,
                    round(float(score) * (0.75 if given_up else 1.0), 4),
                    _why(shared, words, self.embedding is not None and signs[at, 6] > 1.5),
                )
            )
        ranked = _each_once(
            sorted(found, key=lambda one: (-one.score, fold_line(one.entry.name), one.entry.catalogue))
        )
        holding = [one for one in ranked if not one.entry.over(today)]
        ranked = (
            holding
            + [one for one in ranked if one.entry.over(today)][: max(0, LEAST_CANDIDATES - len(holding))]
        )
        best = ranked[0].score if ranked else 0.0
        near = [replace(one, near=one.score >= max(_NEAR, _BESIDE_BEST * best)) for one in ranked[:limit]]
        return tuple(one for place, one in enumerate(near) if one.near or place < LEAST_CANDIDATES)

    def signs(self, need: str) -> "NDArray[np.float32]":
        """What is seen of a need and each entry, ``(entries, len(SIGNS))`` float32; those of meaning are left out without an embedding."""
        stems, asked = Counter(_stems(need)), functions_said(need)
        found = np.zeros((len(self.entries), len(SIGNS)), np.float32)
        for at, part in enumerate(self._parts):
            found[:, at] = part.scores(stems)
        found[:, 3] = [self._share(asked & held, asked) for held in self._said]
        found[:, 4] = self._extends
        if self.embedding is None or not self.entries:
            return found[:, :-_OF_MEANING]
        if self.vectors is None:
            self.vectors = vectors_of(self.entries, self.embedding)
        near = self.vectors @ self._meaning(need)
        found[:, 5] = (near - _FAR) / _WIDE
        found[:, 6] = (near - near.mean()) / max(float(near.std()), 1e-3)
        found[:, 7] = self._same_function(need)
        return found

    def scores(self, signs: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """How surely each entry answers, 0 to 1, by the weights that written needs taught (``training/catalogues.py``)."""
        weights, bias = weights_of(meaning=signs.shape[1] == len(SIGNS))
        found: NDArray[np.float32] = 1 / (1 + np.exp(-(signs @ weights + bias)))
        return found

    def _meaning(self, need: str) -> "Vectors":
        """The vector of a need; that of the last one is kept."""
        assert self.embedding is not None
        if need not in self.known:
            self.known = {need: self.embedding.embed_queries([need])[0]}
        return self.known[need]

    def _share(self, shared: Set[str], asked: Set[str]) -> float:
        """How much of what is asked is shared: rare functions count more."""
        most = math.log(1 + len(self.entries))
        whole = sum(self._telling.get(name, most) for name in asked)
        return sum(self._telling[name] for name in shared) / whole if whole else 0.0

    def _same_function(self, need: str) -> "NDArray[np.float32]":
        """How much the functions of the table that a need is near are those that each entry is near, 0 to 1."""
        assert self.embedding is not None
        assert self.vectors is not None
        if self._does is None:
            self._does = self._functions_meant(
                self.vectors, [entry.function or entry.name for entry in self.entries]
            )
        wanted = self._functions_meant(self._meaning(need)[None], [need])[0]
        found: NDArray[np.float32] = self._does @ wanted
        return found

    @cached_property
    def _anchors(self) -> Anchors:
        assert self.embedding is not None
        return Anchors(functions(), self.embedding)

    def _functions_meant(self, vectors: "Vectors", texts: Sequence[str]) -> "Vectors":
        """``(texts, functions)``, unit rows: the functions of the table by meaning, and half by words where words say one."""
        near = self._anchors.by_function(vectors)
        scores = _SHARPNESS * near + self._anchors.discriminated(vectors)
        sharp = np.exp(scores - scores.max(axis=1, keepdims=True))
        share = sharp / sharp.sum(axis=1, keepdims=True)
        order = {function: at for at, function in enumerate(functions().by_id)}
        for row, text in enumerate(texts):
            if (match := functions().match(text)) is not None:
                said = 0.2 if match.weak else 0.5
                share[row] *= 1 - said
                share[row, order[match.function]] += said
        made: Vectors = (share / np.linalg.norm(share, axis=1, keepdims=True)).astype(np.float32)
        return made


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of the entries as words: their counts, how rare each word is, and what each entry loses by its length."""

    counts: tuple[Counter[str], ...]
    holding: Mapping[str, tuple[int, ...]]
    loses: tuple[float, ...]

    @classmethod
    def of(cls, counts: Sequence[Counter[str]]) -> "_Part":
        holding: dict[str, list[int]] = {}
        for at, words in enumerate(counts):
            for word in words:
                holding.setdefault(word, []).append(at)
        mean = sum(words.total() for words in counts) / max(1, sum(bool(words) for words in counts)) or 1.0
        loses = tuple(_SOON * (1 - _LONG + _LONG * words.total() / mean) for words in counts)
        return cls(tuple(counts), {word: tuple(rows) for word, rows in holding.items()}, loses)

    def scores(self, wanted: Counter[str]) -> "NDArray[np.float32]":
        """BM25 of each entry, as a share of what an entry with all the words once would have: 0 to about 1."""
        found = np.zeros(len(self.counts), np.float32)
        whole = 0.0
        for word in wanted:
            rows = self.holding.get(word, ())
            rare = math.log(1 + (len(self.counts) - len(rows) + 0.5) / (len(rows) + 0.5))
            whole += rare
            for at in rows:
                count = self.counts[at][word]
                found[at] += rare * count * (_SOON + 1) / (count + self.loses[at])
        return found / np.float32(whole or 1.0)


@cache
def weights_of(*, meaning: bool) -> "tuple[NDArray[np.float32], float]":
    """The weights of ``SIGNS``, with meaning or without, and what is added."""
    held = json.loads(data.text(_WEIGHTS))["sens" if meaning else "mots"]
    return np.array([held[sign] for sign in SIGNS if sign in held], np.float32), float(held["rien"])


def vectors_of(entries: Sequence[Entry], embedding: EmbeddingModel) -> "Vectors":
    """``(len(entries), dimension)`` float32, unit rows: the meaning of what each entry is for; names say nothing of it, and lead astray."""
    return embedding.embed_queries([(one.function or one.name)[:400] for one in entries])


def _each_once(ranked: Sequence[Candidate]) -> list[Candidate]:
    """One candidate for each solution of a catalogue: some list a solution once for each of its uses."""
    seen, kept = set[tuple[str, str]](), list[Candidate]()
    for one in ranked:
        key = (one.entry.catalogue, fold_line(f"{one.entry.name} {one.entry.framework}"))
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _why(shared: Set[str], words: Sequence[str], near: bool) -> str:
    labels = sorted(functions().by_id[function].label for function in shared)
    parts = [f"même fonction : {', '.join(labels)}"] if shared else []
    parts += [f"mots communs : {', '.join(words[:5])}"] if words else []
    parts += ["sens proche"] if near else []
    return " ; ".join(parts) or "peu de points communs : montré pour qu'il y ait plusieurs candidats"


def _texts(entry: Entry) -> tuple[str, str, str]:
    """The three parts of an entry where words are looked for: its name, what it is for, the rest."""
    rest = (
        *(text for _, text in entry.notes),
        entry.qualification,
        entry.standards,
        entry.central,
        entry.hosting,
    )
    return entry.name, entry.function, " ".join(rest)


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in words_of(text) if word not in data.words("plain") and len(word) > 1]


def _stem(word: str) -> str:
    """A word without the ends that French changes: « sauvegarder », « sauvegardes », « sauvegarde »."""
    for end in (
        "issements",
        "issement",
        "ements",
        "ement",
        "ations",
        "ation",
        "ateurs",
        "ateur",
        "atrices",
        "eurs",
        "euse",
        "eur",
        "antes",
        "ants",
        "ante",
        "ant",
        "ees",
        "ee",
        "es",
        "er",
        "ir",
        "ez",
        "e",
        "s",
        "x",
    ):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


@cache
def functions_said(text: str) -> frozenset[str]:
    """The functions of the table whose words stand in a text."""
    return frozenset(function for function, _, _ in functions().met(text))
