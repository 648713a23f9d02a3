"""Rules about the law that a document cites: drafts given as law, repealed texts, wrong articles, old thresholds."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

from assistant import references
from assistant.datatypes import Span
from assistant.review.pattern import Caught, Detect, any_of, compiled, together, wording
from assistant.review.text import FoldedSentence, Text

# What the dossier of law says of them: proposals, or never adopted (November 2026).
_PENDING = (
    r"(?:\bcada\b|cloud and ai development act|\beucs\b|european cybersecurity certification scheme for cloud|\bcsa ?2\b|cybersecurity act 2|"
    r"revision du cybersecurity act|com\(2026\) ?(?:11|13|502)|proposition de loi n[°o] ?8\b|ppl n[°o] ?8|l\. ?2112-4-1|l2112-4-1|"
    r"article 31-1 de la loi sren|"
    r"buy european act|european business act|small business act europeen|directives? marches publics (?:revisee|de 2026)|(?:futur(?:e|es|s)?|"
    r"nouvel(?:le|les)?|prochain(?:e|es|s)?) (?:directives?|reglements?|loi|lois)(?: [a-z]+){0,4}|preference europeenne|loi resilience|"
    r"transposition (?:francaise )?de (?:la directive )?nis ?2|loi de transposition (?:de )?(?:la directive )?nis ?2)"
)
_GIVEN_AS_LAW = (
    r"(?:en application|conformement|en vertu|au sens|impose|exige|oblige|prevoit|interdit|autorise|permet|soumis|applicable|s'applique|fixe|"
    r"requis|prescri|definit|respect|conforme|certifi|satisf|tel(?:le)?s? que|doi(?:t|vent)|sur le fondement|fonde|repond|au titre|garantit|"
    r"institue|reserve|relev|niveau)"
)
_SAID_PENDING = (
    r"(?:projet|proposition|propose|a venir|n'etant pas|aucune certification|adopt(?:e|ion) (?:eventuelle|future|definitive)|si (?:le|la|ce|cette|elle|il)|"
    r"lorsqu|en cas d|"
    r"le moment venu|sous reserve|n'est pas (?:encore )?(?:adopt|en vigueur|applicable|promulgu|transpos)|pas encore|non (?:encore )?adopt|"
    r"non transpos|en discussion|en cours (?:d'adoption|d'examen|de)|negociation|reexamen|"
    r"eventuel|pourrait|pourraient|anticip|entree en vigueur d|a compter de (?:son|leur|l')|dans l'attente|futur schema|qui (?:lui )?succed|"
    r"tout schema|ou tout|n'existe pas|evenement|hypothese|deviendrait|serait|publie au journal|examine)"
)
pending_as_law = wording(
    _PENDING,
    requires=_GIVEN_AS_LAW,
    unless=_SAID_PENDING,
    unless_near=r"(?:reexamen[^.;]{0,80}(?:evenement|cas)|clause de reexamen)",
    denied=r"(?:aucune? (?:disposition|texte)|ne (?:peut|peuvent|constitue|fonde|sont|saurait)[^.;]{0,25}(?:pas|invoqu|fond|etre|encore|du droit)|"
    r"n'a pas|n'est pas|sans valeur)",
)

_REPEALED = (
    r"(?:code des marches publics|\bcmp\b|ordonnance (?:n[°o] ?)?2015-899|ordonnance du 23 juillet 2015|decret (?:n[°o] ?)?2016-360|"
    r"decret du 25 mars 2016|decret (?:n[°o] ?)?2016-361|decret (?:n[°o] ?)?2006-975|decret du 1er aout 2006|ordonnance (?:n[°o] ?)?2005-649|"
    r"ordonnance (?:n[°o] ?)?2016-65\b|decret (?:n[°o] ?)?2016-86\b|"
    r"privacy shield|safe harbou?r|bouclier de protection|directive (?:n[°o] ?)?(?:2004/1[78]/ce|2004/1[78]|95/46/ce|95/46|2009/81(?!/ce))|"
    r"arrete du (?:16 septembre 2009|19 janvier 2009|8 septembre 2009|14 octobre 2009)|ccag[- ]?[a-z]* (?:de |du |version |"
    r"\()?(?:[a-z0-9 ]{0,16})?2009|loi (?:n[°o] ?)?85-704|loi mop\b|directive nis\b(?! ?2)|directive (?:\(ue\) )?2016/1148|"
    r"circulaire n[°o] ?6282[^.;]{0,10}2021|decret (?:n[°o] ?)?2011-1000|decret (?:n[°o] ?)?2013-269)"
)
_SAID_REPEALED = (
    r"(?:abrog|ancien|remplac|anterieur|invalid|annul|n'est plus|ne sont plus|caduc|reprise|codifi|historique|jusqu'au|avant (?:le|l')|devenu|"
    r"succede|sous l'empire|(?:passe|attribue|notifie|conclu)s? (?:en (?:19|20)\d\d|avant|le \d)|reste(?:nt)? regi|demeure(?:nt)? regi|aujourd'hui|archiv|"
    r"conclus? (?:avant|sous|en (?:19|20)\d\d)|engagee? (?:avant|sous))"
)
repealed_reference = wording(_REPEALED, unless=_SAID_REPEALED, denied=None)


# ---- articles -------------------------------------------------------------------------------------------------------------------------


@cache
def articles_in_force() -> frozenset[str]:
    """The numbers of the Code de la commande publique in force on the day that ``articles-ccp.tsv`` says."""
    numbers: set[str] = set()
    for line in (
        resources.files(__package__).joinpath("articles-ccp.tsv").read_text(encoding="utf-8").splitlines()
    ):
        if not line.startswith("#"):
            stem, _, ends = line.partition("\t")
            for end in ends.split():
                first, _, last = end.partition("..")
                numbers |= (
                    {stem if first == "0" else f"{stem}-{first}"}
                    if not last
                    else {f"{stem}-{number}" for number in range(int(first), int(last) + 1)}
                )
    return frozenset(numbers)


_CODE_NUMBER = re.compile(r"[LRD][123]\d{3}(?:-\d+)*|L[1-6](?:-1)?")
_OTHER_CODE = compiled(
    r"(?:code (?:du travail|de la sante|civil|penal|de commerce|general|de justice|de la securite|des relations|de l'environnement|"
    r"de la construction|monetaire|du patrimoine|de l'energie|de l'urbanisme|de l'education|des juridictions|de la propriete|electoral|rural|"
    r"de la defense|de procedure|des assurances|de l'action)|"
    r"\bcgct\b|\bcja\b|\bcrpa\b|\bcsp\b|\bcpi\b|\bc\. com|\bcasf\b|\bcgppp\b|c\. trav|c\. civ)"
)

# A quick look before the slow one.
_MAY_CITE = re.compile(r"\b[lrd]\*?[. ]{0,3}[1-6]")


def _code_articles(text: Text) -> Iterator[tuple[FoldedSentence, str, Span]]:
    """Each article of the Code de la commande publique that a sentence cites: numbered as this code numbers, and no other code named near."""
    ours = compiled(r"(?:code de la commande publique|\bccp\b|du code\b)")
    known = articles_in_force()
    document_is_ours = bool(ours.search(text.folded.replace("\n", " ")))
    for sentence in text.sentences:
        if not _MAY_CITE.search(sentence.words):
            continue
        near = text.around(sentence.span)
        is_another, near_ours = (
            _OTHER_CODE.search(near) is not None,
            document_is_ours or ours.search(near) is not None,
        )
        for reference in references.articles(sentence.span.of(text.document.text)):
            if reference.article is None or not _CODE_NUMBER.fullmatch(reference.article):
                continue
            if reference.work == "CCP" or (
                reference.work is None and not is_another and (near_ours or reference.article in known)
            ):
                yield sentence, reference.article, sentence.at(reference.span.start, reference.span.end)


def missing_article(text: Text) -> Iterator[Caught]:
    """An article of the Code that is not in force, or never was."""
    known = articles_in_force()
    quoted = compiled(r"(?:n'existe pas|abrog|ancien article|proposition|propose|projet|inexistant)")
    for sentence, article, span in _code_articles(text):
        if article not in known and not quoted.search(sentence.words):
            yield Caught(span, f"L'article {article} n'est pas dans le code en vigueur.")


@cache
def _subjects() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """What an article is about, the words by which a sentence says so, and the articles: read in the Code, only those that buyers cite often."""
    lines = resources.files(__package__).joinpath("article-subjects.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return tuple((name, compiled(words), re.compile(articles)) for name, words, articles in rows)


# How far from the number the words that say what the article is about are looked for.
_SAID_WITHIN = 110


def article_about_something_else(text: Text) -> Iterator[Caught]:
    """One article is cited for a subject that is not its own: both are among the subjects known here and nothing else explains it."""
    known = articles_in_force()
    cited: dict[FoldedSentence, list[tuple[str, Span]]] = {}
    for sentence, article, span in _code_articles(text):
        cited.setdefault(sentence, []).append((article, span))
    for sentence, articles in cited.items():
        if len({article for article, _ in articles}) != 1:
            continue
        article, span = articles[0]
        near = sentence.words[
            max(0, span.start - sentence.span.start - _SAID_WITHIN) : span.end
            - sentence.span.start
            + _SAID_WITHIN
        ]
        said = [name for name, words, _ in _subjects() if words.search(near)]
        own = [name for name, _, own_articles in _subjects() if own_articles.fullmatch(article)]
        # "Dérogation" is also what one article allows to another.
        said = [name for name in said if name != "la dérogation au CCAG" or "ccag" in near]
        if (
            article in known
            and said
            and own
            and not set(said) & set(own)
            and not any(words.search(sentence.words) for name, words, _ in _subjects() if name in own)
        ):
            yield Caught(span, f"L'article {article} porte sur {own[0]}, et non sur {said[0]}.")


# ---- thresholds -----------------------------------------------------------------------------------------------------------------------

_EUROS = r" ?(?:€|euros?|eur\b)"
_OLD_AMOUNTS = (
    rf"(?:\b(?:15|25|40|90)[ .]?000{_EUROS}|\b(?:25|40|90|139|143|214|215|221) ?k ?€|\b(?:vingt-cinq|quarante) mille euros|"
    rf"\b(?:134|135|139|143|144|200|207|209|214|215|221|418|428|431|443)[ .]?000{_EUROS}|\b5[ .]?(?:186|225|350|382|404|538|548)[ .]?000{_EUROS})"
)
_CURRENT = compiled(r"\b(?:60[ .]?|(?:140|216|432|5[ .]404|100)[ .])000 ?(?:€|euros?)")
_THRESHOLD = (
    r"(?:seuils?\b|un seul (?:fournisseur|devis|prestataire)|sans publicite|dispense|procedures? (?:formalisee|adaptee|negociee sans)|"
    r"publicite (?:prealable )?(?:ni|et|"
    r"ou) (?:de )?mise en concurrence|mise en concurrence|de gre a gre|gre a gre|"
    r"appel d'offres|\bmapa\b|trois devis|marche (?:formalise|negocie sans)|achat direct|sans formalite)"
)
_DATED = r"(?:depuis|jusqu'au|a compter|au 1er|en vigueur|(?:19|20)\d\d|a la date|periode|avant le|ancien)"
_PUBLICITY = compiled(
    r"(?:\bboamp\b|\bjal\b|journal d'annonces|donnees essentielles|profil d'acheteur|avance|transmission au (?:controle|prefet)|"
    r"controle de legalite|publication (?:au|sur))"
)


def outdated_threshold(text: Text) -> Iterator[Caught]:
    """An amount that was a threshold of procedure and is not any more, given as today's (R2122-8 since 1 April 2026; European thresholds of 2026-2027)."""
    old, threshold = compiled(_OLD_AMOUNTS), compiled(_THRESHOLD)
    unless = compiled(
        rf"(?:{_SAID_REPEALED}|jusqu'(?:au|en)|etait|etaient|etant alors|avait|avaient|alors de|au lieu de|n'est plus|avant|lots?\b|20 ?%|passe(?:s|"
        rf"nt)? (?:de|a)|releve de|"
        rf"montant (?:estime|maximum|total) (?:du|de l')|90[ .]?000[^.;]{{0,60}}(?:boamp|annonces|publicite au))"
    )
    for sentence in text.sentences:
        match = old.search(sentence.words)
        if (
            match is None
            or not threshold.search(sentence.words)
            or unless.search(sentence.words)
            or _PUBLICITY.search(sentence.words)
        ):
            continue
        amount = re.sub(r"[ .€]|euros?", "", match[0])
        if amount == "5404000":
            continue
        yield Caught(sentence.at(*match.span()), f"Montant écrit : {match[0].strip()}.")


