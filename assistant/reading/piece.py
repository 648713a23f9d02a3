"""Which piece of a tender a document is: CCTP, CCAP, CCP, RC, AE, BPU, DQE, a notice, a guide, or none of these.

A piece says its own name in a title on its first page, and cites the others in sentences and lists. So only a line (or a cell) that *begins* with a name
counts, and the first such line counts most. The file's name and the headings and words that only one piece has confirm it or contradict it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from assistant.datatypes import Document, Heading
from assistant.french.folding import fold_words

OTHER = "autre"
PIECES = ("CCTP", "CCAP", "CCP", "RC", "AE", "BPU", "DQE", "avis", "guide", OTHER)
# From here on a guess is worth showing; "autre" always stays below.
SURE_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Guess:
    """A piece of ``PIECES`` and a score from 0 to 1, greater is surer. It orders guesses and is no measured probability."""

    piece: str
    score: float


class _Where(Enum):
    TITLE = auto()
    NAME = auto()
    HEADING = auto()
    WORDS = auto()


@dataclass(frozen=True, slots=True)
class _Rule:
    """``weight`` (0 to 1) is how far the pattern alone makes the piece believable. Patterns meet folded text: no accents, lower case, ``ccap``."""

    where: _Where
    pattern: re.Pattern[str]
    piece: str
    weight: float


def _rules(where: _Where, *rows: tuple[str, str, float]) -> tuple[_Rule, ...]:
    # A space in a pattern is any white space: a title runs over two lines of a cover.
    return tuple(
        _Rule(
            where,
            re.compile(rf"(?<![a-z])(?:{pattern.replace(' ', chr(92) + 's+')})(?![a-z])"),
            piece,
            weight,
        )
        for pattern, piece, weight in rows
    )


_BPU = r"bordere?aux? (?:(?:des?|du|de) )?prix(?: unitaires?| forfaitaires?)?|bpu"  # "borderau" is met
_DQE = r"(?:detail|devis|cadre du detail) (?:quantitatif(?: et)?[ -]?estimatif|estimatif(?: et)?[ -]?quantitatif|estimatif)|dqe"

# Titles. At one place of the text the first row wins: the annexes and guides that carry another piece's name stand before it.
_TITLES = _rules(
    _Where.TITLE,
    # A price schedule is commonly "Annexe 1 à l'acte d'engagement : BPU".
    (rf"annexe\b[^\n]{{0,80}}\b(?:{_BPU})", "BPU", 0.85),
    (rf"annexe\b[^\n]{{0,80}}\b(?:{_DQE})", "DQE", 0.85),
    # Any other annex is not the piece that it belongs to.
    (r"annexe(?: (?:n[°o] ?)?[0-9a-z]{1,4})?(?: (?:au|aux|a la|a l'|du|de l')[^\n]{0,60})?", OTHER, 0.85),
    # Written about pieces, not one of them.
    (
        r"(?:petit )?guide(?:s)?|fiches? (?:pratiques?|techniques? daj|methodologiques?)|vade-?mecum|mode d'emploi|manuel|memento|foire aux questions",
        "guide",
        0.8,
    ),
    # The general clauses (arrêtés of 30 March 2021) are law, not a piece of one tender.
    (
        r"cahiers? des clauses (?:administratives|techniques) generales|ccag(?:[ -](?:tic|pi|fcs|travaux|moe|mi))?|cctg",
        OTHER,
        0.85,
    ),
    # What bidders send, and what buyers decide, often names the pieces.
    (
        r"memoire (?:technique|justificatif)|cadre (?:de (?:reponse|memoire)|du memoire)|rapport d'analyse des offres|deliberation|avenant|ordre de service",
        OTHER,
        0.7,
    ),
    (r"modeles? de (?:« ?)?clauses?", OTHER, 0.7),  # to be put into an RC or a CCAP, which it names
    (
        r"lettre de candidature|declaration du candidat|declaration de sous-traitance|dc ?[124]|noti ?\d|dume|attestation",
        OTHER,
        0.7,
    ),
    # A lump sum is broken down in a DPGF: neither unit prices nor an estimate of quantities to order.
    (r"decomposition du prix global(?: et)? forfaitaire|dpgf", OTHER, 0.7),
    # "CCATP" and "clauses administratives et techniques" are the CCP under another name: before the two cahiers it merges.
    (
        r"cahier des clauses (?:administratives(?: particulieres)?(?: et| ?&|,)|techniques(?: particulieres)? et administratives)[^\n]{0,30}",
        "CCP",
        0.9,
    ),
    (r"cahier des clauses particulieres|ccatp|cctap|ccp", "CCP", 0.88),
    (r"cahier des clauses administratives particulieres|ccap", "CCAP", 0.88),
    (
        r"cahier des (?:clauses|charges) techniques(?: particulieres)?|cahier des prescriptions techniques|cctp",
        "CCTP",
        0.88,
    ),
    (
        r"programme fonctionnel(?: detaille)?|cahier des charges|descriptif (?:technique|des travaux)",
        "CCTP",
        0.55,
    ),  # also used of other papers
    (
        r"reglement (?:de (?:la )?|particulier de (?:la )?|du )?consultation|reglement de (?:l')?appel d'offres|reglement du concours",
        "RC",
        0.88,
    ),
    (r"rc|rpc", "RC", 0.55),  # also "responsabilité civile"
    (r"acte d'engagement|attri ?1|dc ?3", "AE", 0.88),  # DC3, then ATTRI1: the State's forms for it
    (r"ae", "AE", 0.55),
    (_BPU, "BPU", 0.88),
    (_DQE, "DQE", 0.88),
    # The notices of the BOAMP and of the JOUE (directives of 2014, and eForms since 2023).
    (
        r"avis (?:de marche|d'appel (?:public )?a (?:la )?concurrence|d'attribution|de concession|de pre-?information|rectificatif|d'information)",
        "avis",
        0.88,
    ),
    (
        r"avis (?:de publicite|de consultation|de modification|d'intention de conclure|de transparence)|aapc|resultats? de marche",
        "avis",
        0.8,
    ),
    (r"avis n[°o] ?\d\d-\d{3,}", "avis", 0.8),  # the number that the BOAMP gives: 24-12345
)

# The file's name, signs turned into spaces. The first row that matches wins.
_NAMES = _rules(
    _Where.NAME,
    (
        r"avis technique|attestation|assurance|kbis|dc ?[124]|dume|dpgf|ccag|memoire|cadre de reponse|plans?|planning|organigramme",
        OTHER,
        0.5,
    ),
    (r"guide|notice d'?utilisation|mode d'?emploi|vademecum", "guide", 0.6),
    (r"bpu|bordere?aux?(?: des?)? prix(?: unitaires?)?", "BPU", 0.6),
    (r"dqe|detail (?:quantitatif )?estimatif", "DQE", 0.6),
    (r"annexe", OTHER, 0.5),  # "CCTP annexe 2 …": not "CCAP et annexes"
    (r"avis (?:de )?marche|avis|aapc|boamp|joue|avis d'?attribution", "avis", 0.5),
    (r"ccatp|ccp|cahier des clauses particulieres", "CCP", 0.6),
    (r"ccap|cahier des clauses administratives(?: particulieres)?", "CCAP", 0.6),
    (r"cctp|cahier des clauses techniques(?: particulieres)?", "CCTP", 0.6),
    (r"cahier des charges|cdc", "CCTP", 0.4),
    (r"reglement(?: de)?(?: la)? consultation", "RC", 0.6),
    (r"rc", "RC", 0.5),
    (r"acte d'? ?engagement|attri ?1|dc ?3", "AE", 0.6),
    (r"ae", "AE", 0.5),
)

# Headings that one piece has and the others seldom have. Each is weak; several together carry a document without a title.
_HEADINGS = _rules(
    _Where.HEADING,
    # RC: how to bid (article R2132-1 ff. of the code: the documents of the consultation).
    (
        r"(?:criteres|jugement|selection|examen|analyse)[^\n]{0,30}(?:offres|candidatures|attribution|jugement)",
        "RC",
        0.22,
    ),
    (
        r"(?:presentation|contenu|remise|transmission|depot|envoi|ouverture)[^\n]{0,30}(?:offres?|plis|candidatures?)",
        "RC",
        0.22,
    ),
    (r"(?:dossier|objet|conditions|etendue|organisation) de (?:la )?consultation", "RC", 0.2),
    (
        r"(?:delai|duree) de validite des offres|variantes|copie de sauvegarde|documents? a produire",
        "RC",
        0.15,
    ),
    # CCAP: how the contract runs.
    (r"penalites", "CCAP", 0.15),
    (
        r"(?:pieces|documents) (?:constitutives|contractuels|contractuelles)|pieces (?:constitutives )?du marche",
        "CCAP",
        0.15,
    ),
    (r"derogations?(?: aux?[^\n]{0,30})?", "CCAP", 0.25),
    (r"(?:revision|variation|actualisation|regime) (?:des?|du) prix", "CCAP", 0.15),
    (
        r"avances?|retenue de garantie|cautionnement|nantissement|modalites de (?:reglement|paiement)|resiliation",
        "CCAP",
        0.12,
    ),
    # CCTP: what is to be done.
    (
        r"(?:prescriptions|specifications|exigences|clauses) (?:techniques|fonctionnelles|generales)[^\n]{0,40}",
        "CCTP",
        0.22,
    ),
    (
        r"(?:description|consistance|descriptif)[^\n]{0,20}(?:ouvrages|travaux|prestations|missions)",
        "CCTP",
        0.2,
    ),
    (
        r"(?:qualite|provenance|nature|mise en o?euvre) des (?:materiaux|produits|ouvrages)|essais|normes et reglements|limites? de prestations?",
        "CCTP",
        0.18,
    ),
    # AE: who commits, for how much, to which account.
    (
        r"(?:contractants?|engagement du (?:candidat|titulaire)|identification du (?:candidat|contractant))",
        "AE",
        0.2,
    ),
    (
        r"compte\(?s?\)? (?:a crediter|bancaires?)|acceptation de l'offre|signature (?:du|de l'offre)[^\n]{0,30}|montant de l'offre",
        "AE",
        0.2,
    ),
    # A workbook's sheets are headings.
    (rf"(?:{_BPU})", "BPU", 0.3),
    (rf"(?:{_DQE})", "DQE", 0.3),
    # Notices of the JOUE, sections I to VI of the standard forms (règlement 2015/1986).
    (
        r"(?:pouvoir adjudicateur|entite adjudicatrice)|renseignements d'ordre juridique[^\n]{0,60}",
        "avis",
        0.15,
    ),
)

# Words that only one piece uses of itself.
_WORDS = _rules(
    _Where.WORDS,
    (r"le present reglement (?:de (?:la )?consultation)?|la presente consultation", "RC", 0.2),
    (
        r"les (?:candidats|soumissionnaires) (?:devront|doivent|remettront|produiront|transmettent)",
        "RC",
        0.12,
    ),
    (r"le present (?:ccap|cahier des clauses administratives(?: particulieres)?)", "CCAP", 0.35),
    (r"le present (?:cctp|cahier des clauses techniques(?: particulieres)?|descriptif)", "CCTP", 0.35),
    (r"le present (?:ccp|cahier des clauses particulieres)", "CCP", 0.35),
    (r"(?:nf|en|iso)[ -]dtu|dtu \d|regles de l'art|nf en|fourniture et pose", "CCTP", 0.2),
    (r"(?:je m'|m'|nous )engage(?:ons)?(?: sur| ,| a|,)?", "AE", 0.25),
    (
        r"le signataire|est acceptee la presente offre|la presente offre est acceptee|le present acte d'engagement",
        "AE",
        0.3,
    ),
    (r"iban|code banque|titulaire du compte", "AE", 0.12),
    (
        r"prix unitaires? (?:en |\(?€? ?h\.?t)|prix (?:unitaires? )?en (?:toutes )?lettres|n[°o] (?:de|du) prix",
        "BPU",
        0.25,
    ),
    (r"quantites? (?:estimees?|estimatives?|indicatives?|annuelles?)|\| (?:qte|quantites?) \|", "DQE", 0.25),
    (
        r"departement\(s\) de publication|annonce n[°o] ?\d\d-\d+|date d'envoi du present avis|le present avis",
        "avis",
        0.35,
    ),
    (
        r"code nuts|numero de publication de l'avis|identifiant de l'avis|directive 2014/2[345]/ue",
        "avis",
        0.2,
    ),
    (r"(?:le present|ce|notre) guide", "guide", 0.35),
    # A chapter of one has no title of its own: it is told by what it says to buyers, several such words together.
    (r"exemples? de (?:clauses?|redactions?|criteres?)", "guide", 0.3),
    (r"(?:cette|la presente|chaque) fiche|fiches? (?:pratiques?|operationnelles?)", "guide", 0.3),
    (r"conseils? pratiques?|bonnes pratiques|points? de vigilance", "guide", 0.2),
    (r"sourcing|sourcage", "guide", 0.15),
    (
        r"(?:a destination|permettant|a l'attention|a l'usage) (?:a |de |des? |aux? )?(?:l'|tout |tous les )?acheteurs?",
        "guide",
        0.3,
    ),
)

# A cover and its table of contents hold in this.
_FIRST_PAGE_CHARACTERS = 2500
# What lies further on repeats; a code of 3 MB need not be read whole for a guess.
_READ_CHARACTERS = 200_000
# A name after a colon, a dash or a bracket may be a title's end ("Marché n° 12 – CCAP") or the start of a list.
_AFTER_SIGN = 0.6
# A second name on the first page is mostly a citation.
_LATER_TITLE = 0.25
# Headings and words alone never outweigh a title.
_MAX_BODY = 0.65
# How far the runner-up makes the winner doubtful.
_DOUBT = 0.5
# A CCP is a CCAP and a CCTP in one: their headings do not speak against it.
_PARTS = {"CCP": ("CCAP", "CCTP")}

_NUMBERED = r"(?:(?:piece|document|partie|volume|tome)[ \t]+(?:n[°o][ \t]*)?[0-9a-z.]{1,5}[ \t]*[:.-]*[ \t]*|(?:\d{1,2}|[a-h])[ \t]*[.)-]+[ \t]*)?"
_BEGINS = re.compile(rf"[ \t#*_«\"'=>\[(]*{_NUMBERED}[ \t*_«\"]*$")
_SIGN = re.compile(r"(?:[:(/]|[ \t]-|-[ \t])[ \t«\"*_]*$")
_SENTENCE = re.compile(
    r"\)?[ \t]*(?:ccap|cctp|rc|ae)?[ \t]+(?:est|sont|doit|doivent|precise|prevoit|fixe|peut|qui|comporte|definit|figure|publie|envoye|joint|et ses)\b"
)
_SPELLED = re.compile(
    r"(?<![a-z.])(?:[a-z]\.[ \t]?){1,5}[a-z](?:\.|(?![a-z]))|(?<![a-z'])(?:[a-z][ \t]){2,5}[a-z](?![a-z'])"
)


def guessed(document: Document) -> str:
    """The piece that a document read as one of a tender was guessed to be; ``OTHER`` for one that was not."""
    return dict(document.metadata).get("piece", OTHER).split()[0]


def guess(text: str, headings: Sequence[Heading], name: str) -> Guess:
    """The likeliest piece of a document, from its ``text``, its ``headings`` and the ``name`` of its file. Never raises.

    Weak or contradictory evidence gives "autre" with a score below ``SURE_ENOUGH``.
    """
    found = [
        *_titles(_fold(text[:_FIRST_PAGE_CHARACTERS])),
        *_name(name),
        *_body("\n".join(heading.title for heading in headings), text[:_READ_CHARACTERS]),
    ]
    beliefs = {piece: _together(weight for of, weight in found if of == piece) for piece in PIECES}
    best = max(PIECES, key=lambda piece: beliefs[piece])
    rival = max(
        belief for piece, belief in beliefs.items() if piece != best and piece not in _PARTS.get(best, ())
    )
    score = round(beliefs[best] * (1 - _DOUBT * rival), 2)
    if best == OTHER or score < SURE_ENOUGH:
        return Guess(OTHER, min(score, SURE_ENOUGH - 0.01))
    return Guess(best, score)


def _titles(page: str) -> list[tuple[str, float]]:
    """Pieces that the first page names at the beginning of a line or a cell, the first one with its full weight."""
    taken: list[tuple[int, int, str, float]] = []
    for rule in _TITLES:
        for match in rule.pattern.finditer(page):
            share = _title_share(page, match)
            if share and not any(start < match.end() and match.start() < end for start, end, _, _ in taken):
                taken.append((match.start(), match.end(), rule.piece, rule.weight * share))
    strongest: dict[str, float] = {}
    first = min(taken)[2] if taken else OTHER
    for _, _, piece, weight in taken:
        strongest[piece] = max(strongest.get(piece, 0.0), weight if piece == first else weight * _LATER_TITLE)
    return list(strongest.items())


def _title_share(page: str, match: re.Match[str]) -> float:
    """1 where the name begins its line or cell, less after a sign, 0 in a sentence, a list or a table of contents."""
    line_start = max(page.rfind("\n", 0, match.start()), page.rfind("|", 0, match.start())) + 1
    line_end = page.find("\n", match.end())
    rest = page[match.end() : line_end if line_end >= 0 else len(page)]
    if rest.rstrip().endswith((";", ",")) or "...." in rest or _SENTENCE.match(rest) or rest.startswith(","):
        return 0.0
    before = page[line_start : match.start()]
    if _BEGINS.fullmatch(before):
        return 1.0
    return _AFTER_SIGN if "·" not in before and _SIGN.search(before) else 0.0


def _name(name: str) -> list[tuple[str, float]]:
    """What the file's own name says; the folders and archives around it are about the tender."""
    stem = re.split(r"[/\\›]", name)[-1].rpartition(".")
    folded = re.sub(r"[^a-z0-9°']+", " ", _fold(stem[0] or stem[2]))
    return next(([(rule.piece, rule.weight)] for rule in _NAMES if rule.pattern.search(folded)), [])


