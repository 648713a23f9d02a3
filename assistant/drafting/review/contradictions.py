"""Contradictions inside a document and between the pieces of one tender: duration, penalties, general clauses, order of the pieces, payment delay, weights.

Each rule reads facts (a value, its place) and compares those about the same thing; the later of two that differ is caught.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.datatypes import Span
from assistant.drafting.review.framework import months
from assistant.drafting.review.pattern import NUMBER, Caught, Detect, compiled, number
from assistant.drafting.review.text import Sentence, Text


@dataclass(frozen=True, slots=True)
class Fact:
    """What a text says of ``subject``: its ``value`` (shown to the reader), at ``span``. ``causes``: stems of the words that say what it is for."""

    subject: str
    value: str
    span: Span
    causes: frozenset[str] = frozenset()


Read = Callable[[Text], Iterator[Fact]]

_DURATION = compiled(rf"(?P<count>{NUMBER})(?: \(\d+\))? (?P<unit>mois|ans?|annees?)\b")
_CONTRACT = r"(?:(?:le|du) (?:present )?(?:marche|contrat|accord-cadre)|(?:l'|de l'|d'un )(?:accord-cadre|marche|contrat)|la consultation)"
_OF_CONTRACT = compiled(
    rf"(?:{_CONTRACT},?[^.;]{{0,60}}(?:conclu|passe|etabli|signe)[^.;]{{0,25}} (?:pour|d'une duree|une duree)|duree (?:initiale |totale |ferme |"
    rf"globale |maximale )?(?:du|de l'|d'un) ?(?:present )?(?:marche|contrat|accord-cadre)|{_CONTRACT} a une duree|"
    rf"{_CONTRACT}[^.;]{{0,20}}(?:dure|court)\b|(?:^|[:.-] ?)duree(?: (?:initiale|totale|ferme|du marche|d'execution))? ?:|\bpour une duree\b|"
    rf"duree d'execution|(?:^|: )(?:le |un )?(?:marche|contrat) (?:de|d'une duree|ferme de)\b|sa duree (?:totale|maximale|"
    rf"initiale)?|engag[a-z]+ pour)"
)
_NOT_CONTRACT = compiled(
    r"(?:\blots?\b|tranche|garantie|prolong|delai d|conserv|preavis|chaque|bons? de commande|marches? subsequents?|penalit|reversibilit|phase|"
    r"maintenance (?:est|de \d)|periode d'essai|transition|plus de|moins|apres|avant|insertion|confidential|archiv|cotisation|derniers|stage|"
    r"prescription|"
    r"echeance|avance|variante|si la|lorsque|exced|depass|validite|d'occupation|droits? d)"
)
_IS_TOTAL = compiled(r"(?:duree (?:totale|maximale|globale)|reconductions? comprises?|toutes (?:periodes|reconductions))")
_RENEWED = compiled(
    rf"(?:reconduct|renouvel)[^.;]{{0,40}}?(?P<times>{NUMBER})(?: \(\d+\))? fois(?:[^.;]{{0,40}}?(?P<count>{NUMBER})(?: \(\d+\))? (?P<unit>mois|"
    rf"ans?|annees?))?"
)


def durations(text: Text) -> Iterator[Fact]:
    """The first duration of the contract, and its total: as it is said, and as its renewals make it."""
    for sentence in text.sentences:
        words = sentence.words
        if not (of := _OF_CONTRACT.search(words)) or _NOT_CONTRACT.search(words) or not (match := _DURATION.search(words, of.start())):
            continue
        said = months(match["count"], match["unit"])
        total = bool(_IS_TOTAL.search(words))
        yield Fact(_TOTAL if total else _INITIAL, f"{said:g} mois", sentence.at(*match.span()))
        if not total and (renewed := _RENEWED.search(words, match.end())):
            each = months(renewed["count"], renewed["unit"]) if renewed["count"] else said
            yield Fact(_TOTAL, f"{said + (number(renewed['times']) or 0) * each:g} mois", sentence.at(*match.span()))


_DATED = compiled(r"(?:du |le |au |a compter du )1(?:er)? janvier (?P<first>20\d\d)[^.;]{0,60}(?:au |le |jusqu'au )31 decembre (?P<last>20\d\d)")


def dated_durations(text: Text) -> Iterator[Fact]:
    """A contract from one first of January to a last of December: so many years."""
    for sentence in text.sentences:
        if (
            (match := _DATED.search(sentence.words))
            and compiled(r"(?:marche|contrat|accord-cadre|duree)").search(sentence.words)
            and not _NOT_CONTRACT.search(sentence.words)
        ):
            years = int(match["last"]) - int(match["first"]) + 1
            yield Fact(_INITIAL, f"{12 * years} mois", sentence.at(*match.span()))


def all_durations(text: Text) -> Iterator[Fact]:
    """Durations said in months or years, and by two dates."""
    yield from sorted((*durations(text), *dated_durations(text)), key=lambda fact: fact.span.start)


_RATE = re.compile(r"\b1 ?/ ?\d[\d .]*\d|\b\d+(?:[.,]\d+)? ?(?:%|pour mille|‰|€|euros?)")
_PENALTY = compiled(r"(?:penalites?\b|\bretards?\b[^.;]{0,60}(?:€|euros|%|/ ?\d))")
_CAP = compiled(r"(?:plafonn|plafond|ne (?:peu|pourr|saurai)[a-z]*[^.;]{0,20}(?:exced|depass)|dans la limite|limite(?:e|es)? a)")
_BRANCHES = compiled(
    r"(?:au-dela|majore|double|deuxieme|premier|tranche|\blots?\b|par niveau|niveau \d|gravite|jusqu'a|puis|selon|minimum|inferieur|superieur|"
    r"exoner|derogation|taux de|interets)"
)
# Words that do not say what a penalty is for.
_NOT_A_CAUSE = frozenset(
    (
        "penali",
        "retard",
        "calend",
        "ouvrab",
        "ouvres",
        "articl",
        "annexe",
        "montan",
        "forfai",
        "journa",
        "chaque",
        "donne",
        "lieu",
        "fixe",
        "fixees",
        "fixee",
        "egale",
        "sera",
        "seront",
        "sont",
        "euros",
        "jour",
        "jours",
        "dans",
        "pour",
        "tablea",
        "appliq",
        "titula",
        "encour",
        "hors",
        "taxes",
        "heure",
        "execut",
        "presta",
        "marche",
        "avec",
        "sans",
        "cas",
        "une",
        "defaut",
        "consta",
        "entame",
        "verse",
        "paie",
        "subit",
        "egales",
        "ht",
        "ttc",
        "est",
        "par",
        "les",
        "des",
        "aux",
        "due",
        "dues",
    )
)
_ALIKE = 0.6
_ENOUGH = 2


def penalties(text: Text) -> Iterator[Fact]:
    """The rate of each penalty, by the words that say what it is for; and the ceiling of all penalties."""
    for sentence in text.sentences:
        words = sentence.words
        if not _PENALTY.search(words):
            continue
        rates = list(_RATE.finditer(words))
        cap = _CAP.search(words)
        if cap:
            capped = [rate for rate in rates if rate.start() > cap.start()]
            if len(rates) == 1 and capped and not _BRANCHES.search(words):
                yield Fact("plafond des pénalités", capped[0][0].replace(" ", ""), sentence.at(*capped[0].span()))
            continue
        if len(rates) == 1 and not _BRANCHES.search(words) and len(words) < _MAX_PENALTY_SENTENCE:
            yield Fact("pénalité", rates[0][0].replace(" ", "").replace("euros", "€"), sentence.at(*rates[0].span()), _causes(words))


# A longer sentence says conditions that these few words do not hold.
_MAX_PENALTY_SENTENCE = 220


def _causes(words: str) -> frozenset[str]:
    return frozenset(stem for word in re.findall(r"[a-z]{4,}", words) if (stem := word[:6]) not in _NOT_A_CAUSE and word not in _NOT_A_CAUSE)


_GENERAL_CLAUSES = (
    (
        "CCAG-TIC",
        r"ccag[ -]*(?:(?:applicables?|de reference) ?(?:aux )?(?:est le )?:? ?)?(?:aux )?(?:marches (?:publics )?(?:de |d')?)?(?:tic\b|"
        r"techniques? de l'information)|"
        r"(?:clauses administratives generales)[^.;]{0,80}techniques? de l'information",
    ),
    (
        "CCAG-FCS",
        r"ccag[ -]*(?:(?:applicables?|de reference) ?(?:aux )?(?:est le )?:? ?)?(?:aux )?(?:marches (?:publics )?(?:de |d')?)?(?:fcs\b|"
        r"fournitures (?:courantes )?et (?:de )?services)|(?:clauses administratives generales)[^.;]{0,80}fournitures courantes",
    ),
    (
        "CCAG-PI",
        r"ccag[ -]*(?:(?:applicables?|de reference) ?(?:aux )?(?:est le )?:? ?)?(?:aux )?(?:marches (?:publics )?(?:de |d')?)?(?:pi\b|"
        r"prestations intellectuelles)|"
        r"(?:clauses administratives generales)[^.;]{0,80}prestations intellectuelles",
    ),
    (
        "CCAG-Travaux",
        r"ccag[ -]*(?:(?:applicables?|de reference) ?(?:aux )?(?:est le )?:? ?)?(?:aux )?(?:marches (?:publics )?(?:de |d')?)?travaux|"
        r"(?:clauses administratives generales)[^.;]{0,80}(?:marches publics de )travaux",
    ),
    (
        "CCAG-MOE",
        r"ccag[ -]*(?:(?:applicables?|de reference) ?(?:aux )?(?:est le )?:? ?)?(?:aux )?(?:marches (?:publics )?(?:de |d')?)?(?:moe\b|maitrise d'œuvre)|"
        r"(?:clauses administratives generales)[^.;]{0,80}maitrise d'œuvre",
    ),
    (
        "CCAG-MI",
        r"ccag[ -]*(?:applicables? aux )?(?:marches publics )?(?:mi\b|marches industriels|industriels)|"
        r"(?:clauses administratives generales)[^.;]{0,80}marches publics industriels",
    ),
)
_APPLIES = compiled(
    r"(?:releve du ccag|de reference|seul applicable|connaitre le ccag|regi|pieces? ?(?:contractuelles |"
    r"constitutives )?(?:du marche )?(?:sont )?:|ccag applicable|\bregit\b|est regi|sont regi|se refere|refere au|"
    r"s'applique|applicable (?:est|au (?:present )?(?:marche|contrat|accord-cadre))|est (?:le |celui|soumis)|sont soumis|soumis au|est applicable|"
    r"auquel (?:il|le marche)|conformement au ccag|pieces du marche|regi par|fait reference)"
)


def general_clauses(text: Text) -> Iterator[Fact]:
    """The general clauses (CCAG) that the contract says it follows."""
    patterns = [(name, compiled(pattern)) for name, pattern in _GENERAL_CLAUSES]
    apart = compiled(
        r"(?:\blots?\b|ne (?:s'applique|sont|se refere)|n'est pas|a l'exception|par analogie|outre|egalement|derog|partie (?:maintenance|etudes)|"
        r"pour les? (?:prestations|fournitures|parties?|etudes|travaux))"
    )
    for sentence in text.sentences:
        if not _APPLIES.search(sentence.words) or apart.search(sentence.words):
            continue
        found = [(name, match) for name, pattern in patterns if (match := pattern.search(sentence.words))]
        if len(found) == 1:
            yield Fact("CCAG applicable", found[0][0], sentence.at(*found[0][1].span()))


_PRIORITY = compiled(
    r"(?:ordre (?:decroissant )?(?:de (?:priorite|preseance|prevalence|importance)|d'importance|hierarchique|suivant)|priorite decroissante|"
    r"dans l'ordre ?:|ordre decroissant|"
    r"prevalent dans|par ordre de|l'ordre ci-)"
)
_PIECES = (
    ("AE", r"acte d'engagement|le present acte|\bae\b"),
    ("CCAP", r"\bccap\b|cahier des clauses administratives particulieres"),
    ("CCP", r"\bccp\b(?!-)|cahier des clauses particulieres"),
    ("CCTP", r"\bcctp\b|cahier des clauses techniques particulieres"),
    ("CCAG", r"\bccag\b|cahier des clauses administratives generales"),
    ("BPU", r"\bbpu\b|bordereau des prix"),
    ("offre", r"memoire (?:technique|justificatif)|offre (?:technique|du titulaire)|\boffre\b"),
    ("RC", r"\brc\b|reglement de (?:la )?consultation"),
)
_LIST_CHARACTERS = 1500
_A_LIST = 2


def piece_orders(text: Text) -> Iterator[Fact]:
    """The order of the contract's pieces, the first of each list: "AE > CCAP > CCTP"."""
    patterns = [(name, compiled(pattern)) for name, pattern in _PIECES]
    listed_to = 0
    for sentence in text.sentences:
        if (
            not (said := _PRIORITY.search(sentence.words))
            or not (compiled(r"(?:pieces?|documents?|marche|contrat|prevalent|accord-cadre)").search(sentence.words) or len(_named(sentence.words)) >= _A_LIST)
            or sentence.span.start < listed_to
        ):
            continue
        start = sentence.span.start + said.end()
        inside = [name for name, pattern in patterns if pattern.search(text.folded, start, sentence.span.end)]
        end = sentence.span.end if len(inside) >= _A_LIST else min(len(text.folded), start + _LIST_CHARACTERS)
        places = sorted((match.start(), name) for name, pattern in patterns if (match := pattern.search(text.folded, start, end)))
        if len(places) >= _A_LIST:
            listed_to = end if len(inside) < _A_LIST else sentence.span.end
            yield Fact("ordre des pièces", " > ".join(name for _, name in places), sentence.span)