def undated_threshold(text: Text) -> Iterator[Caught]:
    """A threshold of today given without a day or a period: it will be wrong at the next revision."""
    threshold, dated = compiled(_THRESHOLD), compiled(_DATED)
    for sentence in text.sentences:
        match = _CURRENT.search(sentence.words)
        if (
            match
            and threshold.search(sentence.words)
            and not dated.search(sentence.words)
            and not _PUBLICITY.search(sentence.words)
            and not compiled(
                r"(?:montant (?:maximum|total|estime)|r2122-9|innovant|achats? innovants?|maximum du)"
            ).search(sentence.words)
        ):
            yield Caught(sentence.at(*match.span()))


_twice_the_amount = wording(
    r"chiffres? d'affaires[^.;]{0,120}(?:ne (?:peut|doit|saurait|pourra)[^.;]{0,20}(?:exceder|depasser|etre superieur)|plafonne|limite|"
    r"dans la limite|au plus|maximum)[^.;]{0,40}(?:deux fois|le double|2 fois)",
    unless=r"(?:avant|jusqu'au|ancien|depuis|1,5|n'est plus|passe de)",
    denied=None,
)

# What binds a local body to a law, and what says that it does not.
_BINDS = (
    r"impos|oblig|tenu|soumis|exig|en application|conformement|en vertu|au titre|"
    r"doi(?:t|vent)|contraint|s'appliqu|applicable|fondement|relev"
)
_DOES_NOT_BIND = (
    r"(?:ne (?:leur |lui )?(?:vise|s'appliqu|concern|impos|oblige|s'etend|sont|relev|lie|peut|peuvent|s'imposent)[a-z]*[^.;]{0,30}(?:pas|ni|que|"
    r"aucun)|n'(?:est|oblige|impose|entre|etaient)[^.;]{0,25}(?:pas|ni|que)|hors (?:du )?champ|sans (?:y )?etre (?:soumis|tenu|oblig))"
)
# What says that it goes by that law of itself, or that the law is of the State.
_OF_ITSELF = (
    r"volontaire|s'inspir|par analogie|librement|par reference|sans y etre|n'y (?:est|sont) pas|proposition|projet|extension|"
    r"(?:seul(?:e|s)?|uniquement|qu'a) l'etat|vise l'etat"
)

