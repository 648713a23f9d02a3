"""A question that leans on the one before: what it asks of the same answer, or which other case of the same sheet it turns to."""

import re
from dataclasses import replace
from enum import StrEnum

from assistant.answering import words
from assistant.answering.asked import Asked
from assistant.answering.choice import Candidate, Reading, Weighed, any_stands
from assistant.answering.conversation import follows, says_little, together
from assistant.datatypes import Position
from assistant.french.denial import is_denied
from assistant.french.durations import durations
from assistant.french.folding import fold, fold_words
from assistant.french.numbers import FIGURES, IN_WORDS
from assistant.sheets import Actor, Form, LegalSheet
from assistant.sheets.bounds import amount, quantities

# A number without its unit, and what is believed of one by its unit: « et à 110 000 ? » is money after a sum, « et 12 ? » a share after one.
_BARE = re.compile(
    rf"(?<![\w,./€%-])(?P<many>{FIGURES}|{IN_WORDS})(?= ?(?:[?.,;:!…)]|$|{words.family('follow_up.after_a_quantity')}\b))"
)
_BEFORE_A_NAME = re.compile(rf"\b{words.family('follow_up.before_a_name')} ?$")
_BELIEVED = {
    "€": (1.0, 1e9),
    "%": (0.0, 100.0),
    "jours": (1.0, 400.0),
    "mois": (2.0, 120.0),
    "an": (2.0, 30.0),
}
_YEARS = range(1990, 2051)
# A number below the first is of thousands where the sum that they make is not so many times more or less than the one before.
_THOUSAND, _LIKE, _LEAST_SUM = 1000, 5, 100
# What is told in words too: « et si on va à six ? »; « les deux » are none.
_TIMES = frozenset(("jours", "mois", "an"))


# Groups of which one is said at a time; a longer follow-up tells a story of its own.
_SHORT = 16
_GROUPS = tuple(words.patterns(group) for group in ("buyer", "firm", "procedure", "purchase"))


class Aspect(StrEnum):
    """What a follow-up asks of the answer before, without changing its case."""

    ARTICLES = "articles"
    RISK = "risque"
    WORDING = "rédaction"


_ASPECTS = (
    (Aspect.ARTICLES, words.pattern("follow_up.articles")),
    (Aspect.WORDING, words.pattern("follow_up.wording")),
    (Aspect.RISK, words.pattern("follow_up.risk")),
)
_PAUSE = re.compile(r"[?,;.] ")
_CHANGES_A_FACT = re.compile(rf"^\W*{words.family('follow_up.changes_a_fact')}")
_INSISTS = re.compile(rf"^\W*{words.family('follow_up.insists')}")
_OWN_ACT = words.pattern("follow_up.own_act")
_REMOVED = words.pattern("follow_up.removed")
_ASKS = words.pattern("follow_up.asks_of_its_own")
_DENIES = words.pattern("follow_up.denies")
# « L'entreprise peut mettre autre chose à la place ? » turns to nothing: a pause follows what does, or hardly a word stands before it.
_TURNS = re.compile(
    rf"(?:(?:\W*\w+){{0,4}}?\W*\b{words.family('follow_up.turns')}(?=\s*[,:;.!…–-]| mais\b)|\W*(?:\w+\W+)?\b{words.family('follow_up.turns')})\W+(?:mais )?"
)
_OPEN, _LEAVE = words.pattern("follow_up.open"), words.pattern("follow_up.leave")
_SAME_CASE, _DENIED, _SIGN = 0.8, 0.8, 1.5
# Weight of what a follow-up says by itself, beside what it says after the question that it leans on.
_ALONE = 0.3
# A follow-up is refused from this share for cases that refuse on in its own words, unless hardly any is left after what it leans on (« j'ai jusqu'à quand ? »,
# by itself, is a question of anything); or from the other share after that. Of 320 by eight lawyers, 32 of which must be refused: 28 are, and 1 other.
_REFUSED_ALONE, _HARDLY_ANY, _REFUSED_AFTER = 0.6, 0.002, 0.1
# From this share for no case on, a follow-up turns to what no sheet says.
_TURNS_AWAY = 0.5


def aspect_of(question: str) -> Aspect | None:
    """What a follow-up asks of the answer before, None where it asks another thing."""
    folded = fold_words(question)
    return next((aspect for aspect, pattern in _ASPECTS if pattern.search(folded)), None)


