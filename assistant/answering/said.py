"""What a case says: its first sentence in the form that was asked for, then its statements, each with the words of the rules it rests on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from assistant.answering import words
from assistant.answering.asked import Asked
from assistant.answering.choice import Weighed
from assistant.answering.hard_rules import CAUTION, more_cautious
from assistant.answering.quoting import Quoting
from assistant.datatypes import Claim, Passage, Position, Quote, Source, Span
from assistant.figures import Judged
from assistant.french.dates import moments
from assistant.french.folding import fold_words
from assistant.protocols import EmbeddingModel, Vectors
from assistant.sheets import Case, Form, LegalSheet, Statement

# A first sentence and three more: an answer is read in one glance.
MOST_STATEMENTS = 3
# Articles named after the first sentence; the others stand with the quotes.
MOST_RULES = 3
# A statement that has this share of its words from what is told already is left out, or comes after the others. Of 240 pairs of a first sentence and a
# statement, read by a jurist: 30 of 31 from the first share on tell nothing more, 44 of 76 from the second on (10 tell another thing).
_REPEATS, _NEARLY_REPEATS = 0.6, 0.45
_ACCEPTS, _REFUSES, _DECLINES = map(words.pattern, ("act.accepts", "act.refuses", "act.declines"))
_OF_AN_ACT = (Form.LEAVE, Form.FORBIDDEN)
_YES_TO_REFUSE = re.compile(rf"oui\W+(?:(?:l'|la |le )\W*)?(?:{_REFUSES.pattern})")
_BUYERS = words.patterns("buyer")
# A question that names a year is answered for it; a statement that names one is not of the years before.
A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# « Oui : … » is leave; « Oui, si … » is leave under a condition.
_REJECT_POSITIONS = (("Non", Position.FORBIDDEN), ("Oui :", Position.POSSIBLE), ("Oui", Position.CONDITIONAL))
# What a case that only informs tells who asks leave.
_LEAVE_POSITIONS = (
    *_REJECT_POSITIONS[1:],
    ("En principe non", Position.CONDITIONAL),
    ("Non, en principe", Position.CONDITIONAL),
)


def answered(form: Form, case: Case, folded: str) -> tuple[Form, Position]:
    """The form in which a case answers a folded question of that form, and its position there.

    « Peut-on l'écarter ? » must not be answered « Oui, si elle prouve autrement … »: where the case does not speak of rejecting, its « Oui » is not said.
    Nor is « Oui, c'est interdit » said of retaining a bidder by the case that forbids to exclude one, or « Oui, l'exclusion s'impose » by one that permits it.
    """
    if (
        form in _OF_AN_ACT
        and _keeps(folded)
        and (_refuses(case) if case.position is Position.FORBIDDEN else _permits_to_refuse(case))
    ):
        return (
            Form.OTHER,
            Position.CONDITIONAL if case.position is Position.CONDITIONAL else Position.INFORMATION,
        )
    if form is Form.LEAVE and case.position is Position.INFORMATION:
        return form, _told(case.opening(form), _LEAVE_POSITIONS) or case.position
    if form is not Form.REJECT:
        return form, case.position
    if (own := case.first.get(form)) is not None:
        told = _told(own, _REJECT_POSITIONS)
        return form, told if told and case.position in CAUTION else case.position
    if _refuses(case) or _is_of_refusing(case):
        return Form.LEAVE, case.position
    admits = case.position in (Position.POSSIBLE, Position.CONDITIONAL)
    return Form.OTHER, Position.INFORMATION if admits else case.position


def _keeps(folded: str) -> bool:
    """Whether a folded question asks about taking or keeping somebody, or what he offers, before it speaks of rejecting."""
    accepted, refused = _ACCEPTS.search(folded), _REFUSES.search(folded)
    return accepted is not None and (refused is None or accepted.start() < refused.start())


def _refuses(case: Case) -> bool:
    """Whether a case speaks of rejecting."""
    return _REFUSES.search(fold_words(f"{case.opening(Form.LEAVE).text} {case.when}")) is not None


def _is_of_refusing(case: Case) -> bool:
    """Whether what a case permits or forbids is to refuse: « Non : exclure … est permis, après avoir entendu l'entreprise »."""
    _, _, act = fold_words(case.opening(Form.FORBIDDEN).text).partition(":")
    return _REFUSES.match(act.strip()) is not None


