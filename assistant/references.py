"""French legal references: found in a text with their offsets, and normalised so that two ways of writing one article meet.

``L. 2112-4``, ``L2112-4``, ``article L.2112‑4`` all become ``L2112-4``; ``la loi SREN`` becomes ``LOI 2024-449``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.datatypes import Span

_HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
_SPACES = " \u00a0\u202f\u2009"

# An article of a code: letter, optional star and point, digits groups joined by hyphens. "L1" to "L6" open the Code de la commande publique.
# A letter A and one or two digits is a size of paper ("A4", "A3"), a D and three at most a road ("le pont de la D12"), not an article.
_CODE_ARTICLE = re.compile(
    rf"\b([LRDA])(?!(?<=[AD])[.{_SPACES}]?\d{{1,3}}(?![{_HYPHENS}]?\d))\*?[.{_SPACES}]{{0,3}}(\d{{1,4}}(?:[{_HYPHENS}]\d{{1,3}})*)\b(?![,.]\d)"
)
# A number after the word "article": a law's or a regulation's. A lone one or two digit number needs the word to be a reference at all.
_PLAIN_ARTICLE = re.compile(
    rf"\bart(?:icles?|\.)?[{_SPACES}]{{0,2}}(?:n°[{_SPACES}]?)?(\d{{1,4}}(?:[.{_HYPHENS}]\d{{1,3}})*(?:[{_SPACES}](?:bis|ter|quater))?(?:\.[a-z]\b)?)",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    rf"\b(?:exigences?|chapitres?|chap\.|§|point)[{_SPACES}]{{0,2}}(\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?:[. ]?[a-z]\b\)?)?)",
    re.IGNORECASE,
)
_BARE_CHAPTER = re.compile(
    r"(?<![\d.,])(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?:\.[a-z]|\s[a-z]\b(?=\W|$))?)(?![\d,%€])"
)

# Works by their short name. The pattern is matched without regard to case and accents.
WORKS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (name, title, re.compile(pattern, re.IGNORECASE))
    for name, title, pattern in (
        ("CCP", "Code de la commande publique", r"\bCCP\b|code de la commande publique"),
        ("LOI 2024-449", "Loi n° 2024-449 du 21 mai 2024 (SREN)", r"\bSREN\b|loi (?:n[°o] ?)?2024[-‑]449"),
        (
            "LOI 2016-1321",
            "Loi n° 2016-1321 du 7 octobre 2016 pour une République numérique",
            r"r[ée]publique num[ée]rique|loi lemaire|(?:loi|LRN) (?:n[°o] ?)?2016[-‑]1321",
        ),
        (
            "LOI 68-678",
            "Loi n° 68-678 du 26 juillet 1968 (loi de blocage)",
            r"loi de blocage|loi (?:n[°o] ?)?68[-‑]678",
        ),
        (
            "LOI 75-1334",
            "Loi n° 75-1334 du 31 décembre 1975 relative à la sous-traitance",
            r"loi (?:n[°o] ?)?75[-‑]1334",
        ),
        (
            "LOI 78-17",
            "Loi n° 78-17 du 6 janvier 1978 (informatique et libertés)",
            r"informatique et libert[ée]s|loi (?:n[°o] ?)?78[-‑]17",
        ),
        (
            "SecNumCloud 3.2",
            "Référentiel SecNumCloud, version 3.2 (ANSSI)",
            r"\bsec ?num ?cloud\b(?: ?(?:version |v)?3\.2)?",
        ),
        ("RGPD", "Règlement (UE) 2016/679 (RGPD)", r"\bRGPD\b|\bGDPR\b|r[èe]glement \(UE\) 2016/679"),
        (
            "Data Act",
            "Règlement (UE) 2023/2854 (Data Act)",
            r"\bdata ?act\b|r[èe]glement sur les donn[ée]es\b|2023/2854",
        ),
        ("CCAG-TIC", "CCAG Techniques de l'information et de la communication", r"\bCCAG[- ]?TIC\b"),
        (
            "EU CSF",
            "Cloud Sovereignty Framework (Commission européenne)",
            r"cloud sovereignty framework|cadre europ[ée]en de souverainet[ée]",
        ),
        ("CJA", "Code de justice administrative", r"\bCJA\b|code de justice administrative"),
        (
            "CRPA",
            "Code des relations entre le public et l'administration",
            r"\bCRPA\b|code des relations entre le public",
        ),
        (
            "CGCT",
            "Code général des collectivités territoriales",
            r"\bCGCT\b|code g[ée]n[ée]ral des collectivit[ée]s",
        ),
        ("Code pénal", "Code pénal", r"\bcode p[ée]nal\b"),
        ("Code du travail", "Code du travail", r"\bcode du travail\b"),
        ("Code de commerce", "Code de commerce", r"\bcode de commerce\b|\bC\. com\."),
        ("CSP", "Code de la santé publique", r"\bCSP\b|code de la sant[ée] publique"),
    )
)
_NUMBERED_LAW = re.compile(
    rf"\bloi[{_SPACES}]+(?:organique[{_SPACES}]+)?(?:n[°o][{_SPACES}]?)?(\d{{2,4}}[{_HYPHENS}]\d{{1,4}})\b",
    re.IGNORECASE,
)
_DECREE = re.compile(
    rf"\bd[ée]cret[{_SPACES}]+(?:n[°o][{_SPACES}]?)?(\d{{2,4}}[{_HYPHENS}]\d{{1,4}})\b", re.IGNORECASE
)

# Court decisions: "CE, 12 mars 2024, … n° 478912", "CAA Paris …", "CJUE, C-652/22".
_DECISION = re.compile(
    r"\b(?P<court>CE|Conseil d['’][ÉEée]tat|CAA|TA|CJUE|CJCE|TUE|Cass\.?|Cour de cassation|Conseil constitutionnel)\b[^.;?!\n]{0,120}?"
    r"(?:n[°o]s?\s?(?P<number>\d{2,6}(?:[A-Z]{2}\d{3,6})?)|(?P<case>[CT][-‑]\d{1,4}/\d{2}))"
)


class ReferenceType(StrEnum):
    """What a reference points to."""

    ARTICLE = "article"
    WORK = "texte"
    DECISION = "décision"


@dataclass(frozen=True, slots=True)
class Reference:
    """A legal reference in a text.

    Attributes:
        type: article, whole work or decision.
        work: short name of the work, or None where the text does not say (an L, R or D article of four digits is assumed to be of no work in particular).
        article: normalised number, or None.
        span: where it stands.
    """

    type: ReferenceType
    work: str | None
    article: str | None
    span: Span


def normalise_article(number: str) -> str:
    """An article number as the index knows it: no space, no star, no point after the letter, plain hyphens (``L. 2112‑4`` → ``L2112-4``)."""
    plain = re.sub(f"[{_HYPHENS}]", "-", number.strip())
    plain = re.sub(rf"^(?:art(?:icle|\.)?)[{_SPACES}]*", "", plain, flags=re.IGNORECASE)
    letter = re.match(rf"^([LRDAlrda])\*?[.{_SPACES}]*(?=\d)", plain)
    if letter:
        return letter.group(1).upper() + re.sub(rf"[{_SPACES}]", "", plain[letter.end() :])
    return re.sub(rf"[{_SPACES}]", "", plain)


def find(text: str) -> tuple[Reference, ...]:
    """Every legal reference of ``text``, in text order, none within another of the same type."""
    found: list[Reference] = []
    start = 0
    for line in text.splitlines(
        keepends=True
    ):  # no reference runs over a line's end, and a line is short: the whole stays linear
        in_line = sorted(
            (*_articles(line), *_works(line), *_decisions(line)),
            key=lambda one: (one.span.start, one.span.end),
        )
        found += [replace(one, span=Span(one.span.start + start, one.span.end + start)) for one in in_line]
        start += len(line)
    return tuple(found)


def articles(text: str) -> tuple[Reference, ...]:
    """The article references only."""
    return tuple(sorted(_articles(text), key=lambda reference: reference.span.start))


def work_of(text: str) -> str | None:
    """The short name of the first work that ``text`` names, or None."""
    works = sorted(_works(text), key=lambda reference: reference.span.start)
    return works[0].work if works else None


def join_articles(text: str) -> str:
    """``text`` with every code article written as one word (``L. 2112-4`` → ``L2112-4``), for indexing words. Offsets are not kept."""
    return _CODE_ARTICLE.sub(lambda match: normalise_article(match.group(0)), text)


def _works(text: str) -> Iterator[Reference]:
    taken: list[Span] = []
    for name, _, pattern in WORKS:
        for match in pattern.finditer(text):
            taken.append(Span(*match.span()))
            yield Reference(ReferenceType.WORK, name, None, taken[-1])
    for pattern, prefix in ((_NUMBERED_LAW, "LOI"), (_DECREE, "DÉCRET")):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in taken):
                yield Reference(
                    ReferenceType.WORK, f"{prefix} {normalise_article(match.group(1))}", None, span
                )


def _articles(text: str) -> Iterator[Reference]:
    works = sorted(_works(text), key=lambda reference: reference.span.start)
    taken: list[Span] = []
    for match in _CODE_ARTICLE.finditer(text):
        span = Span(*match.span())
        taken.append(span)
        yield Reference(
            ReferenceType.ARTICLE, _nearest(works, span, text), normalise_article(match.group(0)), span
        )
    for pattern, needs_work in ((_PLAIN_ARTICLE, False), (_CHAPTER, True), (_BARE_CHAPTER, True)):
        for match in pattern.finditer(text):
            span = Span(*match.span(1))
            if any(span.overlaps(other) for other in taken) or any(
                span.overlaps(work.span) for work in works
            ):
                continue
            # « La loi SREN …, article 31, impose SecNumCloud »: an article is a law's, or that of a framework beside it, before another's.
            of_articles = [
                one for one in works if one.work not in _BY_CHAPTER or _beside(one.span, span, text)
            ]
            work = _nearest(works if needs_work else of_articles or works, span, text)
            if needs_work and work not in _BY_CHAPTER:
                continue
            taken.append(span)
            yield Reference(
                ReferenceType.ARTICLE,
                work,
                normalise_chapter(match.group(1))
                if work in _BY_CHAPTER
                else normalise_article(match.group(1)),
                span,
            )


_SHORT_WORDS = re.compile(r"\W*(?:\w{1,3}\W+|articles?\W+|r[ée]f[ée]rentiel\W+){0,3}")
_BY_CHAPTER = ("SecNumCloud 3.2", "CCAG-TIC")


def normalise_chapter(number: str) -> str:
    """A chapter number of a reference framework (``19.6 b)`` → ``19.6.b``)."""
    return re.sub(r"[. ]?([a-z])\)?$", r".\1", number.strip())


def _beside(named: Span, span: Span, text: str) -> bool:
    """Whether a work is named right beside ``span``, but for a few short words: « article 19 du CCAG-TIC »."""
    between = min(span.end, named.end), max(span.start, named.start)
    return _SHORT_WORDS.fullmatch(text, *between) is not None


def _nearest(works: list[Reference], span: Span, text: str) -> str | None:
    """The work named closest to ``span`` in the same sentence, the one that follows ("article 31 de la loi SREN") before the one that precedes."""
    best: tuple[int, str | None] = (_FAR, None)
    for work in works:
        between = (
            text[span.end : work.span.start]
            if work.span.start >= span.end
            else text[work.span.end : span.start]
        )
        if re.search(r"[;?!\n]|\.\s[A-ZÉÀ]", between):
            continue
        distance = len(between) + (0 if work.span.start >= span.end else 10)
        if distance < best[0]:
            best = (distance, work.work)
    return best[1]


# Beyond this many characters a work's name no longer says whose article it is.
_FAR = 80


def _decisions(text: str) -> Iterator[Reference]:
    for match in _DECISION.finditer(text):
        number = match.group("number") or match.group("case")
        yield Reference(
            ReferenceType.DECISION, match.group("court"), number.replace("‑", "-"), Span(*match.span())
        )