def asks_aspect_first(question: str) -> bool:
    """Whether it begins by what it asks of the answer before: « t'as la référence ? mon chef ne me croit pas », « l'article svp, c'est pour une note »."""
    first, *rest = _PAUSE.split(question, maxsplit=1)
    return bool(rest) and follows(first) and aspect_of(first) is not None


def turned(question: str) -> str:
    """What is asked after « rien à voir : … », « autre chose, … », which leans on nothing that was asked before; empty where nothing says so."""
    match = _TURNS.match(fold(question))
    return question[match.end() :] if match else ""


def is_open(question: str) -> bool:
    """Whether a follow-up asks how, where or what, and no leave: neither « oui » nor « non » answers it."""
    folded = fold_words(question)
    asks = _OPEN.search(folded) is not None or "où" in question.lower()
    return asks and _LEAVE.search(folded) is None


def with_unit(question: str, before: Asked) -> str:
    """A follow-up, its one bare number written in the unit of the question before, where that one counts in one unit: « et à 110 000 ? », « et à 108 ? »."""
    units = {unit for unit, _ in before.quantities}
    folded = fold(question)
    if len(units) != 1 or quantities(fold_words(question)):
        return question
    (unit,) = units
    if unit == "mois":  # « quatre ans ? », « et si on va à six ? »
        unit = next((one.unit for one in durations(before.folded)), "")
    if unit not in _BELIEVED:
        return question
    least, most = _BELIEVED[unit]
    found = [
        match
        for match in _BARE.finditer(folded)
        if least <= amount(match["many"]) <= most
        and amount(match["many"]) not in _YEARS
        and not _BEFORE_A_NAME.search(folded, 0, match.start())
        and not (
            match["many"][0].isalpha() and (unit not in _TIMES or folded.endswith("les ", 0, match.start()))
        )
    ]
    if len(found) != 1:
        return question
    end, number = found[0].end("many"), amount(found[0]["many"])
    if unit == "€" and number < _THOUSAND:
        sums = [value for one, value in before.quantities if one == unit]
        # « 92 000 € … et si le devis monte à 108 ? »: thousands, as the sum before was; so small a number of euros is none.
        if max(sums) / _LIKE <= number * _THOUSAND <= max(sums) * _LIKE:
            unit = "000 €"
        elif number < _LEAST_SUM:
            return question
    return f"{question[:end]} {unit}{'s' * (unit == 'an')}{question[end:]}"


def refused(question: str, joined: Reading, alone: Reading) -> Candidate | None:
    """The case that says why a follow-up is answered by nothing, whatever it leans on; None where it need not be refused."""
    is_alone = (
        alone.refusing >= _REFUSED_ALONE and joined.refusing >= _HARDLY_ANY and not says_little(question)
    )
    if not is_alone and joined.refusing < _REFUSED_AFTER:
        return None
    return next((one for one in (alone if is_alone else joined).candidates if one.refuses), None)


def turns_away(alone: Reading) -> bool:
    """Whether a follow-up that nothing answers by itself is, by its own words, of what is answered by nothing: no case before is said instead."""
    return bool(alone.candidates and alone.candidates[0].refuses) or (alone.none or 0.0) >= _TURNS_AWAY


def said_anew(before: Asked, after: Asked) -> Asked:
    """The question before, what the follow-up says otherwise put in its place: « CHU : … ? » then « c'est pour la mairie » is « mairie : … ? »."""
    if len(after.folded.split()) > _SHORT:
        return before
    text = before.text
    for group in _GROUPS:
        told = (match for one in group for match in one.finditer(after.folded))
        now = next((match for match in told if not is_denied(after.folded, match.start())), None)
        if now is None:
            continue
        for other in group:
            if other is not now.re:
                text = _put(now[0], other, text)
    return before if text == before.text else replace(before, text=text, folded=fold_words(text))


def _put(words_: str, instead_of: re.Pattern[str], text: str) -> str:
    """``text`` with ``words_`` in place of each match of a pattern over folded text."""
    kept, end = "", 0
    for match in instead_of.finditer(fold(text)):
        kept, end = f"{kept}{text[end : match.start()]}{words_}", match.end()
    return kept + text[end:]


