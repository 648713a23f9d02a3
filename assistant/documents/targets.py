"""Which documents are amendments, and which market each of them changes; where that is not plain, it says so and changes nothing."""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.datatypes import Document
from assistant.documents import words
from assistant.documents.consultations import Consultation
from assistant.documents.values import Known
from assistant.french.folding import fold, words_of
from assistant.french.numbers import number as number_of
from assistant.summaries.fields.summary import shown

# What an amendment says of itself and of its market stands in its first characters.
_OPENING, _TITLE_LINES, _LOT_LINES = 2500, 14, 6
# A reference of a market: figures, with letters and signs; no date, no article of a code.
_REFERENCE = re.compile(r"(?<![\w.])(?=[\w./_-]*\d)[A-Za-z0-9][\w./_-]{2,30}[A-Za-z0-9]")
_NO_REFERENCE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|[LRDlrd]\.?\d{4}.*|(?:19|20)\d\d|\d{1,3}|\d{5}|\d{9}|\d{14}|\d+[,.]\d+|n°?\d+",
    re.ASCII,
)
_OF_A_CODE = re.compile(r"\b[lrd]\.? ?$")
_AFTER_NUMBER = re.compile(
    r"\W{0,4}(?:public )?[^\n|;.]{0,50}?(?:n ?[°o]s?|numero|ref(?:erence)?\.?|:|\|)? ?[:|]?\s*$"
)
_LOT = re.compile(r"\blots?\b ?(?:n ?[°o]s?)? ?:? ?(?P<number>\d{1,3}|[a-h]\b)")
_ORDINALS = {
    "premier": 1,
    "deuxieme": 2,
    "second": 2,
    "troisieme": 3,
    "quatrieme": 4,
    "cinquieme": 5,
    "sixieme": 6,
}
_LONGEST_TITLE = 160
# A title that a verb follows is the beginning of a sentence: « L'avenant est … ».
_VERB = re.compile(r"\w* (?:est|sont|sera|a|ont|doit|peut)\b")
_NAMING = ("objet", "acheteur")
_STEM, _SHORTEST = 6, 4
# The share of a market's naming words that an amendment must say where no number tells, and by how much it must lead the next.
_ALIKE, _LEAD = 0.45, 0.15
# … and it says so many words that are that market's alone: one may be there by chance.
_FEWEST_OWN = 2
# A number that is right stands beside some of the market's words; another market whose share is greater by this contradicts it.
_CONTRADICTED = 0.4
# Being in the market's own folder adds this.
_SAME_FOLDER = 0.2


@dataclass(frozen=True, slots=True)
class Uncertain:
    """An amendment that is joined to no market: ``markets`` are those it may change, ``why`` says in French what is missing."""

    known: Known
    markets: tuple[Consultation, ...]
    why: str


def is_amendment(known: Known, document: Document) -> bool:
    """Whether a document changes a contract: by its file's name, or by a line at its beginning."""
    if known.summary.doc_type in ("avis", "guide"):
        return False
    lines = [fold(line).strip(" *#|-–:") for line in document.text[:_OPENING].splitlines() if line.strip()][
        :_TITLE_LINES
    ]
    if lines and words.amendment("about").match(lines[0]):
        return False
    return named_amendment(known) or any(_is_title(line) for line in lines)


def named_amendment(known: Known) -> bool:
    """Whether the name of its file says that it is one."""
    name = re.sub(r"[^a-z0-9°]+", " ", fold(known.file.rpartition(".")[0] or known.file)).strip()
    return (
        words.amendment("files").search(re.sub(r"(?<=[a-z])(?=\d)", " ", name)) is not None
        and words.amendment("about").match(name) is None
    )


def _is_title(line: str) -> bool:
    return len(line) < _LONGEST_TITLE and any(
        (match := words.amendment("titles").match(cell)) and not _VERB.match(cell[match.end() :])
        for cell in re.split(r" [-–—:|/] |: ", line)
    )


def number_said(known: Known, document: Document) -> int | None:
    """The amendment's own number; None where it gives none."""
    name = re.sub(r"[_\s]+", " ", fold(known.file.rpartition(".")[0]))
    for text in (fold(document.text[:600]), name):
        for pattern in words.amendment_numbers():
            if match := pattern.search(text):
                groups = match.groupdict()
                return _ORDINALS[groups["word"]] if groups.get("word") else number_of(groups["number"])
    return None


