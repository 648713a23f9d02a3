"""How a rule is said: patterns over the folded words of one sentence, with what makes the same words lawful.

A pattern is a regular expression over lower-case words without accents (``text.fold``); a space stands for any run of spaces.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.datatypes import Span
from assistant.french.numbers import FIGURES, IN_WORDS, value
from assistant.french.numbers import number as french_number
from assistant.review.text import FoldedSentence, Text


@dataclass(frozen=True, slots=True)
class Caught:
    """A fault at ``span``; ``detail`` (French) completes the rule's message with what was found."""

    span: Span
    detail: str = ""


Detect = Callable[[Text], Iterator[Caught]]
"""A rule's code: the faults of one document."""

# A sentence that says that the thing is not asked, or that quotes the fault to forbid it.
DENIED = (
    r"(?<![a-z])(?:sans (?:privilegier|favoriser|avantager|reserver|preferer|noter|en tenir)|n'(?:est|sont|a|ont)(?: donc| pour autant|"
    r" jamais)? (?:pas|ni|jamais) (?:ete )?(?:privilegi|favoris|avantag|prefer|penalis|exclu|ecart|elimin|rejet)|sans (?:pouvoir |jamais |"
    r"pour autant )*(?:exiger|imposer|conditionner|exclure|ecarter|eliminer|requerir|condition|exigence|"
    r"distinction|consideration|egard|preference|reference|"
    r"tenir|que [^,;]{0,50}(?:puisse|doive|soit (?:exig|impos|requis)))|"
    r"quel(?:le)?s? que soi(?:en)?t (?:la |le |leurs? |sa |son |ses |les |l')?(?:nationalit|siege|pays|lieu|origine|capital|actionna|droit|"
    r"implant|etablissement|provenance|controle|detention|forme|statut|marque|editeur|taille|anciennete|adresse)|independamment d|peu importe|"
    r"aucune? (?:condition|exigence|preference|critere|avantage|restriction|distinction|point|note|exclusion|consequence|motif|obligation|prime|"
    r"bonus|bonification|sous-critere)|"
    r"n'(?:exige|impose|attribue|accorde|exclut|ecarte|elimine|emporte|entraine)(?:nt|ra|ront)? (?:pas|aucun|ni|en aucun)|"
    r"n'(?:est|etait|etaient|ont ete|a ete)(?: en aucun cas| jamais)? (?:pas |ni |plus |nullement )?(?:exig|impos|requis|demand|un motif|"
    r"un critere|une condition|pris en compte|prise en compte|note|de nature|subordon|conditionn|reserv|un obstacle)|"
    r"ne sont(?: en aucun cas| jamais)? (?:pas |ni |plus )?(?:exig|impos|requis|demand|des motifs|des criteres|des conditions|pris en compte|"
    r"prises en compte|not(?:e|ee)s?\b|reserv|subordon|conditionn)|"
    r"ne (?:constitue|vaut|suffit|justifie|vise|porte|note|tient|depend|fonde|peut|peuvent|saurai(?:t|ent)|doit|doivent|pourra|pourront|"
    r"conditionne|prend|mesure|compte|regarde|resulte)(?:nt)?"
    r"(?: (?:pas|ni|en aucun cas|jamais|donc|etre|aucunement|en rien|plus|toutefois|lui-meme|a elle seule|a lui seul|legalement|valablement|pour autant))* "
    r"(?:exig|impos|requis|demand|ecart|elimin|exclu|conditionn|subordonn|reserv|un motif|un critere|une condition|pris|prendre|justifi|fond|"
    r"compte\b|tenir|sur|la nationalite|le capital|la personne|la localisation|l'implantation|a l|not|favoris|privilegi|prefer|constitu|servir|"
    r"entrain|oppos|interdi|refus|limit)|"
    r"(?:il est|est|sont|serait|seraient|demeure|reste|sera|seront) (?:donc |toujours |expressement |"
    r"strictement )?(?:interdite?s? (?:a l'acheteur|d'exig|d'impos|d'ecart|d'exclu|de not|de reserv|de prefer|de fond)|illega|illicite|"
    r"discriminatoire|contraire)|(?:exigence|condition|mention|critere|preference|clause)s?[^.;]{0,60}(?:est|sont) (?:proscri|prohib)|"
    r"ne pas (?:ecrire|exiger|imposer|exclure|noter|demander)|a (?:eviter|proscrire|bannir)|et non (?:la|le|les|l'|sur|de|du|celle|celui|en|pas|a|"
    r"d'|une?)\b|plutot que|"
    r"n'(?:a|ont) (?:pas d'|aucune )incidence|n'entre(?:nt)? pas|\bni (?:une?|des) (?:conditions?|criteres?|motifs?)|(?:a ete|ete|est|"
    r"fut) (?:annule|censure|juge)|s'interdit d(?:e |')(?:exig|not|ecart|"
    r"exclu|impos|prefer)|\bni (?:la|le|leur|sa|son|de|du|d'|"
    r"sur|a|au|aux) (?:nationalit|capital|siege|actionna|origine|implant|pays|droit|localis|lieu)|"
    r"(?:\best |\bsont |\breste |\bdemeure )?sans (?:incidence|influence|effet sur)|\best indifferent|n'(?:intervien|influ)[a-z]* (?:pas|ni|en rien|"
    r"aucunement)|ne joue(?:nt)? aucun)"
)

