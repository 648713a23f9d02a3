"""Minimum and maximum of the contract, by lot and period, with or without tax as written. Penalties, insurance, turnover and advances have their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.datatypes import Span
from assistant.french.amounts import Amount, amounts
from assistant.french.forms import Forms
from assistant.french.numbers import IN_DIGITS
from assistant.tender.fact import Fact
from assistant.tender.rows import LOT, LotRow, numbered_rows
from assistant.tender.view import Sentence, View

_FORMS = Forms("assistant.tender.facts", "ordered_amounts.toml")
_LOWEST, _HIGHEST = _FORMS.family("low"), _FORMS.family("high")
_MINIMUM, _MAXIMUM = "montant_minimum_ht", "montant_maximum_ht"
_KINDS = {_MINIMUM: _FORMS.family("minimum"), _MAXIMUM: _FORMS.family("maximum")}
_OTHER_MATTER = re.compile(_FORMS.family("other_matter"))
_NEVER = re.compile(_FORMS.family("never"))
_NONE = {
    _MINIMUM: re.compile(_FORMS.family("no_minimum")),
    _MAXIMUM: re.compile(_FORMS.family("no_maximum")),
}
_LOT = re.compile(rf"{LOT}(\d{{1,3}}|[a-z])\b(?! ?(?:000|%|€))")
_PERIODS = (
    (
        "par an",
        re.compile(r"annuel|par an\b|/ ?an\b|chaque annee|par periode (?:annuelle|de (?:douze|12) mois)"),
    ),
    ("période initiale", re.compile(r"periode initiale|premiere periode|periode ferme")),
    (
        "reconduction",
        re.compile(r"periode de reconduction|par reconduction|chaque reconduction|periodes? de reconduction"),
    ),
    (
        "durée totale",
        re.compile(
            r"duree totale|toute la duree|ensemble de (?:la duree|l'accord)|duree globale|toutes periodes|reconductions? comprises?"
        ),
    ),
)
# The title of a column or of a row may be short.
BOUNDS = {_MINIMUM: _FORMS.family("low_title"), _MAXIMUM: _FORMS.family("high_title")}
_TABLE_HEAD = re.compile(rf"(?:^|\n)(?P<head>[^\n|]*\|[^\n]*{_FORMS.family('head')}[^\n]*)")
# A table of which only the words are left: "Minimum HT", "Maximum HT", then "10 000,00 €", "95 000,00 €", each on its own line.
_FLAT = re.compile(
    rf"(?P<titles>(?:\n?[ ]*(?:montants? )?(?:{_LOWEST}|{_HIGHEST})(?: (?:annuel|total|global))?(?: ?\(?(?:€ ?|en euros )?(?:h\.?t\.?|"
    rf"ttc)\)?)?[ ]*(?=\n)){{1,2}})"
    rf"(?P<values>(?:\n[ ]*{IN_DIGITS}(?:,\d\d)? ?(?:€|eur\w*)[^\n\d]{{0,12}}(?=\n|$)){{1,2}})"
)
_BETWEEN = re.compile(
    rf"(?:(?:etendue globale|montants?|valeur|commandes?|compris\w*)\b[^.;\n]{{0,80}}?\bentre|{LOT}\w{{1,2}} ?:[^.;\n]{{0,40}}?\b(?:entre|de)) "
    rf"(?P<low>{IN_DIGITS})(?: ?(?:€|eur\w*))?(?: ?h\.?t\.?)? (?:et|a) "
    rf"(?P<high>{IN_DIGITS}(?:[.,]\d\d)? ?(?:€|eur\w*)(?: ?(?:h\.?t\.?|hors (?:tva|taxes?)|ttc))?)"
)
_BEFORE_CHARACTERS, _LOT_CHARACTERS = 175, 320
# A word so near to a sum stands beside it.
_NEXT = 14


@dataclass(frozen=True, slots=True)
class _Bound:
    words: str
    normal: str
    lot: str | None
    span: Span


def minimum_of(view: View) -> Fact | None:
    """The minimum that the buyer commits to, or that there is none."""
    return _bound(view, _MINIMUM)


def maximum_of(view: View) -> Fact | None:
    """The maximum that orders may reach, or that there is none."""
    return _bound(view, _MAXIMUM)


def _bound(view: View, name: str) -> Fact | None:
    if view.piece in ("BPU", "DQE", "CCTP") and not re.search(
        r"accord[- ]cadre|bons? de commande", view.folded
    ):
        return None
    rows, table = _by_rows(view, name)
    stated = [bound for bound in _stated(view, name) if table is None or not bound.span.overlaps(table)]
    tabled = rows or _tabled(view, name) or _by_columns(view, name)
    listed = [] if tabled else _by_lines(view, name)
    read = [bound.span for bound in listed]
    stated = [bound for bound in stated if not any(bound.span.overlaps(span) for span in read)]
    found = [*tabled, *listed, *_flattened(view, name), *stated] or _between(view, name)
    if not found:
        return None
    unique: dict[tuple[str | None, str], _Bound] = {}
    for bound in found:
        unique.setdefault((bound.lot, bound.words), bound)
    kept = list(unique.values())
    if any(bound.lot for bound in kept):
        kept = [bound for bound in kept if bound.lot or bound.normal != "sans"] or kept
    words = [
        (f"lot {bound.lot} : " if bound.lot and len({other.lot for other in kept}) > 1 else "") + bound.words
        for bound in kept
    ]
    distinct = list(dict.fromkeys(words))
    if len({bound.words for bound in kept}) == 1 and kept[0].normal == "sans":
        distinct = [kept[0].words]
    value = " ; ".join(distinct)
    normal = (
        tuple(sorted({bound.normal for bound in kept}))
        if not any(bound.lot for bound in kept)
        else tuple(sorted({f"{bound.lot}:{bound.normal}" for bound in kept if bound.lot}))
    )
    return Fact(value[:1].upper() + value[1:], tuple(dict.fromkeys(bound.span for bound in kept)), normal)


def _stated(view: View, name: str) -> list[_Bound]:
    found: list[_Bound] = []
    word = re.compile(_KINDS[name])
    other = re.compile(_KINDS[_MAXIMUM if name == _MINIMUM else _MINIMUM])
    for sentence in view.sentences_with(
        "mini", "max", "depasse", "excede", "superieur", "plafon", "limite", "au moins"
    ):
        text = sentence.text
        if not word.search(text) or _names_columns_alone(text, word) or sentence.of_another_contract:
            continue
        if _OTHER_MATTER.search(_near(text, word)) and not re.search(
            r"accord[- ]cadre|bons? de commande|commandes? (?:annuelles?|sont|seront)|command\w+ [^.;\n]{0,30}au moins|montant (?:annuel )?m[ai][xn]i",
            text,
        ):
            continue
        if _excluded(text, word):
            continue
        sums = amounts(text)
        if _NONE[name].search(text):
            label = "Sans minimum" if name == _MINIMUM else "Sans maximum"
            named = word.search(text)
            assert named is not None
            found.append(
                _Bound(label, "sans", _lot(view, sentence, named.start(), named.end()), sentence.span)
            )
            continue
        # « 640 000 € HT (sans minimum) »: what there is none of has no sum.
        bounded = _NONE[_MAXIMUM if name == _MINIMUM else _MINIMUM].sub(
            lambda none: " " * len(none.group()), text
        )
        for amount in _belonging(bounded, sums, word, other):
            if amount.euros < 1:
                continue
            period = _period(text, amount, sentence)
            words = amount.written + (f" ({period})" if period else "")
            found.append(
                _Bound(
                    words,
                    f"{amount.normal} {amount.tax} {period}".strip(),
                    _lot(view, sentence, amount.start, amount.end),
                    sentence.span,
                )
            )
    return found


def _names_columns_alone(text: str, word: re.Pattern[str]) -> bool:
    """Whether a row names its columns, with sums in others; « Montants par an | minimum 20 000 € – maximum 120 000 € » says what it names."""
    if "|" not in text or len(amounts(text)) < 2 or not _TABLE_HEAD.search(f"\n{text}"):
        return False
    return not any(word.search(cell) and amounts(cell) for cell in text.split("|"))


def _flattened(view: View, name: str) -> list[_Bound]:
    found = []
    for line in view.lines_with("mini", "maxi"):
        match = _FLAT.match(view.folded, line.start)
        if match is None:
            continue
        titles, values = match.group("titles").strip("\n").split("\n"), amounts(match.group("values"))
        if len(titles) != len(values):
            continue
        for title, amount in zip(titles, values, strict=True):
            if re.search(BOUNDS[name], title):
                tax = amount.tax or ("TTC" if "ttc" in title else "HT" if re.search(r"h\.?t", title) else "")
                words = Amount(amount.euros, tax, 0, 0).written
                found.append(
                    _Bound(words, f"{amount.normal} {tax}".strip(), None, Span(line.start, match.end()))
                )
    return found


def _between(view: View, name: str) -> list[_Bound]:
    """Both bounds in one breath: "entre 600 000 et 1 100 000 EUR"."""
    found = []
    for match in _BETWEEN.finditer(view.folded):
        sums = amounts(match.group("high"))
        if not sums or _OTHER_MATTER.search(view.folded[max(0, match.start() - 60) : match.start("low")]):
            continue
        low = float(re.sub(r"[ .]", "", match.group("low")))
        # « Lot 1 : de 100 à 200 € de remise » bounds no order.
        if match.group().startswith("lot") and (
            sums[0].euros < _LEAST or re.match(r" ?(?:d[eu'] |d')", view.folded[match.end() :])
        ):
            continue
        amount = Amount(low if name == _MINIMUM else sums[0].euros, sums[0].tax, 0, 0)
        if low < sums[0].euros:
            lots = list(_LOT.finditer(view.folded, max(0, match.start() - _LOT_BEFORE), match.start("low")))
            lot = (
                _lot_name(lots[-1][1])
                if lots and "." not in view.folded[lots[-1].end() : match.start("low")]
                else None
            )
            found.append(
                _Bound(amount.written, f"{amount.normal} {amount.tax}".strip(), lot, Span(*match.span()))
            )
    return found


_LOT_BEFORE = 60
# No range of orders of a lot is smaller.
_LEAST = 1_000


def _near(text: str, word: re.Pattern[str]) -> str:
    match = word.search(text)
    assert match is not None
    return text[max(0, match.start() - 90) : match.end() + 90]


def _excluded(text: str, word: re.Pattern[str]) -> bool:
    """Whether the bound is one of penalties, insurance, turnover or of what is assigned, or none is meant, whatever else the sentence says."""
    return _NEVER.search(_near(text, word)) is not None


def _belonging(
    text: str, sums: tuple[Amount, ...], word: re.Pattern[str], other: re.Pattern[str]
) -> list[Amount]:
    """The sums that stand nearer to this bound's word than to the other's: after it, or just before it ("200 000 € HT maximum")."""
    marks = [(match.start(), match.end(), True) for match in word.finditer(text)] + [
        (match.start(), match.end(), False) for match in other.finditer(text)
    ]
    # « 20 000 € minimum, 180 000 € maximum »: the word follows each sum.
    followed = all(any(0 <= mark[0] - amount.end <= _NEXT for mark in marks) for amount in sums)
    kept: list[Amount] = []
    for amount in sums:
        before = [
            mark for mark in marks if mark[1] <= amount.start and amount.start - mark[1] <= _BEFORE_CHARACTERS
        ]
        after = [mark for mark in marks if 0 <= mark[0] - amount.end <= _NEXT]
        nearest = max(before, default=None, key=lambda mark: mark[1])
        own = (
            after[0][2]
            if after and (followed or not (nearest and amount.start - nearest[1] < _NEXT))
            else nearest[2]
            if nearest
            else False
        )
        if own and not any(abs(one.euros - amount.euros) < 0.01 for one in kept):
            kept.append(amount)
    return kept


def _period(text: str, amount: Amount, sentence: Sentence) -> str:
    around = text[max(0, amount.start - 130) : amount.end + 60]
    return next((name for name, pattern in _PERIODS if pattern.search(around)), "")


# « 200 000 € HT (lot 1), 90 000 € HT pour le lot 2 ».
_LOT_BEHIND = re.compile(rf"[^.;,\d(]{{0,12}}(?:\(|pour )(?:le )?{LOT}(\d{{1,2}}|[a-z])\b")


def _lot(view: View, sentence: Sentence, at: int, end: int) -> str | None:
    """The lot that a bound at ``at``–``end`` of a sentence is that of: behind it, else before it, else named shortly above."""
    if behind := _LOT_BEHIND.match(sentence.text, end):
        return _lot_name(behind[1])
    inside = list(_LOT.finditer(sentence.text, 0, max(at, 0)))
    if inside:
        return _lot_name(inside[-1][1])
    if sentence.index == 0:
        return None
    before = view.folded[
        max(sentence.section.body.start, sentence.span.start - _LOT_CHARACTERS) : sentence.span.start
    ]
    above = list(_LOT.finditer(before))
    # A whole paragraph in between speaks of the contract again.
    return (
        _lot_name(above[-1][1])
        if above and before[above[-1].end() :].count(". ") < 2 and len(before) - above[-1].end() < 260
        else None
    )


def _lot_name(written: str) -> str:
    """``07`` is 7, ``a`` is A."""
    return written.lstrip("0").upper() or "0"


_EITHER = re.compile(rf"(?P<low>{BOUNDS['montant_minimum_ht']})|(?P<high>{BOUNDS['montant_maximum_ht']})")
_CURRENCY = re.compile(r"€|\beuros?\b|\beur\b|\bh\.?t\b")
_GROUPED = re.compile(r"(?<!\d)(\d{1,3}(?:[ .]\d{3})+(?:,\d\d)?)(?!\d)")
_ABOVE_CHARACTERS = 260
_NOTHING = re.compile(r"\bsans(?:\s+(?:mini\w*|maxi\w*|montant))?|\bneant\b|\baucun\b")


def _by_rows(view: View, name: str) -> tuple[list[_Bound], Span | None]:
    """The bounds of a table by lot where every row has as many sums as the head has bounds, and where that table stands."""
    for head in _TABLE_HEAD.finditer(view.folded):
        rows = numbered_rows(view, head.end())
        # A PDF cuts titles: « Minimum », then « HT | Maximum HT » below.
        end = view.folded.rfind("\n", 0, rows[0].title.start) if rows else head.end()
        titles = view.folded[head.start("head") : end]
        kinds = [_MINIMUM if match.group("low") else _MAXIMUM for match in _EITHER.finditer(titles)]
        if not kinds and "fourchette" in titles:
            kinds = [_MINIMUM, _MAXIMUM]
        of_lots = re.search(r"\blots?\b", titles) or re.search(
            r"\blots\b|allotissement", view.folded[max(0, head.start() - _ABOVE_CHARACTERS) : head.start()]
        )
        bounds = " | ".join(cell for cell in titles.split("|") if _EITHER.search(cell))
        if not of_lots or _OTHER_MATTER.search(bounds) or len(set(kinds)) != len(kinds):
            continue
        priced = _CURRENCY.search(view.folded, head.start("head"), rows[0].title.start) if rows else None
        cells = [_sums(view, row, priced is not None, len(kinds)) for row in rows]
        if not rows or any(len(cell) != len(kinds) for cell in cells):
            continue
        table = Span(head.start("head"), rows[-1].rest.end)
        if name not in kinds:
            return [], table
        tax = "TTC" if "ttc" in titles else "HT" if re.search(r"h\.?t", titles) else ""
        period = "par an" if re.search(r"annuel|/ ?an", titles) else ""
        sums = [cell[kinds.index(name)] for cell in cells]
        return [
            _bound_of(row, amount, name, tax, period) for row, amount in zip(rows, sums, strict=True)
        ], table
    return [], None


def _sums(view: View, row: LotRow, priced: bool, expected: int) -> list[Amount | None]:
    """The sums of a row in order, None for « sans »; numbers alone where the head says the currency, or the last one of ``expected``: « 5 000 à 20 000 € »."""
    text = row.rest.of(view.folded)
    found: list[tuple[int, Amount | None]] = [(amount.start, amount) for amount in amounts(text)]
    grouped = _GROUPED.findall(text)
    if (not found and priced) or len(found) < expected == len(grouped):
        found = [
            (match.start(), Amount(float(re.sub(r"[ .]", "", match[1]).replace(",", ".")), "", *match.span()))
            for match in _GROUPED.finditer(text)
        ]
    return [
        amount
        for _, amount in sorted(
            [*found, *((match.start(), None) for match in _NOTHING.finditer(text))], key=lambda one: one[0]
        )
    ]


def _bound_of(row: LotRow, amount: Amount | None, name: str, tax: str, period: str) -> _Bound:
    span = Span(row.title.start, row.rest.end)
    if amount is None:
        return _Bound("Sans minimum" if name == _MINIMUM else "Sans maximum", "sans", row.number, span)
    whole = amount if amount.tax else Amount(amount.euros, tax, amount.start, amount.end)
    return _Bound(
        whole.written + (f" ({period})" if period else ""),
        f"{whole.normal} {whole.tax} {period}".strip(),
        row.number,
        span,
    )


_OF_ANOTHER = re.compile(_FORMS.family("of_another"))
_NUMBERED = re.compile(r"(?:lots? )?(?:\d{1,3}|[a-z]) [a-z]")
_ROW_LOT = re.compile(r"(?:lots? ?(?:n ?°)? ?-?0*)?(\d{1,3}\b|[a-z]\b(?!'))")


def _tabled(view: View, name: str) -> list[_Bound]:
    """Bounds in a table whose first line names the columns."""
    found: list[_Bound] = []
    read = 0
    for head in _TABLE_HEAD.finditer(view.folded):
        if head.start() < read:
            continue  # a row of the table above
        if _OF_ANOTHER.search(head.group("head")) or amounts(head.group("head")):
            continue
        titles = [cell.strip() for cell in head.group("head").strip(" |").split("|")]
        columns = [
            index
            for index, title in enumerate(titles)
            if re.search(BOUNDS[name], title) and not _OTHER_MATTER.search(title)
        ]
        # Two titles in one cell: which sum is which is not known.
        if not columns or re.search(
            BOUNDS[_MINIMUM if name == _MAXIMUM else _MAXIMUM],
            titles[columns[0]],
        ):
            continue
        kinds = [
            _MINIMUM if match.group("low") else _MAXIMUM for match in _EITHER.finditer(head.group("head"))
        ]
        column, tax = (
            columns[0],
            "TTC" if "ttc" in titles[columns[0]] else "HT" if re.search(r"h\.?t", titles[columns[0]]) else "",
        )
        period = "par an" if re.search(r"annuel|/ ?an", titles[column]) else ""
        at = head.end()
        while at < len(view.folded):
            line_end = view.folded.find("\n", at + 1)
            line_end = line_end if line_end >= 0 else len(view.folded)
            line = view.folded[at + 1 : line_end]
            if not line.strip(" |"):
                at = line_end
                if at + 1 >= len(view.folded) or not line:
                    break
                continue
            cells = [cell.strip() for cell in line.strip(" |").split("|")]
            in_order = amounts(line)
            # A PDF may leave no bar between the number of a lot and its title.
            own = column - (len(cells) == len(titles) - 1 and _NUMBERED.match(line.strip(" |")) is not None)
            # The column of the lots may have no title.
            own += len(cells) == len(titles) + 1 and _LOT_CELL.fullmatch(cells[0]) is not None
            if "|" not in line or (len(cells) <= own and len(in_order) != len(kinds)):
                break
            span = Span(at + 1 + len(line) - len(line.lstrip(" |")), at + 1 + len(line.rstrip(" |")))
            lot = _ROW_LOT.match(cells[0])
            # A PDF may leave no bar between two cells: the sums tell them apart where there are as many as the head has bounds.
            ordered = len(in_order) == len(kinds) and len(set(kinds)) == len(kinds)
            written = (
                line[in_order[kinds.index(name)].start : in_order[kinds.index(name)].end]
                if ordered
                else cells[own]
            )
            sums = amounts(written if "€" in written or "eur" in written else f"{written} € {tax.lower()}")
            if re.search(r"sans|neant|aucun|-$", written) and not sums:
                label = "Sans minimum" if name == _MINIMUM else "Sans maximum"
                found.append(_Bound(label, "sans", _lot_name(lot[1]) if lot else None, span))
            elif sums:
                amount = sums[0] if sums[0].tax else Amount(sums[0].euros, tax, sums[0].start, sums[0].end)
                words = amount.written + (f" ({period})" if period else "")
                found.append(
                    _Bound(
                        words,
                        f"{amount.normal} {amount.tax} {period}".strip(),
                        _lot_name(lot[1]) if lot else None,
                        span,
                    )
                )
            at = line_end
        read = at
    return found


_LOT_CELL = re.compile(rf"[ ]*{LOT}(\d{{1,2}}|[a-z])[ ]*")
_FEWEST_LOTS, _LINES_BELOW = 2, 6


def _by_columns(view: View, name: str) -> list[_Bound]:
    """The bounds of a table whose columns are lots: « Lot 1 | Lot 2 », then « Mini EUR HT | 200 000 | 120 000 »."""
    for head in view.lines_with("lot"):
        lots = [match[1] for cell in _cells(view, head) if (match := _LOT_CELL.fullmatch(cell))]
        if len(lots) < _FEWEST_LOTS:
            continue
        above = view.folded[max(0, head.start - _ABOVE_CHARACTERS) : head.start]
        for line in _lines_below(view, head.end):
            title, *sums = _cells(view, line)
            if len(sums) == len(lots) and not _EITHER.search(title):
                sums = [_part_of_bound(cell, name) for cell in sums]
                named = all(sums)
            else:
                named = re.search(BOUNDS[name], title) is not None
            if len(sums) != len(lots) or not named or _OTHER_MATTER.search(title):
                continue
            tax = "TTC" if "ttc" in title else "HT" if re.search(r"h\.?t", title) else ""
            period = next((period for period, words in _PERIODS if words.search(f"{above} {title}")), "")
            return [
                bound
                for lot, cell in zip(lots, sums, strict=True)
                if (bound := _of_cell(cell, name, tax, period, _lot_name(lot), line))
            ]
    return []


def _part_of_bound(cell: str, name: str) -> str:
    """What a cell that names both bounds says of one: « maxi 110 000 » of « pas de mini – maxi 110 000 »."""
    if none := _NONE[name].search(cell):
        return f"sans {none.group()}"
    marks = list(_EITHER.finditer(cell))
    ends = [*(mark.start() for mark in marks[1:]), len(cell)]
    key = "low" if name == _MINIMUM else "high"
    parts = (cell[mark.start() : end] for mark, end in zip(marks, ends, strict=False) if mark[key])
    return next(parts, "").strip(" –—-,;/")


def _cells(view: View, line: Span) -> list[str]:
    return [cell.strip() for cell in line.of(view.folded).strip(" |").split("|")]


def _lines_below(view: View, at: int) -> Iterator[Span]:
    """The lines that follow a place, a few of them."""
    for _ in range(_LINES_BELOW):
        end = view.folded.find("\n", at + 1)
        if end < 0:
            return
        yield Span(at + 1, end)
        at = end


def _of_cell(cell: str, name: str, tax: str, period: str, lot: str, span: Span) -> _Bound | None:
    """What a cell says of the bound of a lot: a sum, in euros where it has no currency, or that there is none."""
    sums = amounts(cell) or amounts(f"{cell} €")
    if sums:
        amount = sums[0] if sums[0].tax else Amount(sums[0].euros, tax, 0, 0)
        words = amount.written + (f" ({period})" if period else "")
        return _Bound(words, f"{amount.normal} {amount.tax} {period}".strip(), lot, span)
    if _NOTHING.search(cell):
        return _Bound(f"Sans {'minimum' if name == _MINIMUM else 'maximum'}", "sans", lot, span)
    return None


_LOT_LINE = re.compile(rf"[\s|•–-]*(?P<own>{LOT}(?P<lot>\d{{1,2}}|[a-z])\b(?P<rest>[^\n]*))")


def _by_lines(view: View, name: str) -> list[_Bound]:
    """The bounds of lines that begin with a lot, below what says which bounds they are: « Montant maximum : », then « Lot A 45 000 € »."""
    other = BOUNDS[_MAXIMUM if name == _MINIMUM else _MINIMUM]
    for head in view.lines_with("mini", "maxi", "seuil", "plafond", "plancher", "depass", "exced"):
        words = head.of(view.folded)
        if not re.search(BOUNDS[name], words) or _OTHER_MATTER.search(words) or amounts(words):
            continue
        both = re.search(other, words) is not None
        period = next((period for period, pattern in _PERIODS if pattern.search(words)), "")
        found: list[_Bound] = []
        at = head.end
        while line := _LOT_LINE.match(view.folded, at + 1):
            at = line.end()
            sums = amounts(line["rest"])
            if len(sums) != 1 + both:
                break
            sum_ = sums[-1 if name == _MAXIMUM else 0]
            cell = line["rest"][sum_.start : sum_.end]
            if bound := _of_cell(cell, name, "", period, _lot_name(line["lot"]), Span(*line.span("own"))):
                found.append(bound)
        if len(found) >= _FEWEST_LOTS:
            return found
    return []