def _permits_to_refuse(case: Case) -> bool:
    """Whether what a case permits is to refuse: « Oui, l'exclusion s'impose en liquidation »."""
    return _YES_TO_REFUSE.match(fold_words(case.opening(Form.LEAVE).text)) is not None


def _told(first: Statement, positions: Sequence[tuple[str, Position]]) -> Position | None:
    return next((position for opens, position in positions if first.text.startswith(opens)), None)


def claims(
    asked: Asked,
    day: date,
    source: Source,
    sheet: LegalSheet,
    case: Case,
    quoting: Quoting,
    embedding: EmbeddingModel,
    prefix: str,
    most: int = MOST_STATEMENTS,
    told: str = "",
) -> Iterator[Claim]:
    """The claims of a case, the first sentence first; where a fact is asked for, the nearest statement after it. What was ``told`` is not said again.

    Of 260 messages that ask for a fact, read by three jurists with the sentences of their case in an order drawn, the first sentence answered wholly 207 (of
    the 216 that any did), the nearest statement 141.
    """
    opening = case.opening(asked.form)
    of_then = [one for one in case.statements if not _came_later(one.text, day, sheet.verified_on)]
    statements = _new(of_then, f"{told} {opening.text}", asked, quoting)
    if asked.fact and statements:
        scores = nearness(asked.text, [statement.text for statement in statements], embedding)
        statements.insert(0, statements.pop(int(np.argmax(scores))))
    order = [opening, *statements[:most]]
    if told and quoting.repeated(opening.text, told) >= _REPEATS:
        order = statements[: most + 1] or [opening]
    for number, statement in enumerate(order, 1):
        claim = _claim(statement, day, source, sheet, quoting, f"{prefix}.{number}")
        yield replace(claim, text=with_rules(statement)) if statement is opening else claim


def _came_later(text: str, day: date, written: date) -> bool:
    """Whether a statement names a day, or a year, that was still to come on the day that is asked about, and was past when the sheet was written."""
    folded = fold_words(text)
    years = [int(year.group()) for year in A_YEAR.finditer(folded)]
    return any(day < moment.day <= written for moment in moments(folded)) or any(
        day.year < year <= written.year for year in years
    )


def _new(statements: Sequence[Statement], told: str, asked: Asked, quoting: Quoting) -> list[Statement]:
    """Those that say more than what was told; the ones that hardly do, or are of another kind of buyer than who asks, after the others."""
    buyer = _buyers(asked.folded)

    def is_last(share: float, one: Statement) -> bool:
        of = _buyers(fold_words(one.text)) if buyer else buyer
        return share >= _NEARLY_REPEATS or bool(of and not of & buyer)

    shares = [(quoting.repeated(one.text, told), one) for one in statements]
    kept = [(share, one) for share, one in shares if share < _REPEATS]
    return [one for _, one in sorted(kept, key=lambda each: is_last(*each))]


def _buyers(folded: str) -> frozenset[int]:
    """The kinds of buyers that a folded text names, by their places."""
    return frozenset(place for place, kind in enumerate(_BUYERS) if kind.search(folded))


def limited(judged: Judged, asked: Asked, position: Position, is_open: bool) -> Position:
    """The position once what a question counts is held to a limit: that of its side, where leave is asked for, or leave to refuse; none where neither is.

    What lies outside never makes it less cautious; what lies inside does not lift what the case forbids, unless the limit is that very case's.
    """
    side = judged.side.position
    if asked.form is Form.REJECT or _DECLINES.search(asked.folded):
        return judged.side.refuse or position
    if asked.form is Form.COMPULSORY or is_open:
        return Position.INFORMATION
    if not judged.is_inside or (position is Position.FORBIDDEN and not judged.is_of_one_case):
        return more_cautious(position, side)
    return side