BUYER = (
    r"(?:l'acheteur|le pouvoir adjudicateur|la personne publique|la collectivite|le maitre d'ouvrage|l'administration|la commune|la ville|"
    r"le departement|la region|le beneficiaire|l'etablissement|le client)"
)

# "vingt-quatre", "soixante-quinze", "1,5".
NUMBER = rf"(?:\d{{1,30}}(?:[.,]\d{{1,30}})?|{IN_WORDS})\b"


def number(text: str) -> float | None:
    """The value of what ``NUMBER`` matches, or None."""
    plain = text.strip()
    return float(value(plain)) if re.fullmatch(FIGURES, plain) else french_number(plain)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """``pattern`` with each space standing for any run of spaces, and `` ?`` for none or any; brackets and look-behinds (of a fixed width) stay as they are."""
    parts = re.split(r"(\[\^?\]?[^\]]*\]|\(\?<[!=][^)]*\))", pattern)
    return re.compile(
        "".join(
            part
            if part.startswith(("[", "(?<!", "(?<="))
            else re.sub(r" (?![*+{])(\?)?", lambda space: " *" if space[1] else " +", part)
            for part in parts
        )
    )


_QUOTED_AS_WORDS = compiled(
    r"(?:mentions?|clauses?|formules?|mots?|expressions?|termes?|phrases?|banni|proscri|interdi|ne vaut|n'est pas|pas accept|ecrire|dire)"
)


def is_mentioned(sentence: FoldedSentence, match: re.Match[str]) -> bool:
    """Whether the match stands within « … » in a sentence that speaks about words: the fault is named, not committed."""
    opened = sentence.words.rfind("«", 0, match.start() + 1)
    closed = sentence.words.find("»", match.start())
    inside = opened >= 0 and closed >= 0 and sentence.words.rfind("»", opened, match.start()) < 0
    return inside and bool(_QUOTED_AS_WORDS.search(sentence.words[:opened] + " " + sentence.words[closed:]))


def together(*concepts: str, unless: str | None = None, denied: str | None = DENIED) -> Detect:
    """A rule that catches a sentence where all ``concepts`` stand near one another, in any order; the first gives the fault's place. See ``wording``."""
    place, *needed = (compiled(rf"{WORD_START}(?:{concept})") for concept in concepts)
    excused, denial = (compiled(rf"{WORD_START}(?:{words})") if words else None for words in (unless, denied))

    def detect(text: Text) -> Iterator[Caught]:
        for sentence in text.sentences:
            match = place.search(sentence.words)
            if match is None or (excused and excused.search(sentence.words)) or is_mentioned(sentence, match):
                continue
            window = within_reach(sentence, match)
            if all(concept.search(window) for concept in needed) and not (denial and denial.search(window)):
                yield Caught(sentence.at(*match.span()))

    return detect


def wording(
    *catches: str,
    requires: str | None = None,
    unless: str | None = None,
    unless_near: str | None = None,
    denied: str | None = DENIED,
) -> Detect:
    """A rule that catches a sentence.

    Args:
        catches: any of these in the sentence; the first that is found gives the fault's place.
        requires: this too, in the sentence.
        unless: this in the sentence makes it lawful.
        unless_near: this in the sentence or around it, in the same article, makes it lawful.
        denied: what denies the fault, within reach of it; None where the fault is itself a denial.
    """
    patterns = tuple(compiled(rf"{WORD_START}(?:{words})") for words in catches)
    needed = compiled(requires) if requires else None
    excused, excused_near, denial = (
        compiled(rf"{WORD_START}(?:{words})") if words else None for words in (unless, unless_near, denied)
    )

    def detect(text: Text) -> Iterator[Caught]:
        for sentence in text.sentences:
            match = next(filter(None, (pattern.search(sentence.words) for pattern in patterns)), None)
            if (
                match is None
                or (needed and not needed.search(sentence.words))
                or (excused and excused.search(sentence.words))
            ):
                continue
            if (denial and denial.search(within_reach(sentence, match))) or is_mentioned(sentence, match):
                continue
            if excused_near and excused_near.search(text.around(sentence.span)):
                continue
            yield Caught(sentence.at(*match.span()))

    return detect


