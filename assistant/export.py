"""Results into what programs and people read: the JSON of the command line's contract, and Markdown."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from assistant.datatypes import Answer, Claim, Document, Hit, Kind, Passage, Position, Quote, Source, Status, Verdict

_POSITIONS = {
    Position.POSSIBLE: "Possible",
    Position.CONDITIONAL: "Possible sous conditions",
    Position.FORBIDDEN: "Interdit",
    Position.INFORMATION: "Information",
    Position.NOT_IN_FORCE: "Texte qui n'est pas en vigueur",
    Position.OUT_OF_SCOPE: "Hors du corpus : pas de réponse",
}
_MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]


def position_line(position: Position, about: str | None, as_of: date) -> str:
    """Position, what it is taken on, and day of the law, in Markdown; ``about`` as it may stand there."""
    return f"**{position_label(position)}**{f' : {about}' if about else ''} — droit au {french_date(as_of)}"


def position_label(position: Position) -> str:
    """The position in a reader's words."""
    return _POSITIONS[position]


def french_date(day: date) -> str:
    """``2026-08-22`` → ``22 août 2026``; the first of a month is ``1er``."""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


def validity(passage: Passage) -> str:
    """The period in force of a dated passage, or an empty text."""
    if passage.valid_from and passage.valid_to:
        return f"en vigueur du {french_date(passage.valid_from)} au {french_date(passage.valid_to)} (exclu)"
    if passage.valid_from:
        return f"en vigueur depuis le {french_date(passage.valid_from)}"
    if passage.valid_to:
        return f"en vigueur jusqu'au {french_date(passage.valid_to)} (exclu)"
    return ""


def place(source: Source, passage: Passage) -> str:
    """Where a passage stands, in a reader's words: article, pages, period in force."""
    sheet = "Fiche : " if source.kind is Kind.SHEET else ""
    parts = [f"{passage.work}, art. {passage.article}" if passage.article else f"{sheet}{source.title}"]
    if not passage.article and passage.headings and passage.headings[-1] != source.title:
        parts.append(passage.headings[-1])
    if passage.pages:
        first, last = passage.pages
        parts.append(f"p. {first}" if first == last else f"p. {first}-{last}")
    parts.append(validity(passage))
    return ", ".join(part for part in parts if part)


def source_json(source: Source) -> dict[str, Any]:
    """The source of a hit or a quote."""
    return {"id": source.id, "title": source.title, "kind": source.kind.value, "collection": source.collection}


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit of ``search``."""
    passage = hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "found_by": [channel.value for channel in hit.found_by],
        "source": source_json(hit.source),
        **_passage_json(passage),
        "headings": list(passage.headings),
        "text": passage.text,
        "start": passage.span.start,
        "end": passage.span.end,
    }


def _passage_json(passage: Passage) -> dict[str, Any]:
    return {
        "work": passage.work,
        "article": passage.article,
        "pages": list(passage.pages) if passage.pages else None,
        "valid_from": passage.valid_from.isoformat() if passage.valid_from else None,
        "valid_to": passage.valid_to.isoformat() if passage.valid_to else None,
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer of ``ask``."""
    timings = answer.timings
    return {
        "question": answer.question,
        "as_of": answer.as_of.isoformat(),
        "position": answer.position.value,
        "about": answer.about,
        "status": answer.status.value,
        "claims": [claim_json(claim) for claim in answer.claims],
        "risk": {"level": answer.risk.level, "reasons": list(answer.risk.reasons), "appeals": list(answer.risk.appeals)},
        "fallbacks": list(answer.fallbacks),
        "problems": [{"code": problem.code, "message": problem.message} for problem in answer.problems],
        "model": answer.model,
        "seconds": {
            "search": round(timings.search, 4),
            "first_extract": None if timings.first_extract is None else round(timings.first_extract, 4),
            "first_claim": None if timings.first_claim is None else round(timings.first_claim, 4),
            "total": round(timings.total, 4),
        },
    }


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim of an answer, with its quotes."""
    return {"text": claim.text, "verdict": claim.verdict.value, "evidence": [_quote_json(quote) for quote in claim.quotes]}


def _quote_json(quote: Quote) -> dict[str, Any]:
    return {
        "marker": quote.marker,
        "source": source_json(quote.source),
        **_passage_json(quote.passage),
        "quote": quote.text,
        "start": quote.span.start,
        "end": quote.span.end,
    }


def document_json(document: Document) -> dict[str, Any]:
    """A document of ``show``: the text that every quote's offsets count in."""
    return {
        "source": source_json(document.source) | {"sha256": document.source.sha256, "origin": document.source.origin, "media_type": document.source.media_type},
        "text": document.text,
        "pages": [{"number": page.number, "start": page.span.start, "end": page.span.end, "has_text": page.has_text} for page in document.pages],
        "headings": headings_json(document)["headings"],
        "problems": [{"code": problem.code, "message": problem.message} for problem in document.problems],
    }


