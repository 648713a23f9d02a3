"""Minimum and maximum of the contract, by lot and period, with or without tax as written. Penalties, insurance, turnover and advances have their own."""

import re
from dataclasses import dataclass

from assistant.datatypes import Span
from assistant.french.amounts import Amount, amounts
from assistant.french.numbers import IN_DIGITS
from assistant.tender.fact import Fact
from assistant.tender.rows import LOT, LotRow, numbered_rows
from assistant.tender.view import Sentence, View

_LOWEST, _HIGHEST = (
    r"\bmini(?:mum|mal|ma|maux)?s?\b|\bmini\b|\bplanchers?\b",
    r"\bmaxi(?:mum|mal|ma|maux|male)?s?\b|\bmaxi\b",
)
_KINDS = {
    "montant_minimum_ht": rf"{_LOWEST}|\bs'engage\w*\b[^.;\n]{{0,60}}\bcommand\w+\b[^.;\n]{{0,40}}\bau moins\b",
    "montant_maximum_ht": rf"{_HIGHEST}|\bmax(?=[. ]{{0,2}}\d)|"
    rf"\bcommandes?\b[^.;\n]{{0,110}}?\bne (?:peu\w+|pourr\w+|saurai\w+|doi\w+|devr\w+)(?: pas)? (?:depasser|exceder|"
    rf"etre superieur\w*)|\bcommandes?\b[^.;\n]{{0,60}}?\bn'?e? ?(?:excede|depasse)\w* pas|(?:montants?|valeur|commandes|"
    rf"depenses)\b[^.;\n]{{0,90}}\blimitee?s? a\b|\b(?:commandes?|accord[- ]cadre)\b[^.\n]{{0,140}}?\bplafonn\w+|"
    r"\b(?:accord[- ]cadre|marche|contrat|commandes)\b[^.;\n]{0,60}?\bdans (?:la|une) limite (?:de|d'un montant)\b|"
    r"\bplafond (?:de l'accord|du (?:present )?(?:marche|contrat)|des? commandes?|annuel|global)",
}
_OTHER_MATTER = re.compile(
    r"penalit|plafonn|assurance|assure\b|chiffre d'affaires|\bca\b|avance|sinistre|indemnit|sous-trait|retenue|caution|capacite|garantie|"
    r"dommage|franchise|prime|honoraires|responsab|"
    r"paiement direct|frais de|par jour|par heure|interets?|nombre|candidats? (?:admis|invites)|delai|page|caracter|mo\b|points?\b|note\b"
)
_NONE = {
    "montant_minimum_ht": re.compile(
        r"(?:\bsans|\bpas de|\bni|\baucun|ne comporte(?: pas| ni)|neant)(?:(?!avec|mais|et un)[^.;\n]){0,25}(?:montant )?(?:en valeur )?(?:minimum|plancher)|"
        r"minimum[^.;\n\d]{0,40}(?::|est|"
        r"=)? ?\b(?:sans|neant|aucun)\b|sans (?:mini\b|montant)? ?mini"
    ),
    "montant_maximum_ht": re.compile(
        r"(?:\bsans|\bpas de|\baucun|neant|minimum ni)(?:(?!avec|mais|et un|d'un|au moins)[^.;\n]){0,25}(?:montant )?(?:en valeur )?maximum|"
        r"maximum[^.;\n\d]{0,40}(?::|est|=)? ?\b(?:sans|"
        r"neant|aucun)\b|sans (?:montant )?(?:mini \w+ )?maxi\b"
    ),
}
_LOT = re.compile(rf"{LOT}(\d{{1,3}}|[a-z])\b(?! ?(?:000|%|€))")
_PERIODS = (
    ("par an", re.compile(r"annuel|par an\b|/ ?an\b|chaque annee|par periode annuelle")),
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
BOUNDS = {
    "montant_minimum_ht": rf"{_LOWEST}|\bmin\b",
    "montant_maximum_ht": rf"{_HIGHEST}|\bmax\b|\bplafonds?\b",
}
_TABLE_HEAD = re.compile(
    rf"(?:^|\n)(?P<head>[^\n|]*\|[^\n]*(?:{_LOWEST}|{_HIGHEST}|\bmin\b|\bmax\b|\bplafonds? (?:h\.?t|annuel|global|total|des? commandes?|pour))[^\n]*)"
)
# A table of which only the words are left: "Minimum HT", "Maximum HT", then "10 000,00 €", "95 000,00 €", each on its own line.
_FLAT = re.compile(
    rf"(?P<titles>(?:\n?[ ]*(?:montants? )?(?:{_LOWEST}|{_HIGHEST})(?: (?:annuel|total|global))?(?: ?\(?(?:€ ?|en euros )?(?:h\.?t\.?|"
    rf"ttc)\)?)?[ ]*(?=\n)){{1,2}})"
    rf"(?P<values>(?:\n[ ]*{IN_DIGITS}(?:,\d\d)? ?(?:€|eur\w*)[^\n\d]{{0,12}}(?=\n|$)){{1,2}})"
)
_BETWEEN = re.compile(
    rf"(?:etendue globale|montants?|valeur|commandes?|compris\w*)\b[^.;\n]{{0,80}}?\bentre (?P<low>{IN_DIGITS})(?: ?(?:€|eur\w*))?(?: ?h\.?t\.?)? et "
    rf"(?P<high>{IN_DIGITS}(?:[.,]\d\d)? ?(?:€|eur\w*)(?: ?(?:h\.?t\.?|hors (?:tva|taxes?)|ttc))?)"
)
_BEFORE_CHARACTERS, _LOT_CHARACTERS = 175, 320


@dataclass(frozen=True, slots=True)
class _Bound:
    words: str
    normal: str
    lot: str | None
    span: Span


def minimum_of(view: View) -> Fact | None:
    """The minimum that the buyer commits to, or that there is none."""
    return _bound(view, "montant_minimum_ht")


def maximum_of(view: View) -> Fact | None:
    """The maximum that orders may reach, or that there is none."""
    return _bound(view, "montant_maximum_ht")


def _bound(view: View, name: str) -> Fact | None:
    if view.piece in ("BPU", "DQE", "CCTP") and not re.search(
        r"accord[- ]cadre|bons? de commande", view.folded
    ):
        return None
    rows, table = _by_rows(view, name)
    stated = [bound for bound in _stated(view, name) if table is None or not bound.span.overlaps(table)]
    found = [*(rows or _tabled(view, name)), *_flattened(view, name), *stated] or _between(view, name)
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
    other = re.compile(_KINDS["montant_maximum_ht" if name == "montant_minimum_ht" else "montant_minimum_ht"])
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
            label = "Sans minimum" if name == "montant_minimum_ht" else "Sans maximum"
            named = word.search(text)
            assert named is not None
            found.append(_Bound(label, "sans", _lot(view, sentence, named.start()), sentence.span))
            continue
        for amount in _belonging(text, sums, word, other):
            if amount.euros < 1:
                continue
            period = _period(text, amount, sentence)
            words = amount.written + (f" ({period})" if period else "")
            found.append(
                _Bound(
                    words,
                    f"{amount.normal} {amount.tax} {period}".strip(),
                    _lot(view, sentence, amount.start),
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
        amount = Amount(low if name == "montant_minimum_ht" else sums[0].euros, sums[0].tax, 0, 0)
        if low < sums[0].euros:
            found.append(
                _Bound(amount.written, f"{amount.normal} {amount.tax}".strip(), None, Span(*match.span()))
            )
    return found


def _near(text: str, word: re.Pattern[str]) -> str:
    match = word.search(text)
    assert match is not None
    return text[max(0, match.start() - 90) : match.end() + 90]


def _excluded(text: str, word: re.Pattern[str]) -> bool:
    """Whether the bound is one of penalties, insurance or turnover, whatever else the sentence says."""
    return (
        re.search(
            r"penalit|chiffre d'affaires|assurance|sinistre|sous-trait|retenue de garantie|avance (?:est|sera)|plafond des (?!commandes)",
            _near(text, word),
        )
        is not None
    )


def _belonging(
    text: str, sums: tuple[Amount, ...], word: re.Pattern[str], other: re.Pattern[str]
) -> list[Amount]:
    """The sums that stand nearer to this bound's word than to the other's: after it, or just before it ("200 000 € HT maximum")."""
    marks = [(match.start(), match.end(), True) for match in word.finditer(text)] + [
        (match.start(), match.end(), False) for match in other.finditer(text)
    ]
    kept: list[Amount] = []
    for amount in sums:
        before = [
            mark for mark in marks if mark[1] <= amount.start and amount.start - mark[1] <= _BEFORE_CHARACTERS
        ]
        after = [mark for mark in marks if 0 <= mark[0] - amount.end <= 14]
        nearest = max(before, default=None, key=lambda mark: mark[1])
        own = (
            after[0][2]
            if after and not (nearest and amount.start - nearest[1] < 14)
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


def _lot(view: View, sentence: Sentence, at: int) -> str | None:
    inside = list(_LOT.finditer(sentence.text, 0, max(at, 0)))
    if inside:
        return inside[-1].group(1).lstrip("0") or "0"
    if sentence.index == 0:
        return None
    before = view.folded[
        max(sentence.section.body.start, sentence.span.start - _LOT_CHARACTERS) : sentence.span.start
    ]
    above = list(_LOT.finditer(before))
    # A whole paragraph in between speaks of the contract again.
    return (
        (above[-1].group(1).lstrip("0") or "0")
        if above and before[above[-1].end() :].count(". ") < 2 and len(before) - above[-1].end() < 260
        else None
    )


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
        kinds = [
            "montant_minimum_ht" if match.group("low") else "montant_maximum_ht"
            for match in _EITHER.finditer(titles)
        ]
        of_lots = re.search(r"\blots?\b", titles) or re.search(
            r"\blots\b|allotissement", view.folded[max(0, head.start() - _ABOVE_CHARACTERS) : head.start()]
        )
        bounds = " | ".join(cell for cell in titles.split("|") if _EITHER.search(cell))
        if not of_lots or _OTHER_MATTER.search(bounds) or len(set(kinds)) != len(kinds):
            continue
        priced = _CURRENCY.search(view.folded, head.start("head"), rows[0].title.start) if rows else None
        cells = [_sums(view, row, priced is not None) for row in rows]
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


def _sums(view: View, row: LotRow, priced: bool) -> list[Amount | None]:
    """The sums of a row in order, None for « sans »; numbers alone where the head says the currency."""
    text = row.rest.of(view.folded)
    found: list[tuple[int, Amount | None]] = [(amount.start, amount) for amount in amounts(text)]
    if not found and priced:
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
        return _Bound(
            "Sans minimum" if name == "montant_minimum_ht" else "Sans maximum", "sans", row.number, span
        )
    whole = amount if amount.tax else Amount(amount.euros, tax, amount.start, amount.end)
    return _Bound(
        whole.written + (f" ({period})" if period else ""),
        f"{whole.normal} {whole.tax} {period}".strip(),
        row.number,
        span,
    )


# The table of what is entrusted to others, or of what is shared, bounds no order.
_OF_ANOTHER = re.compile(r"sous-trait|cotrait")
_NUMBERED = re.compile(r"(?:lots? )?\d{1,3} [a-z]")


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
            BOUNDS["montant_minimum_ht" if name == "montant_maximum_ht" else "montant_maximum_ht"],
            titles[columns[0]],
        ):
            continue
        kinds = [
            "montant_minimum_ht" if match.group("low") else "montant_maximum_ht"
            for match in _EITHER.finditer(head.group("head"))
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
            if "|" not in line or (len(cells) <= own and len(in_order) != len(kinds)):
                break
            span = Span(at + 1 + len(line) - len(line.lstrip(" |")), at + 1 + len(line.rstrip(" |")))
            lot = re.match(r"(?:lots? ?(?:n ?°)? ?)?(\d{1,3})\b", cells[0])
            # A PDF may leave no bar between two cells: the sums tell them apart where there are as many as the head has bounds.
            ordered = len(in_order) == len(kinds) and len(set(kinds)) == len(kinds)
            written = (
                line[in_order[kinds.index(name)].start : in_order[kinds.index(name)].end]
                if ordered
                else cells[own]
            )
            sums = amounts(written if "€" in written or "eur" in written else f"{written} € {tax.lower()}")
            if re.search(r"sans|neant|aucun|-$", written) and not sums:
                label = "Sans minimum" if name == "montant_minimum_ht" else "Sans maximum"
                found.append(_Bound(label, "sans", lot.group(1) if lot else None, span))
            elif sums:
                amount = sums[0] if sums[0].tax else Amount(sums[0].euros, tax, sums[0].start, sums[0].end)
                words = amount.written + (f" ({period})" if period else "")
                found.append(
                    _Bound(
                        words,
                        f"{amount.normal} {amount.tax} {period}".strip(),
                        lot.group(1).lstrip("0") if lot else None,
                        span,
                    )
                )
            at = line_end
        read = at
    return found