sren_beyond_the_state = wording(
    r"(?:(?:article|art\.?) ?31 (?:de la loi )?(?:n[°o] ?2024-449|sren|du 21 mai 2024)|(?:loi )?(?:sren|n[°o] ?2024-449)[^.;]{0,60}(?:article|"
    r"art\.?) ?31)[^.;]*(?:commune|departement|region\b|collectivite|metropole|communaute|syndicat|etablissement public (?:local|de sante)|"
    r"centre hospitalier|hopital|intercommunalite|\bville\b|ccas|\bepci\b)",
    r"(?:commune|departement|region\b|collectivites?|metropole|communaute (?:de communes|d'agglomeration|urbaine)|syndicat (?:mixte|"
    r"intercommunal)|etablissements? publics? (?:local|locaux|de sante|de cooperation)|centre hospitalier|hopital|\bville\b|ccas|"
    r"\bepci\b)[^.;]*(?:(?:article|art\.?) ?31[^.;]{0,25}(?:sren|2024-449|21 mai 2024)|(?:sren|2024-449)[^.;]{0,40}(?:article|art\.?) ?31|"
    r"loi sren (?:impose|oblige|exige))",
    requires=rf"(?:{_BINDS})",
    unless=rf"(?:{_OF_ITSELF}|a titre de modele)",
    denied=_DOES_NOT_BIND,
)

