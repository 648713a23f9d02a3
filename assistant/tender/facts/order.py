"""The order in which the pieces of a contract prevail, as the contract says it: in a list, or two by two."""

import re
from collections.abc import Iterator

from assistant.datatypes import Span
from assistant.tender.pieces import USUAL, named
from assistant.tender.view import Sentence, View

EVERY_OTHER = "toutes les autres"
"""Stands in an order for all the pieces that it does not name."""

_RANKED = re.compile(
    r"ordre (?:decroissant )?(?:de (?:leur )?(?:priorite|preseance|prevalence|importance)|d'importance|d'enumeration|hierarchique|suivant|ci-|qui suit)|"
    r"(?:priorite|importance|valeur) decroissante|dans (?:l'|cet )ordre ?(?::|ci-|suivant|de)|ordre decroissant|prevalent dans|par (?:ordre|priorite|rang)|"
    r"hierarchie (?:des|entre)|(?:cite|nomme|mentionne)e? (?:en|le) premiere? (?:l'emporte|prevaut)|le premier (?:cite|nomme) (?:l'emporte|prevaut)"
)
# « par ordre de priorité, et par dérogation à l'article 4.1 du CCAG : »: the list begins after the colon.
_ANNOUNCED = re.compile(r"[^:;]{0,120}:")
_IN_THIS_ORDER = re.compile(
    r"(?:dans|selon|suivant) (?:cet|l') ?ordre(?: de (?:priorite|preseance|prevalence))?(?! ?(?::|ci-|suivant|de [a-z]+ ?:))"
)
_OF_A_CONTRACT = re.compile(r"pieces?\b|documents?\b|marche|contrat|prevalent|accord-cadre")
# Pieces put in an order to be read, signed or sent, and criteria in theirs.
_NOT_RANKED = re.compile(
    r"\b(?:criteres?|presente[^a-z]|remis|depos|transm|dossier de (?:consultation|candidature)|plis?\b|classees?|numerot|paraph|offres? (?:sont|comprend)|"
    r"cases?\b|titulaires?,? dans l'ordre|attribuees? )"
)
_WORDS = ("ordre", "decroissante", "priorite", "rang", "hierarchie", "premier")
_LIST_CHARACTERS = 1500
_A_LIST = 2

_OVER = re.compile(r"\b(?:prevau[a-z]*|prevalent|prime(?:nt)?|l'emporte(?:nt)?)\b(?: sur)?")
# « En cas de contradiction entre A et B, A l'emporte. »
_BETWEEN = re.compile(
    r"(?:contradiction|divergence|discordance|conflit|incoherence)[^.;]{0,20} entre [^.;]{0,110}?,"
)
_ALL = re.compile(
    r"(?:tou(?:tes|s) (?:les )?(?:autres )?(?:pieces|documents)|les autres|le reste|tout autre (?:piece|document)|toute autre piece)"
)
_ON_CONDITION = re.compile(r"ne (?:prevau|prime)|sauf|condition|cgv|cgu|prevalent,? dans")

Order = tuple[tuple[str, ...], Span]
"""Pieces, the one that prevails first, and where they are so ranked."""


def order_of(view: View) -> tuple[str, ...]:
    """The buyer's pieces in the order of the contract's first list; empty where it lists none, or does not say that the order counts."""
    lists = (tuple(name for name in pieces if name in USUAL) for pieces, _ in listed(view))
    return next((pieces for pieces in lists if len(pieces) >= _A_LIST), ())


def orders(view: View) -> Iterator[Order]:
    """Every order that the document states, in text order."""
    yield from sorted((*listed(view), *_two_by_two(view)), key=lambda order: order[1].start)


def listed(view: View) -> Iterator[Order]:
    """The lists of pieces that are said to be in their order."""
    listed_to = 0
    for sentence in view.sentences_with(*_WORDS):
        if (before := _IN_THIS_ORDER.search(sentence.text)) and len(
            pieces := named(sentence.text[: before.start()])
        ) >= _A_LIST:
            yield pieces, sentence.span
        elif (
            (said := _RANKED.search(sentence.text))
            and sentence.span.start >= listed_to
            and _ranks_pieces(sentence)
        ):
            announced = _ANNOUNCED.match(sentence.text, said.end())
            start = sentence.span.start + (announced or said).end()
            listed_to = _list_end(view, sentence, start)
            if len(pieces := named(view.folded[start:listed_to])) >= _A_LIST:
                yield pieces, sentence.span


def _list_end(view: View, sentence: Sentence, start: int) -> int:
    """Where the list that begins at ``start`` ends: with its sentence, or with its clause where it goes on below."""
    ended = "." in view.folded[sentence.span.end - 1 : sentence.span.end + 1]
    if ended and len(named(view.folded[start : sentence.span.end])) >= _A_LIST:
        return sentence.span.end
    return min(max(sentence.section.body.end, sentence.span.end), start + _LIST_CHARACTERS)


def _ranks_pieces(sentence: Sentence) -> bool:
    about = f"{sentence.section.title} {sentence.text}"
    return not _NOT_RANKED.search(sentence.text) and (
        _OF_A_CONTRACT.search(about) is not None or len(named(sentence.text)) >= _A_LIST
    )


def _two_by_two(view: View) -> Iterator[Order]:
    """Pieces that a sentence, or a part of it, ranks: « X prévaut sur Y »."""
    for sentence in view.sentences_with("preva", "prime", "l'emporte"):
        for part in re.finditer(r"[^;]+", sentence.text):
            if pieces := _ranked_in(part[0]):
                yield pieces, Span(sentence.span.start + part.start(), sentence.span.start + part.end())


def _ranked_in(part: str) -> tuple[str, ...]:
    over = _OVER.search(part)
    if over is None or _ON_CONDITION.search(part):
        return ()
    above, below = named(part[: over.start()]), named(part[over.end() :])
    if len(above) > 1 and not below and (between := _BETWEEN.search(part)):
        above, below = named(part[between.end() : over.start()]) or above[-1:], above
        below = tuple(name for name in below if name not in above)
    if len(above) != 1 or not (below or _ALL.search(part, over.end())):
        return ()
    return (*above, *(below or (EVERY_OTHER,)))