def by_lot(market: Consultation, document_of: Callable[[str], Document]) -> tuple[Consultation, ...]:
    """The contracts of a market whose pieces each name another lot, every one with the pieces that name none; the market where they do not."""
    lots = [_own_lot(piece, document_of(piece.source.id)) for piece in market.pieces]
    if len({lot for lot in lots if lot}) < 2:
        return (market,)
    return tuple(
        replace(
            market,
            pieces=tuple(piece for piece, own in zip(market.pieces, lots, strict=True) if own in ("", lot)),
        )
        for lot in dict.fromkeys(filter(None, lots))
    )


def _own_lot(piece: Known, document: Document) -> str:
    """The one lot that the first lines of a piece name; empty where they name none or several."""
    lines = [line for line in document.text[:_OPENING].splitlines() if line.strip()][:_LOT_LINES]
    found = {match["number"] for text in (*lines, piece.file) for match in _LOT.finditer(fold(text))}
    return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says of its market: references, those that follow the word « marché » among them, the first of these, lots, and stems of its words."""

    references: frozenset[str]
    recalled: frozenset[str]
    first: frozenset[str]
    lots: frozenset[str]
    stems: frozenset[str]


def _said(texts: Sequence[str], file: str) -> _Said:
    references: set[str] = set()
    recalled: dict[str, None] = {}
    for text in texts:
        folded = fold(text)
        for match in _REFERENCE.finditer(text):
            if _is_reference(match.group(), folded[match.end() : match.end() + 4]) and not _OF_A_CODE.search(
                folded[max(0, match.start() - 4) : match.start()]
            ):
                plain = _plain(match.group())
                references.add(plain)
                if _is_recalled(folded[max(0, match.start() - 70) : match.start()]):
                    recalled[plain] = None
    references |= {
        _plain(match.group())
        for match in _REFERENCE.finditer(file.rpartition(".")[0].replace(" ", "\n"))
        if _is_reference(match.group(), "")
    }
    lots = {match["number"] for text in texts for match in _LOT.finditer(fold(text))}
    return _Said(
        frozenset(references),
        frozenset(recalled),
        frozenset(list(recalled)[:1]),
        frozenset(lots),
        _stems(" ".join(texts)),
    )


def _is_reference(token: str, after: str) -> bool:
    digits = sum(character.isdigit() for character in token)
    return (
        digits >= 2
        and not _NO_REFERENCE.fullmatch(token)
        and not after.lstrip().startswith(("€", "eur", "ht", "%"))
    )


def _is_recalled(before: str) -> bool:
    named = list(words.amendment("numbered").finditer(before))
    after = before[named[-1].end() :] if named else ""
    return bool(named) and _AFTER_NUMBER.match(after) is not None and "avenant" not in after


def _plain(token: str) -> str:
    """Comparable: letters and figures, without leading zeros: « 2023-045 » is « 2023-45 »."""
    return "-".join(part.lstrip("0") or "0" for part in re.findall(r"[a-z]+|\d+", fold(token)))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words_of(text) if len(word) >= _SHORTEST)


class Targets:
    """The markets that amendments may change, each read once.

    Args:
        markets: without their amendments.
        text_of: the text of a document by the id of its source.
    """

    def __init__(self, markets: Sequence[Consultation], text_of: Callable[[str], str]) -> None:
        self._markets = tuple(markets)
        self._said = [_of_market(market, text_of) for market in markets]
        self._named = [
            _stated(market, *_NAMING) or said.stems for market, said in zip(markets, self._said, strict=True)
        ]
        self._bought = [_stated(market, "objet") for market in markets]
        self._held = Counter(stem for named in self._named for stem in named)

    def joined(self, amendment: Known, document: Document) -> Consultation | Uncertain:
        """The market that an amendment changes, or why it is not told."""
        if amendment.chosen:
            chosen = [
                market
                for market in self._markets
                if any(piece.chosen == amendment.chosen for piece in market.pieces)
            ]
            if chosen:
                return chosen[0]
        said = _said([document.text[:_OPENING]], amendment.file)
        shares = {
            place: self._share(place, said) + _SAME_FOLDER * self._in_folder(place, amendment)
            for place in range(len(self._markets))
        }
        by_number = [place for place in shares if said.references & self._said[place].references]
        of_its_own = [place for place in by_number if said.first & self._said[place].first]
        by_number = (
            of_its_own or by_number
        )  # another market that its text names beside its own is not the one
        if by_number:
            return self._among(by_number, shares, said, amendment)
        likely = sorted(shares, key=lambda place: -shares[place])
        likely = [place for place in likely if shares[place] >= _ALIKE]
        if not likely:
            return self._uncertain(
                amendment, (), "ni le numéro, ni l'objet, ni l'acheteur ne désignent un marché connu"
            )
        wrong = [number for number in said.recalled if self._said[likely[0]].recalled]
        if wrong:
            return self._uncertain(
                amendment,
                likely[:2],
                "le numéro qu'il rappelle n'est pas celui du marché auquel ressemble son objet",
            )
        return self._among(likely, shares, said, amendment)

    def _among(
        self, places: Sequence[int], shares: Mapping[int, float], said: _Said, amendment: Known
    ) -> Consultation | Uncertain:
        """The one of some markets that the lot and the words designate."""
        fitting = [place for place in places if not self._another_lot(place, said)]
        best = sorted(fitting, key=lambda place: -shares[place])
        if not best:
            return self._uncertain(
                amendment, places, "le lot qu'il désigne n'est pas celui du marché qu'il rappelle"
            )
        of_lot = [place for place in best if said.lots and self._said[place].lots == said.lots]
        best = of_lot or best
        if len(best) > 1 and not self._leads(best[0], best[1], said):
            return self._uncertain(amendment, best[:3], "plusieurs marchés lui conviennent également")
        other = max(
            (place for place in shares if place not in places), key=lambda place: shares[place], default=None
        )
        if other is not None and shares[other] - shares[best[0]] >= _CONTRADICTED:
            return self._uncertain(
                amendment,
                (best[0], other),
                "le numéro qu'il rappelle est celui d'un marché, son objet celui d'un autre",
            )
        return self._markets[best[0]]

    def _share(self, place: int, said: _Said) -> float:
        """0 to 1: the share of a market's naming words, by their rarity, that an amendment says."""
        weights = {
            stem: math.log((1 + len(self._markets)) / self._held[stem]) + 0.1 for stem in self._named[place]
        }
        total = sum(weights.values())
        return sum(weight for stem, weight in weights.items() if stem in said.stems) / total if total else 0.0

    def _leads(self, first: int, second: int, said: _Said) -> bool:
        """Whether an amendment says more of what is bought under one market alone than of what is under the other: both may have one buyer."""
        own, other = self._bought[first] - self._bought[second], self._bought[second] - self._bought[first]
        shares = [len(stems & said.stems) / len(stems) if stems else 0.0 for stems in (own, other)]
        return shares[0] - shares[1] >= _LEAD and len(own & said.stems) >= _FEWEST_OWN

    def _in_folder(self, place: int, amendment: Known) -> bool:
        """Whether it lies in the folder of that market, and of no other."""
        of_folder = [
            market
            for market in self._markets
            if any(piece.bundle == amendment.bundle for piece in market.pieces)
        ]
        return len(of_folder) == 1 and of_folder[0] is self._markets[place]

    def _another_lot(self, place: int, said: _Said) -> bool:
        lots = self._said[place].lots
        return len(lots) == 1 and bool(said.lots) and not lots & said.lots

    def _uncertain(self, amendment: Known, places: Sequence[int], why: str) -> Uncertain:
        return Uncertain(amendment, tuple(self._markets[place] for place in places), why)


def _of_market(market: Consultation, text_of: Callable[[str], str]) -> _Said:
    said = [_said([text_of(piece.source.id)[:_OPENING]], piece.file) for piece in market.pieces]
    return _Said(
        *(
            frozenset().union(*(getattr(one, name) for one in said))
            for name in ("references", "recalled", "first", "lots", "stems")
        )
    )


def _stated(market: Consultation, *names: str) -> frozenset[str]:
    values = (shown(piece.summary.field(name).value) for piece in market.pieces for name in names)
    return frozenset().union(*(_stems(value) for value in values))
