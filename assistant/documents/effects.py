"""From which day an amendment holds: as its own clause says, else its notification, else its signature."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant import sentences
from assistant.datatypes import Document, Span
from assistant.documents import words
from assistant.documents.amendments import Change, Effect
from assistant.french.dates import moments
from assistant.french.folding import fold
from assistant.summaries.values import extract

# A day stands at most so far after the words that say what it is.
_NEAR = 90
_ARTICLE = re.compile(r"\barticles? (?P<number>\d{1,2})")
_AT_NOTIFICATION = re.compile(r"notifi|recept|recue")
_AT_SIGNATURE = re.compile(r"signature|signe")
_FROM = re.compile(r"(?:a (?:compter|partir) du|des le)\W*$")


def effect_of(document: Document) -> Effect | None:
    """The day of the whole document; None where none is written."""
    folded = fold(document.text)
    spans = sentences.split(document.text)
    clause = [span for span in spans if _says_effect(span.of(folded))]
    notified, signed = _last(document, folded, spans, "notified"), _last(document, folded, spans, "signed")
    for span in clause:
        text = span.of(folded)
        if _of_a_part(text):
            continue
        if day := _day_after(text, "effect"):
            return Effect(day, "date d'effet", extract(document, span))
        if _AT_SIGNATURE.search(text) and signed and not (_AT_NOTIFICATION.search(text) and notified):
            return signed
    return notified or signed


def with_own(changes: Sequence[Change], document: Document) -> tuple[Change, ...]:
    """The changes, those with a day of their own in a clause of effect with it: « L'article 3 prend effet le … », « Le nouveau maximum s'applique … »."""
    folded = fold(document.text)
    own = [(span, day) for span in sentences.split(document.text) if _says_effect(text := span.of(folded)) and _of_a_part(text) and (day := _day_after(text, "effect"))]
    return tuple(_dated(change, own, document, folded) for change in changes)


def _dated(change: Change, own: Sequence[tuple[Span, date]], document: Document, folded: str) -> Change:
    for span, day in own:
        if change.effect is None and _speaks_of(span.of(folded), change, document, folded):
            return replace(change, effect=Effect(day, "date d'effet", extract(document, span)))
    return change


def _speaks_of(text: str, change: Change, document: Document, folded: str) -> bool:
    if article := _ARTICLE.search(text):
        above = list(re.finditer(r"(?:^|\n)\W*article (\d{1,2})", folded[: change.extract.start + 12]))
        return bool(above) and above[-1][1] == article["number"]
    return any(field.name == change.field and field.named_in(text) for field in words.amended_fields())


def _says_effect(text: str) -> bool:
    return words.amendment("dates", "effect").search(text) is not None


def _of_a_part(text: str) -> bool:
    """Whether a clause of effect is of an article or a field alone, not of the amendment."""
    effect = words.amendment("dates", "effect").search(text)
    subject = text[: effect.start()] if effect else ""
    named = any(field.named_in(subject) for field in words.amended_fields()) or _ARTICLE.search(subject) is not None
    return named and words.amendment("dates", "general").search(subject) is None


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


def _last(document: Document, folded: str, spans: Sequence[Span], name: str) -> Effect | None:
    """The last day of notification or of signature; those of the contract itself are none."""
    found = list(_days(document, folded, spans, name))
    return max(found, key=lambda one: one.day) if found else None


def _days(document: Document, folded: str, spans: Sequence[Span], name: str) -> Iterator[Effect]:
    for span in spans:
        text = span.of(folded)
        if words.amendment("dates", "of_the_market").search(text) or (_says_effect(text) and name == "signed"):
            continue
        if name == "signed" and not _is_signature(text):
            continue
        if day := _day_after(text, name):
            yield Effect(day, "notification" if name == "notified" else "signature", extract(document, span))


def _is_signature(text: str) -> bool:
    """A line that dates a signature: « Fait à …, le … », « Signé le … », « Paris, le … »."""
    return len(text) < 160 and re.search(r"\bfait (?:a|en|le)\b|\bsign|^\W*(?:a )?[a-z][a-z' -]{1,40},? le\b|^\W*(?:date|le)\b", text) is not None
