"""How prices are made, how they move, what is advanced and what is kept back."""

import re

from assistant.datatypes import Span
from assistant.french.folding import fold
from assistant.tender.fact import Fact
from assistant.tender.labels import labelled
from assistant.tender.selection import Sought, clause, fact_of, is_blank_form
from assistant.tender.view import Sentence, View

# ---- forme des prix -------------------------------------------------------------------------------------------------------------------------

_LUMP = re.compile(
    r"forfaits? (?:provisoires?|definitifs?|de remuneration|mensuels?|annuels?|trimestriels?|global|globaux)\b|remuneration forfaitaire|"
    r"prix (?:global|globaux|forfait)\w*(?:[ ,]*(?:et|,)? ?(?:forfait|"
    r"global)\w*)?|forfait(?:aire)?s?\b[^.;\n]{0,40}\bprix|"
    r"prix [^.;\n]{0,25}forfaitaires?|a forfait\b|(?:^|\()forfaits? et|^\W*(?:[\d.]+ )?forfaits? pour|remuneration\b[^.;\n]{0,40}\bforfaitaire"
)
_UNIT = re.compile(
    r"prix (?:sont |est )?unitaires?|prix [^.;\n]{0,30}\bunitaires?|bordere?aux? (?:de |des |du )?prix|prix (?:du|des|figurant au) bordere?aux?|taux horaire|"
    r"\bb\.?p\.?u\b|(?:couts?|tarifs?|taux|prix) (?:journaliers?|horaires?)\b|(?:tarifs?|prix) (?:publics?|catalogue|du catalogue)\b|"
    r"quantit\w+ (?:reellement|effectivement) (?:execute|livre|commande)\w*|\bbordereau pour\b|(?:prix|tarif|factur|pay|remuner|"
    r"regl)\w*\b[^.;\n]{0,60}\bunites? d'o?euvre|\b(?:pay|remuner|factur|"
    r"regl)\w+[^.;\n]{0,40}\b(?:au|du|le) temps passe\b"
)
_PRICE_TITLE = re.compile(
    r"^(?:forme|nature|contenu|caracteristiques?|type|determination|etablissement|mode)[\w ']{0,30} prix|^(?:les |nos |vos )?prix\b|\bprix (?:du marche|"
    r"de reglement)|^(?:repartition|modalites)[\w ']{0,25}prix"
)
_PRICE_SAID = re.compile(
    r"(?:marche|accord[- ]cadre|contrat|prestations?|travaux|fournitures|ouvrages|regle\w*|remuner\w*|traite\w*|conclu\w*|pay[ée]\w*|"
    r"applique\w*|prix)[^.;\n]{0,140}(?:unitaires?|forfait|unites? d'o?euvre|temps passe)|(?:pay|regl|remuner|factur|"
    r"chiffr)\w+[^.;\n]{0,90}(?:\bb\.?p\.?u\b|tarifs? (?:public|"
    r"catalogue|du catalogue)|"
    r"prix (?:public|catalogue)|quantit\w+ (?:reellement|effectivement))|bordere?au (?:de |des )?prix|^[^.]{0,30}prix (?:unitaire|global|forfaitaire)"
)
_AE_PRICE = re.compile(
    r"\baux prix (?:unitaires?|forfait|global|du bordereau|indiques (?:dans le|au) bordereau)|(?:a|au|par un) prix (?:unitaires?|forfait|global)"
)
# The sum is left to the tenderer, the form of the price is not: "conclu moyennant un prix global et forfaitaire de ......".
_AGREED_PRICE = re.compile(
    r"\b(?:conclu|moyennant|traite|regle|remunere)\w*\b[^.;\n]{0,60}\bprix (?:global|forfait|unitaire)"
)
_NOT_PRICE = re.compile(
    r"dossier|remettre .{0,30}(?:bordereau|dpgf)|pieces? (?:constitutives|contractuelles)|exemplaire conserve|penalit|indemnit|sous-detail|"
    r"candidat|annexe a l'acte|joint|complete|renseigne|signe|indemnite forfaitaire|cadre de|ordre de priorite|forfait de (?:prise|reversib)|"
    r"demand|imprim"
)


_PRICE_PAID = re.compile(
    r"(?:est|sont|sera|seront|doit remettre|regle\w*|remunere\w*|traite\w*|conclu\w*|factur\w*)[^.]{0,80}(?:prix|forfait|unitaire)"
)
# A price for the whole speaks before what a technical clause says of one of its works.
_WHOLE = re.compile(r"prix (?:global|forfaitaire)[^.;\n]{0,40} pour (?:l'ensemble|la totalite)")
_PRICE_RULE = re.compile(r"traite|regle|remunere|conclu|appliqu|doit remettre")
_SCHEDULES = ("BPU", "DQE")
_MOST_WORDS = 330


