"""Where the names of the columns of a table stand, what their words and their meaning say of each field of a register, and what values look like."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant.french.folding import fold_line
from assistant.protocols import EmbeddingModel
from assistant.sourcing import cells, data, places

if TYPE_CHECKING:
    from assistant.protocols import Vectors

FIELDS = tuple(name for name in data.table("columns.toml") if name not in ("autre", "glpi", "abbreviations"))
"""The fields that a column may be read as."""
NOTE = "autre"
JOINED = frozenset(("formats", "function", "group_source"))
"""Fields that several columns may give: their texts are joined."""
_LETTERS = re.compile(r"[a-z0-9]+")
_SAMPLE = 100
# So much of a word at least stands for it.
_LEAST_CUT = 4
# A header stands within so many rows: above it are a title, a date, some lines of explanation.
_WITHIN = 40
# How surely a row must name columns to be a head: headers of known words count from the first, and one alone must have the second.
_LIKELY, _ONE = 0.72, 0.9
# Cosines of this embedding between two headers: half lie below 0.70, the same header in other words above 0.85.
_FAR, _NEAR = 0.72, 0.92
# Of the words of a field, the first say its meaning; all would take seconds.
_MEANT = 10


@dataclass(frozen=True, slots=True)
class Head:
    """Where the names of the columns stand: the index of their row among those of the table, and each column's name, empty where it has none."""

    at: int
    names: tuple[str, ...]
    plain: tuple[str, ...]
    """The same without the group above: « Lieu » of « Hébergement – Lieu »."""


def head_of(rows: Sequence[tuple[str, ...]], repeated: Sequence[tuple[int, ...]]) -> Head | None:
    """The row that names the columns, or None where none does.

    Args:
        rows: the cells of each row.
        repeated: of each row, the columns whose cell repeats a merged one.
    """
    best, at = 0.0, -1
    for index, cells_ in enumerate(rows[:_WITHIN]):
        known = _known(cells_, repeated[index])
        if known > best + 0.5:
            best, at = known, index
    if best < (_ONE if at >= 0 and _all_names(rows[at]) else 1.5):
        return None
    upper, at = _two_rows(rows, repeated, at)
    above = rows[upper] if upper is not None else ()
    width = max(len(above), len(rows[at]))
    names = tuple(_named(_at(above, column), _at(rows[at], column)) for column in range(width))
    return Head(
        at, names, tuple(_header(_at(rows[at], column) or _at(above, column)) for column in range(width))
    )


def _all_names(row: tuple[str, ...]) -> bool:
    """Whether several cells of a row are filled, and all with short words: then one known header is enough."""
    filled = [cell for cell in row if cell]
    return (
        len(filled) > 1
        and len(set(filled)) == len(filled)
        and all(len(cell) <= 60 and cell[0].isalpha() and not _DATE_SHAPE.fullmatch(cell) for cell in filled)
    )


def _at(row: tuple[str, ...], column: int) -> str:
    return row[column] if column < len(row) else ""


def _known(row: tuple[str, ...], repeated: tuple[int, ...]) -> float:
    """How many cells of a row are headers of known words."""
    texts = {
        _header(cell)
        for column, cell in enumerate(row)
        if cell and column not in repeated and len(cell) <= 90
    }
    return sum(
        score if (score := max(by_words(text).values(), default=0.0)) >= _LIKELY else 0.0 for text in texts
    )


def _two_rows(
    rows: Sequence[tuple[str, ...]], repeated: Sequence[tuple[int, ...]], at: int
) -> tuple[int | None, int]:
    """Where names stand in two rows, groups above: the index of the upper row (None: one row only) and of the lower."""
    if at + 1 < len(rows) and _goes_on(rows[at], repeated[at], rows[at + 1], repeated[at + 1]):
        return at, at + 1
    if at and (
        _is_group(rows[at - 1], repeated[at - 1])
        or _goes_on(rows[at - 1], repeated[at - 1], rows[at], repeated[at])
    ):
        return at - 1, at
    return None, at


