"""What an amendment changes: its sentences and rows that give a field a new value, add to it, or take it away."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.datatypes import Document
from assistant.documents import holders, words
from assistant.documents.amendments import MEASURED, Change, Effect, Measure
from assistant.documents.measures import BEGINS, Value, ends_contract, values, with_roles
from assistant.documents.parts import Part, line_of, parts, quotations
from assistant.french.dates import moments
from assistant.french.folding import fold
from assistant.lines import one_line
from assistant.reader.fields import Subject, passage
from assistant.summaries.fields.summary import Extract, extract

Read = Callable[[Sequence[str]], Sequence[Subject]]

# What the trained reader is told that the document is.
PIECE = "avenant"
# A field is what a sentence speaks of from this weight on: its share by the reader, and what its own words and those of its title add.
_LEAST, _BY_WORDS, _BY_TITLE = 0.5, 0.8, 0.3
# What a contract that is awarded says no more, or what no amendment changes by a sentence.
_OF_THE_TENDER = frozenset(
    (
        "objet",
        "acheteur",
        "numero_consultation",
        "type_marche",
        "forme",
        "procedure",
        "lots",
        "date_limite_remise",
        "criteres_attribution",
        "variantes",
    )
)
_UNITS = {
    "duree_initiale": ("mois", "jour", "semaine"),
    "delai_paiement": ("jour",),
    "montant_maximum_ht": ("euros", "%"),
    "montant_minimum_ht": ("euros", "%"),
    "montant_ht": ("euros", "%"),
}
_ROLES = {"added": "ajout", "removed": "ajout"}
_PAST = re.compile(r"\b(?:(?:a|ont) (?:deja )?(?:ete|\w+e)|avai(?:t|ent))\b")
_OTHER_AMENDMENT = re.compile(r"\bavenant n ?[°o]? ?(\d{1,2})\b")
_ITS_ARTICLE = re.compile(r"\barticles? (\d{1,2}|premier)\w* de l'avenant")
# The article of the contract that is changed: « l'article 7 », « au 4.1 du CCP », « au paragraphe 3 », « au titre IV », « à la lettre F ».
_ARTICLE = re.compile(
    r"(?:\b(?:articles?|paragraphe|titre|chapitre|lettre|point|section|clause) n?[°o]? ?(?P<named>\d{1,2}(?:[.-]\d{1,2})*|[ivx]{1,5}\b|[a-h]\b)|"
    r"\b(?:au|le|du) (?P<bare>\d{1,2}(?:\.\d{1,2})*|[A-Ha-h](?= du ))(?=,| du | est | de ))"
)
_UNTIL = re.compile(r"(?:jusqu'au|\bau)\W*$")


def changes(
    document: Document, number: int | None, read: Read | None
) -> tuple[tuple[Change, ...], tuple[tuple[int, str], ...]]:
    """The changes in the order of the text, and what is taken back of other amendments: their numbers, with one of their articles or all (empty).

    Args:
        document: the amendment.
        number: its own, so that what it tells of others is no change.
        read: what the trained reader of fields sees in passages, or None without it.
    """
    folded = fold(document.text)
    every = list(parts(document, folded))
    told = [part for part in every if _tells_change(part, folded, number)]
    told = _laid_down(told, folded) or told
    texts = [passage(PIECE, part.title, _words(part, document.text)) for part in told]
    subjects: Sequence[Subject | None] = read(texts) if read is not None and texts else [None] * len(told)
    found = [
        change
        for part, subject in zip(told, subjects, strict=True)
        for change in _changes(part, subject, document, folded)
    ]
    return tuple(found), tuple(dict.fromkeys(_cancelled(every, folded, number)))


def _words(part: Part, text: str) -> str:
    said = part.values.of(text)
    return f"{part.label} : {said}" if part.label else said


def _around(part: Part, folded: str) -> str:
    return f"{part.label} {part.values.of(folded)}".strip()


# ---- which of them change something -------------------------------------------------------------------------------------------------------


def _laid_down(told: Sequence[Part], folded: str) -> list[Part]:
    """Those after the first article: what precedes it tells why."""
    first = words.amendment("verbs", "lays_down").search(folded)
    return [part for part in told if first is not None and part.span.start >= first.start()]


def _tells_change(part: Part, folded: str, number: int | None) -> bool:
    text = part.span.of(folded)
    if _is_recital(part, folded, number):
        return False
    if words.amendment("verbs", "ends_on").search(text) and any(
        ends_contract(text, one) for one in values(text) if one.measure.unit == "date"
    ):
        return True
    kept = not part.new and words.amendment("verbs", "kept").search(part.values.of(folded)) is not None
    if kept and all(one.role in ("stated", "old") for one in with_roles(part.values.of(folded))):
        return False
    return part.new or bool(
        words.amendment("verbs", "changes").search(text) or words.amendment("verbs", "ends").search(text)
    )


def _is_recital(part: Part, folded: str, number: int | None) -> bool:
    """Whether it tells what was, or what another amendment did, or from when it all holds."""
    text = part.span.of(folded)
    title = words.amendment("verbs", "recital_titles")
    begins = line_of(part.span, folded).of(folded).lstrip()[:40]
    if title.search(fold(part.title)) or (
        (label := title.match(begins)) and re.match(r"\s?[.:–-]", begins[label.end() :])
    ):
        return True
    if words.amendment("verbs", "recitals").search(text) or words.amendment("titles").match(text):
        return True
    told = _OTHER_AMENDMENT.search(text)
    if (
        told
        and int(told[1]) != number
        and (_PAST.search(text) or words.amendment("verbs", "cancels").search(text))
        and not part.replaced
    ):
        return not values(text)[1:] and not words.amendment("before", "new").search(text)
    dated = words.amendment("dates", "effect").search(text)
    return (
        dated is not None
        and words.amendment("dates", "general").search(text[: dated.start()]) is not None
        and len(values(text)) < 2
        and not part.new
    )


def _cancelled(every: Sequence[Part], folded: str, number: int | None) -> Iterator[tuple[int, str]]:
    for part in every:
        text = part.span.of(folded)
        if words.amendment("verbs", "cancels").search(text) and not words.amendment("verbs", "but").search(
            text
        ):
            article = _ITS_ARTICLE.search(text)
            yield from (
                (int(match[1]), article[1].replace("premier", "1") if article else "")
                for match in _OTHER_AMENDMENT.finditer(text)
                if int(match[1]) != number
            )


# ---- what they change ---------------------------------------------------------------------------------------------------------------------


def _changes(part: Part, subject: Subject | None, document: Document, folded: str) -> Iterator[Change]:
    quote = extract(document, part.span)
    name = _field(part, subject, folded)
    found = list(_of_name(name, part, document, folded, quote))
    effect, until = _own_period(_outside(part, folded) if part.new else part.values.of(folded), name)
    about = _article_changed(part, folded)
    for change in found:
        yield replace(
            change,
            effect=Effect(effect, "date d'effet", quote) if effect else None,
            until=until,
            article=about,
            within=part.article,
        )


def _of_name(name: str, part: Part, document: Document, folded: str, quote: Extract) -> Iterator[Change]:
    text, around = part.values.of(folded), _around(part, folded)
    if name == "titulaire":
        if holder := holders.new_holder(part.values.of(document.text), part.label if part.new else ""):
            yield Change(name, "nouveau", holder, quote)
        return
    measured = list(_of_measures(part, around, folded, quote, name)) if name in MEASURED else []
    yield from measured
    if measured:
        return
    if (
        not part.new
        and (name or _article_changed(part, folded))
        and words.amendment("verbs", "ends").search(text)
    ):
        yield Change(name or "clause", "supprime", "supprimé", quote)
    elif name not in MEASURED and (value := _new_words(part, name, document.text, folded)):
        completed = re.search(r"\b(?:ajoute|complete|inser)\w*", around) is not None and not part.replaced
        instead = None if part.replaced else _put_instead(part, document.text, folded)
        yield Change(
            name or "clause",
            "complete" if completed else "nouveau",
            value,
            quote,
            instead,
            replaces=_replaced(part, document.text, folded),
        )


def _field(part: Part, subject: Subject | None, folded: str) -> str:
    """The field that a part speaks of; empty for a clause of none."""
    text, title = _around(part, folded), fold(part.title)
    scores = (
        {name: share for name, share in subject.fields.items() if name not in _OF_THE_TENDER}
        if subject is not None
        else {}
    )
    named = {field.name for field in words.amended_fields() if field.named_in(text)}
    titled = {field.name for field in words.amended_fields() if field.named_in(title)}
    for name in named | titled:
        scores[name] = (
            scores.get(name, 0.0)
            + (_BY_WORDS if name in named else 0.0)
            + (_BY_TITLE if name in titled else 0.0)
        )
    bounds = {"montant_maximum_ht", "montant_minimum_ht"}
    scores |= dict.fromkeys(bounds - named if named & bounds else bounds - named - titled, 0.0)
    if "montant_ht" in named and any(
        one.role != "old" and one.measure.unit == "euros" for one in with_roles(text)
    ):
        scores |= {"forme_prix": 0.0, "revision_prix": 0.0, "montant_ht": 1.0 + scores["montant_ht"]}
    if "titulaire" in named and holders.named_new(text):
        scores["titulaire"] += 1.0
    refused = {
        field.name
        for field in words.amended_fields()
        if field.name in ("duree_initiale", "montant_ht") and field.but and field.but.search(text)
    }
    scores = {name: score for name, score in scores.items() if name not in refused}
    best = max(scores, key=lambda name: scores[name], default="")
    return best if best and scores[best] >= _LEAST else ""


def _outside(part: Part, folded: str) -> str:
    """What stands around the new words of a part."""
    return f"{folded[part.span.start : part.values.start]} {folded[part.values.end : part.span.end]}"


def _own_period(text: str, name: str) -> tuple[date | None, date | None]:
    """The days between which a change holds, where its own words say them; a contract that is prolonged « à compter du » is so from the amendment on."""
    if name in ("duree_initiale", "fin"):
        return None, None
    since = until = None
    for moment in moments(text):
        before = text[max(0, moment.start - 24) : moment.start]
        if BEGINS.search(before):
            since = moment.day
        elif _UNTIL.search(before):
            until = moment.day
    return since, until if since or words.amendment("dates", "temporary").search(text) else None


def _article_changed(part: Part, folded: str) -> str:
    """The number of the contract's article that a part names, but for the amendment's own at the beginning of its line."""
    text = part.span.of(folded)
    own = re.match(r"\W*(?:article|art)\.? ?(?:\d{1,2}|premier|[ivx]{1,5})(?:er)?\W", text)
    match = _ARTICLE.search(text, own.end() if own else 0)
    return (match["named"] or match["bare"]) if match else ""


def _of_measures(part: Part, around: str, folded: str, quote: Extract, name: str) -> Iterator[Change]:
    """The measures of a part: of the field that it speaks of, and of the contract's length and end or its amount where it names these too."""
    text = part.values.of(folded)
    found = [one for one in with_roles(text, part.label) if part.new or one.role != "old"]
    others = {
        field.name
        for field in words.amended_fields()
        if field.name in ("duree_initiale", "montant_ht") and field.named_in(around)
    }
    for field in dict.fromkeys((name, *sorted(others))):
        units = _UNITS.get(field, ())
        yield from (
            _change(field, one, quote)
            for one in _chosen([one for one in found if one.measure.unit in units], part.new, field == name)
        )
    if "duree_initiale" in (name, *others) or name == "fin":
        ends = [
            one
            for one in found
            if one.measure.unit == "date"
            and (ends_contract(text, one, part.label) or (part.new and len(found) == 1))
        ]
        yield from (Change("fin", "nouveau", one.measure.written, quote, one.measure) for one in ends[-1:])