def _near(text: str, match: re.Match[str] | None) -> str:
    return text if match is None else text[max(0, match.start() - 70) : match.end() + 50]


def price_form_of(view: View) -> Fact | None:
    """Unit prices, a lump sum, or both."""
    scored = [
        (weight, sentence)
        for sentence in view.sentences_with(
            "prix",
            "forfait",
            "taux horaire",
            "unitaire",
            "bpu",
            "b.p.u",
            "tarif",
            "quantit",
            "journalier",
            "euvre",
            "temps passe",
        )
        if (weight := _price_weight(view, sentence)) is not None
    ]
    if not scored:
        return _schedule_prices(view) if view.piece in _SCHEDULES else None
    best = [sentence for _, sentence in sorted(scored, key=lambda one: -one[0])]
    lead = best[0]
    near = [
        sentence
        for sentence in best[1:]
        if sentence.section is lead.section and lead.section.under(_PRICE_TITLE)
    ][:1]
    text = " ".join(sentence.about for sentence in (lead, *near))
    lump, unit = _LUMP.search(text), _UNIT.search(text)
    found = fact_of(view, [lead, *near])
    assert found is not None
    if view.piece in _SCHEDULES:
        return Fact(
            "Prix unitaires" if unit or not lump else "Prix global et forfaitaire",
            found.spans,
            ("unitaires" if unit or not lump else "forfaitaires",),
        )
    kind = (
        "Prix mixtes (unitaires et forfaitaires)"
        if lump and unit
        else "Prix global et forfaitaire"
        if lump
        else "Prix unitaires"
    )
    normal = ("mixtes",) if lump and unit else ("forfaitaires",) if lump else ("unitaires",)
    words = found.value if isinstance(found.value, str) else ""
    return Fact(f"{kind} : {words}" if len(words) < _MOST_WORDS else kind, found.spans, normal)


_LIST_OF_PIECES = re.compile(
    r"\W*(?:[a-z]?[\d.]+ )?(?:le|ce) dossier\b[^.;:]{0,60}\b(?:comprend|compose|contient|comporte)"
)


def _price_weight(view: View, sentence: Sentence) -> float | None:
    """How much a sentence says of the form of prices; None when it speaks of something else."""
    text = sentence.text
    lump, unit = _LUMP.search(sentence.about), _UNIT.search(sentence.about)
    if not (lump or unit) or _LIST_OF_PIECES.match(text):
        return None
    titled = sentence.section.under(_PRICE_TITLE)
    said_all_the_same = (titled and re.match(r"\W*(?:prix unitaires?|forfait)\b", text)) or (
        view.piece == "AE" and _AGREED_PRICE.search(text)
    )
    if is_blank_form(text) and not said_all_the_same:
        return None
    in_form = view.piece == "AE" and _AE_PRICE.search(text)
    if (
        not titled
        and not in_form
        and (_NOT_PRICE.search(_near(text, lump or unit)) or not _PRICE_SAID.search(text))
    ):
        return None
    if view.piece in ("CCTP", "RC") and not titled and not _PRICE_PAID.search(text):
        return None
    return (
        (2.0 if titled else 0.0)
        + (1.5 if _PRICE_RULE.search(text) else 0.0)
        + (0.5 if lump and unit else 0.0)
        + (1.5 if _WHOLE.search(text) else 0.0)
        - 0.001 * sentence.index
    )


def _schedule_prices(view: View) -> Fact | None:
    match = re.search(
        r"bordere?aux? (?:de |des )?prix(?: unitaires?)?|prix unitaires?|taux horaires?|\bp\.?u\.? ?\(?(?:€ ?)?h\.?t\b",
        view.folded,
    )
    return Fact("Prix unitaires", (Span(*match.span()),), ("unitaires",)) if match else None


# ---- révision -------------------------------------------------------------------------------------------------------------------------------