def _is_group(row: tuple[str, ...], repeated: tuple[int, ...]) -> bool:
    """Whether merged cells of a row stand over several columns each, and over no more than half of them: that would be a title."""
    spans = Counter(row[column] for column in _across(row, repeated))
    return bool(spans) and max(spans.values()) + 1 < max(len(row) * 0.7, 4)


def _across(row: tuple[str, ...], repeated: tuple[int, ...]) -> list[int]:
    """The columns whose cell repeats the one at its left."""
    return [column for column in repeated if 0 < column < len(row) and row[column] == row[column - 1]]


def _goes_on(
    upper: tuple[str, ...], over: tuple[int, ...], lower: tuple[str, ...], under: tuple[int, ...]
) -> bool:
    """Whether a row goes on with the headers of the one above: names stand in it where that one is merged or empty, and nearly nowhere else."""
    across = _across(upper, over)
    beneath = set(across) | {column - 1 for column in across}
    beneath |= {column for column, cell in enumerate(upper) if not cell} | {
        column - 1 for column, cell in enumerate(upper) if not cell and column
    }
    filled = [
        column
        for column, cell in enumerate(lower)
        if cell and not (column in under and _at(upper, column) == cell)
    ]
    return (
        len(filled) > 1
        and len(filled) < len([cell for cell in upper if cell]) + len(filled) - 1
        and any(_at(upper, column) and column not in filled for column in range(len(upper)))
        and all(column in beneath or column >= len(upper) for column in filled)
        and all(column in filled for column, cell in enumerate(upper[: len(lower)]) if not cell)
        and _known(tuple(lower[column] if column in filled else "" for column in range(len(lower))), ())
        >= 1.5
    )


def _named(group: str, name: str) -> str:
    group, name = _header(group), _header(name)
    return name or group if not group or group == name or not name else f"{group} – {name}"


def _header(cell: str) -> str:
    return " ".join(cell.replace(" ; ", " ").split())


# ---- the words of a header ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a header, whole and in the singular, without small words, units and what stands in brackets besides."""
    asked = re.sub(r"\boù\b", "lieu ", text, flags=re.IGNORECASE)  # folded, it would be « ou »
    folded = fold_line(re.sub(r"\bn\s?[°º]", "numero ", asked, flags=re.IGNORECASE))
    short = data.table("columns.toml")["abbreviations"]
    return tuple(
        dict.fromkeys(
            _singular(short.get(word, word))
            for word in _LETTERS.findall(folded)
            if word not in data.words("small") and not (word.isdigit() and len(word) < 3)
        )
    )


def _singular(word: str) -> str:
    return (
        word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.endswith(("ss", "us", "acces")) else word
    )


@cache
def _phrases() -> tuple[tuple[str, frozenset[str], float], ...]:
    found = list[tuple[str, frozenset[str], float]]()
    for field, said in data.table("columns.toml").items():
        for kind, weight in (("words", 1.0), ("weak", 0.74)):
            found += [
                (field, frozenset(tokens(phrase)), weight)
                for phrase in said.get(kind, ())
                if field not in ("glpi", "abbreviations")
            ]
    return tuple(dict.fromkeys(found))


@cache
def _holding() -> Mapping[str, tuple[int, ...]]:
    """The phrases that hold each known word, by their numbers."""
    found: dict[str, list[int]] = {}
    for number, (_, phrase, _) in enumerate(_phrases()):
        for word in phrase:
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


