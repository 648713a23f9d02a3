"""Where the contract is carried out: never the buyer's address, a code of the nomenclature, or the place where tenders are opened."""

import re
from collections.abc import Iterator

from assistant.datatypes import Span
from assistant.tender.fact import Fact
from assistant.tender.labels import labelled
from assistant.tender.selection import first_words, with_list
from assistant.tender.view import Sentence, View

_LABEL = (
    r"(?:(?:ii\.2\.3\) ?)?lieux?(?: principal| principaux)? (?:d'execution(?: du marche)?|de livraison|d'execution (?:ou|et) de livraison|d'intervention|"
    r"de realisation|des prestations|des travaux|d'execution des (?:prestations|travaux))|adresse du chantier|lieu\(x\) d'execution|"
    r"localisation (?:des travaux|du chantier|du projet|geographique))"
)
_TITLE = re.compile(
    r"^(?:lieux?|sites?|localisation|emplacement|adresses?|situation)\b(?!.*(?:donnees|hebergement|depot|remise|consultation|offre|"
    r"administrative))|lieux? (?:d'execution|de livraison|d'intervention|des? (?:prestations|travaux))"
    r"|perimetre geographique|situation (?:des travaux|du projet|de l'ouvrage)"
)
_SAID = re.compile(
    r"(?:prestations?|travaux|fournitures?|livraisons?|exemplaires|materiels?|repas|interventions?|missions?|surveillance|formations?|ateliers|seances|cours|"
    r"ouvrages?)\b[^.;\n]{0,90}\b(?:execut\w+|"
    r"realis\w+|livr\w+|effectu\w+|assur\w+|deroul\w+|se situe\w*|sont situes?|(?:auront|ont) lieu|se tien\w+|s'execut\w+)"
    r"[^.;\n]{0,40}\b(?:dans (?:les|l'ensemble des) (?:sites|etablissements|services|bureaux)|dans (?:nos|vos|ses|leurs) locaux|(?:a la|a l'|au|"
    r"aux) (?:mediatheque|mairie|hotel de ville|"
    r"ecole|college|lycee|gymnase|hopital|musee|theatre|piscine|stade|depot|cuisine|bibliotheque|universite|caserne|prefecture|office|creche|cantine|"
    r"restaurant)s?\b|au (?:magasin|"
    r"centre|depot|point)|a l'accueil|en regions?\b|"
    r"sur (?:l'ensemble|la totalite|toute l'etendue) du territoire|a l'adresse|dans les locaux|sur (?:le|les) sites?|au siege|a l'ecole|"
    r"aux? (?:adresses?|sites?|centre|siege|college|"
    r"lycee|groupe)|sur le territoire|dans les batiments|au \d|au sein d|en site occupe, \d|(?:au |a l'|aux )?\d{1,4},? (?:bis |ter )?(?:rue|avenue|"
    r"boulevard|place|chemin|quai|allee|impasse|route))"
)
# Rules of consultation speak of the bidders' papers too: only goods and works are delivered.
_DELIVERED = re.compile(
    r"\b(?:livraisons?|fournitures|exemplaires|materiels?|repas|prestations|travaux|interventions)\b[^.;\n]{0,60}\b(?:livr\w+|ont lieu|auront lieu|execut\w+)\b"
)
_LOCATED = re.compile(
    r"\b(?:situee?s?|sise?s?|implantee?s?|se situe(?:nt)?)\b (?:egalement )?(?:a |au |aux |sur )?(?:l'adresse )?(?:,? ?\d{1,4}[ ,]|rue\b|"
    r"avenue\b|av\b|boulevard\b|place\b|chemin\b|route\b|quai\b|allee\b|impasse\b)"
)
_NOT_PLACE = re.compile(
    r"n'est situe|ne sont situe|\b(?:donnees|metadonnees|enregistrements|flux|contenus)\b[^.;\n]{0,60}\b(?:traite|conserv|heberg|stock)|siege social|"
    r"tribunal|greffe|dont le siege|candidat|offres? (?:sera|doi|pourr)|depose|ouverture des|recours|facture|code nuts|"
    r"heberg\w+ (?:des )?donnees|serveurs|retrait du dossier|pouvoir adjudicateur|titulaire est situe|"
    r"\b(?:sise?|situee?)s?\b[^.;\n]{0,90}\b(?:est design|represente|agiss|ci-apres)"
)
_TOWN = re.compile(
    r"(?P<place>\b(?:a|au|aux|de|du|sur)\b (?:l'|la |le |les )?[^.;\n()]{3,90}? ?\(? ?(?:\d{5}(?: [a-z][a-z' -]{2,40})?|"
    r"\b[0-9]{2}\b(?=\)))\)?)"
)
_OBJECT = re.compile(r"\bobjets?\b|definit les travaux|porte sur|concerne")
_STREET = re.compile(
    r"(?<=[ ,])(?P<place>(?:\d{1,4}(?: ?(?:bis|ter))?,? )?(?:rue|avenue|boulevard|place|chemin|quai|allee|impasse|esplanade) (?:de |du |des |"
    r"d'|la |le |les |l')*[^.;\n]{3,90})"
)
_COMMUNE = re.compile(
    r"(?P<place>(?:sur|dans) (?:le territoire (?:de la|des) communes?|les? communes?|la commune|la ville) (?:de |du |des |"
    r"d')[^.;\n]{3,90})"
)
# eForms: one line each.
_TOWN_LINES = re.compile(
    r"(?:^|\n)[ \t]*ville ?: ?(?P<town>[^\n:]{2,80}?)[ \t]*(?:\n[ \t]*code postal ?: ?(?P<code>\d{5}))?(?=\n|$)"
)
_VERIFICATION = re.compile(r"se deroul\w+ sous|lieu de naissance")