def on_its_side(case: Case, judged: Judged, sheet: LegalSheet, weighed: Sequence[Weighed]) -> Case:
    """The case that says what to do on the side of a limit where the question lies: itself, or the likeliest other of its cases where one forbids.

    « 12 % en travaux » passes: what to do beyond 15 % is not for it.
    """
    forbids = judged.side.position is Position.FORBIDDEN
    if (case.position is Position.FORBIDDEN) is forbids:
        return case
    others = (one.case for one in weighed if f"{sheet.id}/{one.case.id}" in judged.figure.cases)
    return next((one for one in others if (one.position is Position.FORBIDDEN) is forbids), case)


def conclusion(
    judged: Judged, day: date, source: Source, sheet: LegalSheet, case: Case, quoting: Quoting, marker: str
) -> Claim:
    """What a question counts held to a limit, with the article that sets it, and the case's own sentence."""
    quotes = quoting.under(judged.text, (judged.figure.target,), day, marker)
    text = f"{judged.text.removesuffix('.')} ({judged.figure.article})."
    return Claim(text, (*quotes, sheet_quote(source, sheet, case.opening(Form.OTHER), marker)))


def with_rules(statement: Statement) -> str:
    """A first sentence with the articles that it rests on: what a jurist looks for beside a position."""
    rules = [f"{rule.work} {rule.article}" for rule in statement.rests_on[:MOST_RULES]]
    return f"{statement.text} ({' ; '.join(rules)})" if rules else statement.text


def nearness(text: str, said: Sequence[str], embedding: EmbeddingModel) -> Vectors:
    """Cosine of ``text`` with each of ``said``: (n,) float32."""
    cosines: Vectors = embedding.embed_passages(list(said)) @ embedding.embed_queries([text])[0]
    return cosines


def depends(
    conditions: Sequence[tuple[Case, Statement]],
    day: date,
    source: Source,
    sheet: LegalSheet,
    quoting: Quoting,
    prefix: str,
) -> Iterator[Claim]:
    """Two cases that are as near: under which condition each one's first sentence holds."""
    for number, (case, statement) in enumerate(conditions, 1):
        claim = _claim(statement, day, source, sheet, quoting, f"{prefix}.{number}")
        opening = "Cela dépend. " if number == 1 else ""
        yield Claim(f"{opening}{_condition(case)} : {_lowered(with_rules(statement))}", claim.quotes)


def _condition(case: Case) -> str:
    """The condition of a case as it opens a sentence: « on veut noter l'origine » is « Si l'on veut noter l'origine »."""
    when = f"l'{case.when}" if case.when.startswith("on ") else case.when
    return f"Si {when}" if when.startswith(("l'on ", "vous ")) else when[:1].upper() + when[1:]


def _claim(
    statement: Statement, day: date, source: Source, sheet: LegalSheet, quoting: Quoting, marker: str
) -> Claim:
    return Claim(
        statement.text,
        (
            *quoting.under(statement.text, statement.rests_on, day, marker),
            sheet_quote(source, sheet, statement, marker),
        ),
    )


def listed(sheet: LegalSheet, text: str) -> tuple[Statement, ...]:
    """A line of a list of the sheet (what to write, a risk) as a statement, with where it stands; none where it stands nowhere."""
    start = sheet.text.find(f"- {text}\n")
    return (Statement(text, Span(start + 2, start + 2 + len(text))),) if start >= 0 else ()


def sheet_quote(source: Source, sheet: LegalSheet, statement: Statement, marker: str) -> Quote:
    """The sentence as the sheet's own text has it."""
    passage = Passage(source.id, statement.span, statement.text, headings=(sheet.title,))
    return Quote(marker, source, passage, statement.span, statement.text)


def _lowered(text: str) -> str:
    """``text`` as it follows a colon: its first letter small, unless its first word is a name or an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if first[1:] != first[1:].lower() or not first[:1].isalpha() else text[:1].lower() + text[1:]
