"""Legal sheets: Markdown written by people, with a front matter that is checked, read into values.

The words of an answer come from here; each statement names, in brackets at its end, the rules that it rests on: ``[CCP L2112-4 ; LOI 2024-449 31]``.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

import yaml

from assistant.datatypes import AskedQuestion, Document, LegalSheet, Position, Risk, Span, Statement, Target
from assistant.errors import CorpusError
from assistant.references import normalise_article

_STATUSES = ("en_vigueur", "projet", "incertain", "abrogé")
_CERTAINTIES = ("texte_lu", "source_secondaire", "memoire", "analyse")
_LEVELS = ("faible", "moyen", "élevé")
_REQUIRED = ("id", "title", "subject", "status", "verified_on", "certainty", "position", "rests_on", "questions", "risk", "sources")

# The sections of a sheet whose sentences may be said in an answer, in the order in which they are said.
STATED_SECTIONS = ("En une phrase", "Ce que disent les règles", "Conditions")

_SUPPORT = re.compile(r"\s*\[(?P<references>[^\[\]]+)\]\s*$")
_BULLET = re.compile(r"^\s*[-*]\s+")


def is_sheet(document: Document) -> bool:
    """Whether the document is a legal sheet: its front matter gives an id and a position."""
    front = dict(document.metadata).get("front_matter", "")
    return bool(re.search(r"^position:", front, re.MULTILINE) and re.search(r"^id:", front, re.MULTILINE))


def parse(document: Document) -> LegalSheet:
    """The sheet that ``document`` holds.

    Raises:
        CorpusError: the front matter is not YAML, lacks a field, or a field has a value that its kind forbids.
    """
    origin = document.source.origin
    front = _front_matter(document)
    risk = front["risk"]
    return LegalSheet(
        source_id=document.source.id,
        id=str(front["id"]),
        title=str(front["title"]),
        subject=str(front["subject"]),
        status=_one_of(front, "status", _STATUSES, origin),
        verified_on=_date(front, "verified_on", origin) or date.min,
        certainty=_one_of(front, "certainty", _CERTAINTIES, origin),
        position=Position(_one_of(front, "position", tuple(position.value for position in Position), origin)),
        rests_on=tuple(target(str(reference)) for reference in front["rests_on"]),
        questions=_strings(front, "questions", origin),
        statements=tuple(_statements(document)),
        risk=Risk(_one_of(risk, "level", _LEVELS, origin), _strings(risk, "reasons", origin), _strings(risk, "routes", origin)),
        conditions=_strings(front, "conditions", origin),
        fallbacks=_strings(front, "fallbacks", origin),
        uncertainties=_strings(front, "uncertain", origin),
        valid_from=_date(front, "valid_from", origin),
        valid_to=_date(front, "valid_to", origin),
    )


def questions(sheet: LegalSheet) -> tuple[AskedQuestion, ...]:
    """The ways of asking that lead to the sheet and to the rules it rests on."""
    targets = (Target(source_id=sheet.source_id), *sheet.rests_on)
    return tuple(AskedQuestion(text, targets) for text in (sheet.title, *sheet.questions))


def cited(document: Document) -> frozenset[Target]:
    """Every rule that the sheet names: those it rests on, and those in brackets at the end of a line, whatever its section.

    Raises:
        CorpusError: as ``parse``.
    """
    supports = (_SUPPORT.search(line) for line in document.text.splitlines())
    return frozenset((*parse(document).rests_on, *chain.from_iterable(_targets(support) for support in supports)))


def target(reference: str) -> Target:
    """``"LOI 2024-449 31"`` → work and article; the article is the last word, the work what precedes it."""
    work, _, article = reference.strip().rpartition(" ")
    return Target(work=work.strip() or None, article=normalise_article(article))


def _front_matter(document: Document) -> Mapping[str, Any]:
    origin = document.source.origin
    try:
        front = yaml.safe_load(dict(document.metadata)["front_matter"])
    except yaml.YAMLError as error:
        raise CorpusError(
            f"L'en-tête de la fiche « {origin} » n'est pas du YAML valide ({_one_line(error)}).", "Corrigez l'en-tête entre les deux lignes « --- »."
        ) from error
    if not isinstance(front, dict):
        raise CorpusError(f"L'en-tête de la fiche « {origin} » n'est pas une liste de champs.", "Chaque ligne de l'en-tête s'écrit « champ: valeur ».")
    missing = [field for field in _REQUIRED if front.get(field) in (None, "", [])]
    if missing:
        raise CorpusError(f"La fiche « {origin} » n'a pas le champ « {', '.join(missing)} ».", "corpus/README.md décrit les champs obligatoires.")
    if not isinstance(front["risk"], dict) or not isinstance(front["rests_on"], list):
        raise CorpusError(f"Dans la fiche « {origin} », « risk » est un groupe de champs et « rests_on » une liste.", "corpus/README.md en donne un exemple.")
    return front


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _one_of(front: Mapping[str, Any], field: str, allowed: tuple[str, ...], origin: str) -> str:
    value = str(front.get(field))
    if value not in allowed:
        raise CorpusError(f"Dans la fiche « {origin} », « {field} » vaut « {value} ».", f"Valeurs possibles : {', '.join(allowed)}.")
    return value


def _strings(front: Mapping[str, Any], field: str, origin: str) -> tuple[str, ...]:
    values = front.get(field) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise CorpusError(
            f"Dans la fiche « {origin} », « {field} » n'est pas une liste de phrases.", "Mettez entre guillemets les phrases qui contiennent « : »."
        )
    return tuple(" ".join(value.split()) for value in values)


def _date(front: Mapping[str, Any], field: str, origin: str) -> date | None:
    value = front.get(field)
    if value is None or isinstance(value, date):
        return value
    raise CorpusError(f"Dans la fiche « {origin} », « {field} » vaut « {value} », qui n'est pas une date.", "Une date s'écrit 2026-11-24.")


def _statements(document: Document) -> Iterator[Statement]:
    section, offset = "", 0
    for line in document.text.splitlines(keepends=True):
        start, offset = offset, offset + len(line)
        if line.startswith("#"):
            section = line.lstrip("# ").strip()
        elif section in STATED_SECTIONS and line.strip():
            statement = _statement(line.rstrip("\n"), start)
            if statement:
                yield statement


def _statement(line: str, start: int) -> Statement | None:
    bullet = _BULLET.match(line)
    left = bullet.end() if bullet else len(line) - len(line.lstrip())
    support = _SUPPORT.search(line)
    right = support.start() if support else len(line.rstrip())
    if right <= left:
        return None
    return Statement(line[left:right], Span(start + left, start + right), _targets(support))


def _targets(support: re.Match[str] | None) -> tuple[Target, ...]:
    return tuple(target(reference) for reference in support["references"].split(";")) if support else ()
