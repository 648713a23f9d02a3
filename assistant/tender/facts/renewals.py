"""How often and for how long the contract may be renewed."""

import re
from dataclasses import dataclass

from assistant.datatypes import Span
from assistant.french.durations import durations
from assistant.french.numbers import NUMBER, number
from assistant.tender.by_lot import lots_above, under_lots
from assistant.tender.fact import Fact
from assistant.tender.labels import labelled
from assistant.tender.rows import ONE_LOT, numbered_rows
from assistant.tender.selection import is_blank_form
from assistant.tender.view import Sentence, View

# "Le marché peut être prolongé deux fois d'une année": a delay that is prolonged is another matter.
_PROLONGED = (
    rf"\b(?:marche|accord-cadre|contrat|duree|il)\b[^.;\n]{{0,50}}\bprolong\w+ (?:(?:au plus|au maximum|expressement|tacitement) )?(?:{NUMBER} fois|"
    rf"d'une? (?:annee|an|periode)|"
    rf"de {NUMBER} (?:ans?|annees?|periodes?))"
)
_NEVER_LONGER = (
    r"\b(?:duree|marche|contrat|accord-cadre)\b[^.;\n]{0,40}\bne (?:peut|pourra|sera) (?:pas )?etre prolonge|"
    r"\b(?:aucune|sans) prolongation\b(?! d)"
)
_RENEWED = re.compile(
    rf"{_PROLONGED}|\bperiodes? (?:optionnelles?|facultatives?|complementaires?)\b|"
    r"reconduct(?!eur)|reconduit|"
    r"\b(?:marche|accord-cadre|contrat|lots?|etude|mission|mois|ans?|annees?|duree|periode|il)\b[^.;\n]{0,80}\brenouvel(?:able|l?ee?\b)|"
    rf"\bprolongeables?\b|\bpas de renouvellement\b|{_NEVER_LONGER}|"
    r"\bse (?:prolong|renouvel|poursui)\w+ [^.;\n]{0,30}\bd'annee en annee\b"
)
# « Une seule année supplémentaire », « deux ans de plus »: nobody calls it a renewal.
_MORE_YEARS = re.compile(
    rf"\b(?:repart|poursui|continu|repren|prolong|renouvel|marche|contrat|accord-cadre)"
    rf"\w*\b(?:(?!garantie|maintenance|support|experience|assistance)[^.;\n]){{0,60}}?\b"
    rf"{NUMBER} (?:seules? )?(?:ans?|annees?|periodes?) (?:supplementaires?|de plus)\b"
)
_NOT_RENEWED = re.compile(
    rf"{_NEVER_LONGER}|"
    r"\b(?:n'est|ne (?:sont|sera|seront|peut|pourra|fait|fera)|n'etant|ni)\b(?:(?!\bqu['e]|\boppos|\brefus)[^.;\n]){0,60}"
    r"(?:reconduct|reconduit|renouvel|prolongeable)\w*\b(?! (?:tacite|automatique|que |au-dela))|"
    r"reconduction\b[^.;\n]{0,60}\b(?:est|sont) (?:ecart|exclu)|"
    r"ne se (?:reconduit|renouvelle|reconduira) pas|"
    r"sans (?:possibilite de )?(?:reconduction|renouvellement)|non[ -](?:reconductible|renouvelable|prolongeable)|"
    r"(?:pas|aucune?)(?: de)?(?: periode de)? (?:reconduction|renouvellement)|reconductions? ?: ?(?:non|sans|neant)\b|"
    r"peut faire l'objet d'une reconduction ?: ?non"
)
_ABOUT_REFUSAL = re.compile(
    r"(?:decision|en cas|cas) de (?:ne pas |non[ -])|non[ -]reconduction|refuser (?:la|sa) reconduction|calendrier previsionnel|"
    r"marche renouvelable\s*$|formation sera|renouvellement du marche aura|dans environ|"
    r"^ ?(?:si (?!oui\b)|en cas de|lors de la|en l'absence)|(?:avis|lettre) de reconduction|ne saurait etre|prix|revis|montant max|montant min"
)
_NAMES = "(?:reconductions?|renouvellements?)"
# « deux reconductions », « nombre de reconductions : 2 », « oui – 3 x 1 an »; « peut faire l'objet d'une reconduction : oui » counts nothing.
_TIMES = re.compile(
    rf"(?:reconduct|reconduit|reconduire|renouvel|prorog|prolong)[a-z]*[^.;\n]{{0,90}}?\b(?P<times>{NUMBER})(?: \(\d+\))? ?"
    r"(?:(?:seule )?(?:fois|reprises?)\b|x(?= ?\d))|"
    rf"(?<![\d.])\b(?P<more>{NUMBER})(?: \(\d+\))? (?:fois )?(?:(?:tacites?|expresses?|eventuelles?|possibles?|seules?) )?"
    r"(?:reconduct(?:ions?|ibles?)|renouvellements?|nouvelles? periodes?|periodes? (?:de reconduction|reconductibles?|supplementaires?|complementaires?))\b"
    r"(?! ?: ?(?:oui|non)\b)|"
    rf"\bn(?:om)?bre (?:de|des|maxim(?:al|um) de) (?:periodes? de )?{_NAMES} ?(?:possibles? )?"
    rf"(?:est |sont )?(?:de|fixe\w* a|limite\w* a|egal a|:) ?(?P<fixed>{NUMBER})\b|"
    rf"{_NAMES}\b[^.;\n]{{0,60}}\bau nombre de (?P<numbered>{NUMBER})\b|"
    r"(?P<once>a une reprise|reconduction unique|unique (?:periode|reconduction))"
)
_EACH = re.compile(rf"[^.;]{{0,60}}?\b(?P<count>{NUMBER})(?: \(\d+\))? (?P<unit>mois|ans?|annees?)\b")