def joined(before: Asked, after: Asked) -> Asked:
    """A follow-up with what it leans on: its own form, actor and day where it has them, those of the question before where it does not."""
    before = said_anew(before, after)
    bare = changes_a_fact(after.folded) or (insists(after.folded) and not _OWN_ACT.search(after.folded))
    form = before.form if bare or (after.form is Form.OTHER and not after.fact) else after.form
    return Asked(
        text=together(before.text, after.text),
        folded=together(before.folded, after.folded),
        form=form,
        fact=before.fact if bare else after.fact,
        actor=after.actor if after.actor is not Actor.BUYER else before.actor,
        day=after.day or before.day,
        quantities=(
            *after.quantities,
            *(one for one in before.quantities if one[0] not in {unit for unit, _ in after.quantities}),
        ),
    )


def changes_a_fact(folded: str) -> bool:
    """Whether a follow-up only changes a fact of the question before (« et pour des travaux ? »), and asks nothing of its own."""
    return _CHANGES_A_FACT.match(folded) is not None and _ASKS.search(folded) is None


def insists(folded: str) -> bool:
    """Whether a follow-up asks the same again of a fact that might change it: « même en procédure adaptée ? », « même s'il est le moins cher ? »."""
    return _INSISTS.match(folded) is not None


def chosen(sheet: LegalSheet, question: str) -> str | None:
    """The case of the choice that was offered and taken, word for word; None where none was."""
    choices = sheet.decisive.choices if sheet.decisive else ()
    return next((choice.case for choice in choices if fold_words(choice.say) == fold_words(question)), None)


def merged(joined: Reading, alone: Reading, before: Candidate | None) -> Reading:
    """What is read in a follow-up with what it leans on, and in its own words alone; the sheet before stays as sure as it was."""
    by_id = (
        {one.sheet.id: one for one in joined.candidates},
        {one.sheet.id: one for one in alone.candidates},
    )
    least = tuple(min((one.score for one in found.values()), default=0.0) for found in by_id)
    candidates = []
    for id_ in dict.fromkeys((*by_id[0], *by_id[1])):
        one, own = by_id[0].get(id_), by_id[1].get(id_)
        scores = {weighed.case.id: weighed.score for weighed in own.cases} if own else {}
        first = one or own
        assert first is not None
        cases = sorted(
            (replace(each, score=each.score + scores.get(each.case.id, 0.0)) for each in first.cases),
            key=lambda each: each.order,
        )
        score = (one.score if one else least[0]) + _ALONE * (own.score if own else least[1])
        candidates.append(replace(first, score=score, cases=tuple(cases)))
    candidates.sort(key=lambda one: -one.score)
    if not candidates:
        return joined
    first_id = candidates[0].sheet.id
    sure = [
        reading.probability
        for reading in (joined, alone)
        if reading.candidates and reading.candidates[0].sheet.id == first_id
    ]
    kept = [1.0] if before is not None and before.sheet.id == first_id else []
    return replace(joined, candidates=tuple(candidates), probability=max((*sure, *kept), default=0.0))


def stays(speaks: Candidate | None, reading: Reading) -> bool:
    """Whether a follow-up that no sheet is sure to answer is still about the case before: not where it most likely turns to what no sheet says."""
    return speaks is None and (reading.none is None or reading.none < _TURNS_AWAY)


def reweighed(speaks: Candidate, question: str, before: Candidate | None) -> Candidate:
    """The cases of the sheet that answers, by what a follow-up adds; unchanged where there is none."""
    if not question:
        return speaks
    folded = fold_words(question)
    if (case := chosen(speaks.sheet, question)) is not None:
        cases = sorted(speaks.cases, key=lambda one: one.case.id != case)
        return replace(
            speaks, cases=tuple(Weighed(one.case, 100.0 - 10.0 * place) for place, one in enumerate(cases))
        )
    same = before if before and before.sheet.id == speaks.sheet.id and not insists(folded) else None
    told = same.cases[0].case.id if same else None
    # « J'enlève « ou équivalent » »: what is removed speaks for nothing.
    kept = _REMOVED.sub(" ", folded)
    denies = bool(_DENIES.search(folded)) or kept != folded

    def score(one: Weighed) -> float:
        own = _SIGN * any_stands(kept, one.case.signs.favour) - _SIGN * any_stands(
            kept, one.case.signs.against
        )
        return (
            one.score
            + own
            - _SAME_CASE * (one.case.id == told)
            + _DENIED * (denies and one.case.position is Position.FORBIDDEN)
        )

    return replace(
        speaks,
        cases=tuple(
            sorted((replace(one, score=score(one)) for one in speaks.cases), key=lambda one: one.order)
        ),
    )