_OVER = compiled(r"(?:prevau[a-z]*|prevalent|prime(?:nt)?|l'emporte(?:nt)?) sur")
_ALL = compiled(r"(?:tou(?:tes|s) (?:les )?(?:autres )?(?:pieces|documents)|les autres|le reste|tout autre (?:piece|document)|toute autre piece)")


def prevailing_pieces(text: Text) -> Iterator[Fact]:
    """Pieces that a sentence, or a part of it, ranks two by two: « X prévaut sur Y »."""
    for sentence in text.sentences:
        for start, part in _parts(sentence.words):
            if not (over := _OVER.search(part)) or compiled(r"(?:ne (?:prevau|prime)|sauf|condition|cgv|cgu)").search(part):
                continue
            above = _named(part[: over.start()])
            below = _named(part[over.end() :])
            if len(above) == 1 and (below or _ALL.search(part, over.end())):
                yield Fact("ordre des pièces", " > ".join((above[0], *(below or [_EVERYTHING]))), sentence.at(start, start + len(part)))


_EVERYTHING = "toutes les autres"


def _named(words: str) -> list[str]:
    """The pieces that ``words`` name, in their order."""
    found = ((pattern.search(words), name) for name, pattern in ((name, compiled(pattern)) for name, pattern in _PIECES))
    return [name for _, name in sorted((match.start(), name) for match, name in found if match)]


