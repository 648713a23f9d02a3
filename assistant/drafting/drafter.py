"""Clauses and kits into a draft: articles numbered piece by piece, fields filled, references between clauses led to their article.

Nothing is invented: a field without a value and without a default shows « [À COMPLÉTER : …] », and a clause that is not in the draft is named, not numbered.
"""

import difflib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.datatypes import (
    ClauseField,
    Draft,
    DraftArticle,
    DraftPiece,
    FieldOrigin,
    FilledField,
    FilledText,
    Kit,
    KitClause,
    ModelClause,
    Place,
    Precedent,
    Problem,
    Severity,
    Span,
)
from assistant.drafting import by_hand, fields
from assistant.drafting.clause_files import ARTICLE_PREFIX, PLACEHOLDER, article_references
from assistant.drafting.library import ClauseLibrary, incompatible
from assistant.drafting.precedents import short_number
from assistant.errors import UsageError
from assistant.french.dates import french_date
from assistant.french.folding import fold_line

# A single clause is drafted in its balanced wording unless the buyer asks for another.
DEFAULT_LEVEL = 2
# The clause that lists the derogations, where a library has one; the list joins it.
DEROGATIONS_CLAUSE = "derogations-au-ccag"
# Criteria are part of the « règlement de la consultation ».
_PIECE_OF = {Place.CRITERIA: Place.RC}
_PIECE_OF_PRECEDENT = {
    "RC": Place.RC,
    "CCTP": Place.CCTP,
    "CCAP": Place.CCAP,
    "AE": Place.AE,
    "annexe": Place.ANNEX,
}
_ORDER = (Place.RC, Place.CCTP, Place.CCAP, Place.AE, Place.ANNEX)
PIECE_TITLES = {
    Place.RC: "Règlement de la consultation (RC)",
    Place.CCTP: "Cahier des clauses techniques particulières (CCTP)",
    Place.CCAP: "Cahier des clauses administratives particulières (CCAP)",
    Place.AE: "Acte d'engagement (AE)",
    Place.ANNEX: "Annexes",
}
_OF_PIECE = {
    Place.RC: "du RC",
    Place.CCTP: "du CCTP",
    Place.CCAP: "du CCAP",
    Place.AE: "de l'acte d'engagement",
}
_ALONE_ON_ITS_LINE = re.compile(r"[ \t]*(?:[-*] +)?")


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording that takes the place of an article's own.

    ``by`` is the language model that adapted it and whose changes the checks let through; None: the buyer wrote it himself.
    """

    text: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Request:
    """What to draft.

    Attributes:
        ids: clauses, kits and precedents, in the order wanted.
        values: by field name, as the buyer typed them; an empty one leaves the field to be completed.
        level: 1 to 3 for every clause, or None (a kit's own levels, 2 for a clause).
        levels: by clause id; it speaks before ``level``.
        wordings: by clause id, in place of the model's wording.
        precedents: those of ``ids`` that are articles of earlier contracts, by id.
        order: ids of articles in the order wanted within each piece; those that it does not name come after.
        texts: what the buyer wrote by hand, as ``by_hand`` reads it, by id of article; it speaks before every other wording.
    """

    ids: tuple[str, ...]
    values: Mapping[str, str]
    level: int | None = None
    levels: Mapping[str, int] | None = None
    wordings: Mapping[str, Wording] | None = None
    precedents: Mapping[str, Precedent] | None = None
    order: tuple[str, ...] = ()
    texts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A clause at its level, in the piece where it goes."""

    clause: ModelClause
    level: int
    place: Place

    @property
    def id(self) -> str:
        """That of its article."""
        return self.clause.id


@dataclass(frozen=True, slots=True)
class Taken:
    """An article of an earlier contract, in the piece where it goes."""

    precedent: Precedent
    place: Place

    @property
    def id(self) -> str:
        """That of its article."""
        return self.precedent.id


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that are filled in together: those of a kit, or those that a clause is the first to use; ``chosen`` is that clause, None for a kit's."""

    title: str
    chosen: Chosen | None
    fields: tuple[ClauseField, ...]


NOT_ADAPTED = Problem(
    "no-adaptation",
    "Les clauses sont données telles quelles : le modèle de langage n'a pas mérité la tâche de les adapter (« assistant eval model » le mesure).",
    severity=Severity.INFO,
)


def draft(library: ClauseLibrary, request: Request, *, told: Sequence[Problem] = ()) -> Draft:
    """The draft of what is asked.

    Args:
        library: the clauses and kits.
        request: which of them, and how.
        told: what the draft is to say besides its own problems, of the wordings that were given.

    Raises:
        UsageError: an id, a field or a level is unknown, or a value is not of its field's type.
        CorpusError: the file of a clause that is asked for breaks the rules of clauses.
    """
    kits = _kits(library, request)
    chosen = choose(library, request)
    held = [one.clause for one in chosen]
    form = form_of(kits, held)
    _check_values(form, request.values)
    taken = _taken(request)
    pieces = _numbered(chosen, taken, request.order)
    filler = _Filler(library, pieces, form, request.values)
    wordings = {**(request.wordings or {}), **_by_hand(library, request, form, pieces)}
    drafted = tuple(_piece(place, group, filler, wordings) for place, group in pieces.items())
    derogations = tuple((one.title, article) for one in held for article in one.derogations)
    notes = [kit.justification for kit in kits]
    return Draft(
        title=_title(kits, held, taken),
        pieces=_with_derogations(drafted, filler, wordings),
        justification=filler.fill("\n\n".join(notes), held, None) if notes else None,
        derogations=derogations,
        problems=(
            *_problems(chosen, bool(derogations)),
            *_derogations_to_check(drafted),
            *_weights(drafted),
            *(problem for one in taken for problem in _to_revise(one.precedent)),
            *told,
        ),
    )


def _title(kits: Sequence[Kit], held: Sequence[ModelClause], taken: Sequence[Taken]) -> str:
    if len(kits) == 1:
        return kits[0].title
    titles = [*(clause.title for clause in held), *(_own_title(one.precedent) for one in taken)]
    return titles[0] if len(titles) == 1 else "Projet de clauses"


def choose(library: ClauseLibrary, request: Request) -> tuple[Chosen, ...]:
    """The clauses asked for, each once, at their levels: kits in their order, lone clauses where their own file says. Raises as ``draft``."""
    if not request.ids:
        raise UsageError(
            "Il manque la clause ou le kit à rédiger.", "« assistant draft --list » donne les noms."
        )
    levels = dict(request.levels or {})
    found: dict[str, Chosen] = {}
    for id_ in (one for one in request.ids if one not in (request.precedents or {})):
        kit = library.find_kit(id_)
        places = (
            [(one, piece.place) for piece in kit.pieces for one in piece.clauses]
            if kit
            else [(KitClause(id_, DEFAULT_LEVEL), None)]
        )
        for one, place in places:
            clause = library.clause(one.id)
            level = levels.get(one.id, request.level or one.level)
            found.setdefault(
                clause.id, Chosen(clause, level, _PIECE_OF.get(place or clause.place, place or clause.place))
            )
    for id_, level in levels.items():
        if id_ not in found:
            raise UsageError(
                f"Le niveau {level} est demandé pour « {id_} », qui n'est pas dans ce projet.",
                f"Clauses du projet : {', '.join(found)}.",
            )
    bad = next((level for level in (*levels.values(), request.level) if level not in (1, 2, 3, None)), None)
    if bad is not None:
        raise UsageError(
            f"Il n'y a pas de niveau {bad}.", "Les niveaux sont 3 (fort), 2 (équilibré) et 1 (minimal)."
        )
    return tuple(found.values())


def form_of_request(library: ClauseLibrary, request: Request) -> tuple[ClauseField, ...]:
    """The fields that the wordings of a request use, in order. Raises as ``draft``."""
    kits = _kits(library, request)
    chosen = choose(library, request)
    form = form_of(kits, [one.clause for one in chosen])
    pieces = _numbered(chosen, _taken(request), request.order)
    wordings = _by_hand(library, request, form, pieces)
    texts = (
        *(_wording(one, wordings) for one in chosen),
        *(one.text for one in wordings.values()),
        *(kit.justification for kit in kits),
    )
    used = {match["name"] for text in texts for match in PLACEHOLDER.finditer(text)}
    return tuple(field for name, field in form.items() if name in used)


def form_groups(library: ClauseLibrary, request: Request) -> tuple[FieldGroup, ...]:
    """The fields of a request, each once: the kits' first, then clause by clause as the pieces have them, clauses without a field too. Raises as ``draft``."""
    left = {field.name: field for field in form_of_request(library, request)}
    groups = []
    kits, chosen = _kits(library, request), choose(library, request)
    for kit in kits:
        own = tuple(left.pop(field.name) for field in kit.fields if field.name in left)
        if own:
            groups.append(FieldGroup(kit.title, None, own))
    pieces = _numbered(chosen, _taken(request), request.order)
    wordings = _by_hand(library, request, form_of(kits, [one.clause for one in chosen]), pieces)
    for one in (one for group in pieces.values() for one in group if isinstance(one, Chosen)):
        used = dict.fromkeys(match["name"] for match in PLACEHOLDER.finditer(_wording(one, wordings)))
        names = [
            *used,
            *(field.name for field in one.clause.fields),
        ]  # one that the justification alone uses stands with the clause that declares it
        groups.append(
            FieldGroup(one.clause.title, one, tuple(left.pop(name) for name in names if name in left))
        )
    return tuple(groups)


def form_of(kits: Sequence[Kit], clauses: Sequence[ModelClause]) -> dict[str, ClauseField]:
    """The fields of a draft by name, each once: a kit's own come first and speak for the clauses'."""
    form: dict[str, ClauseField] = {}
    for field in (
        *(field for kit in kits for field in kit.fields),
        *(field for clause in clauses for field in clause.fields),
    ):
        form.setdefault(field.name, field)
    return form


def faults(library: ClauseLibrary, request: Request) -> dict[str, str]:
    """What is wrong with the values of a request, by field name, as it is said beside the field. Values of no field are nobody's fault. Raises as ``draft``."""
    clauses = [one.clause for one in choose(library, request)]
    form = form_of(_kits(library, request), clauses)
    own = [field for clause in clauses for field in clause.fields]
    found: dict[str, str] = {}
    for name, value in request.values.items():
        # A kit's field stands for the clauses': each of them has to take the value.
        takers = (
            [form[name], *(field for field in own if field.name == name)]
            if name in form and value.strip()
            else []
        )
        said = next((wrong for field in takers if (wrong := fields.fault(field, value))), None)
        if said:
            found[name] = said
    return found


def _kits(library: ClauseLibrary, request: Request) -> list[Kit]:
    return [kit for id_ in request.ids if (kit := library.find_kit(id_)) is not None]


def _check_values(form: Mapping[str, ClauseField], values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if name not in form:
            near = difflib.get_close_matches(name, form, 3, 0.5)
            hint = (
                f"Vouliez-vous dire {' ou '.join(near)} ?"
                if near
                else f"Champs possibles : {', '.join(form) or 'aucun'}."
            )
            raise UsageError(f"Pas de champ « {name} » dans ce projet.", hint)
        if value.strip():
            fields.shown(form[name], value)


def _taken(request: Request) -> tuple[Taken, ...]:
    """The precedents of a request, each once. A contract that is no piece of a tender (general terms of a provider) goes to the CCAP."""
    known = request.precedents or {}
    found = (known[id_] for id_ in dict.fromkeys(request.ids) if id_ in known)
    return tuple(Taken(one, _PIECE_OF_PRECEDENT.get(one.piece, Place.CCAP)) for one in found)


def _numbered(
    chosen: Sequence[Chosen], taken: Sequence[Taken], order: Sequence[str]
) -> dict[Place, list[Chosen | Taken]]:
    """The clauses by piece, in the order of the articles; the one that lists derogations comes last, as the CCAG want it."""
    rank = {id_: place for place, id_ in enumerate(order)}
    pieces: dict[Place, list[Chosen | Taken]] = {}
    for place in _ORDER:
        group: list[Chosen | Taken] = [
            *(one for one in chosen if one.place is place),
            *(one for one in taken if one.place is place),
        ]
        if group:
            pieces[place] = sorted(
                group, key=lambda one: (one.id == DEROGATIONS_CLAUSE, rank.get(one.id, len(rank)))
            )
    return pieces


def moved(library: ClauseLibrary, request: Request, id_: str, by: int) -> tuple[str, ...]:
    """The ids of all articles once that of ``id_`` has gone up (-1) or down (1) one place in its piece; where it cannot, as they are. Raises as ``draft``."""
    found: list[str] = []
    for group in _numbered(choose(library, request), _taken(request), request.order).values():
        ids = [one.id for one in group]
        at = ids.index(id_) if id_ in ids else len(ids)
        to = at + by
        if 0 <= to < len(ids) and at < len(ids) and DEROGATIONS_CLAUSE not in (id_, ids[to]):
            ids[at], ids[to] = ids[to], ids[at]
        found += ids
    return tuple(found)


# ---- what is written by hand --------------------------------------------------------------------------------------------------------------


def editable(library: ClauseLibrary, request: Request) -> dict[str, str]:
    """The text of each article, by id, as its clause or its precedent has it and as a buyer edits it. Raises as ``draft``."""
    chosen = choose(library, request)
    form = form_of(_kits(library, request), [one.clause for one in chosen])
    several: list[Chosen | Taken] = [*chosen, *_taken(request)]
    return {one.id: _editable(one, _names(library, form, one)) for one in several}


def _editable(one: Chosen | Taken, names: by_hand.Names) -> str:
    wording = (
        one.clause.at(one.level).wording
        if isinstance(one, Chosen)
        else _words_taken(f"[{by_hand.NUMBER}]", one.precedent)
    )
    return by_hand.editable(wording, names)


def _names(library: ClauseLibrary, form: Mapping[str, ClauseField], one: Chosen | Taken) -> by_hand.Names:
    own = one.clause.fields if isinstance(one, Chosen) else ()
    return by_hand.names_of(form, own, {clause.id: clause.title for clause in library.clauses})


def _by_hand(
    library: ClauseLibrary,
    request: Request,
    form: Mapping[str, ClauseField],
    pieces: Mapping[Place, Sequence[Chosen | Taken]],
) -> dict[str, Wording]:
    """What was written by hand, by id of article, where that is not what stood there already."""
    texts = request.texts or {}
    found: dict[str, Wording] = {}
    for group in pieces.values():
        for number, one in enumerate(group, 1):
            if one.id in texts:
                names = _names(library, form, one)
                if not by_hand.is_same(texts[one.id], _editable(one, names)):
                    found[one.id] = Wording(by_hand.read(texts[one.id], names, number), None)
    return found


def _wording(one: Chosen, wordings: Mapping[str, Wording]) -> str:
    return wordings[one.id].text if one.id in wordings else one.clause.at(one.level).wording


class _Filler:
    """Fills the placeholders of Markdown: fields from the values given, articles from where the clauses stand."""

    def __init__(
        self,
        library: ClauseLibrary,
        pieces: Mapping[Place, Sequence[Chosen | Taken]],
        form: Mapping[str, ClauseField],
        values: Mapping[str, str],
    ) -> None:
        self._library, self._form, self._values = library, form, values
        numbered = [
            (place, number, one) for place, group in pieces.items() for number, one in enumerate(group, 1)
        ]
        self._where = {
            one.clause.id: (place, number) for place, number, one in numbered if isinstance(one, Chosen)
        }

    def fill(self, text: str, clauses: Sequence[ModelClause], place: Place | None) -> FilledText:
        """``text`` filled, as it stands in ``place`` (None: outside of the tender). ``clauses`` declare the fields that no kit declares."""
        own = {field.name: field for clause in clauses for field in clause.fields}
        pieces: list[str] = []
        filled: list[FilledField] = []
        length, last = 0, 0
        for match in PLACEHOLDER.finditer(text):
            before = text[last : match.start()]
            pieces.append(before)
            length += len(before)
            last = match.end()
            name = match["name"]
            if name.startswith(ARTICLE_PREFIX):
                shown = self.article(name.removeprefix(ARTICLE_PREFIX).strip(), place)
            elif name.startswith(by_hand.LEFT_OPEN):
                words = name.removeprefix(by_hand.LEFT_OPEN)
                shown = f"[{fields.escaped(words)}]"
                span = Span(length, length + len(shown))
                filled.append(FilledField(words, words, FieldOrigin.MISSING, span))
            else:
                field = self._form.get(name) or own[name]
                shown, origin = self._value(
                    field,
                    own.get(name),
                    _line_before(text, match.start()) if _ends_line(text, match.end()) else None,
                )
                filled.append(
                    FilledField(name, field.label, origin, Span(length, length + len(shown)), field.unit)
                )
            pieces.append(shown)
            length += len(shown)
        return FilledText("".join((*pieces, text[last:])), tuple(filled))

    def article(self, id_: str, place: Place | None) -> str:
        """How a document refers to a clause: by its article where it has one, else by its title."""
        if id_ not in self._where:
            clause = self._library.find_clause(id_)
            return f"la clause « {fields.escaped(clause.title if clause else id_)} »"
        at, number = self._where[id_]
        if at is Place.ANNEX:
            return f"l'annexe {number}"
        return f"l'article {number}" + ("" if at is place else f" {_OF_PIECE[at]}")

    def where(self, id_: str) -> tuple[Place, int]:
        """The piece and the number of a clause of the draft."""
        return self._where[id_]

    def _value(
        self, field: ClauseField, own: ClauseField | None, before: str | None
    ) -> tuple[str, FieldOrigin]:
        """What is shown of a field. ``before`` is what precedes it when it ends its line (a list may then take lines of its own), else None."""
        given = self._values.get(field.name)
        raw, origin = (
            (given.strip(), FieldOrigin.GIVEN)
            if given is not None
            else (field.default or "", FieldOrigin.DEFAULT)
        )
        if not raw:
            return f"[À COMPLÉTER : {fields.escaped(field.label)}]", FieldOrigin.MISSING
        # The clause's own field has the last word on what it can hold, where a kit declares one of the same name.
        items = fields.shown(own or field, raw)
        if len(items) > 1 and before is not None and _ALONE_ON_ITS_LINE.fullmatch(before):
            indent = " " * (len(before) - len(before.lstrip()))
            bullet = before.strip() or "-"
            return f"\n{indent}{bullet} ".join(items) if before.strip() else "- " + f"\n{indent}- ".join(
                items
            ), origin
        return _enumerated(items), origin


def _line_before(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : at]


def _ends_line(text: str, at: int) -> bool:
    return text[at : at + 1] in ("", "\n")


def _enumerated(items: Sequence[str]) -> str:
    if len(items) == 1:
        return items[0]
    return (
        " ; ".join(items) if any("," in item for item in items) else f"{', '.join(items[:-1])} et {items[-1]}"
    )


def _piece(
    place: Place, group: Sequence[Chosen | Taken], filler: _Filler, wordings: Mapping[str, Wording]
) -> DraftPiece:
    return DraftPiece(
        place,
        tuple(
            _article(number, one, place, filler, wordings)
            if isinstance(one, Chosen)
            else _article_taken(number, one, filler, wordings.get(one.id))
            for number, one in enumerate(group, 1)
        ),
    )


def _article(
    number: int, one: Chosen, place: Place, filler: _Filler, wordings: Mapping[str, Wording]
) -> DraftArticle:
    wording = wordings.get(one.id)
    return DraftArticle(
        number,
        one.clause.title,
        filler.fill(_wording(one, wordings), [one.clause], place),
        one.clause,
        one.level,
        adapted_by=wording.by if wording else None,
        by_hand=wording is not None and wording.by is None,
    )


# ---- precedents -----------------------------------------------------------------------------------------------------------------------


def _article_taken(number: int, one: Taken, filler: _Filler, wording: Wording | None) -> DraftArticle:
    """A precedent as an article: its own words, or what the buyer made of them."""
    body = (
        filler.fill(wording.text, (), one.place)
        if wording
        else FilledText(_words_taken(f"{number}", one.precedent))
    )
    return DraftArticle(
        number, _own_title(one.precedent), body, precedent=one.precedent, by_hand=wording is not None
    )


def _words_taken(number: str, precedent: Precedent) -> str:
    """The words of a precedent as Markdown, its sub-articles' headings in bold and numbered after ``number``, its bullets as Markdown's."""
    own = re.compile(rf"^{re.escape(short_number(precedent.number))}\.(?=\d)") if precedent.number else None
    titles = {
        precedent.text[part.span.start - precedent.span.start :].split("\n", 1)[0].strip()
        for part in precedent.parts
    }
    heading, _, body = precedent.text.partition("\n")
    lines = body if fold_line(precedent.title) in fold_line(heading) else precedent.text
    blocks = []
    for line in (one.strip() for one in lines.splitlines() if one.strip()):
        if line in titles:
            blocks.append(f"**{fields.escaped(own.sub(f'{number}.', line) if own else line)}**")
        elif line.startswith("•"):
            blocks.append(f"- {fields.escaped(line.lstrip('• '))}")
        else:
            blocks.append(_unlisted(fields.escaped(line)))
    return "\n\n".join(blocks)


def _unlisted(line: str) -> str:
    """A line whose first characters Markdown would take for a heading or a list stays as it is."""
    return re.sub(
        r"^(#{1,6} |[-+] |\d{1,3}[.)] )", lambda match: re.sub(r"([#\-+.)])", r"\\\1", match[1]), line
    )


def _own_title(precedent: Precedent) -> str:
    """Capitals of a heading are for its page; the draft has its own style."""
    title = precedent.title
    return f"{title[:1]}{title[1:].lower()}" if title.isupper() else title


# What refers to another article of the contract it was taken from: not « l'article L. 2112-4 », not « l'article 28 du règlement ».
_OTHER_TEXT = r"(?! (?:du|de la|de l') ?(?:règlement|loi|code|CCAG|directive|décret|arrêté))"
_OWN_REFERENCE = re.compile(
    rf"\b(?:articles?|annexes?) (?:\d{{1,2}}(?:\.\d{{1,2}})*|[A-Z](?!\.))\b{_OTHER_TEXT}"
)


def _to_revise(precedent: Precedent) -> Iterator[Problem]:
    where = f"« {_own_title(precedent)} » vient de « {precedent.source.title} »" + (
        f" ({french_date(precedent.dated)})" if precedent.dated else ""
    )
    yield Problem(
        "precedent",
        f"{where} : ses délais, ses montants et le droit qu'il cite sont ceux de ce contrat. Relisez-les, puis « assistant check ».",
    )
    names = list(
        dict.fromkeys(
            match[0].lower() for match in _OWN_REFERENCE.finditer(precedent.text.partition("\n")[2])
        )
    )
    if names:
        message = f"« {_own_title(precedent)} » renvoie à d'autres textes de ce contrat ({', '.join(names)}) : corrigez ces renvois."
        yield Problem("precedent-references", message)


# ---- derogations ----------------------------------------------------------------------------------------------------------------------


def _with_derogations(
    pieces: tuple[DraftPiece, ...], filler: _Filler, wordings: Mapping[str, Wording]
) -> tuple[DraftPiece, ...]:
    """The pieces, the CCAP's last article listing every derogation: into the clause made for it, else into an article of its own."""
    held = [article.clause for piece in pieces for article in piece.articles if article.clause]
    return tuple(
        _listing(piece, held, filler, wordings) if piece.place is Place.CCAP else piece for piece in pieces
    )


def _listing(
    piece: DraftPiece, held: Sequence[ModelClause], filler: _Filler, wordings: Mapping[str, Wording]
) -> DraftPiece:
    last = piece.articles[-1]
    made_for_it = last.clause is not None and last.level is not None and last.clause.id == DEROGATIONS_CLAUSE
    listed = (
        article_references(_wording(Chosen(last.clause, last.level, piece.place), wordings))
        if last.clause and last.level and made_for_it
        else ()
    )
    lines = [
        f"- {_sentence(filler.article(clause.id, Place.CCAP))} déroge {_to_ccag(ccag)}."
        for clause in held
        if clause.id not in listed
        for ccag in clause.derogations
    ]
    if not lines:
        return piece
    if made_for_it:
        body = FilledText(
            f"{last.body.text}\n\nDérogations des articles qui précèdent :\n\n" + "\n".join(lines),
            last.body.fields,
        )
        return replace(piece, articles=(*piece.articles[:-1], replace(last, body=body)))
    text = (
        "Par dérogation au cahier des clauses administratives générales, et seulement sur ces points :\n\n"
        + "\n".join(lines)
    )
    return replace(
        piece,
        articles=(*piece.articles, DraftArticle(last.number + 1, "Dérogations au CCAG", FilledText(text))),
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _to_ccag(ccag: str) -> str:
    """``CCAG-TIC art. 14.1`` → ``à l'article 14.1 du CCAG-TIC``; anything else as it is written. A remark in parentheses is for the risk note only."""
    found = re.fullmatch(
        r"(?P<ccag>CCAG(?:-[A-Z]+)?),? art(?:icles?|\.) (?P<numbers>[^()]+?)(?: \(.*\))?", ccag
    )
    if not found:
        return f"à : {fields.escaped(ccag)}"
    to = "aux articles" if re.search(r",| et ", found["numbers"]) else "à l'article"
    return f"{to} {found['numbers']} du {found['ccag']}"


# ---- what the buyer has to know -----------------------------------------------------------------------------------------------------------


def _problems(chosen: Sequence[Chosen], derogates: bool) -> Iterator[Problem]:
    held = {one.clause.id: one.clause for one in chosen}
    for one, other in itertools.combinations(held.values(), 2):
        if incompatible(one, other):
            yield Problem(
                "incompatible-clauses",
                f"« {one.title} » et « {other.title} » se contredisent : gardez l'une des deux.",
                severity=Severity.ERROR,
            )
    if len(held) == 1:
        clause = next(iter(held.values()))
        if clause.companions:
            yield Problem(
                "companions",
                f"Cette clause va avec : {', '.join(clause.companions)}.",
                severity=Severity.INFO,
            )
    if derogates and not any(one.place is Place.CCAP for one in chosen):
        listed = ", ".join(dict.fromkeys(article for one in chosen for article in one.clause.derogations))
        yield Problem(
            "derogation-to-list",
            f"Le dernier article du CCAP doit énumérer cette dérogation, sans quoi elle peut être discutée : {listed}.",
        )


def _derogations_to_check(pieces: Sequence[DraftPiece]) -> Iterator[Problem]:
    """A clause that derogates from the CCAG and was edited by hand may not do so any more."""
    for article in (article for piece in pieces for article in piece.articles):
        if article.by_hand and article.clause and article.clause.derogations:
            listed = ", ".join(article.clause.derogations)
            message = f"« {article.title} », modifié à la main, est encore donné comme dérogeant à : {listed}. Vérifiez qu'il y déroge toujours."
            yield Problem("derogation-to-check", message)


# The weight of a criterion in the mark, in percent; where a draft has the cost's, it has the whole list of criteria.
_WEIGHT, _WEIGHT_OF_COST = "poids_", "poids_cout"


def _weights(pieces: Sequence[DraftPiece]) -> Iterator[Problem]:
    """Criteria that do not make a hundred: what is missing would be marked without having been announced."""
    shown = {
        field.name: (field.label, field.span.of(one.body.text))
        for piece in pieces
        for one in piece.articles
        for field in one.body.fields
    }
    weights = {
        label: Decimal(value.replace(",", "."))
        for name, (label, value) in shown.items()
        if name.startswith(_WEIGHT) and _DECIMAL.fullmatch(value)
    }
    if _WEIGHT_OF_COST in shown and weights and sum(weights.values()) != 100:
        listed = " ; ".join(f"{label}, {_percent(weight)}" for label, weight in weights.items())
        total = _percent(sum(weights.values(), Decimal()))
        yield Problem(
            "weights",
            f"Les poids des critères font {total} et non 100 % ({listed}) : corrigez-les, ou ajoutez le critère qui manque.",
        )


_DECIMAL = re.compile(r"\d+(?:,\d+)?")


def _percent(value: Decimal) -> str:
    return f"{value}".replace(".", ",") + " %"
