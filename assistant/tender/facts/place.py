"""Where the contract is carried out: never the buyer's address, a code of the nomenclature, or the place where tenders are opened.

The words are in ``place.toml``.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.datatypes import Span
from assistant.french.forms import Forms
from assistant.french.numbers import NUMBER
from assistant.tender.by_lot import lots_above, of_lots
from assistant.tender.fact import Fact
from assistant.tender.facts.identity import object_of
from assistant.tender.facts.lots import lots_of
from assistant.tender.labels import labelled
from assistant.tender.selection import is_blank_form, with_list
from assistant.tender.view import Section, Sentence, View

_FORMS = Forms("assistant.tender.facts", "place.toml", given={"count": NUMBER})
_WEB = re.compile(r"https?:|www\.|@")
# eForms: one line each.
_TOWN_LINES = re.compile(
    r"(?:^|\n)[ \t]*ville ?: ?(?P<town>[^\n:]{2,80}?)[ \t]*(?:\n[ \t]*code postal ?: ?(?P<code>\d{5}))?(?=\n|$)"
)
# The object stands among the first sentences, a site among those that describe it.
_OBJECT_SENTENCES, _EARLY_SENTENCES = 150, 120
_SHORTEST, _MOST_TABLE_CHARACTERS = 12, 600
_FEWEST_SECTORS = 2


@cache
def _form(name: str) -> re.Pattern[str]:
    return re.compile(_FORMS.family(name))


def place_of(view: View) -> Fact | None:
    """The place of execution or delivery."""
    if view.piece == "avis" and (by_lot := _of_lots(view)):
        return by_lot
    for label in labelled(view, _FORMS.family("label"), stop=r"\n|\.(?= ?[A-Z\n]|\s*$)"):
        text = label.span.of(view.folded)
        if (
            re.match(r"code nuts|-?fr[a-z]\d|nuts|cpv", text)
            or len(text) < 3
            or is_blank_form(text)
            or text.startswith(("la liste", "liste"))
            or _WEB.search(text)
            or _or(view, label.whole)
            or _form("plain").match(view.folded, label.whole.start)
            or "|" in text  # a table
        ):
            continue
        return Fact(view.words(label.span), (label.whole,))
    for section in view.titled(_form("title")):
        if section.named(_form("title")) and (found := _titled(view, section)):
            return found
    return _headed(view) or _stated(view) or _of_sectors(view)


def _of_lots(view: View) -> Fact | None:
    """The places that a notice gives within the lines of its lots."""
    found: dict[str, Span] = {}
    for match in _form("within_a_line").finditer(view.folded):
        lots = lots_above(view, match.start())
        place = Span(*match.span("place"))
        if lots and lots not in found and not is_blank_form(place.of(view.folded)):
            found[lots] = place
    if not found:
        return None
    told = [f"{of_lots(lots)} : {view.words(place)}" for lots, place in found.items()]
    return Fact(" ; ".join(told), tuple(found.values()))


def _headed(view: View) -> Fact | None:
    """The rows of a table, one of whose columns gives places."""
    for line in view.lines_with("livraison", "execution", "intervention"):
        cells = [cell.strip() for cell in line.of(view.folded).strip(" |").split("|")]
        if len(cells) < 2 or not any(_form("column").fullmatch(cell) for cell in cells):
            continue
        if (first := view.sentence_at(line.start)) and (table := _table(view, view.sentences[first.index :])):
            return Fact(view.words(table), (table,))
    return None


def _or(view: View, label: Span) -> bool:
    """Whether what looks like « où » is « ou »."""
    word = label.of(view.folded).split()[0].rstrip(":|")
    return word == "ou" and "ù" not in label.of(view.document.text).lower()[: len(word)]


def _titled(view: View, section: Section) -> Fact | None:
    """What a clause of places says: its first words, or those that name a place."""
    town = _TOWN_LINES.search(view.folded, section.body.start, section.body.end)
    if town:
        span = Span(town.start("town"), town.end("code") if town.group("code") else town.end("town"))
        words = [view.words(Span(*town.span(part))) for part in ("town", "code") if town.group(part)]
        return Fact(" ".join(words), (span,))
    said = [
        sentence
        for sentence in view.within(section)
        if len(sentence.text.strip()) >= _SHORTEST
        and not is_blank_form(sentence.text)
        and not _form("not_place").search(sentence.text)
    ]
    if not said:
        return None
    if said[0].text.count("|") and (table := _table(view, said)):
        return Fact(view.words(table), (table,))
    telling = [
        sentence
        for sentence in said
        if _form("said").search(sentence.text)
        or re.search(r"\d{5}|\bsite\b|locaux|siege|territoire|rue|commune", sentence.text)
    ]
    chosen = sorted(telling, key=lambda one: (not _weighty(view, one), one.index))[:2]
    if not (chosen or _weighty(view, said[0]) or _form("told_by_title").search(section.title)):
        return None
    if not chosen or not _weighty(view, chosen[0]):
        chosen = [said[0], *(one for one in chosen if one is not said[0])][:2]
    spans = tuple(with_list(view, one) for one in sorted(chosen, key=lambda one: one.index))
    return Fact(" ; ".join(view.words(span) for span in spans), spans)


def _table(view: View, said: Sequence[Sentence]) -> Span | None:
    """The rows of a table of places, from its head on."""
    end = said[0].span.end
    for sentence in said[1:]:
        if "|" not in sentence.text or sentence.span.end - said[0].span.start > _MOST_TABLE_CHARACTERS:
            break
        end = sentence.span.end
    return Span(said[0].span.start, end) if end > said[0].span.end else None


def _weighty(view: View, sentence: Sentence) -> bool:
    """Whether a sentence names a place: a capital after a preposition, or a postal code."""
    own = sentence.span.of(view.document.text)
    return (
        re.search(
            r"\d{5}|(?: à | au | de l['’]|locaux d[eu] |(?:[ée]coles?|coll[èe]ges?|lyc[ée]es?|gymnases?|cr[èe]ches?|sites?) )(?:la |l['’]|"
            r"de |du |des )?[A-ZÀ-Þ]",
            own,
        )
        is not None
    )


def _stated(view: View) -> Fact | None:
    located = [
        sentence
        for sentence in view.sentences_with("situe", "sis ", "sise", "implant")
        if _form("located").search(sentence.text)
        and not _form("not_place").search(sentence.text)
        and not _form("verification").search(sentence.text)
    ]
    early = [sentence for sentence in located if sentence.index < _EARLY_SENTENCES][:3]
    if early and view.piece not in ("RC", "avis", "AE"):
        together = [sentence for sentence in early if sentence.section is early[0].section]
        return Fact(
            " ; ".join(view.words(sentence.span) for sentence in together),
            tuple(sentence.span for sentence in together),
        )
    said = next(
        (
            sentence
            for sentence in view.sentences_with(*_FORMS.stored("needles"))
            if _form("said").search(sentence.text)
            and not _form("not_place").search(sentence.text)
            and (
                _weighty(view, sentence)
                or "du territoire" in sentence.text
                or _form("street").search(sentence.text)
                or _form("told").search(sentence.text)
                or _named(view, sentence.span, "named_there")
            )
        ),
        None,
    )
    if said and (
        view.piece != "RC" or re.search(r"\b\d{5}\b", said.text) or _form("delivered").search(said.text)
    ):
        return Fact(view.words(said.span), (said.span,))
    return _of_object(view)


def _of_object(view: View) -> Fact | None:
    """The town that the object of works names, with its postal code; the street, the quarter or the campus that it names."""
    for sentence in view.sentences[:_OBJECT_SENTENCES]:
        if not _form("object").search(sentence.text) or _form("not_place").search(sentence.text):
            continue
        for match in (
            found
            for form in _FORMS.stored("of_object")
            for found in _overlapping(re.compile(_FORMS.any_of([form])), sentence.text)
        ):
            start = sentence.span.start
            own = Span(start + match.start(1), start + match.end(1))
            if not own.of(view.document.text).startswith("a "):  # "a pour objet" is the verb
                return Fact(re.sub(r"^(?:à|au|aux|de|du|sur) ", "", view.words(own)), (sentence.span,))
    bought = object_of(view)
    named = _named(view, bought.spans[0]) if bought else None
    return Fact(view.words(named), (named,)) if named else None


def _named(view: View, within: Span, form: str = "named") -> Span | None:
    """The first part of a town or of an estate that these words call by its name."""
    for match in _form(form).finditer(view.folded, within.start, within.end):
        if view.document.text[match.start("name")].isupper():
            return Span(match.start(), match.end())
    return None


_LONGEST_SITE = 160


def within_object(view: View, bought: Sequence[Span]) -> Fact | None:
    """The places that what is bought names or counts, where nothing else says where: « l'école Jules-Verne », « dans les cinq déchèteries du syndicat »."""
    for span in bought:
        if _form("not_placed").search(span.of(view.folded)):
            return None
        for match in _form("placed").finditer(view.folded, span.start, span.end):
            start = match.start("site") if match["site"] else match.start("named")
            if match["named"] and not _is_called(view, match):
                continue
            end = min(span.end, start + _LONGEST_SITE)
            stop = _form("site_ends").search(
                view.folded, match.end("site" if match["site"] else "named"), end
            )
            own = Span(start, stop.start() if stop else end)
            counted = match["site"] is not None and _form("counted").match(view.folded, start) is not None
            named = any(sign.isupper() for sign in own.of(view.document.text).partition(" ")[2])
            ways = _form("public_ways").match(view.folded, start) is not None
            if not (counted or named or ways) or _form("of_holder").search(own.of(view.folded)):
                continue
            return Fact(view.words(own).rstrip(" ,(–-"), (own,))
    return None


def _is_called(view: View, match: re.Match[str]) -> bool:
    """Whether a place has a name: « école J.-Verne », « COLLÈGE SIMONE-VEIL », and not « bibliothèque numérique »."""
    return match["name"] is not None and view.document.text[match.end("name") - 1].isupper()


def _of_sectors(view: View) -> Fact | None:
    """The titles of the lots, where most of them are parts of a territory."""
    lots = lots_of(view)
    if lots is None or isinstance(lots.value, str):
        return None
    areas = [
        span
        for span in lots.spans
        if _form("area").search(span.of(view.folded)) or _named(view, span, "named_house")
    ]
    if len(areas) < _FEWEST_SECTORS or len(areas) <= len(lots.spans) / 2:
        return None
    return Fact(" ; ".join(view.words(span) for span in areas), tuple(areas))


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match of a pattern, those that begin within another included."""
    match = pattern.search(text)
    while match is not None:
        yield match
        match = pattern.search(text, match.start() + 1)