def _parts(words: str) -> Iterator[tuple[int, str]]:
    start = 0
    for part in words.split(";"):
        yield start, part
        start += len(part) + 1


def orders(text: Text) -> Iterator[Fact]:
    """Lists of pieces in their order, and pieces said to prevail."""
    yield from sorted((*piece_orders(text), *prevailing_pieces(text)), key=lambda fact: fact.span.start)


_PAY = compiled(
    rf"(?:delais? (?:global |maxim[a-z]+ )?(?:de |du )?(?:paiement|mandatement|reglement)|paiements?\b|(?:paye|paie|regle|mandate|verse|honore)e?s?\b|"
    rf"factures?[^.;]{{0,30}}(?:payable|regl|paye))[^.;]{{0,90}}?"
    rf"(?P<days>{NUMBER})(?: \(\d+\))? ?jours?"
)
_NOT_PAY = compiled(
    r"(?:interet|indemnit|retard|sous-trait|avance|solde|remboursement|contest|resili|suspen|verification|penalit|execution|livraison|conserv|"
    r"transm|validite|reglement (?:de|europeen|\(ue))"
)


def payment_delays(text: Text) -> Iterator[Fact]:
    """The delay within which the buyer pays."""
    for sentence in text.sentences:
        if (match := _PAY.search(sentence.words)) and not _NOT_PAY.search(sentence.words):
            yield Fact("délai de paiement", f"{number(match['days']):g} jours", sentence.at(*match.span()))