_law_to_come = wording(
    r"(?:en vertu|en application|conformement|au titre|au sens|sur le fondement|appliqu[a-z]*|respect[a-z]*|conform[a-z]* a|prevu[a-z]* par|"
    r"institu[a-z]* par|impos[a-z]* par)[^.;]{0,40}(?:loi|"
    r"ordonnance|texte|dispositions?)"
    r"[^.;]{0,20}(?:transpos|portant transposition)[^.;]{0,30}(?:nis ?2|2022/2555|rec\b|cer\b)",
    unless=r"(?:lorsqu|si |a venir|des son|entrera|future|projet|en cours|n'est pas|sera)",
)
_bill_as_law = together(
    r"(?:proposition(?: de (?:loi|reglement|directive))?|projet (?:de )?(?:loi|reglement|directive|decret)|futur[a-z]*|texte (?:vote|"
    r"adopte) (?:au senat|en commission|en premiere lecture)|loi issue de|cadre (?:cada|eucs)|schema eucs|reglement cada|prochain[a-z]*)",
    r"(?:cada|eucs|csa ?2|n[°o] ?8\b|nis ?2|resilience|senat|souverainete|cloud|immunis|hebergement|loi\b|reglement|directive)",
    r"(?:impose|en fait application|en application|conformement|des a present|des maintenant|s'applique|est applicable|oblige|exige|fonde|"
    r"opposable|doi(?:t|vent)|au sens d|en vertu|requis|anticipation[^.;]{0,20}(?:obligatoire|exige))",
    unless=r"(?:n'etant pas|ne se fonde|\bsi (?:le|la|ce|cette|elle|il)\b|lorsqu|en cas d|le moment venu|sous reserve|n'est pas|ne (?:sont|constitue|"
    r"peut|fonde)|pas encore|non (?:encore )?adopt|en discussion|en cours|reexamen|eventuel|pourrait|dans l'attente|n'existe pas|evenement|"
    r"proposition (?:technique|financiere|du|de prix|commerciale|d'amelioration)|projet (?:d'|technique|du|de service|informatique|de marche)|"
    r"prochaine? (?:reunion|version|periode|consultation)|futur (?:titulaire|marche|attributaire|prestataire|site|batiment)|projet de (?:plan|"
    r"contrat|decompte|recette|dossier)|aucun)",
)

