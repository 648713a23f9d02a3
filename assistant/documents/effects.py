"""From which day an amendment holds: as its own clause says, else its notification, else its signature."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant import sentences
from assistant.datatypes import Document, Span
from assistant.documents import words
from assistant.documents.amendments import Change, Effect
from assistant.documents.parts import quotations
from assistant.french.dates import moments, months_later
from assistant.french.folding import fold
from assistant.summaries.fields.summary import extract

# A day stands at most so far after the words that say what it is.
_NEAR = 90
# Longer than this, a line dates no signature.
_LONGEST_SIGNATURE = 160
_ARTICLES = re.compile(r"\barticles? (?P<numbers>\d{1,2}(?:(?:, | et )\d{1,2})*)")
_AT_NOTIFICATION = re.compile(r"notifi|recept|recue")
_AT_SIGNATURE = re.compile(r"signature|signe")
_FROM = re.compile(r"(?:a (?:compter|partir) du|des le)\W*$")
_SIGNED = re.compile(r"\bfait (?:a|en|le)\b|\bsign|^\W*(?:a )?[a-z][a-z' -]{1,40},? le\b|^\W*(?:date|le)\b")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that says when something takes effect: its folded words, and where they stand."""

    text: str
    span: Span

    @property
    def subject(self) -> str:
        """What it says takes effect."""
        effect = words.amendment("dates", "effect").search(self.text)
        return self.text[: effect.start()] if effect else ""

    @property
    def of_a_part(self) -> bool:
        """Whether it is of an article or a field alone, not of the amendment."""
        named = _ARTICLES.search(self.subject) is not None or any(
            field.named_in(self.subject) for field in words.amended_fields()
        )
        return named and words.amendment("dates", "general").search(_without_heading(self.subject)) is None


def effect_of(document: Document) -> Effect | None:
    """The day of the whole document; None where none is written."""
    folded = _without_quotations(document.text)
    notified, signed = _last(document, folded, "notified"), _last(document, folded, "signed")
    whole = [one for one in _clauses(document, folded) if not one.of_a_part]
    for kind in ("general", "weak", ""):
        for clause in (one for one in whole if _is_of(one, kind)):
            if day := _day_after(clause.text, "effect"):
                return Effect(day, "date d'effet", extract(document, clause.span))
            if _AT_NOTIFICATION.search(clause.text):
                return notified
            if _AT_SIGNATURE.search(clause.text):
                return signed
    return notified or signed


def with_own(changes: Sequence[Change], document: Document) -> tuple[Change, ...]:
    """The changes, those with a day of their own in a clause of effect with it: « L'article 3 prend effet le … », « Le nouveau maximum s'applique … »."""
    folded = _without_quotations(document.text)
    own = [
        (one, day)
        for one in _clauses(document, folded)
        if one.of_a_part and (day := _day_after(one.text, "effect"))
    ]
    notified = _last(document, folded, "notified")
    return tuple(_next_month(_dated(change, own, document), notified) for change in changes)


def told_of(number: int, document: Document) -> Effect | None:
    """The day that a document gives an earlier amendment: « modifié par l'avenant n° 1 notifié le 4 avril 2025 »."""
    folded = fold(document.text)
    for match in re.finditer(
        rf"\bavenant n ?[°o]? ?{number}\b[^.;\n]{{0,20}}?\b(?P<how>notifie|signe|conclu|en date|du)\b", folded
    ):
        days = moments(folded[match.end() : match.end() + 30])
        if days:
            why = "signature" if match["how"] in ("signe", "conclu") else "notification"
            return Effect(days[0].day, why, extract(document, Span(match.start(), match.end() + days[0].end)))
    return None


def _without_quotations(text: str) -> str:
    """Folded, with what is quoted blanked out: the new words of a clause speak of the contract's own days."""
    folded = fold(text)
    for span, _ in quotations(text):
        folded = f"{folded[: span.start]}{' ' * len(span)}{folded[span.end :]}"
    return folded


def _clauses(document: Document, folded: str) -> Iterator[_Clause]:
    """The clauses of effect; what follows « sauf » is one of its own."""
    for span in sentences.split(document.text):
        text = span.of(folded)
        if not words.amendment("dates", "effect").search(text):
            continue
        but = words.amendment("dates", "except").search(text)
        for start, end in ((0, but.start()), (but.end(), len(text))) if but else ((0, len(text)),):
            if words.amendment("dates", "effect").search(text[start:end]):
                yield _Clause(text[start:end], span)


def _is_of(clause: _Clause, kind: str) -> bool:
    subject = _without_heading(clause.subject)
    return (
        words.amendment("dates", kind).search(subject) is not None
        if kind
        else not re.search(r"[a-z]{3}", subject)
    )


def _without_heading(subject: str) -> str:
    """Without the number of the amendment's own article at its beginning, or its title: « Article 4 – Prise d'effet. »."""
    return re.sub(r"^\W*(?:article|art)\.? ?\w+\W*", "", subject)


def _dated(change: Change, own: Sequence[tuple[_Clause, date]], document: Document) -> Change:
    for clause, day in own:
        if change.effect is None and _speaks_of(clause, change):
            return replace(change, effect=Effect(day, "date d'effet", extract(document, clause.span)))
    return change


def _speaks_of(clause: _Clause, change: Change) -> bool:
    if articles := _ARTICLES.search(_without_heading(clause.subject)):
        return change.within in re.findall(r"\d+", articles["numbers"])
    return any(
        field.name == change.field and field.named_in(clause.subject) for field in words.amended_fields()
    )


def _next_month(change: Change, notified: Effect | None) -> Change:
    """« À compter du premier jour du mois suivant la notification »."""
    if notified is None or not words.amendment("dates", "next_month").search(fold(change.extract.text)):
        return change
    return replace(
        change, effect=Effect(months_later(notified.day.replace(day=1), 1), "date d'effet", change.extract)
    )


def _day_after(text: str, name: str) -> date | None:
    """The first day after words of that name, near them; or just before them: « À compter du 1er mars, le présent avenant s'applique »."""
    days = moments(text)
    for match in words.amendment("dates", name).finditer(text):
        after = [moment.day for moment in days if 0 <= moment.start - match.end() <= _NEAR]
        if after:
            return after[0]
    if name == "effect":
        return next((moment.day for moment in days if _FROM.search(text[: moment.start])), None)
    return None


def _last(document: Document, folded: str, name: str) -> Effect | None:
    """The last day of notification or of signature; those of the contract itself are none."""
    found = list(_days(document, folded, name))
    return max(found, key=lambda one: one.day) if found else None


def _days(document: Document, folded: str, name: str) -> Iterator[Effect]:
    for span in sentences.split(document.text):
        text = span.of(folded)
        if words.amendment("dates", "of_the_market").search(text) or words.amendment(
            "dates", "effect"
        ).search(text):
            continue
        if name == "signed" and (len(text) > _LONGEST_SIGNATURE or not _SIGNED.search(text)):
            continue
        if name == "notified" and re.search(r"\bavenant n ?[°o]? ?\d", text):
            continue
        if day := _day_after(text, name):
            yield Effect(day, "notification" if name == "notified" else "signature", extract(document, span))