_INITIAL, _TOTAL = "durée initiale", "durée totale"
_INITIAL_AND_TOTAL = {_INITIAL, _TOTAL}


def _contradicts(first: Fact, second: Fact) -> bool:
    if {first.subject, second.subject} == _INITIAL_AND_TOTAL:
        initial, total = (first, second) if first.subject == _INITIAL else (second, first)
        return float(total.value.split()[0]) < float(initial.value.split()[0])
    if first.subject != second.subject or first.value == second.value or not _same_causes(first.causes, second.causes):
        return False
    if " > " in first.value:
        return _orders_differ(first.value.split(" > "), second.value.split(" > "))
    if first.subject == "pénalité":
        return first.value[-1:] == second.value[-1:] or "/" in first.value + second.value
    return True


def _same_causes(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two penalties are for one thing: nearly the same words, or the fewer words of one all but within the other's."""
    shared, fewer = len(first & second), min(len(first), len(second))
    return first == second or shared / max(1, len(first | second)) >= _ALIKE or (fewer >= _ENOUGH and shared == fewer)


def _orders_differ(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two pieces stand in one order here and in the other there; a piece above all the others is above each."""
    if _EVERYTHING in first or _EVERYTHING in second:
        return first[0] != second[0] and (
            (_EVERYTHING in first and (_EVERYTHING in second or first[0] in second)) or (_EVERYTHING in second and second[0] in first)
        )
    common = [name for name in first if name in second]
    return len(common) > 1 and common != [name for name in second if name in common]


def differing(read: Read) -> Callable[[Text, Sequence[Text]], Iterator[Caught]]:
    """A rule that catches, in a text, each fact that contradicts an earlier one of the same text or of the pieces before it."""

    def detect(text: Text, others: Sequence[Text]) -> Iterator[Caught]:
        known = [(fact, other.document.source.title) for other in others for fact in read(other)]
        own: list[Fact] = []
        for fact in read(text):
            here = next((earlier for earlier in own if _contradicts(earlier, fact)), None)
            there = next(((earlier, title) for earlier, title in known if _contradicts(earlier, fact)), None)
            if here:
                yield Caught(fact.span, f"Ici {fact.value}, plus haut {here.value} ({fact.subject}).")
            elif there:
                yield Caught(fact.span, f"Ici {fact.value}, mais {there[0].value} dans « {there[1]} » ({fact.subject}).")
            own.append(fact)

    return detect


ACROSS: dict[str, Callable[[Text, Sequence[Text]], Iterator[Caught]]] = {
    "contradiction-duree": differing(all_durations),
    "contradiction-penalites": differing(penalties),
    "contradiction-ccag": differing(general_clauses),
    "contradiction-ordre-pieces": differing(orders),
    "contradiction-delai-paiement": differing(payment_delays),
}

_WEIGHT = compiled(r"(?P<weight>\d{1,3}(?:[.,]\d+)?) ?(?:%|pour cent)")
_CRITERIA = compiled(
    r"(?:criteres?|valeur technique ?:|\bprix ?:|ponder|notation|\bprix\b[^.]*(?:technique|qualite|delai|environnement)|(?:technique|qualite|"
    r"delai|environnement)[^.]*\bprix\b)"
)
_SUB = compiled(r"(?:sous-criteres?|\bdont\b|sous criteres?|decompos|reparti|elements? d'appreciation)")
_WHOLE_WEIGHT = 100.0


def inconsistent_weights(text: Text) -> Iterator[Caught]:
    """The weights of the criteria, in one sentence or in the list that follows it, do not add up to 100 %."""
    items = text.sentences
    for at, sentence in enumerate(items):
        if (
            not _CRITERIA.search(sentence.words)
            or _SUB.search(sentence.words)
            or not compiled(r"(?:attribu|offres?|jug|ponder|criteres?|notation|technique|qualite)").search(sentence.words)
        ):
            continue
        weights = [*_weights(sentence)] or _pointed(sentence.words)
        last: Sentence = sentence
        if len(weights) < 2 and (points := _points(sentence.words)):
            weights = points
        if len(weights) < 2:
            weights, last = [*_weights(sentence)], sentence
            for following in items[at + 1 : at + 12]:
                if _SUB.search(following.words):
                    weights = []
                    break
                found = [*_weights(following)]
                if len(found) != 1 or len(following.words) > 220:
                    break
                weights += found
                last = following
        total = sum(weights)
        if (
            len(weights) >= 2
            and total != _WHOLE_WEIGHT
            and 60 <= total <= 140
            and not compiled(
                r"(?:penalit|avance|retenue|minimum|au moins|tva|inferieur|superieur|entre \d|bonus|par (?:reponse|heure|jour)|marge|rabais|acompte)"
            ).search(text.folded[sentence.span.start : last.span.end])
        ):
            yield Caught(Span(sentence.span.start, last.span.end) if last is not sentence else sentence.span, f"La somme est de {total:g} %.")


_POINTS = compiled(r"(?:sur|total de|totalise(?:nt)?) 100 points? ?:(?P<list>.*)")


def _points(words: str) -> list[float]:
    """The parts of « notation sur 100 points : technique 55, prix 30 »."""
    said = _POINTS.search(words)
    return [float(number) for number in re.findall(r"[a-z] ?:? ?(\d{1,3})\b(?: ?(?:points?|pts))?(?=,| et|\.|$| ?;| puis)", said["list"])] if said else []


_POINTED = re.compile(r"\b(\d{1,3}) ?(?:points?|pts)\b")


def _pointed(words: str) -> list[float]:
    """The parts of « prix (50 points), technique (30 points) », without a total that is said beside them."""
    return [float(points) for points in _POINTED.findall(re.sub(r"(?:total|sur|somme)[^,;()]{0,20}\d+ ?points?", "", words))]


def _weights(sentence: Sentence) -> Iterator[float]:
    for match in _WEIGHT.finditer(sentence.words):
        yield number(match["weight"]) or 0.0


DETECTORS: dict[str, Detect] = {"ponderation-incoherente": inconsistent_weights}