def place_of(view: View) -> Fact | None:
    """The place of execution or delivery."""
    for label in labelled(view, _LABEL, stop=r"\n|\.(?= ?[A-Z\n]|\s*$)"):
        text = label.span.of(view.folded)
        if re.match(r"code nuts|-?fr[a-z]\d|nuts|cpv", text) or len(text) < 3:
            continue
        return Fact(view.words(label.span), (label.whole,))
    for section in view.titled(_TITLE):
        if not section.named(_TITLE):
            continue
        town = _TOWN_LINES.search(view.folded, section.body.start, section.body.end)
        if town:
            span = Span(town.start("town"), town.end("code") if town.group("code") else town.end("town"))
            words = [view.words(Span(*town.span(part))) for part in ("town", "code") if town.group(part)]
            return Fact(" ".join(words), (span,))
        telling = [
            sentence
            for sentence in view.within(section)
            if not _NOT_PLACE.search(sentence.text)
            and (
                _SAID.search(sentence.text)
                or re.search(r"\d{5}|\bsite\b|locaux|siege|territoire|rue|commune", sentence.text)
            )
        ]
        chosen = sorted(telling, key=lambda one: (not _weighty(view, one), one.index))[:2]
        first = first_words(section, view)
        if chosen or (first and not _NOT_PLACE.search(first.text)):
            kept = sorted(chosen or [first], key=lambda one: one.index)  # type: ignore[union-attr,list-item]
            spans = tuple(with_list(view, one) for one in kept if one)
            return Fact(" ; ".join(view.words(span) for span in spans), spans)
    return _stated(view)


def _weighty(view: View, sentence: Sentence) -> bool:
    """Whether a sentence names a place: a capital after a preposition, or a postal code."""
    own = sentence.span.of(view.document.text)
    return (
        re.search(
            r"\d{5}|(?: à | au | de l['’]|locaux d[eu] |(?:[ée]coles?|coll[èe]ges?|lyc[ée]es?|gymnases?|cr[èe]ches?|sites?) )(?:la |l['’]|"
            r"de |du |des )?[A-ZÀ-Þ]",
            own,
        )
        is not None
    )


def _stated(view: View) -> Fact | None:
    located = [
        sentence
        for sentence in view.sentences_with("situe", "sis ", "sise", "implant")
        if _LOCATED.search(sentence.text)
        and not _NOT_PLACE.search(sentence.text)
        and not _VERIFICATION.search(sentence.text)
    ]
    early = [sentence for sentence in located if sentence.index < 120][:3]
    if early and view.piece not in ("RC", "avis", "AE"):
        together = [sentence for sentence in early if sentence.section is early[0].section]
        return Fact(
            " ; ".join(view.words(sentence.span) for sentence in together),
            tuple(sentence.span for sentence in together),
        )
    said = next(
        (
            sentence
            for sentence in view.sentences_with(
                "execut",
                "realis",
                "livr",
                "effectu",
                "assur",
                "deroul",
                "se situe",
                "ont lieu",
                "sont situe",
                "se tien",
            )
            if _SAID.search(sentence.text)
            and not _NOT_PLACE.search(sentence.text)
            and (_weighty(view, sentence) or "du territoire" in sentence.text)
        ),
        None,
    )
    if said and (view.piece != "RC" or re.search(r"\b\d{5}\b", said.text) or _DELIVERED.search(said.text)):
        return Fact(view.words(said.span), (said.span,))
    return _of_object(view)


def _of_object(view: View) -> Fact | None:
    """The town that the object of works names, with its postal code."""
    for sentence in view.sentences[:150]:
        if not _OBJECT.search(sentence.text) or _NOT_PLACE.search(sentence.text):
            continue
        for match in (
            found for pattern in (_TOWN, _STREET, _COMMUNE) for found in _overlapping(pattern, sentence.text)
        ):
            own = Span(sentence.span.start + match.start("place"), sentence.span.start + match.end("place"))
            if not own.of(view.document.text).startswith("a "):  # "a pour objet" is the verb
                return Fact(re.sub(r"^(?:à|au|aux|de|du|sur) ", "", view.words(own)), (sentence.span,))
    return None


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match of a pattern, those that begin within another included."""
    match = pattern.search(text)
    while match is not None:
        yield match
        match = pattern.search(text, match.start() + 1)
