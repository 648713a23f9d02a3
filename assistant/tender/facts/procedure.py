"""What kind of contract, awarded how: type de marché, forme, procédure, variantes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from assistant.datatypes import Span
from assistant.french.folding import fold
from assistant.french.forms import Forms
from assistant.tender.by_lot import lots_above, of_lots
from assistant.tender.fact import Fact
from assistant.tender.facts.identity import object_of
from assistant.tender.labels import labelled
from assistant.tender.rows import ONE_LOT
from assistant.tender.selection import NOTHING
from assistant.tender.view import TICK, Sentence, View

# ---- type de marché -------------------------------------------------------------------------------------------------------------------------

_TYPES = (
    ("travaux", r"travaux"),
    ("fournitures", r"fournitures?"),
    ("services", r"services?|prestations? (?:de services?|intellectuelles)|maitrise d'o?euvre"),
)
_KINDS = r"travaux|fournitures?|services?|prestations? (?:de services?|intellectuelles)"
_TYPE_LABEL = re.compile(
    r"(?:(?:ii\.1\.3\) ?)?type de (?:marche|contrat)(?: de)?(?: et lieu d'execution[^:\n]{0,60})?|nature(?: principale)?(?: (?:du|de) "
    r"(?:marche|contrat|l'accord[- ]cadre))?|type(?= ?[|:])|"
    r"annonce n[o°] ?\d\d-\d+|categorie(?: de marche)?(?= ?:))"
    rf"\s*[:|]?\s*{TICK}?\s*(?:marche(?: public)? (?:de |d'))?(?P<kind>{_KINDS})\b"
)
_TYPE_STATED = re.compile(
    r"(?:(?<=un |le |ce |nt |du |ue )(?:marche|accord[- ]cadre|contrat)|(?<=d')accords[- ]cadres)(?: public)?(?: (?:unique|ordinaire|a bons de commande))?"
    rf" (?:de |d')(?P<kind>{_KINDS})\b(?! courantes| et de services? \()"
)
_TYPE_TITLE = re.compile(
    r"(?:marche|accord[- ]cadre)s?(?: publics?)? (?:de |d')"
    rf"(?P<kind>{_KINDS}|maitrise d'o?euvre)\b(?! et| courantes)"
)
# What may stand before it on its line: signs and a number.
_TITLE_START = re.compile(r"[ ]*[^\w\n]{0,4}(?:\d{1,2}(?:\.\d{1,2})*[.)]? )?")
# A contract whose every page speaks of works is one of works: counted where no sentence says it in so many words.
_WORKS = re.compile(
    r"\b(?:execution|realisation|integralite|achevement|ensemble|marche) des? travaux\b|\b(?:definit|comprennent|concerne|porte sur|"
    r"a pour objet) (?:l'execution d)?(?:les |des )?travaux\b|\bles travaux (?:comprennent|sont|concernent|consistent)"
)
_BUILDERS = re.compile(r"maitre d'o?euvre|maitrise d'o?euvre|entrepreneur|corps d'etat|chantier")
# The title of a notice stands among its first lines.
_NOTICE_WORKS = re.compile(r"(?<=\n)travaux (?:de |d'|pour |relatifs )[^\n]+")
_NOTICE_TITLE_CHARACTERS = 1500
_WORKS_FIRST = re.compile(
    r"^\W*(?:objet[^:\n]{0,40}: ?)?(?:les )?travaux (?:de |d'|pour )|"
    r"(?:pour objet|concernent?|definit|porte sur|s'appliquent aux?) (?:les |l'execution des |la realisation des )?travaux\b"
)
_WORKS_WORDS, _WORKS_BUILDERS = 4, 2
_MANY_WORKS, _MANY_BUILDERS = 12, 15


_FORMS = Forms("assistant.tender.facts", "kinds.toml")


@cache
def _first_of_bought() -> re.Pattern[str]:
    """The words that may lead to what is bought, then what tells its kind."""
    kinds = "|".join(f"(?P<{kind}>{_FORMS.family(kind)})" for kind, _ in _TYPES)
    return re.compile(rf"\W*(?:(?:{_FORMS.family('lead')}\b|[dl]')\W*)*(?:{kinds})")


def kind_bought(view: View, bought: Sequence[Span]) -> Fact | None:
    """The kind of contract by the word that what is bought begins with, where the document does not say it."""
    told = (_first_of_bought().match(span.of(view.folded)) for span in bought)
    kind = next((match.lastgroup for match in told if match), None)
    return Fact(kind, tuple(bought), (kind,)) if kind and not type_said(view) else None


def type_of(view: View) -> Fact | None:
    """Works, supplies or services: as the document says it, else works where everything in it is about a building site."""
    return type_said(view) or _works(view) or _works_bought(view)


def type_said(view: View) -> Fact | None:
    """The kind of contract where a label, a sentence or a title says it."""
    for pattern in (_TYPE_LABEL, _TYPE_STATED, _TYPE_TITLE):
        match = next(
            (
                found
                for found in _kinds(view, pattern)
                if pattern is not _TYPE_TITLE or _begins_line(view.folded, found.start())
            ),
            None,
        )
        if match:
            kind = next(name for name, words in _TYPES if re.fullmatch(words, match.group("kind")))
            sentence = view.sentence_at(match.start())
            span = (
                sentence.span
                if sentence and len(sentence.span) < 300 and pattern is _TYPE_STATED
                else Span(*match.span())
            )
            return Fact(kind, (span,), (kind,))
    return _entitled(view)


def _entitled(view: View) -> Fact | None:
    """What the first lines of a notice say it is of: « Travaux de voirie », « Services – publié sur le profil »."""
    opening = view.folded[:_NOTICE_TITLE_CHARACTERS] if view.piece == "avis" else ""
    if works := _NOTICE_WORKS.search(opening):
        return Fact("travaux", (Span(*works.span()),), ("travaux",))
    for kind, _ in _TYPES:
        at = opening.find(f"\n{kind} - ") + 1
        if at:
            return Fact(kind, (Span(at, at + len(kind)),), (kind,))
    return None


# One of these stands in each label of a kind of contract.
_TYPE_WORDS = ("type ", "nature ", "annonce n", "categorie")
_AFTER_LABEL_CHARACTERS = 60


def _kinds(view: View, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    if pattern is not _TYPE_LABEL:
        yield from pattern.finditer(view.folded)
        return
    for line in view.lines_with(*_TYPE_WORDS):
        yield from pattern.finditer(view.folded, line.start, line.end + _AFTER_LABEL_CHARACTERS)


def _begins_line(folded: str, at: int) -> bool:
    return _TITLE_START.fullmatch(folded, folded.rfind("\n", 0, at) + 1, at) is not None


def _works_bought(view: View) -> Fact | None:
    """Works, where the object of the contract begins with that word."""
    bought = object_of(view)
    span = bought.spans[0] if bought else None
    if span is None or not _WORKS_FIRST.search(span.of(view.folded)[:160]):
        return None
    return Fact("travaux", (span,), ("travaux",))


def _works(view: View) -> Fact | None:
    works, services = (
        len(re.findall(r"\btravaux\b", view.folded)),
        len(re.findall(r"\bprestations?\b|\bfournitures? de\b", view.folded)),
    )
    builders = len(_BUILDERS.findall(view.folded))
    many = works >= _MANY_WORKS and builders >= _MANY_BUILDERS
    if not many and (works < _WORKS_WORDS or works < 1.5 * services or builders < _WORKS_BUILDERS):
        return None
    match = _WORKS.search(view.folded)
    sentence = view.sentence_at(match.start()) if match else None
    return Fact("travaux", (sentence.span,), ("travaux",)) if sentence else None


# ---- forme ----------------------------------------------------------------------------------------------------------------------------------

# "du marché ou de l'accord-cadre" is a form's boilerplate: it says neither.
_EITHER = re.compile(
    r"marches?(?: publics?)? ?(?:,|/|ou|et) ?(?:(?:de |d')?(?:l'|un |une )?|des )?accords?[- ]cadres?|accords?[- ]cadres? ?(?:,|/|ou|"
    r"et) ?(?:du |d'un |de |les? |un )?(?:systeme|marches? publics?|sad)"
)
_FRAMEWORK = re.compile(r"\baccords?[- ]cadres?\b|r\. ?2162-1[34]\b")
# Articles R. 2162-13 and R. 2162-14 are those of framework agreements carried out by orders.
_ORDERS = re.compile(r"bons? de commandes?|r\. ?2162-1[34]\b|commandes? [^.;\n]{0,40}\bau fur et a mesure")
_FORM_SAID = re.compile(
    r"accord[- ]cadre|marche (?:public )?(?:de (?:travaux|services?|"
    r"fournitures?(?: courantes)?(?: et (?:de )?services?)?) )?(?:est )?(?:un marche )?(?:fractionne |conclu |execute |passe )?(?:a |"
    r"par )?(?:l'emission de )?bons? de commande|marche (?:est )?(?:un )?(?:marche )?ordinaire|"
    r"tranches? (?:ferme|optionnelle|conditionnelle)|marches? subsequents?|marche(?: public)? (?:global|composite|mixte)|s'execut\w+ (?:par|"
    r"au moyen de|a) [^.]{0,40}bons? de commande|(?:partie|part) (?:executee )?(?:a|par) (?:emission de )?bons de commande|r\. ?2162-1[34]\b"
)
_NOT_FORM = re.compile(
    r"article r\.? ?2122-7|prestations similaires|formulaire|candidatures? doi|catalogues? electroniques?|^ ?(?:ii|iv)\.\d|"
    r"justification d'une duree|notification du marche public ou"
)
_SINGLE = re.compile(
    r"mono[- ]?attributaires?|(?:un |avec un )?(?:seul|unique) (?:operateur|attributaire|titulaire|prestataire|fournisseur)|"
    r"attributaire unique|titulaire unique|a un seul"
)
_SEVERAL = re.compile(
    r"multi[- ]?attributaires?|(?:avec )?plusieurs (?:operateurs|attributaires|titulaires)|(?:avec )?(?:\d+|deux|trois|quatre|"
    r"cinq) (?:operateurs|attributaires|titulaires) (?:par|maximum|au)"
)
_SUBSEQUENT = re.compile(r"marches? subsequents?")
_TRANCHES = re.compile(r"tranches? (?:ferme|optionnelle|conditionnelle)s?")
_LABELLED_FORM = r"forme (?:du|de|des) (?:marches?|contrat|l'accord[- ]cadre|prix et forme)"
_MOST_FORM_SENTENCES = 3


# A part of a contract, and what tells its form from that of another.
_PART = re.compile(
    r"\b(?:lots?|volets?|postes?|parts?|parties?|missions?) (?:n ?° ?)?"
    r"(?:[a-z]?\d{1,2}\b|[a-z]\b(?!')|forfaitaires?|fixes?|variables?|a (?:bons de )?commandes?)|"
    r"^\W*(?:[a-z]\d{0,2}|\d{1,2}) [^|\n]+\|"
)
_FORMS_OF_PARTS = tuple(
    re.compile(form) for form in (r"bons? de commande", r"marche ordinaire|\bforfait", r"marches subsequents")
)
# What a part pays or is paid tells no form: « Lot 1 : pénalité forfaitaire de 50 € ».
_OF_MONEY = re.compile(r"penalit|indemnit|\bavance|retenue")
_PART_NAMED = re.compile(rf"{_PART.pattern}|\b[a-z]\d{{1,2}}\b")
_MOST_PARTS, _MOST_ROWS, _FEWEST_PARTS = 4, 8, 2
_MIXED = "avec une partie forfaitaire"


def _by_parts(view: View) -> Fact | None:
    """The forms of the parts of a contract, where one clause tells one by orders and another by a lump sum, in its own words."""
    told: dict[int, list[Sentence]] = {}
    for sentence in view.sentences_with("de commande", "ordinaire", "forfait", "subsequent"):
        if (
            _PART.search(sentence.text)
            and any(form.search(sentence.text) for form in _FORMS_OF_PARTS)
            and not _NOT_FORM.search(sentence.text)
            and not _OF_MONEY.search(sentence.text)
            and not sentence.of_another_contract
        ):
            told.setdefault(sentence.section.body.start, []).append(sentence)
    for sentences in told.values():
        forms = {
            index
            for index, form in enumerate(_FORMS_OF_PARTS)
            if any(form.search(sentence.text) for sentence in sentences)
        }
        parts = sum(len(_PART_NAMED.findall(sentence.text)) for sentence in sentences)
        if (
            len(forms) > 1
            and parts >= _FEWEST_PARTS
            and len(sentences) <= (_MOST_ROWS if "|" in sentences[0].text else _MOST_PARTS)
        ):
            # Options that are not ticked are blanks.
            spans = tuple(Span(one.span.start, one.span.start + len(one.text.rstrip())) for one in sentences)
            return Fact(" ; ".join(view.row(span).rstrip(".") for span in spans), spans)
    return None


def form_of(view: View) -> Fact | None:
    """Framework agreement or contract, by orders or subsequent contracts, for one holder or several, in parts."""
    whole = _of_the_whole(view)
    parts = None if whole and _MIXED in whole.value else _by_parts(view)
    if parts is None or whole is None:
        return parts or whole
    # « Il s'exécute par marchés subséquents (lots 1 et 2) et par bons de commande (lot 3) » does not say that it is a framework agreement.
    framework = _FRAMEWORK.search(str(whole.value).lower()) and not _FRAMEWORK.search(fold(str(parts.value)))
    return (
        Fact(f"{whole.value} ; {parts.value}", (*parts.spans, *whole.spans), whole.normal)
        if framework
        else parts
    )


def _of_the_whole(view: View) -> Fact | None:
    """The form of a contract that has one, put together from the sentences that say so."""
    said = [
        sentence
        for sentence in view.sentences_with(
            "accord", "de commande", "tranche", "subsequent", "ordinaire", "mixte", "composite", "2162-1"
        )
        if _FORM_SAID.search(sentence.text)
        and not _NOT_FORM.search(sentence.text)
        and not sentence.of_another_contract
        and _FORM_SAID.search(_EITHER.sub(" ", sentence.text))
    ]
    ordinary = next(
        (
            label
            for label in labelled(view, _LABELLED_FORM, stop=r"[.\n]")
            if "ordinaire" in label.span.of(view.folded)
        ),
        None,
    )
    sentence = next(
        (
            sentence
            for sentence in view.sentences_with("ordinaire")
            if re.search(
                r"forme (?:de|du) marche : ordinaire|marche(?: est)?(?: un marche)? ordinaire", sentence.text
            )
        ),
        None,
    )
    if ordinary or sentence:
        spans = tuple(
            span
            for span in (sentence.span if sentence else None, ordinary.whole if ordinary else None)
            if span
        )
        return Fact("Marché ordinaire", spans[:1], ("ordinaire",))
    if not said:
        return None
    text = " ".join(_EITHER.sub(" ", sentence.text) for sentence in said)
    framework = _FRAMEWORK.search(text) is not None
    orders = any(_ORDERS.search(sentence.text) and _FORM_SAID.search(sentence.text) for sentence in said) or (
        framework and _executed_by_orders(view)
    )
    parts = [
        "Accord-cadre" if framework else "Marché à bons de commande" if orders else "Marché",
        "mono-attributaire"
        if _SINGLE.search(text)
        else "multi-attributaire"
        if _SEVERAL.search(text)
        else "",
        "à bons de commande" if framework and orders else "",
        "donnant lieu à des marchés subséquents" if _SUBSEQUENT.search(text) else "",
        "à tranches (ferme et optionnelles)" if _TRANCHES.search(text) else "",
    ]
    if framework and re.search(r"mixte|partie forfaitaire", text):
        parts.append(_MIXED)
    value = " ".join(part for part in parts if part)
    if value == "Marché":
        return None
    normal = ("accord-cadre" if framework else "marché",)
    return Fact(value, tuple(sentence.span for sentence in _most_telling(said)), normal)


def _executed_by_orders(view: View) -> bool:
    return (
        re.search(
            r"(?:execut\w+|emission|passe\w*|adresse\w*|notifi\w+) [^.]{0,60}bons? de commande", view.folded
        )
        is not None
    )


def _most_telling(said: list[Sentence]) -> list[Sentence]:
    """The sentences that say most of the form, best first."""
    signs: Iterable[re.Pattern[str]] = (_FRAMEWORK, _ORDERS, _SINGLE, _SEVERAL, _SUBSEQUENT, _TRANCHES)
    direct = re.compile(
        r"(?:est|constitue|prend la forme|implique|comprend|conclu|s'agit|avec un seul|passe)\b"
    )

    def weight(one: Sentence) -> tuple[int, int]:
        return -sum(1 for sign in signs if sign.search(one.text)) * 2 - (
            2 if direct.search(one.text) else 0
        ), one.index

    return sorted(said, key=weight)[:_MOST_FORM_SENTENCES]


# ---- procédure ------------------------------------------------------------------------------------------------------------------------------

_PROCEDURES = (
    ("Appel d'offres ouvert", r"appel d'offres(?: (?:europeen|national))? ouvert|\baoo\b"),
    ("Appel d'offres restreint", r"appel d'offres(?: (?:europeen|national))? restreint|\baor\b"),
    (
        "Procédure avec négociation",
        r"(?:procedure|concurrentielle) avec negociation|procedure negociee avec mise en concurrence|negociee avec publication",
    ),
    ("Dialogue compétitif", r"dialogue competitif"),
    (
        "Procédure adaptée",
        r"procedure (?:a la concurrence )?adaptee(?: ouverte| restreinte)?|(?<![\w/-])mapa(?![\w/-])|marche a procedure adaptee",
    ),
    ("Concours", r"concours (?:restreint|ouvert|de maitrise d'o?euvre)"),
    ("Marché passé sans publicité ni mise en concurrence", r"sans publicite ni mise en concurrence"),
    ("Procédure ouverte", r"procedure ouverte|\bouverte\b(?= *$)"),
    ("Procédure restreinte", r"procedure restreinte|^\W*restreinte\b"),
)
# One of these stands in each of the patterns above.
_PROCEDURE_WORDS = (
    "procedure",
    "appel d'offres",
    "aoo",
    "aor",
    "dialogue",
    "mapa",
    "concours",
    "sans publicite",
    "ouverte",
    "restreinte",
    "negoci",
)
_PROCEDURE_LABEL = r"(?:(?:iv\.1\.1\) ?)?type de (?:la )?procedure|procedure(?: de passation| de consultation)?|mode de passation|type de consultation)"
_PROCEDURE_SAID = re.compile(
    r"passe|lance|resulte|soumis|selon|application|procedure de passation|est (?:: |une?|la|passee?|organisee?|effectuee?|l'appel|celle)|"
    r"recour\w+|consultation|procedure utilisee|mode de|engagee?|marche (?:public )?(?:sur|par|en|a)\b|presente|conclu|suite a|type de procedure ?:"
)
# "Concours restreint, anonyme, sur esquisse (articles L. 2125-1 …)".
_PROCEDURE_FIRST = re.compile(
    r"\W*(?:[\d.]+ )?(?:concours|appel d'offres|procedure|dialogue competitif|marche a procedure)\b.*\b(?:article|art\.|code)"
)
_PROCEDURE_TITLE = re.compile(r"procedure|passation|type de consultation")
_OTHER_CONTRACT = re.compile(
    r"prestations similaires|nouveau marche|r\.? ?2122-7|30 i 7|si (?:l'appel|la procedure)|en cas d'infructuosite|infructueu|"
    r"marche precedent|declare sans suite|prestations supplementaires"
)


def procedure_of(view: View) -> Fact | None:
    """How the contract is awarded; similar services that may follow are another matter."""
    for label in labelled(view, _PROCEDURE_LABEL, stop=r"\n|(?<![ (][lrd])\. "):
        found = _procedure(label.span.of(view.folded))
        if found and len(label.span) < 200:
            return Fact(_with_words(view, found, label.span), (label.whole,), (_family(found),))
    for sentence in view.sentences_with(*_PROCEDURE_WORDS):
        found = _procedure(sentence.text)
        if (
            found
            and (
                _PROCEDURE_SAID.search(sentence.text)
                or _PROCEDURE_FIRST.match(sentence.text)
                or len(sentence.span) < 60
                or sentence.section.under(_PROCEDURE_TITLE)
            )
            and not _OTHER_CONTRACT.search(sentence.text)
        ):
            return Fact(found, (sentence.span,), (_family(found),))
    return None


def _family(procedure: str) -> str:
    """An open call for tenders is the open procedure of the directives: notices say one, rules of consultation the other."""
    return {
        "Procédure ouverte": "ouvert",
        "Appel d'offres ouvert": "ouvert",
        "Procédure restreinte": "restreint",
        "Appel d'offres restreint": "restreint",
    }.get(procedure, procedure)


_LABEL_WORDS = 60


def _with_words(view: View, found: str, span: Span) -> str:
    words = view.words(span)
    if len(words) > _LABEL_WORDS:
        return found
    return (
        words[:1].upper() + words[1:] if found.split()[-1].lower() in words.lower() else f"{found} ({words})"
    )


def _procedure(text: str) -> str | None:
    if not any(word in text for word in _PROCEDURE_WORDS):
        return None
    earliest = [(match.start(), name) for name, pattern in _PROCEDURES if (match := re.search(pattern, text))]
    return min(earliest)[1] if earliest else None


# ---- variantes ------------------------------------------------------------------------------------------------------------------------------

_VARIANTS = re.compile(r"\bvariantes?\b")
_REFUSED = re.compile(
    r"refus (?:des|de) variantes?|variantes?[^.;\n]{0,90}?(?:n(?:e |')(?:est|sont|etant|seront|sera|peuvent|peut)?(?: ?pas| ?point)|non|refuse|"
    r"interdit|exclu(?!siv)|"
    r"aucune|proscrit|prohib)|"
    r"(?:aucune|pas de|sans|interdi\w+ de \w+ (?:de|des)|ne (?:peuvent|peut|pourr\w+|doi\w+|sont)? ?pas[^.;\n]{0,60}(?:de|des|les|"
    r"une)) variantes?|variantes?[^.;\n]{0,40} : ?(?:non\b|neant|aucune|sans objet)|"
    r"toute variante\b[^.;\n]{0,80}(?:rejet|irreguli|ecart|elimin|exclu|pas examin|pas pris)"
)
_REFUSED_ALSO = re.compile(r"\b(?:non|pas) (?:admis|autoris|accept)|\b(?:interdit|refuse)")
_IF_ALLOWED = re.compile(
    r"si le reglement|sous reserve|si (?:elles|la variante)|dans les conditions (?:du|prevues)|conformement au reglement"
)
_ALLOWED = re.compile(
    r"variantes?[^.;\n]{0,90}?(?:autorise|admis|accept|possible|chiffree a part|soumise a l'a|permis|\blibres?\b|oui|prises? en consideration|est ouverte?|"
    r"obligatoire|exige|impose|demandee)|(?:peu(?:t|vent)|admet\w*|pouvez|pourr(?:a|ont|ez)|autorise\w*|libres? de|loisible de|invite\w* a|"
    r"faculte de)[^.;\n]{0,60}variantes?|"
    r"acceptation des variantes"
)
# As many are the label of a form or the plain sentence, which say nothing more.
_LABEL_CHARACTERS = 80
_NOT_VARIANT = re.compile(
    r"prestation objet de la variante|criteres? |au sens de l'article|on entend par|exige\w* la presentation"
)
# « Pour le lot 3 seulement, l'entreprise peut … », below a title that speaks of variants.
_OF_LOTS = re.compile(rf"{ONE_LOT}|\bautres lots\b")
_OPTION = re.compile(r"\bpse\b|prestations? supplementaires?")
_MAY = re.compile(r"\b(?:peu(?:t|vent)|pourr(?:a|ont)|est libre de) (?:presenter|proposer|remettre)")


def variants_of(view: View) -> Fact | None:
    """Whether bidders may propose variants."""
    best: tuple[int, Fact] | None = None
    every: list[tuple[str, Sentence]] = []
    homes = set[int]()  # of the clauses that speak of lots
    clauses = [
        sentence
        for section in view.sections
        if "variante" in section.title
        for sentence in view.within(section)
    ]
    for sentence in dict.fromkeys((*view.sentences_with("variante"), *clauses)):
        titled = "variante" in sentence.section.title
        alone = titled and not _VARIANTS.search(sentence.section.body.of(view.folded))
        text = (
            sentence.text
            if _VARIANTS.search(sentence.text)
            else sentence.about
            if titled and _VARIANTS.search(sentence.about)
            else f"variantes : {sentence.text}"
            if alone
            else ""
        )
        if not text or _NOT_VARIANT.search(text) or (alone and _OPTION.search(text)):
            continue
        if alone and _OF_LOTS.search(text) and _MAY.search(text):
            text = f"variantes autorisees : {sentence.text}"
        verdict = (
            "Sans objet"
            if alone and NOTHING.fullmatch(sentence.text)
            else "Refusées"
            if _REFUSED.search(text)
            else "Autorisées"
            if _ALLOWED.search(text)
            else None
        )
        if verdict == "Autorisées" and _IF_ALLOWED.search(text):
            verdict = "Possibles sous condition"
        if verdict is None:
            continue
        weight = (
            (2 if titled else 0)
            + (1 if view.piece in ("RC", "avis") else 0)
            + (1 if verdict == "Refusées" else 0)
        )
        every.append((verdict, sentence))
        if _OF_LOTS.search(text) or lots_above(view, sentence.span.start):
            homes.add(sentence.section.body.start)
        words = view.words(sentence.span)
        value = (
            verdict
            if verdict == "Sans objet"
            or (len(words) < _LABEL_CHARACTERS and verdict == "Refusées" and not _OF_LOTS.search(text))
            else f"{verdict} : {words[:_MOST_WORDS]}"
        )
        normal = (verdict,) if verdict in ("Refusées", "Autorisées") else ()
        if best is None or weight > best[0]:
            best = (weight, Fact(value, (sentence.span,), normal))
    by_lot = [one for one in every if one[1].section.body.start in homes]
    return _variants_by_lot(view, by_lot) or (best[1] if best else None)


_MOST_WORDS = 300

_ADMITTED = {"Autorisées", "Possibles sous condition"}


def _variants_by_lot(view: View, told: Sequence[tuple[str, Sentence]]) -> Fact | None:
    """What the sentences of one clause say lot by lot, where they differ, or where one says both."""
    clauses = [[one for one in told if one[1].section is lead.section] for _, lead in told]
    titled = [(one, lots) for one in told if (lots := lots_above(view, one[1].span.start))]
    for clause in (*clauses, [one for one, _ in titled]):
        both = [
            one
            for _, one in clause
            if ";" in one.text and _REFUSED_ALSO.search(one.text) and _ALLOWED.search(one.text)
        ]
        kept = both[:1] or [one for _, one in clause]
        if both or ("Refusées" in (verdicts := {verdict for verdict, _ in clause}) and verdicts & _ADMITTED):
            under = {
                one.index: f"{of_lots(lots)}, " for (_, one), lots in titled if not _OF_LOTS.search(one.text)
            }
            words = " ; ".join(
                f"{under.get(one.index, '')}{view.row(one.span)[:_MOST_WORDS]}" for one in kept
            )
            return Fact(f"Selon le lot : {words}", tuple(one.span for one in kept))
    return None