def headings_json(document: Document) -> dict[str, Any]:
    """The headings of a document, as ``headings`` prints them."""
    return {
        "file": document.source.origin.rpartition("/")[2],
        "headings": [
            {"number": heading.number, "title": heading.title, "page": (document.pages_of(heading.span) or (None,))[0]} for heading in document.headings
        ],
    }


def unmarked(text: str) -> str:
    """``text`` as Markdown that shows its very characters: nothing in it is a link, an image, a tag or emphasis."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~&$:@])", r"\\\1", text)


def answer_markdown(answer: Answer, shown: Callable[[str], str] = str) -> str:
    """An answer as Markdown: position, what the texts allow to say with the exact quotes, what to write instead, doubts.

    Args:
        answer: the answer.
        shown: how text of documents and models is put into Markdown (``unmarked`` where a browser renders it).
    """
    lines = [position_line(answer.position, answer.about and shown(answer.about), answer.as_of), ""]
    numbered = list(enumerate(answer.claims, 1))
    for number, claim in ((number, claim) for number, claim in numbered if not _is_extract(claim)):
        lines += [*claim_markdown(number, claim, shown), ""]
    extracts = [claim_markdown(number, claim, shown) for number, claim in numbered if _is_extract(claim)]
    if extracts:
        lines += ["**Textes les plus proches**", "", *(line for extract in extracts for line in (*extract, ""))]
    if answer.risk.level:
        lines += [f"**Risque contentieux : {answer.risk.level}**", "", *(f"- {shown(reason)}" for reason in (*answer.risk.reasons, *answer.risk.appeals)), ""]
    if answer.fallbacks:
        title = "Que faire" if answer.status is Status.INSUFFICIENT else "Ce que vous pouvez écrire"
        lines += [f"**{title}**", "", *(f"- {shown(fallback)}" for fallback in answer.fallbacks), ""]
    if answer.problems:
        lines += ["**À savoir**", "", *(f"- {shown(problem.message)}" for problem in answer.problems), ""]
    return "\n".join(lines).rstrip() + "\n"


def _is_extract(claim: Claim) -> bool:
    """Whether a claim is only the words of rules, as they were found: nobody said that they answer the question."""
    return bool(claim.quotes) and all(_flat(quote.text) in claim.text and not quote.marker.startswith("F") for quote in claim.quotes)


def claim_markdown(number: int, claim: Claim, shown: Callable[[str], str] = str) -> list[str]:
    """One numbered claim with its quotes, as lines; a claim that is itself a quote gives only where it stands."""
    doubt = "" if claim.verdict is Verdict.VERIFIED else " *(non vérifié)*"
    lines = [f"{number}. {shown(claim.text)}{doubt}"]
    for quote in claim.quotes:
        where = shown(f"{place(quote.source, quote.passage)} [{quote.marker}]")
        words = _flat(quote.text)
        lines.append(f"   > {where}" if words in claim.text else f"   > « {shown(words)} » — {where}")
    return lines


def _flat(text: str) -> str:
    return " ".join(text.split())