_local_bodies_bound = together(
    r"(?:\bsren\b|2024-449|loi du 21 mai 2024|securiser et (?:a )?reguler l'espace numerique|decret (?:n[°o] ?)?2026-272)",
    r"(?:communes?|departements?|\bregion\b|collectivites?|metropole|communaute (?:de communes|d'agglomeration|urbaine)|syndicat|"
    r"etablissements? (?:publics? )?(?:local|locaux|de sante)|hopita[a-z]+|centre hospitalier|\bville\b|\bccas\b|\bepci\b|office public|lycees?|"
    r"colleges?|mairie|intercommunalite|universite)",
    rf"(?:{_BINDS}|assujetti|astrein|respect)",
    r"(?:article 31|art\.? ?31|2026-272|sensible|qualifi|secnumcloud|immun|protection|hebergement)",
    unless=rf"(?:{_OF_ITSELF}|modele|article (?:2[6-9]|30|33|35)|frais de (?:transfert|changement))",
    denied=_DOES_NOT_BIND,
)

DETECTORS: dict[str, Detect] = {
    "texte-en-projet": any_of(_law_to_come, pending_as_law, _bill_as_law),
    "reference-abrogee": repealed_reference,
    "article-inexistant": missing_article,
    "article-hors-sujet": article_about_something_else,
    "seuil-perime": any_of(outdated_threshold, _twice_the_amount),
    "seuil-non-date": undated_threshold,
    "sren-hors-etat": any_of(sren_beyond_the_state, _local_bodies_bound),
}