@dataclass(frozen=True, slots=True)
class Renewals:
    """How often a text says that the contract is renewed, where (offsets of the text), and for how many months each time (None: not said there)."""

    times: int
    start: int
    end: int
    months: int | None = None


def renewals_in(text: str) -> Renewals | None:
    """The renewals that folded words count, or None."""
    match = _TIMES.search(text)
    if match is None:
        return None
    count = match["times"] or match["more"] or match["fixed"] or match["numbered"]
    each = _EACH.match(text, match.end())
    months = (number(each["count"]) or 0) * (1 if each["unit"] == "mois" else 12) if each else None
    return Renewals(
        number(count) or 0 if count else 1, match.start(), each.end() if each else match.end(), months
    )


def is_refused(text: str) -> bool:
    """Whether folded words say that the contract is not renewed."""
    return _NOT_RENEWED.search(text) is not None


_LOT = re.compile(ONE_LOT)
_RENEWALS_HEAD = re.compile(r"(?P<head>[^\n]*\blots?\b[^\n|]*\|[^\n]*(?:reconduct|renouvel)[^\n]*)")
_PERIODS = re.compile(
    rf"(?P<times>{NUMBER}) ?(?:fois|x|periodes? de)? ?\(?{NUMBER} (?:mois|ans?)|\bnon\b|neant|sans|\bune? fois\b"
)
# The head of a table: titles between bars, without a number.
_TITLES_ALONE = re.compile(r"[^\d|]*\|[^\d]*")


def _renewals_by_rows(view: View) -> Fact | None:
    """The renewals of a table by lot: what stands last in each row."""
    for head in (
        match
        for line in view.lines_with("reconduct", "renouvel")
        if (match := _RENEWALS_HEAD.match(view.folded, line.start, line.end))
    ):
        rows = numbered_rows(view, head.end())
        last = [Span(row.rest.start + row.rest.of(view.folded).rfind("|") + 1, row.rest.end) for row in rows]
        if not rows or not all(_PERIODS.search(span.of(view.folded)) for span in last):
            continue
        value = " ; ".join(
            f"lot {row.number} : {view.words(span)}" for row, span in zip(rows, last, strict=True)
        )
        return Fact(value[:1].upper() + value[1:], (Span(head.start("head"), rows[-1].rest.end),))
    return None


def renewing(view: View) -> list[Sentence]:
    """The sentences that say of the contract whether, how often or for how long it is renewed."""
    return [
        sentence
        for sentence in view.sentences_with(*_WORDS)
        if (
            _MORE_YEARS.search(sentence.text)
            or (_RENEWED.search(sentence.text) and not _ABOUT_REFUSAL.search(sentence.text))
        )
        and not is_blank_form(sentence.text)
        and not sentence.of_another_contract
        and not _TITLES_ALONE.fullmatch(sentence.text)
    ]


_WORDS = (
    *("recondu", "renouvel", "prolong", "supplementaire", "de plus", "periode optionn", "periodes optionn"),
    *("periodes facult", "periodes compl"),
)


