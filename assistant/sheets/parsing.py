"""A sheet's YAML into a ``LegalSheet``. What breaks the form of sheets is refused, by file and field (corpus/README.md describes the form)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from assistant.datatypes import Position, Purchase, Risk, Target
from assistant.errors import CorpusError
from assistant.references import normalise_article
from assistant.sheets import bounds
from assistant.sheets.bounds import Bound
from assistant.sheets.rendering import LABELS, Page
from assistant.sheets.values import (
    Actor,
    Case,
    Choice,
    Decisive,
    Form,
    LegalSheet,
    NearMiss,
    Signs,
    Statement,
)
from assistant.states import Status

STATUSES = ("en_vigueur", "projet", "incertain", "abrogé")
CERTAINTIES = ("texte_lu", "source_secondaire", "memoire", "analyse")
LEVELS = ("faible", "moyen", "élevé")
_OF_SHEET = frozenset(
    (
        "id",
        "title",
        "subject",
        "status",
        "valid_from",
        "valid_to",
        "before",
        "verified_on",
        "certainty",
        "also_known_as",
        "sources",
        "statements",
        "decides",
        "cases",
    )
)
_OF_CASE = frozenset(
    (
        "questions",
        "not_here",
        "see_also",
        "same_as",
        "before",
        "id",
        "when",
        "position",
        "actor",
        "valid_from",
        "valid_to",
        "first",
        "rules",
        "statements",
        "do",
        "instead",
        "risk",
        "uncertain",
        "signs",
    )
)
_TAKEN_OVER = "tag:yaml.org,2002:merge"
_SEE = "corpus/README.md décrit la forme d'une fiche."


def looks_like_sheet(text: str) -> bool:
    """Whether a YAML text is meant as a sheet: it has an id and a position."""
    return bool(
        re.search(r"^id:", text, re.MULTILINE) and re.search(r"^\s*(?:- )?position:", text, re.MULTILINE)
    )


def parse(text: str, origin: str, source_id: str = "") -> LegalSheet:
    """The sheet that a YAML text holds.

    Args:
        text: the YAML.
        origin: the file, for messages.
        source_id: id of the source that it comes from.

    Raises:
        CorpusError: it is not YAML, lacks a field, or a field has a value that its kind forbids.
    """
    fields = _Fields(origin, "", _loaded(text, origin))
    # A sheet without cases is one case: the fields of the case stand beside those of the sheet.
    alone = "cases" not in fields.values
    fields.known(_OF_SHEET | (_OF_CASE if alone else frozenset()))
    title = fields.text("title")
    page = Page()
    page.heading(1, title)
    written = fields.group("statements")
    entries = (
        [{"id": "seul", "when": title, **fields.values, "statements": list(written.values)}]
        if alone
        else fields.groups("cases")
    )
    since, until = fields.date("valid_from"), fields.date("valid_to")
    cases: list[Case] = []
    for entry in entries:
        name = str(entry.get("id") or len(cases) + 1) if not alone else "seul"
        cases.append(
            _case(
                _Fields(origin, f"cases[{name}].", {**entry, "id": name}),
                written,
                page,
                (since, until),
                fields.texts("before"),
                alone,
            )
        )
    names = [case.id for case in cases]
    if len(set(names)) < len(names):
        raise fields.fault("cases", "deux cas ont le même id")
    sources = fields.texts("sources")
    page.listed("Sources", 2, sources)
    return LegalSheet(
        source_id=source_id,
        id=fields.text("id"),
        title=title,
        subject=fields.text("subject"),
        status=fields.one_of("status", STATUSES),
        verified_on=fields.date("verified_on") or date.min,
        certainty=fields.one_of("certainty", CERTAINTIES),
        cases=tuple(cases),
        sources=sources,
        text=page.text,
        also_known_as=fields.texts("also_known_as"),
        decisive=_decisive(fields, names),
    )


def target(reference: str) -> Target:
    """``"LOI 2024-449 31"`` → work and article; the article is the last word, the work what precedes it."""
    work, _, article = reference.strip().rpartition(" ")
    return Target(work=work.strip() or None, article=normalise_article(article))


def _case(
    fields: "_Fields",
    written: "_Fields",
    page: Page,
    period: tuple[date | None, date | None],
    before: tuple[str, ...],
    alone: bool,
) -> Case:
    if not alone:
        fields.known(_OF_CASE)
    when, position = (
        fields.text("when"),
        Position(fields.one_of("position", tuple(position.value for position in Position))),
    )
    rules = _targets(fields.texts("rules"))
    if not alone:
        page.heading(2, f"Cas : {when}")
    opening = fields.group("first")
    opening.known(frozenset(form.value for form in Form))
    first = {
        form: Statement(text, page.sentence(text, f"- *{LABELS[form]}* ", _support(rules)), rules)
        for form in Form
        if (text := opening.text(form.value, needed=form in (Form.LEAVE, Form.OTHER)))
    }
    statements = []
    if names := fields.texts("statements"):
        page.heading(3, "Ce que disent les règles")
        for name in names:
            if not isinstance(written.values.get(name), dict):
                raise fields.fault("statements", f"« {name} » n'est pas une phrase de la fiche")
            statement = _Fields(fields.origin, f"statements.{name}.", written.values[name])
            statement.known(frozenset(("text", "rules")))
            supports = _targets(statement.texts("rules"))
            text = statement.text("text")
            statements.append(Statement(text, page.sentence(text, tail=_support(supports)), supports))
    risk = fields.group("risk")
    risk.known(frozenset(("level", "reasons", "routes")))
    level = risk.one_of("level", LEVELS) if risk.values else None
    todo, instead, doubts = fields.texts("do"), fields.texts("instead"), fields.texts("uncertain")
    page.listed("À faire", 3, todo)
    page.listed("Ce que vous pouvez écrire", 3, instead)
    page.listed(f"Risque contentieux : {level}", 3, (*risk.texts("reasons"), *risk.texts("routes")))
    page.listed("Ce qui reste incertain", 3, doubts)
    signs = fields.group("signs")
    signs.known(frozenset(("for", "against", "within", "alone")))
    for fact in (
        sign[1:] for side in ("for", "against") for sign in signs.texts(side) if sign.startswith("@")
    ):
        if fact not in (*Status, *Purchase):
            raise fields.fault(
                "signs",
                f"« @{fact} » n'est ni le statut d'un État ({', '.join(Status)}) ni ce qu'on achète ({', '.join(Purchase)})",
            )
    return Case(
        id=fields.text("id"),
        when=when,
        position=position,
        actor=Actor(fields.one_of("actor", tuple(actor.value for actor in Actor), Actor.BUYER.value)),
        first=first,
        statements=tuple(statements),
        todo=todo,
        instead=instead,
        risk=Risk(level, risk.texts("reasons"), risk.texts("routes")),
        doubts=doubts,
        signs=Signs(
            signs.texts("for"),
            signs.texts("against"),
            tuple(_bound(fields, written) for written in signs.texts("within")),
            signs.texts("alone"),
        ),
        questions=fields.texts("questions"),
        not_here=tuple(_near_miss(fields, entry) for entry in fields.groups("not_here")),
        see_also=fields.texts("see_also"),
        same_as=fields.texts("same_as"),
        before=fields.texts("before") or before,
        valid_from=fields.date("valid_from") or period[0],
        valid_to=fields.date("valid_to") or period[1],
    )


def _bound(fields: "_Fields", written: str) -> Bound:
    if (bound := bounds.parse(written)) is None:
        raise fields.fault(
            "signs.within",
            f"« {written} » n'est pas une borne, par exemple « < 60000 € », « >= 10 % en tout », « <= 4 ans »",
        )
    return bound


def _near_miss(fields: "_Fields", entry: Mapping[str, Any]) -> NearMiss:
    miss = _Fields(fields.origin, f"{fields.where}not_here.", entry)
    miss.known(frozenset(("text", "go")))
    return NearMiss(miss.text("text"), miss.text("go", needed=False) or None)


def _decisive(fields: "_Fields", cases: Sequence[str]) -> Decisive | None:
    decides = fields.group("decides")
    if not decides.values:
        return None
    decides.known(frozenset(("fact", "ask", "choices")))
    choices = []
    for entry in decides.groups("choices"):
        choice = _Fields(fields.origin, "decides.choices.", entry)
        choice.known(frozenset(("label", "say", "case")))
        choices.append(Choice(choice.text("label"), choice.text("say"), choice.one_of("case", tuple(cases))))
    return Decisive(decides.text("fact"), decides.text("ask"), tuple(choices))


def _targets(references: Sequence[str]) -> tuple[Target, ...]:
    return tuple(target(reference) for reference in references)


def _support(rules: Sequence[Target]) -> str:
    return f" [{' ; '.join(f'{rule.work} {rule.article}' for rule in rules)}]" if rules else ""


def _loaded(text: str, origin: str) -> dict[str, Any]:
    try:
        values = _values(text)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise CorpusError(
            f"La fiche « {origin} » n'est pas du YAML valide ({' '.join(str(error).split())}).", _SEE
        ) from error
    if not isinstance(values, dict):
        raise CorpusError(
            f"La fiche « {origin} » n'est pas une liste de champs.", "Chaque ligne s'écrit « champ: valeur »."
        )
    return values


@lru_cache(1)
def _values(text: str) -> Any:
    """What a text says as YAML, never changed afterwards; the last one is kept: who reads a sheet asks for its cases next."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML that refuses a key written twice: the second would silently replace the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping whose keys are all different."""
        written = list(node.value)
        made = dict(super().construct_mapping(node, deep=deep))
        if len(made) != len(written) or any(
            key.tag == _TAKEN_OVER for key, _ in written
        ):  # a key twice, or ``<<``, which no sheet may have
            keys = [self.construct_object(key, deep=True) for key, _ in written]
            twice = next((key for key in keys if keys.count(key) > 1), None)
            if twice is not None:
                raise yaml.constructor.ConstructorError(
                    None, None, f"le champ « {twice} » est écrit deux fois", node.start_mark
                )
        return made


