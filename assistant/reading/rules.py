"""Dated articles as JSON Lines, one object a line: ``work, work_title, kind, num, path, text, valid_from, valid_to, source, licence``.

The document's text is the articles' own words, one article after the other, nothing added: a quote of it is a quote of the law. Each article is a
``Provision`` whose span takes in the line end after it, so provisions tile the text. Blank lines inside an article are dropped.
``valid_to`` is exclusive, null while in force; ``valid_from`` may be null (unknown).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.datatypes import Problem, Provision, Span
from assistant.errors import DamagedFileError
from assistant.lines import one_line
from assistant.reading.characters import decode, storable
from assistant.reading.content import Content

# A file of another shape would fill the report with one problem a line; the first ones tell enough to mend it.
MAX_REPORTED_LINES = 100

_BLANK_LINES = re.compile(r"[ \t]*\n\s*")
_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2212]")
_CODE_PREFIX = re.compile(
    r"(?:articles?\s+|art\.?\s*)?(?=(?:LO|[LRDA])\b|(?:LO|[LRDA])[.*\d\s]|\d)(LO|[LRDA])?\s*\.?\s*(\*?)\s*\.?\s*(?=\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a JSON Lines file: its 1-based number, and its object or the reason (French) why it has none."""

    number: int
    value: dict[str, Any]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One dated wording of an article, before it has a place in a document."""

    work: str
    work_title: str
    number: str
    headings: tuple[str, ...]
    text: str
    valid_from: date | None
    valid_to: date | None
    source: str
    licence: str


class _BrokenLineError(ValueError):
    """A line that is not a dated article; the message is French."""


def lines(data: bytes, name: str) -> Iterator[Line]:
    """The objects of a JSON Lines file, blank lines skipped. Each line is decoded alone, so that a bad byte costs one line."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode(data, name)[0].encode("utf-8", errors="replace")
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if raw.strip():
            yield _line(number, raw)


def _line(number: int, raw: bytes) -> Line:
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Line(number, {}, f"l'octet {error.start} n'est pas de l'UTF-8")
    except json.JSONDecodeError as error:
        return Line(number, {}, f"ce n'est pas du JSON (colonne {error.colno})")
    except (RecursionError, ValueError):
        return Line(number, {}, "le JSON est trop profond ou contient un nombre démesuré")
    if not isinstance(value, dict):
        return Line(number, {}, "ce n'est pas un objet JSON")
    return Line(number, value)


def is_article(value: dict[str, Any]) -> bool:
    """Whether an object of a JSON Lines file is meant as a dated article (it may still be a broken one)."""
    return sum(key in value for key in ("work", "num", "text", "valid_from", "valid_to")) >= 3


def read_rules(data: bytes, name: str) -> Content:
    """Reads dated articles; a broken line is a problem that names it, and the others are kept.

    Raises:
        DamagedFileError: not one line is a dated article.
    """
    articles: list[Article] = []
    broken: list[tuple[int, str]] = []
    for line in lines(data, name):
        try:
            articles.append(_article(line))
        except _BrokenLineError as error:
            broken.append((line.number, str(error)))
    if not articles:
        number, reason = broken[0] if broken else (1, "le fichier est vide")
        raise DamagedFileError(
            f"« {name} » ne contient aucun article lisible (ligne {number} : {reason}).",
            "Attendu : un objet par ligne, avec au moins work, num et text.",
        )
    text, provisions = tile(articles)
    return Content(
        text,
        title=_title(articles, name),
        provisions=provisions,
        problems=broken_lines(broken, name),
        metadata=_metadata(articles),
    )


def broken_lines(broken: list[tuple[int, str]], name: str) -> tuple[Problem, ...]:
    """One problem a broken line, up to ``MAX_REPORTED_LINES``, then one for all the rest."""
    reported = [
        Problem(
            "broken-line",
            f"Ligne {number} de « {name} » : {reason}. Elle est ignorée, les autres sont gardées.",
        )
        for number, reason in broken[:MAX_REPORTED_LINES]
    ]
    rest = len(broken) - len(reported)
    if rest:
        reported.append(
            Problem(
                "broken-line",
                f"Et {rest} autres lignes de « {name} » sont ignorées (la dernière : {broken[-1][0]}).",
            )
        )
    return tuple(reported)


