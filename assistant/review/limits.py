"""Numbers that the law bounds: a payment delay, a retention, the length of a framework agreement, a turnover.

Ground: CCP R2192-10, R2192-11, R2191-33, L2125-1, R2142-7.
"""

from collections.abc import Iterator

from assistant.figures import ceiling
from assistant.french.durations import Duration, durations
from assistant.review.pattern import NUMBER, Caught, Detect, Words, compiled, number
from assistant.review.text import Text
from assistant.tender.facts.duration import Period, period_in, statements
from assistant.tender.facts.payment import Delay, payment_delays
from assistant.tender.facts.renewals import is_refused, renewals_in, renewing

WORDS = Words(__package__, "limits.toml")


def is_too_long(delay: Delay, text: Text) -> bool:
    """Whether the buyer of a text may not take so long to pay.

    A health establishment, with whose name the text begins, or that is called the buyer or named beside the delay, has more days (R2192-11).
    """
    of_health = (
        "hospital" in delay.sentence.span.of(text.folded)
        or text.folded.lstrip("#* ").startswith(tuple(WORDS.stored("delay.health_name")))
        or WORDS.said("delay.health_buyer").search(text.folded)
    )
    figure = "delai-de-paiement-sante" if of_health else "delai-de-paiement"
    return delay.to_month_end or delay.days > ceiling(figure, text.day)


def long_payment_delay(text: Text) -> Iterator[Caught]:
    """A payment delay above thirty days (CCP R2192-10), but for health establishments (50) and public undertakings (60) (R2192-11)."""
    for delay in payment_delays(text.view):
        words = text.folded[delay.sentence.span.start : delay.sentence.span.end]
        if is_too_long(delay, text) and not WORDS.said("delay.other").search(words):
            yield Caught(
                delay.span, f"Le texte dit {delay.days} jours{' fin de mois' if delay.to_month_end else ''}."
            )


_RETENTION = compiled(
    rf"retenue de garantie[^.;]{{0,90}}?(?P<rate>{NUMBER}) ?(?:%|pour cent|p\. ?100)|(?P<rate2>{NUMBER}) ?(?:%|"
    rf"pour cent)[^.;]{{0,60}}retenue de garantie"
)


def excessive_retention(text: Text) -> Iterator[Caught]:
    """A retention above 5 % (CCP R2191-33)."""
    for sentence in text.sentences:
        match = _RETENTION.search(sentence.words)
        if (
            match
            and (rate := number(match["rate"] or match["rate2"]) or 0)
            > ceiling("retenue-de-garantie", text.day)
            and not WORDS.said("retention.bounded").search(sentence.words)
        ):
            yield Caught(
                sentence.at(*match.span()),
                f"Le taux écrit est de {f'{rate:g}'.replace('.', ',')} %.",
            )


def total_in(words: str) -> int | None:
    """The months that ``words`` call the most or the whole, renewals included."""
    return next(
        (
            length.months
            for length in durations(words)
            if length.months
            and (
                WORDS.said("total.before").search(words[: length.start])
                or WORDS.said("total.after").match(words, length.end)
            )
        ),
        None,
    )


def _lasts(words: str) -> tuple[Duration | Period, int] | None:
    """What ``words`` say first of a duration, and the months it reaches with its renewals; the total, where they say one."""
    lengths = [length for length in durations(words) if length.months is not None]
    first = period_in(words) or next(iter(lengths), None)
    if first is None:
        return None
    if total := total_in(words):
        return first, total
    initial = first.months or 0
    if is_refused(words):
        return first, initial
    if renewed := renewals_in(words):
        base = initial if first.start < renewed.start else 0
        return first, base + renewed.times * (renewed.months or initial)
    added = (
        length.months
        for length in lengths
        if WORDS.said("renewal.for").search(words, first.end, length.start)
    )
    again = initial if WORDS.said("renewal.once").search(words, first.end) else 0
    return first, initial + (next(added, None) or again)


def framework_too_long(text: Text) -> Iterator[Caught]:
    """A framework agreement of more than four years, renewals included, without a reason (CCP L2125-1)."""
    if not WORDS.said("framework.orders").search(text.folded.replace("\n", " ")):
        return
    lasts = [
        *(stated.sentence.span for stated in statements(text.view) if stated.is_full),
        *(sentence.span for sentence in renewing(text.view)),
    ]
    for at, sentence in enumerate(text.sentences):
        words = sentence.words
        named = WORDS.said("framework.orders").search(words) or any(
            span.overlaps(sentence.span) for span in lasts
        )
        if not named or WORDS.begun(["@framework.other"]).search(words):
            continue
        following = text.sentences[at + 1] if at + 1 < len(text.sentences) else None
        goes_on = (
            following is not None
            and WORDS.said("renewal.said").search(following.words)
            and text.article_of(following.span) == text.article_of(sentence.span)
        )
        found = _lasts(
            f"{words} {following.words.replace('.', ' ')}".replace(". ", " ")
            if goes_on and following
            else words
        )
        if (
            found
            and found[1] > 12 * ceiling("duree-accord-cadre", text.day)
            and found[0].end <= len(words)
            and not WORDS.said("framework.justified").search(text.around(sentence.span))
        ):
            yield Caught(sentence.at(found[0].start, found[0].end), f"La durée atteint {found[1]:g} mois.")


_TURNOVER = compiled(
    rf"chiffres? d'affaires[^.;]{{0,140}}?(?:(?P<times>{NUMBER}) fois|(?P<percent>\d{{3,4}}) ?%|le (?P<word>triple|quadruple|quintuple|decuple))[^.;]{{0,60}}"
    r"(?:montant|valeur|estimation|marche|lot|prix)"
)
_TURNOVER_WORDS = {"triple": 3.0, "quadruple": 4.0, "quintuple": 5.0, "decuple": 10.0}


def large_turnover(text: Text) -> Iterator[Caught]:
    """A turnover asked for that is more times the estimated value than the law allows that day (CCP R2142-7)."""
    for sentence in text.sentences:
        match = _TURNOVER.search(sentence.words)
        if match is None or WORDS.said("turnover.bounded").search(sentence.words):
            continue
        percent = float(match["percent"]) / 100 if match["percent"] else None
        times = percent or _TURNOVER_WORDS.get(match["word"] or "") or number(match["times"] or "") or 0.0
        if times > ceiling("chiffre-affaires-minimal", text.day):
            yield Caught(
                sentence.at(*match.span()),
                f"Le texte demande {times:g} fois ce montant.".replace(".", ",", times % 1 != 0),
            )


DETECTORS: dict[str, Detect] = {
    "delai-paiement-excessif": long_payment_delay,
    "retenue-garantie-excessive": excessive_retention,
    "accord-cadre-trop-long": framework_too_long,
    "chiffre-affaires-disproportionne": large_turnover,
}
