"""A fault as the notions it is made of: who, what is asked of him, with what force; near one another, in any order, whatever the wording.

Families of words that many faults share stand here. All are regular expressions over folded words, as in ``pattern``.
"""

from collections.abc import Iterator

from assistant.drafting.review.pattern import DENIED, MUST, Caught, Detect, compiled, is_mentioned
from assistant.drafting.review.text import Text

# ---- who ------------------------------------------------------------------------------------------------------------------------------

LEADER = (
    r"(?:dirigeants?|dirigeante|gerante?s?|president(?:e|s)?\b|direct(?:eur|rice)s? general[a-z]*|mandataires? socia(?:l|ux)|representants? leg[a-z]+|"
    r"associes?\b|fondat(?:eur|rice)s?|pdg|chefs? d'entreprise|conseil d'administration|directoire|patrons?\b|signataires?)"
)

# ---- where --------------------------------------------------------------------------------------------------------------------------------

ALIEN = (
    r"(?:etrang(?:eres|ers|ere|er)|extra-?europeen(?:nes|ne|s)?|extra-?communautaires?|non[- ](?:europeen(?:nes|ne|s)?|francais(?:es|e)?|communautaires?|"
    r"ressortissant[a-z]*)|americain(?:es|e|s)?|etats?-uniens?|chinois(?:es|e)?|russes?|britanniques?|anglais(?:es|e)?|israelien(?:nes|ne|s)?|indien(?:nes|"
    r"ne|s)?|tur(?:cs?|ques?)|japonais(?:es|e)?|coreen(?:nes|ne|s)?|canadien(?:nes|ne|s)?|asiatiques?|africain(?:es|e|s)?|suisses?|iranien(?:nes|ne|s)?|"
    r"taiwanais(?:es|e)?|bielorusses?|vietnamien(?:nes|ne|s)?|bresilien(?:nes|ne|s)?|marocain(?:es|e|s)?|tunisien(?:nes|ne|s)?|outre-atlantique)"
)
THIRD_STATE = (
    r"(?:(?:etats?|pays|puissances?|nations?) (?:tiers|tierces?|non[- ][a-z]+|etrang[a-z]+|exterieure?s?|qui n'|hors|n'appart[a-z]+|autres? qu)|(?:hors|"
    r"en dehors|a l'exterieur|exterieure?s? (?:a|au|de)|au[- ]dela|ailleurs que?)(?: (?:de |d'|du |des |dans |en )?(?:l'|la |le |"
    r"les )?(?:frontieres )?)?(?:ue\b|eee\b|union|europe|france|espace economique|territoire|sol\b|frontieres|hexagone|metropole|etats? membres?|pays)|"
    r"a l'etranger|outre-mer atlantique|(?:en|de|la|aux|des|du|d'|les) ?(?:chine|russie|etats-unis|inde|israel|royaume-uni|turquie|japon|asie|coree|iran|"
    r"taiwan|canada|bielorussie)\b|non membres?|etats-unis)"
)
OURS = (
    r"(?:francais|\bfrance\b|europeen|\bunion\b|\bue\b|\beee\b|\beurope\b|etats? membres?|pays membres?|espace economique|communautaire|\bnational|metropol|"
    r"hexagon)"
)

# ---- with what force --------------------------------------------------------------------------------------------------------------------------

