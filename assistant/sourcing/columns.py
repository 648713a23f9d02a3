"""What is seen of a column, its header and its values together, and which field that makes it: weights learned by ``training/columns.py``.

``headers.npz`` holds them. A table is read as a whole: a field is one column's, but for those that several columns may give.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from math import log10
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.french.folding import fold_line
from assistant.protocols import Vectors
from assistant.sourcing import cells, data, headers, places
from assistant.sourcing.functions import functions
from assistant.sourcing.register import Column

FILE = Path(__file__).with_name("headers.npz")
FIELDS = (*headers.FIELDS, headers.NOTE)
"""The fields and the note, in the order of scores."""
# Of each field: words of the whole header and of the lower one alone, their meaning, whether the words are nearly the same, what the look of the values allows.
PAIRS = 6
"""How many of the signs of a column are of each field; the others are of the column alone."""
_SAME = 0.97
# The values that are looked at: the first of them.
_SAMPLE = 60
# A field is believed at the first, once those taken by other columns are out; a second column of a field that several may give, at the second. A column of
# which less than the third is left once they are out is none.
_LEAST, _SURE, _SHARE = 0.4, 0.8, 0.05
# Houses teach more notes than a register has: of what speaks for a note, so much is heard.
_NOTE = 0.6
# From there, a sign is told to a reader.
_TOLD = 0.55
# Vectors are of length 1; so much larger, they weigh as the other signs do.
_LARGER = 3.0
_DIMENSION = 384
_SHAPES: tuple[tuple[str, str], ...] = (
    ("courriel", r"[\w.+-]+@[\w-]+\.[\w.]+"),
    ("téléphone", r"(?:\+33|0)[ .]?\d(?:[ .]?\d\d){4}|(?:\d\d[ .]){4}\d\d"),
    ("adresse du web", r"(?:https?://|www\.)\S+"),
    ("version", r"v?\d+(?:\.\d+){1,3}(?: ?[a-z]\d*)?"),
    ("long numéro", r"\d[\d ]{11,17}"),
    ("année", r"(?:19|20)\d\d"),
    ("petit nombre", r"\d{1,2}"),
    ("durée", r"\d+ ?(?:h|heures?|jours?|j|mois|ans?|semaines?)(?: .*)?"),
    ("code", r"[a-z]{1,6}[-_ /]?\d{1,6}"),
)
_HELD: tuple[tuple[str, str], ...] = (
    ("euros", r"€|\beur"),
    ("octets", r"\d ?(?:go|to|mo|gb|tb)\b"),
    (
        "société",
        r"\b(?:sas|sa|sarl|inc|gmbh|ltd|corp|llc|group|groupe|holding|software|solutions?|systemes?|technologies|editions?|informatique)\b",
    ),
    ("nuage", r"\b(?:cloud|hosting|hebergement|infogerance|datacenter)\b"),
    (
        "source",
        r"\b(?:rapport|kbis|registre|communique|annuaire|presse|infogreffe|declaration|selon|source)\b",
    ),
    ("reconduction", r"tacite|reconduct|sans terme|en cours"),
    ("entre parenthèses", r"\([^)]+\)"),
    ("contrat", r"\b(?:marche|contrat|bc|conv|ctr|ac|bon)\b"),
)
# From this share of its values on, a column is what they say.
_MOSTLY = 0.6
_WORDS = ("ouvert", "ferme", "collectivite", "abonnement")


@dataclass(frozen=True, slots=True)
class Weights:
    """``shared``: of the signs of a column for a field, alike for all; ``of_look``: ``(signs of the column, fields)``; ``bias``: of each field."""

    shared: NDArray[np.float32]
    of_look: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, signs: NDArray[np.float32]) -> NDArray[np.float32]:
        """How surely each column is each field, ``(columns, fields)``: rows add up to 1."""
        pairs, looks = signs[:, :, :PAIRS], signs[:, 0, PAIRS:]
        raw = pairs @ self.shared + looks @ self.of_look + self.bias
        sharp = np.exp(raw - raw.max(axis=1, keepdims=True))
        found: NDArray[np.float32] = sharp / sharp.sum(axis=1, keepdims=True)
        return found

    def write(self, path: Path) -> None:
        """Writes them."""
        np.savez(path, shared=self.shared, of_look=self.of_look.astype(np.float16), bias=self.bias)


@cache
def weights() -> Weights:
    """Those of the project."""
    with np.load(FILE, allow_pickle=False) as held:
        return Weights(held["shared"], held["of_look"].astype(np.float32), held["bias"])


def seen(
    name: str, plain: str, values: Sequence[str], meanings: Mapping[str, headers.Meaning]
) -> NDArray[np.float32]:
    """What is seen of a column, ``(fields, signs)`` float32.

    Args:
        name: its header, with the group above.
        plain: its header alone.
        values: its cells.
        meanings: see ``headers.by_meaning``; empty without a model.
    """
    look = headers.look_of(values)
    whole = headers.by_words(name)
    # « Contrat – N° » is the very words of a field: « N° » alone says nothing more of it.
    if any(whole.get(field, 0.0) >= _SAME for field in headers.FIELDS):
        plain = name
    alone = headers.by_words(plain)
    none = headers.Meaning({}, np.zeros(_DIMENSION, np.float32))
    meant = [meanings.get(text, none) for text in dict.fromkeys((name, plain))]
    found = np.zeros((len(FIELDS), PAIRS), np.float32)
    for at, field in enumerate(FIELDS):
        first, second = whole.get(field, 0.0), alone.get(field, 0.0)
        words, meaning = max(first, _SAME * second), max(one.fields.get(field, 0.0) for one in meant)
        fits = headers.fit(field, look, name) if field != headers.NOTE else 1.0
        found[at] = words, second, meaning, float(words >= _SAME), fits, words * fits
    # Weights were learned with vectors of that length; those of another embedding are left out.
    vector: Vectors = meant[0].vector if len(meant[0].vector) == _DIMENSION else none.vector
    own = np.concatenate([_look(values, look), vector * _LARGER]).astype(np.float32)
    return np.concatenate([found, np.broadcast_to(own, (len(FIELDS), len(own)))], axis=1)


def _look(values: Sequence[str], look: headers.Look) -> NDArray[np.float32]:
    """What the values alone look like: shares, 0 to 1, and sizes."""
    filled = [text for text in values if not cells.is_nothing(text) and not cells.is_same(text)][:_SAMPLE]
    if not filled:
        return np.zeros(13 + len(_SHAPES) + len(_HELD) + len(_WORDS) + 8, np.float32)
    folded = [fold_line(text) for text in filled]
    numbers = [float(found[0]) for text in folded if len(found := cells.figures(text)) == 1 and found[0] > 0]
    distinct = set(folded)
    kinds = (
        look.date,
        look.count,
        look.money,
        look.place,
        look.choice,
        look.volume,
        look.reference,
        look.text,
    )
    words = [len(text.split()) for text in folded]
    said = [functions().match(text) is not None for text in sorted(distinct)[:20]]
    own = (
        1.0,
        len(distinct) / len(filled),
        min(1.0, sum(map(len, folded)) / len(folded) / 40),
        min(1.0, sum(words) / len(words) / 6),
        _share(filled, lambda text: text.isupper() and len(text) > 3),
    )
    more = (
        sum(said) / len(said),
        _share(folded, lambda text: places.is_own(text)),
        _share(folded, lambda text: text in data.words("yes") | data.words("no")),
        _share(folded, lambda text: bool(places.states(text))),
        log10(sum(numbers) / len(numbers) + 1) / 5 if numbers else 0.0,
        float(len(numbers) > 2 and all(one < other for one, other in pairwise(numbers))),
        len(numbers) / len(filled),
        len(filled) / max(1, len(values[:_SAMPLE])),
    )
    shapes = [_share(folded, partial(_matches, re.compile(shape).fullmatch)) for _, shape in _SHAPES]
    held = [_share(folded, partial(_matches, re.compile(shape).search)) for _, shape in _HELD]
    listed = [_share(folded, partial(_holds, name)) for name in _WORDS]
    return np.array([*kinds, *own, *shapes, *held, *listed, *more], np.float32)


def _matches(find: Callable[[str], re.Match[str] | None], text: str) -> bool:
    return find(text) is not None


def _holds(name: str, text: str) -> bool:
    return bool(_known(name).search(text))


@cache
def _known(name: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, data.table('exposure.toml')['words'][name]))})(?![\w-])"
    )


def _share(texts: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(map(holds, texts)) / len(texts)


# ---- which is which -------------------------------------------------------------------------------------------------------------


def understood(
    sheet: str,
    head: headers.Head,
    columns: Sequence[Sequence[str]],
    meanings: Mapping[str, headers.Meaning],
    said: Mapping[str, str | None],
    *,
    glpi: bool,
) -> tuple[Column, ...]:
    """Each column with its field.

    Args:
        sheet: its name.
        head: the names of the columns.
        columns: the values of each.
        meanings: see ``headers.by_meaning``; empty without a model.
        said: what a person said of a header, folded: its field, or None for a note.
        glpi: whether the table is an export of GLPI.
    """
    chosen: dict[int, tuple[str | None, float, str]] = {}
    for at, (name, plain) in enumerate(zip(head.names, head.plain, strict=True)):
        for key in (fold_line(name), fold_line(plain)):
            if key in said and at not in chosen:
                chosen[at] = (said[key], 1.0, "dit à la main")
        if at not in chosen and glpi and fold_line(plain) in data.table("columns.toml")["glpi"]["notes"]:
            chosen[at] = _NOTHING
        words = set(headers.tokens(plain or name))
        if at not in chosen and (
            not name or (words & set(data.table("columns.toml")["autre"]["read"]) and not words & _OTHERS)
        ):
            chosen[at] = _NOTHING
        if at not in chosen and _is_way_of_buying(columns[at]):
            chosen[at] = (None, 0.0, "dit comment on achète, et non quoi")
    asked = [at for at in range(len(head.names)) if at not in chosen]
    if asked:
        signs = np.stack([seen(head.names[at], head.plain[at], columns[at], meanings) for at in asked])
        scores = weights().scores(signs)
        taken = {
            FIELDS.index(field) for field, _, _ in chosen.values() if field and field not in headers.JOINED
        }
        scores[:, sorted(taken)] = 0.0
        for row, field in enumerate(assigned(scores)):
            at, name = asked[row], FIELDS[field]
            score = float(weights().scores(signs[row : row + 1])[0, field])
            chosen[at] = (
                _NOTHING
                if name == headers.NOTE
                else (name, round(min(0.99, score), 2), _reason(signs[row, field]))
            )
    return tuple(
        Column(sheet, name or f"(colonne {at + 1} sans en-tête)", *chosen[at])
        for at, name in enumerate(head.names)
    )


def _is_way_of_buying(values: Sequence[str]) -> bool:
    """Whether the values say how a thing is bought: « achat », « abo », « prestation »."""
    filled = [fold_line(text).strip(" .") for text in values[:_SAMPLE] if not cells.is_nothing(text)]
    return len(filled) > 2 and _share(filled, data.words("bought").__contains__) >= _MOSTLY


# Words beside which a header of a note that is read speaks of its field all the same: « Formats (réversibilité) », « Fin (tacite reconduction) ».
_OTHERS = frozenset(("format", "export", "fin", "echeance", "date", "terme"))
_NOTHING = (None, 0.0, "aucun champ du registre ne lui correspond")


def _reason(signs: NDArray[np.float32]) -> str:
    words, _, meaning, _, fits, _ = signs[:PAIRS]
    by = ["mots de l'en-tête"] if words >= _TOLD else []
    by += ["sens de l'en-tête"] if meaning >= _TOLD else []
    by += ["allure des valeurs"] if fits >= _TOLD else []
    return ", ".join(by) or "en-tête et valeurs ensemble"


def assigned(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """The field of each column, by its number in ``FIELDS``: the surest first, each field once but for those that several columns may give."""
    note = FIELDS.index(headers.NOTE)
    left = scores.copy()
    left[:, note] *= _NOTE
    _again(left)
    found = np.full(len(scores), note)
    for _ in range(len(scores)):
        column, field = divmod(int(left.argmax()), left.shape[1])
        if left[column, field] < _LEAST:
            break
        found[column] = field
        left[column] = -1
        if field != note:
            others = left[:, field]
            left[:, field] = (
                np.where(others >= _SURE, others, -1)
                if FIELDS[field] in headers.JOINED
                else np.minimum(others, -1)
            )
            _again(left)
    return found


def _again(left: NDArray[np.float32]) -> None:
    """Rows add up to 1 again over what is left of them."""
    held = np.where(left > 0, left, 0)
    total = held.sum(axis=1, keepdims=True)
    # What is nearly all another column's field is no field at all.
    left[:] = np.where((left > 0) & (total > _SHARE), left / np.maximum(total, 1e-9), left)
