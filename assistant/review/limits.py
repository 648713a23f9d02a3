"""Numbers that the law bounds: a payment delay, a retention, the length of a framework agreement, a turnover.

Ground: CCP R2192-10, R2192-11, R2191-33, L2125-1, R2142-7.
"""

from collections.abc import Iterator

from assistant.figures import ceiling
from assistant.french.durations import Duration, durations
from assistant.review.pattern import NUMBER, Caught, Detect, compiled, number
from assistant.review.text import Text
from assistant.tender.facts.duration import Period, period_in, statements
from assistant.tender.facts.payment import Delay, payment_delays
from assistant.tender.facts.renewals import is_refused, renewals_in, renewing

# Health establishments have fifty days, public undertakings sixty (R2192-11); or the delay is another's, bounded or denied.
_ANOTHER_DELAY = compiled(
    r"(?:interet|indemnit|retard|penalit|sous-traitants? (?:de|a)|restitu|avance|garantie|valable|projet de decompte|"
    r"reception (?:des travaux|definitive)|ne (?:peut|saurait|doit)[^.;]{0,20}(?:exced|depass)|sante|hospital|entreprises? publiques?|militaire|"
    r"le client (?:paie|regle)|sup(?:erieur|rieure) a|au-dela|solde de tout compte|liberation|consignation)"
)


# The buyer of a piece is a health establishment.
_HEALTH_BUYER = compiled(
    r"(?:acheteur|pouvoir adjudicateur)[^.;\n]{0,80}(?:hospital|hopita|publics? de sante)"
)


# Whose name begins a text is the buyer.
_HEALTH_NAMES = (
    "centre hospital",
    "chu ",
    "etablissement public de sante",
    "groupe hospital",
    "hopital",
    "hopitaux",
)


def is_too_long(delay: Delay, text: Text) -> bool:
    """Whether the buyer of a text may not take so long to pay.

    A health establishment, with whose name the text begins, or that is called the buyer or named beside the delay, has more days (R2192-11).
    """
    of_health = (
        "hospital" in delay.sentence.span.of(text.folded)
        or text.folded.lstrip("#* ").startswith(_HEALTH_NAMES)
        or _HEALTH_BUYER.search(text.folded)
    )
    figure = "delai-de-paiement-sante" if of_health else "delai-de-paiement"
    return delay.to_month_end or delay.days > ceiling(figure, text.day)


def long_payment_delay(text: Text) -> Iterator[Caught]:
    """A payment delay above thirty days (CCP R2192-10), but for health establishments (50) and public undertakings (60) (R2192-11)."""
    for delay in payment_delays(text.view):
        words = text.folded[delay.sentence.span.start : delay.sentence.span.end]
        if is_too_long(delay, text) and not _ANOTHER_DELAY.search(words):
            yield Caught(
                delay.span, f"Le texte dit {delay.days} jours{' fin de mois' if delay.to_month_end else ''}."
            )


_RETENTION = compiled(
    rf"retenue de garantie[^.;]{{0,90}}?(?P<rate>{NUMBER}) ?(?:%|pour cent|p\. ?100)|(?P<rate2>{NUMBER}) ?(?:%|"
    rf"pour cent)[^.;]{{0,60}}retenue de garantie"
)


def excessive_retention(text: Text) -> Iterator[Caught]:
    """A retention above 5 % (CCP R2191-33)."""
    unless = compiled(
        r"ne peut|au plus|maxim|dans la limite|sans (?:pouvoir )?exced|inferieur|penalit|avance"
    )
    for sentence in text.sentences:
        match = _RETENTION.search(sentence.words)
        if (
            match
            and (rate := number(match["rate"] or match["rate2"]) or 0)
            > ceiling("retenue-de-garantie", text.day)
            and not unless.search(sentence.words)
        ):
            yield Caught(
                sentence.at(*match.span()),
                f"Le taux écrit est de {rate:g} %.".replace(".", ",", 1)
                if rate % 1
                else f"Le taux écrit est de {rate:g} %.",
            )


IS_FRAMEWORK = compiled(
    r"(?<!dans le cadre de l')(?<!n'est pas un )(?<!en application de l')(?<!issu de l')(?:accords?[ -]cadres?|"
    r"marches? (?:[a-z]+ ){0,3}a bons de commande)(?! n[°o])"
)

# Orders are those of a framework agreement, even where nothing calls it so.
_WITH_ORDERS = compiled(
    rf"(?:{IS_FRAMEWORK.pattern})|(?<!non )(?<!part )(?:par|a|sur|forme) ?:? (?:emission (?:de |successive de )?|l'emission (?:de |"
    rf"successive de )?)?bons? de commande|"
    rf", bons? de commande"
)

