"""The Markdown of public git mirrors of the French codes (legalize): a front matter, then headings and articles as plain lines.

An article may stand there several times, the superseded wording first: the last one is in force. The mirror dates the whole code, not its articles: all that
is known of an article is that it was in force on the day of the mirror, and ``valid_from`` says no more than that.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml

from assistant.datatypes import Problem, Severity
from assistant.errors import DamagedFileError
from assistant.lines import one_line
from assistant.reading.content import Content
from assistant.reading.rules import Article, normalise_number, tile

_IDENTIFIER = re.compile(r"^identifier:\s*[\"']?LEGITEXT\d+", re.MULTILINE)
_ARTICLE = re.compile(r"Article (?P<number>(?:LO|[LRDA])?\.? ?\*?\d[\w. *-]{0,20}|Annexe[^.;:]{0,60})\s*")
# The outermost first: a heading closes those of its own level and below.
_LEVELS = (
    r"Partie (?:législative|réglementaire)|Annexes?$",
    r"(?:PREMI[EÈ]RE|DEUXI[EÈ]ME|TROISI[EÈ]ME|QUATRI[EÈ]ME|CINQUI[EÈ]ME|SIXI[EÈ]ME) PARTIE\b|Titre [Pp]réliminaire",
    r"Livre (?:[IVXL]+(?:er)?(?: bis| ter)?|préliminaire)\b",
    r"Titre [IVXL]+(?:er)?(?: bis| ter)?\b",
    r"Chapitre (?:[IVXL]+(?:er)?(?: bis| ter)?|unique|préliminaire)\b",
    r"Section (?:\d+|unique|préliminaire)\b",
    r"Sous-section \d+\b",
    r"Paragraphe \d+\b",
)
_HEADINGS = tuple(re.compile(level) for level in _LEVELS)
# A heading is short and does not end as a sentence does.
_LONGEST_HEADING = 250
# Short names by which other rules and the command line's contract know a code.
SHORT_NAMES = {"LEGITEXT000037701019": "CCP"}


def is_code_mirror(front_matter: str) -> bool:
    """Whether a front matter is that of a code's mirror."""
    return bool(_IDENTIFIER.search(front_matter))


def read_code_mirror(text: str, front_matter: str, name: str) -> Content:
    """The articles of a mirrored code, each once, in its last wording.

    Raises:
        DamagedFileError: the front matter is not YAML, or there is no article.
    """
    values = _values(front_matter, name)
    title = one_line(str(values.get("title") or name))
    identifier = str(values.get("identifier"))
    day = _day(values.get("last_updated"))
    written = [
        Article(
            SHORT_NAMES.get(identifier, identifier), title, number, headings, body, day, None, identifier, ""
        )
        for number, headings, body in _articles(text)
    ]
    latest = list({article.number: article for article in written}.values())
    if not latest:
        raise DamagedFileError(
            f"« {name} » a l'en-tête d'un code mais aucun article.", "Téléchargez de nouveau ce fichier."
        )
    whole, provisions = tile(latest)
    problems = _notes(name, day, len(written) - len(latest))
    return Content(
        whole,
        title=title,
        provisions=provisions,
        problems=problems,
        metadata=(("work", latest[0].work), ("source", identifier)),
    )


def _values(front_matter: str, name: str) -> dict[str, Any]:
    try:
        values = yaml.safe_load(front_matter)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise DamagedFileError(
            f"L'en-tête de « {name} » n'est pas du YAML valide.", "Téléchargez de nouveau ce fichier."
        ) from error
    return values if isinstance(values, dict) else {}


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _articles(text: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(number, headings, words) of each article, in text order; an article ends at the next one or at the next heading."""
    trail: dict[int, str] = {}
    number, body = "", list[str]()
    for line in text.split("\n"):
        stripped = line.strip()
        article, level = _ARTICLE.fullmatch(stripped), _level(stripped)
        if article or level is not None:
            if number and body:
                yield number, tuple(trail[key] for key in sorted(trail)), "\n".join(body)
            number, body = (normalise_number(article["number"]) if article else ""), []
        if level is not None:
            trail = {key: heading for key, heading in trail.items() if key < level} | {level: stripped}
        elif not article and stripped and not stripped.startswith("# "):
            body.append(stripped)
    if number and body:
        yield number, tuple(trail[key] for key in sorted(trail)), "\n".join(body)


def _level(line: str) -> int | None:
    if not line or len(line) > _LONGEST_HEADING or line.endswith((";", ",")):
        return None
    return next((level for level, pattern in enumerate(_HEADINGS) if pattern.match(line)), None)


def _notes(name: str, day: date | None, superseded: int) -> tuple[Problem, ...]:
    dated = f"l'état du code au {day.isoformat()}" if day else "un état du code dont la date n'est pas donnée"
    note = f"« {name} » donne {dated}, sans la date de chaque article : avant ce jour, ses articles ne sont pas cités."
    gone = (
        f"{superseded} rédactions remplacées par une plus récente dans « {name} » ont été laissées de côté."
    )
    return (
        Problem("undated-articles", note, severity=Severity.INFO),
        *((Problem("superseded-wordings", gone, severity=Severity.INFO),) if superseded else ()),
    )