# A bidder is turned away: verbs of refusal, or of admission within reach of a negation ("ne sont plus consultes", "non autorisee").
ADMITTED = (
    r"(?:admet\b|candidat(?!s)|porter candidat|soumissionn(?!aire)|concour(?:ir|ent|t\b)|particip(?!ant)|(?:se )?present(?:er|ee?s?\b)|depos|repon(?:dre|"
    r"dent|d\b)|reten(?:u|ir|ons)|retien|admi(?:s|ses?|ssibles?)\b|admett|admise|accept|attributaire|titulaires? du|examin|analys|recev|recue?s?\b|"
    r"consult(?!ation)|invit|autoris|ouver|eligib|accueil|pris(?:e?s)? en c|toler|selectionn|sollicit|vocation|accede|acces (?:a|au)|associ|agree|etudi|"
    r"lue?s?\b|trait[ee]|possible|permis|contract|attribu|choisi|valable|convien|considere|enregistr|ouvert|vou(?:l|d)|satisfai[st]|rempli)"
)
REFUSED = (
    rf"(?:recus(?:e|er|ee|es|ees)\b|sans (?:possibilite|droit|faculte) de|n'(?:a|ont|aura|auront) pas (?:le droit|acces|vocation|la possibilite)|\bexclu|"
    rf"\belimin|(?<!s')(?<!s'en )\becarte|\brejet|irrecevab|irreguli|interdi(?!ction de soumissionner)|proscri|\bbanni|prohib|inadmissible|disqualifi|"
    rf"\brefus|inelig|d'office|hors (?:concours|jeu)|bloqu|mise?s? a l'ecart|\bfermee?s? (?:a|aux)\b|\bn(?:e |')(?:[a-z'-]+ ){{0,5}}?{ADMITTED}|\b(?:non|pas|"
    rf"jamais|sans etre) {ADMITTED}|s'absten|s'abst(?:ien|iendr)|corbeille|sans suite|retournee?s? (?:sans|a)|renvoyee?s?|perd(?:u|ra)|inutile de|barre[re]?|"
    rf"evince|redhibitoire|fait obstacle|cause de (?:rejet|nullite)|ne pas (?:repondre|candidater|soumissionner|postuler|deposer))"
)
ONLY = (
    r"(?:\bseule?s?\b|uniquement|exclusivement|exclusif|exclusive\b|strictement|reserv|restreint|limitee?s? a|\bn(?:e |')[a-z-]+(?: [a-z'-]+){0,5} qu(?:e\b|"
    r"'|'a)|nul autre|a l'exclusion de|s'adress[a-z]+ (?:aux|a des)|destinee?s? (?:aux|a des)|rien d'autre)"
)
# What makes a demand a condition of admission, in a sentence, a table or a list.
CONDITION = (
    rf"(?:{MUST}|{REFUSED}|{ONLY}|recevab|sous peine|a peine|prerequis|prealable|minim|au moins|a defaut|faute (?:de|d')|sinon\b|eliminatoire|subordonn|"
    rf"suppose|demande[es]* (?:que|de|d'|aux?|est|sont)|est demande|requiert|requier|requer|necessit|admis|eligib|indispensable|n'accept|passer outre|"
    rf"\bentend\b|veut\b|veulent|voul|souhait|recherch|cherch|exclusion|gage|ouvert|accessible|acces (?:a|au))"
)
PREFERRED = (
    r"(?:class[a-z]+ (?:avant|en tete|premi|devant)|favorable|bienveillan|ex aequo|privilegi|prefer|prioritai|priorite|favoris|avantag|\bbonus|bonifi|"
    r"davantage|mieux not|mieux class|points? (?:supplementaires?|de plus)|l'emporte|primer|prime\b|d'abord|en premier|de preference|un plus\b|atout|"
    r"marge de preference|second rang|en second|subsidiair|ensuite seulement|a egalite|premiers? servi|surcote|coup de pouce|a (?:note|prix|offre|qualite|"
    r"merite|points?|valeur|prestation)s? (?:egale?s?|equivalente?s?|comparables?|identiques?)|toutes choses egales)"
)
SCORE = (
    r"(?:criteres?|sous-criteres?|\bnot(?:e|es|ee|ees|ation)s?\b|\b\d+ ?(?:points?|pts?)\b|points? (?:sont|est|seront|sera|supplementaires|de plus|par|pour)|"
    r"des points|\d+ ?%|pour cent|/ ?\d\d\b|bonus|malus|bonifi|valoris|ponder|coefficient|bareme|l'emporte|departag|major(?:e|a)|minor(?:e|a)|compte(?:nt|"
    r"ra)? pour|pris(?:e|es)? en compte|tiendra compte|tient compte|rapporte|avantag|apprecie)"
)
# What is said of the contract to come in the present ("les techniciens sont …") is asked as well.
BEING = (
    r"(?:\best\b|\bsont\b|\bsera\b|\bseront\b|\bsoi(?:t|ent)\b|\betre\b|\bont\b|\ba\b|\baura|possed|possession|detien|dispos|justifi|demeure|reste|garanti|"
    r"s'engage|atteste|certifie|declare etre|maintien|compos|excl)"
)
# Information asked for, with no effect on admission.
INFORMED = (
    r"(?:indiqu|precis(?:e|ent|er|era)\b|renseign|mentionn|communiqu|declare (?:la|le|les|son|sa|ses|l')|informe|notifi(?:e|er|ent|era)\b|signal|"
    r"a titre d'information|pour information|transmet|decri|fait connaitre)"
)
# Texts that allow what is otherwise forbidden, or documents of foreign bidders.
ALLOWED = (
    r"(?:l2153-1|l\. ?2153-1|r2153|accord sur les marches publics|\bamp\b|n'(?:est|sont) (?:pas )?(?:partie|parties|lies)|marches? de defense|defense (?:ou|"
    r"et) (?:de )?securite|livre iii|classifi|secret de la defense|habilitation|mesures? restrictives?|sanctions? (?:internationales?|europeennes?)|"
    r"reglement \(ue\)|2022/576|embargo)"
)


def notions(
    *every: str,
    unless: str | None = None,
    unless_near: str | None = None,
    near: str | None = None,
    denied: str | None = DENIED,
    reach: int = 150,
    words: tuple[str, ...] = (),
    itself: bool = False,
) -> Detect:
    """A rule that catches what holds ``every`` notion within ``reach`` characters of the first, which gives the fault's place.

    A list item or a row of a table is read with the words that introduce it, a sentence that begins with a pronoun with the one before.

    Args:
        every: the notions, in any order.
        unless: this within reach makes it lawful.
        unless_near: this in the same article makes it lawful.
        near: this too, in the same article.
        denied: what denies the fault, within reach; None where the fault is itself a denial.
        reach: in characters, on either side.
        itself: the first notion must stand in the item or sentence itself, not in what introduces it.
        words: one of these letters must be there, before anything else is looked for (for speed alone).
    """
    first, *others = (compiled(rf"(?<![a-z])(?:{one})") for one in every)
    excuses = [compiled(rf"(?<![a-z])(?:{one})") for one in (unless, denied) if one]
    excused_near, needed_near = (compiled(rf"(?<![a-z])(?:{one})") if one else None for one in (unless_near, near))

    def detect(text: Text) -> Iterator[Caught]:
        if words and not any(word in text.folded for word in words):
            return
        for sentence in text.every_reading:
            if words and not any(word in sentence.words for word in words):
                continue
            for match in first.finditer(sentence.words, sentence.lead if itself else 0):
                if match.end() <= sentence.lead and not any(one.search(sentence.words, sentence.lead) for one in others):
                    continue  # what introduces the item is a sentence of its own
                window = sentence.words[max(0, match.start() - reach) : match.end() + reach]
                if not all(one.search(window) for one in others) or any(one.search(window) for one in excuses) or is_mentioned(sentence, match):
                    continue
                around = text.around(sentence.span) if excused_near or needed_near else ""
                if (excused_near and excused_near.search(around)) or (needed_near and not needed_near.search(around)):
                    continue
                yield Caught(sentence.at(*match.span()), within=sentence)
                break

    return detect
