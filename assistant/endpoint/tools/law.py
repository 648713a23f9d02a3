"""Tools of the law and its dates: ``article_a_date``, ``versions_article``, ``verifier_citation``."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches

from assistant import references
from assistant.datatypes import Span, Target
from assistant.endpoint.answers import Sight
from assistant.endpoint.callers import Caller
from assistant.endpoint.chat import shown
from assistant.endpoint.tools import shapes
from assistant.endpoint.tools.questions import day_of
from assistant.endpoint.tools.tool import Arguments, Json, Outcome, Room, Tool
from assistant.errors import NotIndexedError, UsageError
from assistant.french.dates import french_date
from assistant.french.folding import fold
from assistant.index import wordings
from assistant.index.store import Store
from assistant.index.wordings import Wording
from assistant.kept_answer import KeptSource, passage_json
from assistant.lines import one_line
from assistant.site.journal import Action, Cited
from assistant.site.rights import Right

# Two words stand in any text: their being there proves nothing.
_FEWEST_WORDS = 4
_QUOTE_MARKS = ' \t\n\r«»"“”\u00a0\u202f'


def _versions_of(room: Room, caller: Caller, arguments: Arguments) -> tuple[Wording, ...]:
    """The wordings of an article that the caller may read, by date.

    Raises:
        NotIndexedError: there is none.
    """
    caller.require(Right.SEARCH)
    store, sight = room.desk.workspace.library.store, Sight(room.desk.workspace, caller)
    number = references.normalise_article(arguments["article"])
    work = references.work_of(arguments["texte"]) or one_line(arguments["texte"])
    several = _seen_versions(store, sight, number, work)
    if not several:
        near = [
            like
            for like in get_close_matches(number, store.articles_of(_as_indexed(store, work)), 3)
            if _is_seen(store, like, sight)
        ]
        hint = (
            f"Vouliez-vous dire {' ou '.join(near)} ?"
            if near
            else "Vérifiez le nom du texte (CCP, CJA, LOI 2024-449 …) et le numéro."
        )
        raise NotIndexedError(
            f"L'article {number} de « {work} » n'est pas parmi les textes que cette clé peut lire.", hint
        )
    return several


def _seen_versions(store: Store, sight: Sight, number: str, work: str) -> tuple[Wording, ...]:
    """The wordings of an article that are seen, by date; perhaps none."""
    several = [
        one
        for one in wordings.wordings(store.wordings(number))
        if one.work.casefold() == work.casefold() and sight.sees(one.source.id)
    ]
    return tuple(sorted(wordings.best_known(several), key=lambda one: one.valid_from or date.min))


def basis_in_force(room: Room, caller: Caller, basis: Iterable[Target], day: date) -> list[Json]:
    """The articles that something rests on, whole, as they are in force on a day: each once, and those alone that the caller may read."""
    store, sight = room.desk.workspace.library.store, Sight(room.desk.workspace, caller)
    named = dict.fromkeys((target.article, target.work) for target in basis)
    found = (
        wordings.on(day, _seen_versions(store, sight, article, work))
        for article, work in named
        if article and work
    )
    return [sight.named(_citation(one)) for one in found if one]


def _as_indexed(store: Store, work: str) -> str:
    """The name of a text as the index writes it."""
    return next((known for known, _ in store.works() if known.casefold() == work.casefold()), work)


def _is_seen(store: Store, number: str, sight: Sight) -> bool:
    return any(sight.sees(source.id) for source, _ in store.wordings(number))


def _citation(one: Wording, span: Span | None = None) -> Json:
    """A wording, or some of its words, as a citation: ``span`` counts in the text of the document."""
    place = span or one.passage.span
    words = one.text[place.start - one.passage.span.start : place.end - one.passage.span.start]
    return {
        "source": KeptSource.of(one.source).to_json(),
        **passage_json(one.passage),
        "quote": words,
        "start": place.start,
        "end": place.end,
    }


def _note(room: Room, caller: Caller, what: str, found: Sequence[Wording]) -> None:
    cited = tuple(Cited(one.source.id, one.work, one.article) for one in found)
    room.desk.journal.record(caller.who, Action.SEARCH, sources=cited, detail=f"{what}, {caller.by}")


def _warnings(room: Room, one: Wording, day: date) -> list[str]:
    """What is to be known of a wording on a day: that a newer one is known, which nobody here has read."""
    if wordings.overtaken(one, room.desk.workspace.article_dates, day):
        known = f"Une rédaction plus récente de l'article {one.article} est connue, mais son texte n'est pas indexé"
        return [f"{known} : celle-ci n'est peut-être plus en vigueur."]
    return []


def _on_a_day(room: Room, caller: Caller, arguments: Arguments) -> Outcome:
    day = day_of(arguments) or date.today()
    several = _versions_of(room, caller, arguments)
    found = wordings.on(day, several)
    _note(room, caller, "article", (found,) if found else ())
    sight = Sight(room.desk.workspace, caller)
    named = {
        "texte": several[0].work,
        "article": several[0].article,
        "date": day.isoformat(),
        "en_vigueur": found is not None,
    }
    if found is None:
        periods = " ; ".join(map(wordings.period, several))
        said = f"L'article {several[0].article} ({several[0].work}) n'a pas de rédaction en vigueur le {french_date(day)}. Rédactions indexées : {periods}."
        return Outcome(said, named | {"avertissements": [said], "citations": []})
    warnings = _warnings(room, found, day)
    head = f"**{shown(found.work)}, article {shown(found.article)}** — {wordings.period(found)}"
    return Outcome(
        "\n\n".join((head, shown(found.text), *warnings)),
        named | {"avertissements": warnings, "citations": sight.named([_citation(found)])},
    )


def _versions(room: Room, caller: Caller, arguments: Arguments) -> Outcome:
    several = _versions_of(room, caller, arguments)
    unread = wordings.unindexed(room.desk.workspace.article_dates, several)
    _note(room, caller, "versions", several)
    missing = [
        {"valid_from": _iso(row.valid_from), "valid_to": _iso(row.valid_to), "note": row.note}
        for row in unread
    ]
    lines = [f"- {wordings.period(one)} : {shown(one_line(one.text))}" for one in several]
    lines += [
        f"- non indexée, du {french_date(row.valid_from) if row.valid_from else 'jour inconnu'} : {shown(row.note)}"
        for row in unread
    ]
    value: Json = {"texte": several[0].work, "article": several[0].article, "non_indexees": missing}
    return Outcome(
        "\n".join(lines),
        value | {"citations": Sight(room.desk.workspace, caller).named([_citation(one) for one in several])},
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# ---- citations ----------------------------------------------------------------------------------------------------------------------


def _verify(room: Room, caller: Caller, arguments: Arguments) -> Outcome:
    """Whether words stand where they are said to stand. Whatever is not sure is not verified."""
    caller.require(Right.SEARCH)
    words, day = one_line(arguments["citation"].strip(_QUOTE_MARKS)), day_of(arguments) or date.today()
    if len(words.split()) < _FEWEST_WORDS:
        raise UsageError(
            f"Une citation de moins de {_FEWEST_WORDS} mots ne se vérifie pas : elle se trouverait partout.",
            "Donnez la phrase.",
        )
    in_document, in_article = "source" in arguments, "texte" in arguments and "article" in arguments
    if in_document == in_article or ("texte" in arguments) != ("article" in arguments):
        raise UsageError(
            "Il faut dire d'où vient la citation : « texte » et « article », ou « source ».",
            "L'un des deux, pas les deux.",
        )
    verified, reason, citation = (
        _of_a_document(room, caller, arguments, words)
        if in_document
        else _of_an_article(room, caller, arguments, words, day)
    )
    sight = Sight(room.desk.workspace, caller)
    room.desk.journal.record(
        caller.who,
        Action.SEARCH,
        detail=f"citation {'vérifiée' if verified else 'non vérifiée'}, {caller.by}",
    )
    value = {"verifiee": verified, "motif": reason, "citations": sight.named([citation] if citation else [])}
    return Outcome(f"**{'Vérifiée' if verified else 'Non vérifiée'}** : {reason}", value)


def _of_an_article(
    room: Room, caller: Caller, arguments: Arguments, words: str, day: date
) -> tuple[bool, str, Json | None]:
    try:
        several = _versions_of(room, caller, arguments)
    except NotIndexedError as absent:
        return False, str(absent), None
    current = wordings.on(day, several)
    name = f"l'article {several[0].article} ({several[0].work})"
    if current and (place := _exact(current.text, words)):
        span = Span(current.passage.span.start + place.start, current.passage.span.start + place.end)
        if warnings := _warnings(room, current, day):
            return (
                False,
                f"Ces mots sont ceux de la rédaction indexée, mais : {warnings[0]}",
                _citation(current, span),
            )
        return (
            True,
            f"Ces mots sont dans {name}, en vigueur {wordings.period(current)}.",
            _citation(current, span),
        )
    for other in several:
        if place := _exact(other.text, words):
            span = Span(other.passage.span.start + place.start, other.passage.span.start + place.end)
            reason = f"Ces mots sont d'une autre rédaction de {name}, en vigueur {wordings.period(other)}, et non le {french_date(day)}."
            return False, reason, _citation(other, span)
    if current is None:
        return (
            False,
            f"{name[0].upper()}{name[1:]} n'a pas de rédaction en vigueur le {french_date(day)}.",
            None,
        )
    return False, _near(current.text, words, name), _citation(current)


def _of_a_document(
    room: Room, caller: Caller, arguments: Arguments, words: str
) -> tuple[bool, str, Json | None]:
    id_, sight = arguments["source"], Sight(room.desk.workspace, caller)
    if not sight.sees(id_):
        return False, "Aucune source de cet identifiant n'est parmi celles que cette clé peut lire.", None
    document = room.desk.workspace.show(id_)
    name = f"« {document.source.title} »"
    place = _exact(document.text, words)
    if place is None:
        return False, _near(document.text, words, name), None
    passage = room.desk.workspace.passage_at(id_, place.start)
    known = passage_json(passage) if passage else dict.fromkeys(("work", "article", "valid_from", "valid_to"))
    where: Json = {
        "source": KeptSource.of(document.source).to_json(),
        **known,
        "pages": _pages(document.pages_of(place)),
    }
    return (
        True,
        f"Ces mots sont dans {name}.",
        where | {"quote": place.of(document.text), "start": place.start, "end": place.end},
    )


def _pages(pages: tuple[int, int] | None) -> list[int] | None:
    return list(pages) if pages else None


def _exact(text: str, words: str) -> Span | None:
    """Where ``words`` stand in ``text``, character for character but for the white space between words, as whole words; None: nowhere."""
    flat, places = list[str](), list[int]()
    for place, character in enumerate(text):
        if not character.isspace():
            flat.append(character)
            places.append(place)
        elif flat and flat[-1] != " ":
            flat.append(" ")
            places.append(place)
    line = "".join(flat)
    start = line.find(words)
    while start >= 0:
        end = start + len(words)
        if not (start and line[start - 1].isalnum() and words[0].isalnum()) and not (
            end < len(line) and line[end].isalnum() and words[-1].isalnum()
        ):
            return Span(places[start], places[end - 1] + 1)
        start = line.find(words, start + 1)
    return None


def _near(text: str, words: str, name: str) -> str:
    """Why words do not stand in a text."""
    if _exact(fold(text), fold(words)):
        return f"Les mêmes mots sont dans {name}, mais leurs majuscules, leurs accents ou leur typographie diffèrent : reprenez le texte exact."
    return f"Ces mots ne sont pas dans {name}."


_WORK = shapes.text("Nom du texte : CCP, CJA, LOI 2024-449 …", 200)
_ARTICLE = shapes.text("Numéro de l'article : L2113-10, R. 2122-8 …", 60)
_NAMED = {"texte": shapes.ANY_TEXT, "article": shapes.ANY_TEXT}

TOOLS = (
    Tool(
        "article_a_date",
        "Lire un article tel qu'il était en vigueur un jour",
        "Donne le texte exact d'un article en vigueur à une date (aujourd'hui par défaut), ou dit qu'il ne l'était pas.",
        shapes.taking(
            ["texte", "article"],
            texte=_WORK,
            article=_ARTICLE,
            date=shapes.day("Jour (AAAA-MM-JJ) ; sinon aujourd'hui."),
        ),
        shapes.giving(
            **_NAMED,
            date=shapes.ANY_TEXT,
            en_vigueur=shapes.YES_OR_NO,
            avertissements=shapes.several(shapes.ANY_TEXT),
            citations=shapes.CITATIONS,
        ),
        _on_a_day,
    ),
    Tool(
        "versions_article",
        "Lister les rédactions d'un article",
        "Donne chaque rédaction indexée d'un article avec ses dates, et celles que l'on connaît sans en avoir le texte.",
        shapes.taking(["texte", "article"], texte=_WORK, article=_ARTICLE),
        shapes.giving(**_NAMED, non_indexees=shapes.several(shapes.ANYTHING), citations=shapes.CITATIONS),
        _versions,
    ),
    Tool(
        "verifier_citation",
        "Vérifier une citation",
        "Dit si des mots sont, au caractère près, dans l'article en vigueur à une date ou dans un document. Ce qui n'est pas sûr est « non vérifié ».",
        shapes.taking(
            ["citation"],
            citation=shapes.text("Les mots cités.", 20_000),
            texte=_WORK,
            article=_ARTICLE,
            date=shapes.day("Jour où l'article doit être en vigueur (AAAA-MM-JJ) ; sinon aujourd'hui."),
            source=shapes.text("Identifiant d'une source, comme les citations le donnent.", 64),
        ),
        shapes.giving(verifiee=shapes.YES_OR_NO, motif=shapes.ANY_TEXT, citations=shapes.CITATIONS),
        _verify,
    ),
)