@cache
def _beginning() -> Mapping[str, frozenset[str]]:
    """The known words by each beginning that may stand for them, themselves too."""
    found: dict[str, set[str]] = {}
    for word in _holding():
        for length in {len(word), *range(max(_LEAST_CUT, -(-len(word) // 2)), len(word))}:
            found.setdefault(word[:length], set()).add(word)
    return {beginning: frozenset(words) for beginning, words in found.items()}


# Registers of many members write the same words: what was found of one serves the next, as many as that.
@lru_cache(maxsize=20_000)
def _kin(word: str) -> frozenset[str]:
    """The known words that a word is, is cut short of (« hébergt », « sensibil »), or goes on from."""
    beginnings = (word[:length] for length in range(max(_LEAST_CUT, -(-len(word) // 2)), len(word)))
    return _beginning().get(word, frozenset()).union(known for known in beginnings if known in _holding())


@lru_cache(maxsize=20_000)
def by_words(header: str) -> Mapping[str, float]:
    """How much the words of a header speak for each field, 0 to 1."""
    said = frozenset(tokens(header))
    bare = frozenset(tokens(re.sub(r"\([^)]*\)", " ", header))) or said
    scores: dict[str, float] = {}
    for words in {said, bare}:
        met = Counter(
            number for known in frozenset().union(*map(_kin, words)) for number in _holding()[known]
        )
        for number, count in met.items():
            field, phrase, weight = _phrases()[number]
            score = weight * _likeness(len(phrase), len(words), count)
            if score > scores.get(field, 0.0):
                scores[field] = score
    return scores


def _likeness(phrase: int, said: int, met: int) -> float:
    """1 where they are the same words; less for each word that one of them has besides; little where the phrase is not all there.

    Args:
        phrase: how many words it has.
        said: how many words the header has.
        met: how many words of the phrase are in the header.
    """
    if met < phrase:
        return 0.45 * met / phrase
    return 1.0 if said == phrase else 0.62 + 0.33 * phrase / said


# ---- the embedding --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Meaning:
    """How near a header is to the words of each field, 0 to 1, and its vector, ``(dimension,)``."""

    fields: Mapping[str, float]
    vector: NDArray[np.float32]


def by_meaning(headers: Sequence[str], embedding: EmbeddingModel) -> dict[str, Meaning]:
    """What headers mean."""
    wanted = [header for header in dict.fromkeys(headers) if header]
    if not wanted:
        return {}
    known = _MEANT_BY.setdefault(embedding.identity, {})
    if len(known) > _MOST_KEPT:
        known.clear()
    new = [header for header in wanted if header not in known]
    if new:
        fields, vectors = _prototypes(embedding)
        own = embedding.embed_queries([_spelled(header) for header in new])
        for header, vector, row in zip(new, own, own @ vectors.T, strict=True):
            scores: dict[str, float] = {}
            for field, cosine in zip(fields, row, strict=True):
                scores[field] = max(
                    scores.get(field, 0.0), min(1.0, max(0.0, (float(cosine) - _FAR) / (_NEAR - _FAR)))
                )
            known[header] = Meaning(scores, vector)
    return {header: known[header] for header in wanted}


# What headers mean under an embedding, by its name: registers of many members have the same ones.
_MEANT_BY: dict[str, dict[str, Meaning]] = {}
_MOST_KEPT = 5_000
# What the words of the fields mean under an embedding, by its name: made once a process.
_MADE: "dict[str, tuple[list[str], Vectors]]" = {}


def _prototypes(embedding: EmbeddingModel) -> "tuple[list[str], Vectors]":
    if embedding.identity not in _MADE:
        pairs = [
            (field, phrase)
            for field in (*FIELDS, NOTE)
            for phrase in data.table("columns.toml")[field]["words"][:_MEANT]
        ]
        _MADE[embedding.identity] = (
            [field for field, _ in pairs],
            embedding.embed_queries([phrase for _, phrase in pairs]),
        )
    return _MADE[embedding.identity]


def _spelled(header: str) -> str:
    """A header with its short words written out, for the embedding."""
    return " ".join(tokens(header)) or header


# ---- the look of the values -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """Shares, 0 to 1, of the filled values of a column that look like each kind; ``filled``: how many there are."""

    date: float
    count: float
    money: float
    place: float
    choice: float
    volume: float
    reference: float
    text: float
    filled: int

    def of(self, kind: str) -> float:
        """The share of a kind of look."""
        return float(getattr(self, kind))


_REFERENCE = re.compile(
    r"(?=[^\s]*\d)[A-Za-z0-9][A-Za-z0-9/_.-]{2,24}|(?:marche|contrat|m|n°?|ac)[ °]*\d[\w/ .-]{1,20}",
    re.IGNORECASE,
)
_DATE_SHAPE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d(?:-\d\d.*)?|(?:\d{1,2} )?[a-z]{3,9}\.? \d{2,4}|\d{1,2}/\d{4}|(?:19|20)\d\d",
    re.IGNORECASE,
)


def look_of(values: Sequence[str]) -> Look:
    """What the values of a column look like."""
    filled = [text for text in values if not cells.is_nothing(text) and not cells.is_same(text)][:_SAMPLE]
    if not filled:
        return Look(0, 0, 0, 0, 0, 0, 0, 0, 0)
    share = partial(_share, filled)
    numbers = share(_is_number)
    return Look(
        date=share(
            lambda text: (
                bool(_DATE_SHAPE.fullmatch(fold_line(text)) or _is_serial(text))
                and cells.day(text).value is not None
            )
        ),
        count=share(
            lambda text: (
                cells.count(text).value is not None
                and not _has_unit(text)
                and not _DATE_SHAPE.fullmatch(fold_line(text))
            )
        ),
        money=max(
            share(
                lambda text: (
                    bool(re.search(r"€|\beur|\bht\b|\bttc\b|\$", fold_line(text)))
                    and bool(cells.figures(text))
                )
            ),
            numbers * 0.9,
        ),
        place=share(places.is_place),
        choice=share(
            lambda text: (
                cells.sensitivity(text, "").value is not None
                or fold_line(text) in data.words("yes") | data.words("no")
            )
        ),
        volume=max(share(lambda text: bool(cells.volume(text, "").value)), numbers * 0.9),
        reference=share(
            lambda text: (
                bool(_REFERENCE.fullmatch(text.strip()))
                and not _DATE_SHAPE.fullmatch(fold_line(text))
                and not _is_number(text)
            )
        ),
        text=share(lambda text: any(character.isalpha() for character in text) and not _has_unit(text)),
        filled=len(filled),
    )


def _share(filled: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, filled)) / len(filled)


def _is_serial(text: str) -> bool:
    return text.strip().isdigit() and 40_000 <= int(text.strip()[:6]) <= 60_000


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d  .,']+", text.strip()))


def _has_unit(text: str) -> bool:
    return bool(re.search(r"\d\s?(?:€|k€|eur|go|to|mo|gb|tb)\b|€", fold_line(text)))


# ---- how a look fits a field ----------------------------------------------------------------------------------------------------


def fit(field: str, look: Look, header: str) -> float:
    """How well the look of the values fits a field, 0 to 1; an empty column fits all."""
    if not look.filled:
        return 0.9
    kind = data.table("columns.toml")[field]["look"]
    if kind == "text":
        return max(
            0.0,
            1.0
            - look.date
            - max(0.0, look.count + (1 - look.text) - 1)
            - (0.4 * look.choice if field in ("name", "publisher") else 0.0),
        )
    if kind == "reference":
        return max(0.0, 1.0 - look.date - 0.6 * (look.choice > 0.7))
    if kind == "place":
        return min(1.0, 0.35 + look.place)
    if kind == "choice":
        return min(1.0, 0.45 + look.choice - 0.5 * look.date)
    if kind == "date":
        return min(1.0, 0.25 + look.date) if look.date or look.text < 0.9 else 0.3
    if kind == "count":
        return max(
            0.0,
            min(1.0, 0.3 + look.count)
            - 0.5 * (look.money if re.search(r"€|euro|cout|montant", fold_line(header)) else 0),
        )
    return min(1.0, 0.3 + max(look.of(kind), look.count))


def is_of_machines(head: Head) -> bool:
    """Whether a sheet lists machines: servers and screens have names too."""
    signs = frozenset(data.table("columns.toml")["glpi"]["machines"])
    return len({re.sub(r"\s*\([^)]*\)", "", fold_line(name)) for name in head.plain} & signs) > 1


def is_glpi(head: Head) -> bool:
    """Whether the columns are those of an export of GLPI."""
    signs = frozenset(data.table("columns.toml")["glpi"]["signs"])
    names = {fold_line(name.replace("'", " ")) for name in head.plain}
    return bool(names & {"entite", "fabricant"}) and len(names & signs) >= 3
