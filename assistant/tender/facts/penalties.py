"""Penalties for delay: the amount or the formula, else where they are said to be."""

import re
from collections.abc import Iterator

from assistant.datatypes import Span
from assistant.french.amounts import amounts
from assistant.tender.fact import Fact
from assistant.tender.selection import Sought, clause
from assistant.tender.view import View

_FORMULA = re.compile(
    r"p ?= ?\(?v ?[x*×]? ?r?|v ?[x*×] ?r ?/ ?\d|r ?/ ?\d{2,4}|1 ?/ ?[1-9]\d{0,2} ?000|/ ?\d{1,2} ?000"
)
# What a delay costs, where nobody calls it a penalty.
_COSTS = re.compile(
    r"\d[^.;\n]{0,12}(?:€|euro|%|‰)|/ ?\d{2,}|refaction|reduction|retenue|dedui|sanction|factur|prix du|indemni"
)
_LATE = Sought(
    title=re.compile(
        r"penalites?|^sanctions?\b(?!.*resiliation)|sanctions? (?:pecuniaires?|financieres?)|^(?:en cas de )?retards?\b(?!.*paiement)"
    ),
    words=re.compile(
        r"penalites?[^.;\n]{0,160}retards?|retards?[^.;\n]{0,160}penalites?|penalites? (?:prevues?|sont|est|seront|applicables?|journalieres?|forfaitaires?)|"
        r"(?:jours?|heures?|semaines?)\b[^.;\n]{0,30}\bretards?\b[^.;\n]{0,90}\d[\d ]*(?:,\d+)? ?(?:€|euros?|%|‰)|"
        r"\bretards?\b[^.;\n]{0,90}\d[\d ]*(?:,\d+)? ?(?:€|euros?|%|‰)[^.;\n]{0,40}par (?:jour|heure|semaine)|"
        r"\d[\d ]*(?:,\d+)? ?(?:€|euros?|%|‰)[^.;\n]{0,30}\bpar (?:jour|heure|semaine)\b[^.;\n]{0,30}\bretard"
    ),
    needles=("penalite", "retard"),
    signs=(
        re.compile(r"\bretards?\b"),
        re.compile(r"par (?:jour|heure|semaine)|calendaires? de retard|jour de retard|heure de retard"),
        re.compile(r"\d[\d ]*(?:,\d+)? ?(?:€|euros?)"),
        _FORMULA,
        re.compile(
            r"article \d+(?:\.\d+)* du (?:ccag|c\.c\.a\.g|cctp|ccap)|derog|conformement a l'article|prevues? (?:au|dans)"
        ),
        re.compile(r"plafon|exoner|sans mise en demeure"),
    ),
    never=re.compile(
        r"travail dissimule|l\.? ?8222|interets moratoires|retard de paiement|cnil|penalites? de toute nature|fautes d'orthographe|revision|"
        r"montant des penalites,? est deduit"
    ),
    not_in=frozenset(("avis", "BPU", "DQE")),
)


def penalties_of(view: View) -> Fact | None:
    """What a day of delay costs, in the contract's words."""
    found = clause(view, _LATE)
    if (
        view.piece not in _LATE.not_in
        and (rows := _rows(view))
        and not (found and any(_EACH_TIME.search(span.of(view.folded)) for span in found.spans))
    ):
        told = found.spans if found else ()
        kept = tuple(one for one in told if not any(one.overlaps(row) for row in rows))
        value = " ; ".join((*(view.row(row) for row in rows), *(view.words(one) for one in kept)))
        return Fact(value, (*rows, *kept))
    if found is None:
        return None
    text = " ".join(span.of(view.folded) for span in found.spans)
    if not ("penalit" in text or "retard" in text or (_SUM.search(text) and _EACH_TIME.search(text))):
        return None
    if "penalit" not in text and not _COSTS.search(text):
        return None
    return Fact(found.value, found.spans, _normal(text))


_SUM = re.compile(r"\d ?(?:€|euros?\b|eur\b|%|‰)|/ ?\d{3}")
_EACH_TIME = re.compile(r"(?:/|par) ?(?:tranche de )?(?:\d+ ?)?(?:j\b|jours?|heures?|h\b|semaines?)")
_TITLE_OF_A_COLUMN = re.compile(r"penalit|retenue|\bretards?\b")
_MOST_ROWS = 8


def _rows(view: View) -> tuple[Span, ...]:
    """The rows of a table of what delays cost: one of its columns, or its clause, is called after penalties, and a time or its head gives the pace."""
    named = [
        line
        for line in view.lines_with("penalit", "retenue", "retard")
        if _TITLE_OF_A_COLUMN.search(line.of(view.folded))
    ]
    titled = [one.span for section in view.titled(_LATE.title) for one in view.within(section)[:1]]
    for head in (*named, *titled):
        words = head.of(view.folded)
        clause_of_head = view.sentence_at(head.start)
        if (
            "|" not in words
            or _SUM.search(words)
            or (clause_of_head and "garantie" in clause_of_head.section.title)
        ):
            continue
        rows = [row for row in _below(view, head.end) if _SUM.search(row.of(view.folded))]
        if rows and any(_EACH_TIME.search(line.of(view.folded)) for line in (head, *rows)):
            return tuple(rows[:_MOST_ROWS])
    return ()


def _below(view: View, at: int) -> Iterator[Span]:
    """The lines with bars that follow a place."""
    while (end := view.folded.find("\n", at + 1)) >= 0 and "|" in view.folded[at + 1 : end]:
        yield Span(at + 1, end)
        at = end


def _normal(text: str) -> tuple[str, ...]:
    """The price of a day of delay, or the divisor of the formula, where there is just one."""
    daily = {
        amount.normal
        for amount in amounts(text)
        if re.match(r"[^.;]{0,45}par jour", text[amount.end : amount.end + 60])
    }
    daily |= {
        amount.normal
        for amount in amounts(text)
        if re.search(r"par jour (?:calendaire |ouvre )?de retard[^.;\d]{0,90}$", text[: amount.start])
    }
    divisors = {
        re.sub(r"\D", "", match.group(1))
        for match in re.finditer(r"(?:r ?\)? ?/|1 ?/|/) ?(\d{1,2} ?000|\d{3,4})\b", text)
    }
    found = {f"{one} € par jour" for one in daily} | {f"1/{one}" for one in divisors}
    return tuple(found) if len(found) == 1 else ()