_FIRM = re.compile(
    r"prix[^.;\n]{0,120}\b(?:sont |est |reputes? |restent )?(?:(?<!taux )(?<!remise )"
    r"(?<!tranche )(?<!commande )(?<!commandes )(?<!periode )(?<!duree )(?<!offre )"
    r"fermes?|non revisables?|ni (?:actualisables?|revisables?)|invariables?|definitifs|ne vari(?:ent|e|eront|era) pas|ne (?:sont|seront|"
    r"peuvent etre) pas revises?)|\b(?:pas de|aucune|sans) revision\b|"
    r"(?<!tranche )\bfermes? (?:et (?:non |definitif|actualis|revis)|pendant|non (?:revis|actualis))"
)
_MOVES = re.compile(
    r"prix[^.;\n]{0,120}(?:revis(?:es?|ables?)|actualis(?:es?|ables?)|ajust(?:es?|ables?)|variables?)|revision (?:des?|du) prix|"
    r"variation (?:des?|du) prix|actualisation (?:des?|du) prix|clause de revision"
)
# Prices of a catalogue follow an index or stay under a bound: « La hausse d'un prix ne peut excéder l'évolution de l'indice Syntec ».
_TARIFF = r"\b(?:prix|tarifs?|catalogues?|baremes?)\b"
_BOUND = r"[^.;\n]{0,120}(?:\bindices?\b|\bindex\b|\d ?%|pour cent)"
_CAPPED = re.compile(
    rf"(?:hausses?|augmentations?|majorations?|evolutions?|mises? a jour|index\w+)\b[^.;\n]{{0,50}}{_TARIFF}{_BOUND}|"
    rf"{_TARIFF}[^.;\n]{{0,80}}\b(?:index(?:es?|ees?)|rajust\w+|reajust\w+|evolu\w+|suivent|suivront|mis(?:es?)? a jour)\b{_BOUND}"
)
_REVISION = Sought(
    title=re.compile(
        r"(?:revision|variation|actualisation|ajustement|evolution)[\w ,'/]{0,40}prix|prix (?:revis|ferme|actualis)|^(?:revision|actualisation|"
        r"variation)\b|clause (?:de )?(?:butoir|sauvegarde)"
    ),
    words=re.compile(
        rf"{_FIRM.pattern}|{_MOVES.pattern}|{_CAPPED.pattern}|^\W*(?:[\d.]+ )?revisions?\b|\b(?:est|sont|seront) (?:fermes?|revisables?|revises?|"
        rf"actualises?)\b[^.;\n]{{0,80}}(?:indice|formule|revis|actualis|mois|\bans?\b)"
    ),
    needles=("prix", "ferme", "revis", "tarif", "catalogue", "bareme"),
    signs=(
        _FIRM,
        _CAPPED,
        re.compile(r"revis(?:es?|ables?|ee)|actualis(?:es?|ables?)"),
        re.compile(r"\bformule|\bp ?= ?|\bcn ?= ?|\bpr ?= |\bk ?= |\bp\(n\)|\bp[0o1n]\b"),
        re.compile(r"\bindices?\b|index|syntec|insee|bt ?\d\d|tp ?\d\d|icht"),
        re.compile(r"annuel|trimestriel|mensuel|semestriel|anniversaire|chaque annee"),
        re.compile(r"mois zero|mois m0|m0"),
    ),
    never=re.compile(
        r"interets moratoires|penalites? (?:ne|sont|est)|hausse des prix|prix des offres|jugement|base de prix|repute(?:s)? complet"
    ),
    not_in=frozenset(("BPU", "DQE")),
    shortest=12,
)


def revision_of(view: View) -> Fact | None:
    """Whether prices are firm or move, by which formula and index, how often."""
    found = clause(view, _REVISION)
    if found is None:
        return None
    said, quoted = fold(str(found.value)), " ".join(span.of(view.folded) for span in found.spans)
    if not re.search(
        # What is maintained is revised too: « Révision moteur : distribution, injecteurs … ».
        r"ferme|revis(?!ions? (?:techniques?|generales?|completes?|(?:d\w+ |de l')?(?:moteurs?|vehicules?|machines?|materiels?|appareils?|"
        r"equipements?)\b))|actualis|ajust|indice|index|formule|variable|invariable|ne vari\w+ pas",
        quoted,
    ):
        return None
    kind = _revision_kind(said) or _revision_kind(quoted)
    return Fact(f"Prix {kind} : {found.value}" if kind else found.value, found.spans, (kind,) if kind else ())


def _revision_kind(text: str) -> str:
    """What becomes of prices, in one adjective; empty where the words do not say it."""
    moves = re.search(r"revis(?:es?|ables?|ee|ion)|ajust", text) and not re.search(
        r"non revisable|pas revisable|ni revisable|aucune revision|pas de revision|sans revision|ne sont pas revis",
        text,
    )
    updated = re.search(r"actualis(?:es?|ables?|ee)", text) and not re.search(
        r"non actualis|ni actualis|pas actualis", text
    )
    firm = re.search(
        r"ferme|invariable|definitif|ne vari\w+ pas|\b(?:pas de|aucune|sans) revision\b", text
    ) and not _CAPPED.search(text)
    return "révisables" if moves else "actualisables" if updated else "fermes" if firm else ""


# ---- avance, retenue de garantie ------------------------------------------------------------------------------------------------------------