def renewals_of(view: View) -> Fact | None:
    """How often and for how long the contract may be renewed, or that it may not."""
    if view.piece in ("BPU", "DQE"):
        return _of_price_sheet(view)
    for label in labelled(
        view,
        r"nombre (?:maximal )?de(?:s)? reconductions?(?: eventuelles| possibles)?|reconductions? maximales?|"
        r"renouvellements? maxim\w+|nombre (?:maximal )?de renouvellements?|"
        r"nombre de periodes? de reconduction",
        stop=r"\n|;|\.",
    ):
        times = number(label.span.of(view.folded))
        if times is not None:
            return Fact(
                f"{times} reconduction{'s' if times > 1 else ''}" if times else "Non reconductible",
                _with_length(view, label.whole),
                (f"{times} fois",),
            )
    by_lot = _renewals_by_rows(view)
    if by_lot:
        return by_lot
    said = renewing(view)
    if not said:
        return None
    if each := _under_lots(view, said):
        return each
    refused = next((sentence for sentence in said if _NOT_RENEWED.search(sentence.text)), None)
    others = [
        sentence for sentence in said if _weight(sentence) > 1 and not _NOT_RENEWED.search(sentence.text)
    ]
    of_a_lot = _of_a_lot(view, refused) if refused else None
    if refused and of_a_lot and not others:
        return Fact(view.words(of_a_lot), (of_a_lot,))
    if refused and not of_a_lot:
        return Fact("Non reconductible", (refused.span,), ("0 fois",))
    said = [
        sentence for sentence in said if not re.fullmatch(r".{0,60}reconduction ?: ?oui\s*", sentence.text)
    ] or said
    telling = sorted(said, key=lambda one: (-_weight(one), one.index))
    best = telling[0]
    if _weight(best) == 0:
        return None
    times = next(
        (found.times for sentence in telling if (found := renewals_in(sentence.text)) is not None), None
    )
    words = _renewal_words(view, best)
    more = [
        sentence.span
        for sentence in telling[1:3]
        if _weight(sentence) and sentence.section is best.section and sentence is not refused
    ]
    if of_a_lot and not of_a_lot.overlaps(best.span):
        more.append(of_a_lot)
    value = " ; ".join((words, *(view.words(span)[:260] for span in more)))
    return Fact(value, (best.span, *more), (f"{times} fois",) if times is not None else ())


def _of_price_sheet(view: View) -> Fact | None:
    """What a price sheet counts in passing: « multiplié par quatre (une année ferme et trois reconductions d'un an) »."""
    for sentence in view.sentences_with("reconduct", "renouvel"):
        found = renewals_in(sentence.text)
        if found and found.months and re.search(r"\b(?:ferme|initiale)", sentence.text[: found.start]):
            start = sentence.span.start
            words = view.words(Span(start + found.start, start + found.end))
            return Fact(words, (sentence.span,), (f"{found.times} fois",))
    return None


def _under_lots(view: View, said: list[Sentence]) -> Fact | None:
    """What stands under the titles of lots, or on their lines, where several are renewed otherwise."""
    each: dict[str, Sentence] = {}
    for sentence in said:
        lots = lots_above(view, sentence.span.start)
        if lots and (_weight(sentence) > 1 or _NOT_RENEWED.search(sentence.text)):
            each.setdefault(lots, sentence)
    if len({_NOT_RENEWED.search(one.text) is None for one in each.values()}) < _SEVERAL:
        return None
    value = " ; ".join(under_lots(lots, _renewal_words(view, one)) for lots, one in each.items())
    return Fact(value[:1].upper() + value[1:], tuple(one.span for one in each.values()))


# Some are renewed, some are not.
_SEVERAL = 2
_PRONOUN = re.compile(r"\W*(?:il|elle|celui-ci|celle-ci|ce dernier)s?\b")


def _of_a_lot(view: View, sentence: Sentence) -> Span | None:
    """The words that refuse one lot a renewal, from the sentence before on where a pronoun stands for it."""
    if _LOT.search(sentence.text):
        return sentence.span
    before = view.sentences[sentence.index - 1] if sentence.index else None
    if (
        before
        and before.section is sentence.section
        and _PRONOUN.match(sentence.text)
        and _LOT.search(before.text)
    ):
        return Span(before.span.start, sentence.span.end)
    return None


def _with_length(view: View, whole: Span) -> tuple[Span, ...]:
    """The label with the rest of its line, which often gives the length of each renewal."""
    end = view.folded.find("\n", whole.end)
    end = end if end >= 0 else len(view.folded)
    return (
        Span(whole.start, whole.start + len(view.folded[whole.start : min(end, whole.start + 400)].rstrip())),
    )


def _weight(sentence: Sentence) -> int:
    text = sentence.text
    weight = (
        (3 if renewals_in(text) is not None or _MORE_YEARS.search(text) else 0)
        + (2 if durations(text) else 0)
        + (1 if re.search(r"tacite|expres", text) else 0)
    )
    return weight + (1 if sentence.section.under(re.compile(r"duree|reconduction")) else 0)


# "Le marché est conclu pour une période de 3 ans reconductible une fois": what precedes is the duration.
_LONG_LEAD = 30


def _renewal_words(view: View, sentence: Sentence) -> str:
    """The sentence, from the word that speaks of renewal where it begins with the duration."""
    adjective = re.search(r"\b(?:non[ -])?(?:reconductible|renouvelable)s?\b", sentence.text)
    if adjective and adjective.start() > _LONG_LEAD:
        words = view.words(Span(sentence.span.start + adjective.start(), sentence.span.end))
        return words[:1].upper() + words[1:]
    words = view.words(sentence.span)
    return words if len(words) <= 320 else words[:319].rsplit(" ", 1)[0] + "…"