def normalise_number(number: str) -> str:
    """An article's number without space, nor point before its digits: ``L. 2112-4`` → ``L2112-4``; ``19.6.b`` and ``1 bis`` → ``1bis`` keep the rest.

    An annex keeps its words and their spaces (``Annexe à l'article R221-1``).
    """
    number = _DASHES.sub("-", one_line(number))
    if number.lower().startswith("annexe"):
        return number
    match = _CODE_PREFIX.match(number)
    if match:
        number = (match[1] or "").upper() + match[2] + number[match.end() :]
    return number.replace(" ", "")


def _article(line: Line) -> Article:
    if line.reason:
        raise _BrokenLineError(line.reason)
    work, number, text = (_required(line.value, key) for key in ("work", "num", "text"))
    valid_from, valid_to = _day(line.value, "valid_from"), _day(line.value, "valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        raise _BrokenLineError(f"la fin de validité ({valid_to}) précède le début ({valid_from})")
    text = _BLANK_LINES.sub("\n", text).strip()
    if not text:
        raise _BrokenLineError("le champ « text » est vide")
    title = line.value.get("work_title")
    return Article(
        work=one_line(work),
        work_title=one_line(storable(title)) if isinstance(title, str) and title.strip() else one_line(work),
        number=normalise_number(number),
        headings=_path(line.value),
        text=text,
        valid_from=valid_from,
        valid_to=valid_to,
        source=_optional(line.value, "source"),
        licence=_optional(line.value, "licence"),
    )


def _required(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    if found is None or (isinstance(found, str) and not storable(found).strip()):
        raise _BrokenLineError(f"il manque le champ « {key} »")
    if not isinstance(found, str):
        raise _BrokenLineError(f"le champ « {key} » n'est pas un texte")
    return storable(found)


def _optional(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    return one_line(storable(found)) if isinstance(found, str) else ""


def _path(value: dict[str, Any]) -> tuple[str, ...]:
    path = value.get("path") or []
    if not isinstance(path, list) or not all(isinstance(part, str) for part in path):
        raise _BrokenLineError("le champ « path » n'est pas une liste de textes")
    return tuple(one_line(storable(part)) for part in path if part.strip())


def _day(value: dict[str, Any], key: str) -> date | None:
    found = value.get(key)
    if found is None:
        return None
    try:
        return date.fromisoformat(found)
    except (TypeError, ValueError) as error:
        raise _BrokenLineError(
            f"la date « {key} » n'est pas de la forme AAAA-MM-JJ ({str(found)[:40]})"
        ) from error


def tile(articles: list[Article]) -> tuple[str, tuple[Provision, ...]]:
    """One text of all the articles' words, and the provisions that tile it."""
    pieces: list[str] = []
    provisions: list[Provision] = []
    start = 0
    for article in articles:
        pieces.append(article.text + "\n")
        end = start + len(pieces[-1])
        provisions.append(
            Provision(
                Span(start, end),
                article.work,
                article.work_title,
                article.number,
                article.headings,
                article.valid_from,
                article.valid_to,
            )
        )
        start = end
    return "".join(pieces), tuple(provisions)


def _title(articles: list[Article], name: str) -> str:
    titles = list(dict.fromkeys(article.work_title for article in articles))
    return titles[0] if len(titles) == 1 else f"{name.rpartition('.')[0] or name} ({len(titles)} textes)"


def _metadata(articles: list[Article]) -> tuple[tuple[str, str], ...]:
    pairs = (
        pair
        for article in articles
        for pair in (("work", article.work), ("source", article.source), ("licence", article.licence))
    )
    return tuple(dict.fromkeys(pair for pair in pairs if pair[1]))