def _chosen(found: Sequence[Value], new: bool, alone: bool) -> list[Value]:
    """The value that a sentence gives: the last new one, else what is added or taken away, else the only one that is stated."""
    if new:
        return [one for one in found if one.measure.unit != "%"][-1:]
    for role in ("new", "added", "removed"):
        of_role = [one for one in found if one.role == role and (role != "new" or one.measure.unit != "%")]
        if of_role:
            return of_role[-1:] if role == "new" else of_role[:1]
    stated = [one for one in found if one.measure.unit != "%"]
    return stated if alone and len(stated) == 1 and stated[0].role == "stated" else []


def _change(name: str, value: Value, quote: Extract) -> Change:
    measure = value.measure
    sign = -1 if value.role == "removed" else 1
    return Change(
        name,
        _ROLES.get(value.role, "nouveau"),
        measure.written,
        quote,
        Measure(sign * measure.number, measure.unit, measure.written),
    )


def _replaced(part: Part, text: str, folded: str) -> str:
    """The words that others take the place of: those quoted, or the old value: « portée de 350 € à 500 € »."""
    if part.replaced:
        return one_line(part.replaced)
    old = [one for one in with_roles(part.values.of(folded)) if one.role == "old"]
    return one_line(part.values.of(text)[old[0].start : old[0].end]) if len(old) == 1 else part.old


def _put_instead(part: Part, text: str, folded: str) -> Measure | None:
    """The one new value of a clause of words, as it is written: « portée de 350 € à 500 € »."""
    new = [one for one in with_roles(part.values.of(folded), part.label) if one.role == "new" or part.new]
    return (
        replace(new[0].measure, written=one_line(part.values.of(text)[new[0].start : new[0].end]))
        if len(new) == 1
        else None
    )


def _new_words(part: Part, name: str, text: str, folded: str) -> str:
    """The new words of a clause; the whole sentence where it quotes none. Of no field at all, only where it names an article, quotes or measures."""
    said = part.values.of(text)
    if part.new:
        return one_line(said)
    named = (
        name
        or _article_changed(part, folded)
        or quotations(part.span.of(text))
        or any(one.role in ("new", "added") for one in with_roles(fold(said)))
    )
    return one_line(said) if named and words.amendment("verbs", "changes").search(fold(said)) else ""