_NOT_ADVANCE = re.compile(
    r"(?<!prevu )(?<!pas )(?<!verse )(?<!titre )(?<!renonce )(?:a|d|par|en) ?l?'avance\b(?! (?:forfaitaire|facultative|obligatoire|prevue|est|sera|n'|de \d))|"
    r"jours? d'avance|pris de l'avance|"
    r"avance technologique|interets moratoires|remboursee? par precompte sur les sommes dues au sous|planning"
)
_ADVANCE = Sought(
    title=re.compile(r"\bavances?\b(?! de phase)"),
    words=re.compile(
        r"(?:\bune|\bl'|aucune|pas d'|de l'|versement d'une|montant de l'|sans|prevu d'|verse d'|titre d'|\bni (?:d'|"
        r"de l')?) ?avance\b(?: (?:forfaitaire|facultative|"
        r"obligatoire|est|sera|n'|de \d|ne |peut|prevue|accordee|versee))?|\bavances? ?: ?(?:sans objet|neant|non\b|oui\b|aucune|\d)|"
        r"\brenonc\w+ (?:a|au benefice de) l'avance"
    ),
    needles=("avance",),
    signs=(
        re.compile(
            r"avances? ?: ?(?:sans objet|neant|non\b|aucune)|aucune avance|pas (?:prevu |verse )?d'avance|sans avance|ne (?:sera|donne|"
            r"fait)[^.]{0,40}avance|\bni (?:d'|de l'|l')?avance|avance[^.]{0,30}n'est|avance : (?:non|sans)|\ba renonce"
        ),
        re.compile(r"avance[^.;\n]{0,80}(?:accordee|versee|prevue|consentie|octroyee)|beneficie"),
        re.compile(r"\d{1,2}(?:,\d+)? ?%|cinq pour cent"),
        re.compile(r"50 ?000|superieur a"),
        re.compile(r"rembours"),
    ),
    never=re.compile(
        rf"{_NOT_ADVANCE.pattern}|\bje (?:ne )?renonce|benefice de l'avance ?:?\W*$|refuse de percevoir"
    ),
    not_in=frozenset(("BPU", "DQE", "CCTP")),
    may_be_none=True,
    shortest=12,
)


def advance_of(view: View) -> Fact | None:
    """Whether an advance is paid, its rate and how it is paid back."""
    return clause(view, _ADVANCE)


_NO_SECURITY = re.compile(
    r"\bcautionnements?(?: et (?:de )?garanties exiges?)? ?[:|]\s*(?:neant|sans\b|aucune?s?\b|non\b)|"
    r"\bpas (?:\w+ )?de garanties? financieres?\b|\bcautionnement n'est pas (?:demande|exige|prevu)\b|"
    r"(?<!avance, )\b(?:n'est|ne sera) (?:pas )?(?:demande|exige|prevu)e? (?:de|aucune) (?:garantie|caution)s?(?=[.;,\n])"
)
_RETENTION = Sought(
    title=re.compile(
        r"retenue de garantie|^(?:garanties? financieres?|cautionnement|suretes|surete)|retenues? (?:et|ou) (?:garantie|caution)"
    ),
    words=re.compile(
        r"retenues? de garantie|garantie a premiere demande|(?:aucune|pas de|sans) (?:clause de )?garanties? financieres?|(?:pas de|aucune|"
        r"sans) (?:retenue\b(?! a la source)|caution\b)|"
        r"\bpreleve\w*[^.;\n]{0,60}\b(?:au titre de la|en) garantie\b"
    ),
    needles=(
        "retenue",
        "caution",
        "garantie a premiere",
        "preleve",
        "garantie financiere",
        "garanties financieres",
    ),
    signs=(
        re.compile(
            r"(?:aucune|pas de|sans|dispense\w* de|ne (?:sera|fait|seront)[^.]{0,30}|n'est pas[^.]{0,40}) ?(?:de )?(?:retenue|caution)|sans objet|neant"
        ),
        re.compile(r"\d{1,2}(?:,\d+)? ?%|pour cent"),
        re.compile(r"garantie a premiere demande|caution personnelle"),
        re.compile(r"prelev|appliqu|constitu|exig|effectu"),
    ),
    never=re.compile(
        r"interets moratoires|diminu\w+ de la retenue|garantie (?:du materiel|d'un an|decennale|constructeur)|candidat"
    ),
    not_in=frozenset(("BPU", "DQE", "CCTP")),
    may_be_none=True,
    shortest=12,
)


def retention_of(view: View) -> Fact | None:
    """Whether part of the price is kept back as security, or that none is."""
    nothing = _NO_SECURITY.search(view.folded)
    if nothing:
        return Fact("Aucun cautionnement ni garantie", (Span(*nothing.span()),))
    for label in labelled(
        view,
        r"(?:cautionnement et garanties exiges?|cautions? et garanties? exigees?|iii\.1\.6\) ?cautionnement et garanties exiges)",
        stop=r"\n|\.(?= ?[A-Z\n]|$)",
    ):
        return Fact(view.words(label.span), (label.whole,))
    return clause(view, _RETENTION)