_RENEWED = r"(?:reconduct|renouvel|reconduit|reconduir|prolong|proroge)[a-z]*"

# « renouvelable », and no more: once at the least.
_RENEWABLE = compiled(
    r"(?:(?<!energie )(?<!electricite )renouvelable\b|reconductible|tacite reconduction)(?! [^.;]{0,60}(?:limite|exced|au plus|maximum))"
)

# « renouvelable trois ans », « prolongé d'une nouvelle période de 24 mois », « 3 ans + 2 ans »: the duration that is added.
_RENEWED_FOR = compiled(rf"(?:{_RENEWED}[^.;]{{0,60}}?|\+ ?)$")

_TOTAL_BEFORE = compiled(
    r"(?:duree (?:totale|maximale|globale)|au plus|exced[a-z]*|depass[a-z]*|dans la limite|limitee? a|\bsoit\b|au total|comprises?|maximum)[^.;]{0,50}?$"
)
_TOTAL_AFTER = compiled(
    r"[^.;]{0,30}(?:au total|au maximum|au plus|maximum|reconductions? (?:comprise|incluse)s?)"
)

_JUSTIFIED = r"(?:justifi|exceptionnel|en raison d|eu egard|motif|amorti|investissement|entites? adjudicatrices?|l2125-1|l\. ?2125-1)"


_ANOTHER_DURATION = compiled(
    r"(?<![a-z])(?:garanti|conserv|archiv|marches? subsequents?\b[^.;]{0,40} (?:est|a une|d'une|ont|peut)|reference|experience|prescription|derniers|depuis|"
    r"interdi|"
    r"n'est pas un accord|preavis|"
    r"reversib|delai|attestation|agrement|historique|bilan|precedent|ancien|confidentialit|stage|agee?s? de|disponib|pieces? detachee|d'existence)"
)


def total_in(words: str) -> int | None:
    """The months that ``words`` call the most or the whole, renewals included."""
    return next(
        (
            length.months
            for length in durations(words)
            if length.months
            and (_TOTAL_BEFORE.search(words[: length.start]) or _TOTAL_AFTER.match(words, length.end))
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
    added = (length.months for length in lengths if _RENEWED_FOR.search(words, first.end, length.start))
    again = initial if _RENEWABLE.search(words, first.end) else 0
    return first, initial + (next(added, None) or again)


def framework_too_long(text: Text) -> Iterator[Caught]:
    """A framework agreement of more than four years, renewals included, without a reason (CCP L2125-1)."""
    if not _WITH_ORDERS.search(text.folded.replace("\n", " ")):
        return
    lasts = [
        *(stated.sentence.span for stated in statements(text.view) if stated.is_full),
        *(sentence.span for sentence in renewing(text.view)),
    ]
    for at, sentence in enumerate(text.sentences):
        words = sentence.words
        named = _WITH_ORDERS.search(words) or any(span.overlaps(sentence.span) for span in lasts)
        if not named or _ANOTHER_DURATION.search(words):
            continue
        following = text.sentences[at + 1] if at + 1 < len(text.sentences) else None
        goes_on = (
            following is not None
            and compiled(_RENEWED).search(following.words)
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
            and not compiled(_JUSTIFIED).search(text.around(sentence.span))
        ):
            yield Caught(sentence.at(found[0].start, found[0].end), f"La durée atteint {found[1]:g} mois.")


_TURNOVER = compiled(
    rf"chiffres? d'affaires[^.;]{{0,140}}?(?:(?P<times>{NUMBER}) fois|(?P<percent>\d{{3,4}}) ?%|le (?P<word>triple|quadruple|quintuple|decuple))[^.;]{{0,60}}"
    r"(?:montant|valeur|estimation|marche|lot|prix)"
)
_TURNOVER_WORDS = {"triple": 3.0, "quadruple": 4.0, "quintuple": 5.0, "decuple": 10.0}
_TURNOVER_BOUNDED = compiled(
    r"(?:ne (?:peut|saurait|doit|pourra)[^.;]{0,20}(?:exced|depass|etre)|au plus|plafonn|dans la limite|maxim|risques? inherent)"
)


def large_turnover(text: Text) -> Iterator[Caught]:
    """A turnover asked for that is more times the estimated value than the law allows that day (CCP R2142-7)."""
    for sentence in text.sentences:
        match = _TURNOVER.search(sentence.words)
        if match is None or _TURNOVER_BOUNDED.search(sentence.words):
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