class _Fields:
    """The fields of a part of a sheet, each read as its kind; ``where`` leads to them in messages."""

    def __init__(self, origin: str, where: str, values: Mapping[str, Any]) -> None:
        self.origin, self.where, self.values = origin, where, values

    def fault(self, field: str, what: str) -> CorpusError:
        """The error that says what is wrong with a field."""
        return CorpusError(f"Dans la fiche « {self.origin} », « {self.where}{field} » : {what}.", _SEE)

    def known(self, names: frozenset[str]) -> None:
        """Refuses a field that nobody reads: a slip of the pen would lose what it says."""
        unknown = next((str(name) for name in self.values if name not in names), None)
        if unknown is not None:
            raise self.fault(unknown, "ce champ n'existe pas")

    def text(self, field: str, needed: bool = True) -> str:
        """A text on one line, empty where it is missing and not needed."""
        value = self.values.get(field)
        if value is None or value == "":
            if needed:
                raise self.fault(field, "ce champ manque")
            return ""
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise self.fault(field, "ce n'est pas un texte ; entre guillemets droits s'il contient « : »")
        return " ".join(str(value).split())

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts, empty where it is missing."""
        values = self.values.get(field)
        values = [] if values is None else values
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.fault(
                field,
                "ce n'est pas une liste de phrases ; entre guillemets droits celles qui contiennent « : »",
            )
        return tuple(" ".join(value.split()) for value in values)

    def one_of(self, field: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """One of the allowed values."""
        value = str(self.values.get(field, default))
        if value not in allowed:
            raise self.fault(field, f"« {value} » n'est pas une valeur possible ({', '.join(allowed)})")
        return value

    def date(self, field: str) -> date | None:
        """A date, None where there is none."""
        value = self.values.get(field)
        if value is None or isinstance(value, date):
            return value
        raise self.fault(field, f"« {value} » n'est pas une date, qui s'écrit 2026-11-24")

    def group(self, field: str) -> "_Fields":
        """The fields of a group, none where it is missing."""
        value = self.values.get(field)
        value = {} if value is None else value
        if not isinstance(value, dict):
            raise self.fault(field, "ce n'est pas un groupe de champs")
        return _Fields(self.origin, f"{self.where}{field}.", value)

    def groups(self, field: str) -> list[dict[str, Any]]:
        """A list of groups of fields."""
        values = self.values.get(field)
        values = [] if values is None else values
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.fault(field, "ce n'est pas une liste de groupes de champs")
        return values