# What excuses begins a word: "oiv" is no part of "doivent", nor "ne" of "commune".
WORD_START = r"(?<![a-z])"

# A denial further than this from the fault speaks of something else in a long sentence.
_REACH = 170

# Where the clause that a word stands in ends: a stop, a blank line, the next item or title.
_CLAUSE_END = re.compile(r"[.;](?=\s)|\n\s*\n|\n(?=[#|\-•])")

_CLAUSE_REACH = 140

# A title with nothing under it: « 9. Pénalités : sans objet », « Réversibilité (réservé) ».
_NOTHING_UNDER = re.compile(
    r"[\s:.*(|-]*(?:(?:article|chapitre|paragraphe|cet article est) )?(?:sans objet|neant|non (?:applicable|prevue?|concerne)|reserve\b|supprime|pour memoire|"
    r"aucune?s?\.)"
)

# Words just before that deny: « il n'est pas prévu de pénalités », « le marché n'ouvre pas de droit d'audit », « n'a pas à signaler les changements … ».
_DENIED_BEFORE = compiled(
    r"(?<![a-z])(?:(?:n(?:e |')(?:prevoit|prevoient|comporte|contient|fixe|ouvre|confere|institue|retient|comprend|inclut|y a)(?: donc| toutefois)? (?:pas|"
    r"point|ni|"
    r"aucune?|nul(?:le)?)|n'(?:est|a|ont|sont)(?: donc| toutefois)? (?:pas|point|ni) (?:prevue?s?|fait|appliquee?s?|demandee?s?|exigee?s?|institue|retenu|"
    r"souhaite|"
    r"fixe|a [a-z]+)|(?:dispensee?|exemptee?) d(?:e|'|u))(?: (?!(?:et|ou|mais|si|que|qui|donne|peut|est|sont|entraine)\b)[a-z']+){0,6}|(?:aucune?|sans|"
    r"pas de|pas d'|"
    r"ni|absence d[e'])(?: (?:droit|clause|plan|phase|possibilite|critere|condition) (?:de|d'|a)| d[eu]| d'| des| l[ae]| l'| une?)?) ?$"
)


def is_said(
    text: Text,
    said: str,
    *,
    unless: str | None = None,
    near: str | None = None,
    within: Span | None = None,
    deniable: bool = True,
) -> bool:
    """Whether the document says this anywhere, titles included: what a piece must say is looked for so before it is called missing.

    Args:
        text: the document.
        said: the words looked for.
        unless: this in the same clause makes the words speak of something else, or say that the thing is not there.
        near: this must stand within ``_CLAUSE_REACH`` characters of the words.
        within: look there alone.
        deniable: « il n'est pas prévu de … » before the words says the contrary of what is looked for.
    """
    words = text.without_contents
    other, beside = (compiled(rf"{WORD_START}(?:{words})") if words else None for words in (unless, near))
    for match in compiled(rf"{WORD_START}(?:{said})").finditer(
        words, *((within.start, within.end) if within else ())
    ):
        start, end = max(0, match.start() - _CLAUSE_REACH), min(len(words), match.end() + _CLAUSE_REACH)
        clause_start = max(
            (found.end() for found in _CLAUSE_END.finditer(text.folded, start, match.start())), default=start
        )
        ending = _CLAUSE_END.search(text.folded, match.end(), end)
        clause_end = ending.start() if ending else end
        if _NOTHING_UNDER.match(text.folded, clause_end) or (
            other and other.search(words[clause_start:clause_end])
        ):
            continue
        if deniable and _DENIED_BEFORE.search(words[clause_start : match.start()]):
            continue
        if beside is None or beside.search(words[start:end]):
            return True
    return False


def within_reach(sentence: FoldedSentence, match: re.Match[str]) -> str:
    """The words of the sentence near the match."""
    return sentence.words[max(0, match.start() - _REACH) : match.end() + _REACH]


def any_of(*detectors: Detect) -> Detect:
    """A rule that several wordings break."""

    def detect(text: Text) -> Iterator[Caught]:
        for detector in detectors:
            yield from detector(text)

    return detect