def _body(titles: str, text: str) -> list[tuple[str, float]]:
    """What headings and words say together, one weight a piece."""
    places = {_Where.HEADING: _fold(titles), _Where.WORDS: _fold(text)}
    hits = [
        (rule.piece, rule.weight) for rule in (*_HEADINGS, *_WORDS) if rule.pattern.search(places[rule.where])
    ]
    return [
        (piece, min(_MAX_BODY, _together(weight for of, weight in hits if of == piece)))
        for piece in dict(hits)
    ]


def _together(weights: Iterable[float]) -> float:
    """Independent reasons to believe, at least one of them right: 1 - (1 - a)(1 - b)(1 - c) and so on."""
    doubt = 1.0
    for weight in weights:
        doubt *= 1 - weight
    return 1 - doubt


def _fold(text: str) -> str:
    """No accents, lower case, ``C.C.A.P.`` as ``ccap``; a line or cell that began in lower case, or with a bullet, is marked ``·``: it goes on a sentence."""
    lines = (
        f"· {line}" if re.match(r"\s*(?:[a-zà-ÿ]|[-•–—▪➢●]\s)", line) else line for line in text.splitlines()
    )
    plain = fold_words("\n".join(lines))
    return _SPELLED.sub(
        lambda match: re.sub(r"[. \t]", "", match[0]) + (" " if match[0][-1:].isspace() else ""), plain
    )
