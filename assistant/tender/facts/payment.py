"""Within how many days the buyer pays."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.datatypes import Span
from assistant.french.numbers import NUMBER, number
from assistant.tender.fact import Fact
from assistant.tender.view import Sentence, View

_DAYS = rf"\b(?P<days>{NUMBER})(?: \(\d+\))? ?jours?\b(?P<month_end>(?: calendaires)? fin de mois)?"
_DUE = r"(?:[^.;\n]|\b[rld]\.(?= ?\d))"
_PAYMENT = re.compile(
    rf"(?:\bdelais? (?:(?:global|globaux|maximal|maximum|legal|contractuel) )?(?:de (?:paiement|reglement|mandatement)|"
    rf"(?:dans lequel|au terme duquel|imparti)[^.;\n]{{0,50}}\b(?:paiement|reglement)\b)|"
    rf"\b(?:paiements?|mandatements?|reglements?|virements?|pay(?:ee?s?|e|ons|er|era|eront|ables?)|(?<!\bla )paie(?:nt|ra|ront)?|regl(?:ee?s?|er|era)|"
    rf"mandatee?s?|acquitt(?:e|ee|es|ees|ent)|honoree?s?|sommes dues)\b){_DUE}{{0,160}}?{_DAYS}"
)
_TO_PAY = re.compile(
    rf"\b(?:dispose\w*|a) (?:de |d'un delai de )?{_DAYS} [^.;\n]{{0,30}}\b(?:payer|regler|mandater|proceder au (?:paiement|reglement|mandatement))\b|"
    rf"{_DAYS.replace('days', 'within').replace('month_end', 'to_month_end')} pour (?:payer|regler|mandater)|"
    rf"\b(?P<ends>{NUMBER}) ?jours? fin de mois"
)
# Under a title that speaks of payment: "Délai : 30 jours."
_TITLE = re.compile(
    r"^(?:modalites? de |delais? de |conditions de )?(?:paiement|reglement)s?\b(?!.*(?:sous-trait|litige|differend))"
)
_BARE_DELAY = re.compile(
    rf"\bdelai(?: global| maximum| maximal)? ?(?::|est de|est fixe a|de) {_DAYS}|"
    rf"^\W*(?:[\d.]+ )?(?:(?:paiements?|reglements?|factures?) ?:? ?)?(?:a |sous |dans (?:les|un delai de) )?(?P<after>{NUMBER}) ?jours?\b"
)
# A delay of something else: of interests, of a supplier of the holder, of a settlement.
_NOT_PAYMENT = re.compile(
    r"interets|retards? de (?:paiement|reglement)|indemni|validite|dispose d(?!'un delai de paiement)|"
    r"sous-traitant (?:dispose|adresse)|rejet|contest|acceptation ou|suspen|recours|livr|"
    r"mise en demeure|defaut de paiement|relance|titulaire (?:dispose|a )|des la notification d|remboursement|resili|verification|penalit|"
    r"conges payes|conserv|reglement (?:europeen|\(ue|amiable|interieur)|garantie|differend|litige|amiable|desaccord|incident|panne|anomalie|"
    r"fournisseurs|cotisation|impaye|preavis|delais? de (?:validation|traitement|transmission)"
)
_IN_FORCE = re.compile(
    r"(?:pay[eé]e?s?|regl[eé]e?s?|paiement|mandatement)[^.;\n]{0,90}delais? (?:en vigueur|legal|reglementaire|prevus? par)[^.;\n]{0,80}|"
    r"delai[^.;\n]{0,30} de paiement[^.;\n]{0,60}(?:en vigueur|reglementaire|prevu par)"
)
_FROM_WHEN = re.compile(
    r"[ ,]{0,2}(?:(?:maximum|calendaires) ?)?(?:a compter|a partir|suivant|apres) [^.;,\n]{3,90}"
)
_WORDS = (
    "paiement",
    "paye",
    "payable",
    "payon",
    "paie",
    "regl",
    "mandat",
    "sommes dues",
    "virement",
    "acquit",
    "honore",
    "fin de mois",
)
_BEFORE = 60
_MOST_DAYS, _MOST_BARE_DAYS = 180, 60


@dataclass(frozen=True, slots=True)
class Delay:
    """Days to pay, said at ``span`` of ``sentence``. ``to_month_end``: counted to the end of the month."""

    days: int
    span: Span
    sentence: Sentence
    to_month_end: bool = False


def payment_delays(view: View) -> Iterator[Delay]:
    """Every delay within which something is paid, the first of each sentence, in text order."""
    for sentence in view.sentences_with(*_WORDS):
        if delay := _delay(sentence):
            yield delay


def _delay(sentence: Sentence) -> Delay | None:
    match = _TO_PAY.search(sentence.text)
    if match is None:
        match = _PAYMENT.search(sentence.text)
        if match is None or _NOT_PAYMENT.search(sentence.text[max(0, match.start() - _BEFORE) : match.end()]):
            return None
    named = match.groupdict()
    said = next((named[name] for name in ("days", "within", "ends") if named.get(name)), "")
    days = number(said)
    if not days or days > _MOST_DAYS:
        return None
    span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
    return Delay(
        days, span, sentence, bool(named["month_end"] or named.get("to_month_end") or named.get("ends"))
    )


def payment_delay_of(view: View) -> Fact | None:
    """Days to pay, as written."""
    for delay in payment_delays(view):
        after = _FROM_WHEN.match(view.folded, delay.span.end, delay.sentence.span.end)
        tail = view.words(Span(*after.span())) if after else ""
        days = f"{delay.days} jours{' fin de mois' if delay.to_month_end else ''}"
        return Fact(f"{days} {tail}".strip(), (delay.sentence.span,), (f"{delay.days} jours",))
    return _bare(view) or _in_force(view)


def _bare(view: View) -> Fact | None:
    for section in view.titled(_TITLE):
        for sentence in view.within(section):
            match = _BARE_DELAY.search(sentence.text)
            days = (
                number(match["days"] or match["after"])
                if match and not _NOT_PAYMENT.search(sentence.text)
                else None
            )
            if days and days <= _MOST_BARE_DAYS:
                return Fact(f"{days} jours", (sentence.span,), (f"{days} jours",))
    return None


def _in_force(view: View) -> Fact | None:
    for sentence in view.sentences_with(*_WORDS):
        if _IN_FORCE.search(sentence.text) and not re.search(
            r"interets|defaut de paiement|taux", sentence.text
        ):
            return Fact(
                f"Délai en vigueur, non chiffré : {view.words(sentence.span)[:240]}", (sentence.span,)
            )
    return None
