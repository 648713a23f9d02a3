"""Who buys what, under which number: objet, acheteur, numéro de consultation; by rules, and by the trained reader of covers where it is there."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.datatypes import Span
from assistant.french.folding import fold
from assistant.reading.piece import OTHER
from assistant.sentences import BREAKS_OFF
from assistant.tender.fact import Fact
from assistant.tender.labels import EMPTY, labelled
from assistant.tender.selection import first_words, with_list
from assistant.tender.view import Sentence, View

if TYPE_CHECKING:
    from assistant.reader.covers import Cover

# ---- what the trained reader says --------------------------------------------------------------------------------------------------------

# Field → what the reader of covers calls it.
_ON_COVERS = {"objet": "objet", "acheteur": "acheteur", "numero_consultation": "numero"}
ON_COVERS = frozenset((*_ON_COVERS, "type_marche"))
"""The fields that a cover tells."""
# The likeliest kind of contract has this share at least.
_LEAST_KIND = 0.5
# A notice is a form: its labels say which value is which.
_FORM = "avis"


def with_cover(name: str, found: Fact | None, cover: "Cover", view: View) -> Fact | None:
    """What a field is, the rules having found ``found``: what the reader of covers sees, but for what the rules keep (``_keeps``) and a kind that is said.

    What the reader saw of the middle of a name gives way to the rules, or to the whole of that name.
    """
    if name == "type_marche":
        return found or _kind_of(cover)
    if name == "objet" and (letter := _letter_object(view)):
        return letter
    read = cover.values.get(_ON_COVERS[name])
    if (
        read is not None
        and name == "objet"
        and _IS_SENTENCE.search(read.span.of(view.folded).partition(". ")[0])
    ):
        return _labelled_title(view) or found
    if read is not None and name == "acheteur" and _is_named_in_passing(view, read.span):
        return found
    if name == "acheteur" and found is None and read is not None and _in_a_table(view, read.span):
        found = _named_body(view)
        read = None if found else read
    if read is None or (
        found is not None and not found.spans[0].overlaps(read.span) and _keeps(name, found, read.span, view)
    ):
        return found
    span = _closed(view, _of_a_body(view, read.span) if name == "acheteur" else read.span)
    if name == "numero_consultation":
        words = view.words(span)
        of_a_norm = _OF_A_NORM.search(view.folded, max(0, span.start - _NEAR), span.start)
        return Fact(words, (span,), (_comparable(words),)) if _is_number(words) and not of_a_norm else found
    if name == "objet":
        span = _of_its_line(view, span)
    cut = name == "objet" or BREAKS_OFF.search(span.of(view.folded).strip())
    span = _whole(view, span, _REST_OF_A_TITLE if cut else _GOES_ON)
    if _is_part(name, view, span):
        whole = _from_capital(view, span)
        return found or (Fact(view.words(whole), (whole,)) if whole else None)
    fact = Fact(view.words(span), (span,))
    return _with_own_name(view, fact) if name == "acheteur" else fact


# « 59990 Vaux », « concessionnaire de la Ville de Vaux »: the town of an address, and who has entrusted the buyer with it.
_IN_PASSING = re.compile(r"\b(?:\d{5}|(?:concessionnaire|mandataire|delegataire) d[eu](?: la)?) $")


def _is_named_in_passing(view: View, span: Span) -> bool:
    """Whether what stands before a name says that it is not the buyer's."""
    own = span.of(view.folded)
    start = span.start + len(own) - len(_without_article(own))
    return _IN_PASSING.search(view.folded, view.line_at(start).start, start) is not None


def _in_a_table(view: View, span: Span) -> bool:
    """Whether this is a cell among several, of sites: the buyer is called at the head."""
    return view.line_at(span.start).of(view.folded).count("|") > 1


def letterhead_of(view: View) -> Fact | None:
    """Who writes a letter: the name with which its first line begins, before an address or a legal form."""
    if view.piece != OTHER or not any(
        f"\n{who}" in view.folded[:_COVER_CHARACTERS]
        for who in ("madame", "monsieur", "mesdames", "messieurs")
    ):
        return None
    start = len(view.folded) - len(view.folded.lstrip())
    line = view.line_at(start).of(view.folded)
    name = line.replace(",", " - ").replace(" | ", " - ").split(" - ")[0].strip()
    span = Span(start, start + len(name))
    own = view.words(span)
    named = name != line.strip() and own[:1].isupper() and _SHORTEST_NAME <= len(own) <= _LONGEST_NAME
    return None if not named or any(sign.isdigit() or sign in ":;@" for sign in own) else Fact(own, (span,))


# « Contrairement à la consultation 2023-11 »: a number after these words is not that of this one.
_OF_ANOTHER = re.compile(
    r"\b(?:contrairement a|suite (?:a|de)|remplac\w+|(?:precedent|ancien|anterieur)\w*)\b[^.;:\n]{0,40}$"
)
_NEAR = 60
# A ministry stands above the service of it that buys, a department above the town that lies in it.
_DEPARTMENT = re.compile(r"departement\b[^>]*> (?:commune|ville|mairie|syndicat)\b")
_PARENT = re.compile(rf"ministere\b|{_DEPARTMENT.pattern}")


def _keeps(name: str, found: Fact, read: Span, view: View) -> bool:
    """Whether what the rules found stays where the reader saw another: in a form, where that is another contract's number, and of two buyers the first."""
    if name == "numero_consultation" and _OF_ANOTHER.search(
        view.folded, max(0, read.start - _NEAR), read.start
    ):
        return True
    if name != "acheteur" or (view.piece == _FORM and not _BODY_START.match(read.of(view.folded))):
        return view.piece == _FORM
    own, other = found.spans[0].of(view.folded), read.of(view.folded)
    if found.spans[0].start < read.start:
        return not _PARENT.match(f"{own} > {other}")
    return _DEPARTMENT.match(f"{other} > {found.value}".lower()) is not None


# « NF X 30-505 »: a number after one of these is a norm's.
_OF_A_NORM = re.compile(r"\b(?:nf|iso|en|din|afnor|normes?|iec|cei|ieee|dtu|fd|astm)\b[^\n]{0,8}$")
_LEAST_DIGITS = 2
_DAY = re.compile(r"20\d\d(?:[-/.]\d\d?){0,2}|\d\d?[-/.]\d\d?[-/.]\d+")
# No article of the code is numbered 20…: « R2026-01 » is a reference of that year.
_ARTICLE = re.compile(r"(?:articles? )?[LRD]\.? ?(?!20\d\d)\d{4}-\d+(?:-\d+)*(?:,? \d°)?", re.IGNORECASE)
# What comes before a part of a name on its line, from its first capital on.
_BEGINNING = re.compile(r"(?:[A-ZÀ-Þ][\w'’-]*)(?:[ ][\w'’-]+){0,4}[ ]$")
_LONGEST_QUOTED = 120
# What is bought begins with what its line begins with: « Hébergement, infogérance et … ».
_BEGUN = re.compile(r"^[A-ZÀ-Þ][\w'’-]+(?: [\w'’-]+){0,4}, $", re.MULTILINE)
_MIDDLE = re.compile(r"[dD]['’]|d[eu]s? |D(?:E|U|ES) |(?:en|à|aux?|avec|dans|sur|par|et) ")
# No buyer is called after a piece.
_PIECES = ("clauses", "cahier", "reglement", "acte d'engagement", "bordereau")


def _is_number(words: str) -> bool:
    """Whether words may be the number of a consultation: it has digits, and is no year, no day, no years, no article and no name (« STD2A »)."""
    own = words.strip()
    digits = sum(map(str.isdigit, own))
    return (digits >= _LEAST_DIGITS or (digits > 0 and not own.isalnum())) and not (
        _DAY.fullmatch(own) or _ARTICLE.fullmatch(own) or _is_period(own)
    )


def _is_part(name: str, view: View, span: Span) -> bool:
    """Whether a value begins or ends in the middle of a name (« d'agglomération du Bassin », « Petite Enfance du »), or is that of a piece."""
    words, folded = span.of(view.document.text).strip(), span.of(view.folded).strip()
    if BREAKS_OFF.search(folded) or (name == "acheteur" and any(piece in folded for piece in _PIECES)):
        return True
    if name == "objet":
        label = re.match(r"\W*objet d(?:u|e la|e l'|es) [^.:]{0,30}$", folded)
        return label is not None or _MIDDLE.match(words) is not None
    return words[:1].islower() and not _BODY_START.match(_without_article(folded))


def _before(view: View, span: Span, pattern: re.Pattern[str]) -> int | None:
    """Where what stands before a value on its line begins; None where it is not as ``pattern`` says."""
    text = view.document.text
    found = pattern.search(text, text.rfind("\n", 0, span.start) + 1, span.start)
    return found.start() if found else None


def _of_its_line(view: View, span: Span) -> Span:
    """What is bought from the beginning of its line on, where but a few words stand there; without the « pour » that introduces it."""
    begun = _before(view, span, _BEGUN)
    words = span.of(view.folded)
    own = span.start + len(words) - len(words.removeprefix("pour "))
    return Span(own if begun is None else begun, span.end)


def _from_capital(view: View, span: Span) -> Span | None:
    """A part of a name from the capital with which that name begins on its line; None where it has none."""
    begun = _before(view, span, _BEGINNING)
    whole = span if begun is None else Span(begun, span.end)
    text = whole.of(view.folded).strip()
    return whole if _BODY_START.match(text) and not BREAKS_OFF.search(text) else None


def _of_a_body(view: View, span: Span) -> Span:
    """A buyer's name over several lines from the line on that a kind of body begins: what stands above is a title, or initials."""
    if _BODY_START.match(_without_article(span.of(view.folded))):
        return span
    lines = [span.start + match.end() for match in re.finditer(r"\n", span.of(view.folded))]
    return next((Span(at, span.end) for at in lines if _BODY_START.match(view.folded, at)), span)


def _closed(view: View, span: Span) -> Span:
    """A value with the end of what it opens: « Reconversion de la halle », (SIGMARE); without the sign that opens what does not end."""
    for opens, ends in ("«»", "()"):
        text = span.of(view.document.text)
        if text.count(opens) <= text.count(ends):
            continue
        end = view.document.text.find(ends, span.end, span.end + _LONGEST_QUOTED)
        if end >= 0:
            span = Span(span.start, end + 1)
        elif text.endswith(opens):
            span = Span(span.start, span.start + len(text[:-1].rstrip()))
    return span


# What goes on with a name that its printed line ends: « AGENCE NATIONALE DE LA GÉODONNÉE » « ET DU BOCAGE ». « À » folds to the verb « a ».
_TO_ITS_END = r"[^\n|]{1,100}?(?=\.?(?:\n|$)|\. )"
_GOES_ON = re.compile(
    r"(?:et|de|du|des|d'|a (?=vocation|caractere)|aux?|pour|en(?! application| vertu)|sur|dans)\b(?![^\n|]*[:;])"
    + _TO_ITS_END
)
# The rest of the sentence of an object on its line, but for what tells its lot, its number, its day.
_REST_OF_A_TITLE = re.compile(r"(?=[a-z(])(?![^\n|]*(?:[:;]|\blots?\b|\bn ?°|\d/\d))" + _TO_ITS_END)
_MOST_LINES = 2
_LONGEST_LABEL = 60


def _whole(view: View, span: Span, rest: re.Pattern[str]) -> Span:
    """A name with what goes on of it on its line, and on the next ones: no sentence, and no line that a capital begins where the name is not in capitals."""
    text, end = view.document.text, span.end
    capitals = span.of(text).isupper()
    for sign, pattern in ((" ", rest), *[("\n", _GOES_ON)] * _MOST_LINES):
        more = pattern.match(view.folded, end + 1) if view.folded[end : end + 1] == sign else None
        begins = sign == "\n" and not capitals and text[end + 1 : end + 2].isupper()
        if more and not begins and not _IS_SENTENCE.search(more.group()):
            end = more.end()
    return Span(span.start, end)


def _kind_of(cover: "Cover") -> Fact | None:
    """The kind of contract, quoted where the cover says what is bought."""
    kind = max(cover.kinds, key=lambda one: cover.kinds[one], default=None)
    bought = cover.values.get("objet")
    return (
        Fact(kind, (bought.span,), (kind,)) if kind and bought and cover.kinds[kind] >= _LEAST_KIND else None
    )


# ---- objet ----------------------------------------------------------------------------------------------------------------------------------

_OBJECT_LABEL = (
    r"(?:objet (?:du|de la|de l')(?: present[e]?)? ?(?:marche|consultation|accord[- ]cadre|contrat|concession|appel d'offres|operation)(?: public)?|"
    r"(?:ii\.1\.1\) ?)?intitule(?: du marche| de la consultation)?|titre(?: du marche| de la procedure)?|designation de la consultation)"
)
_OBJECT_TITLE = re.compile(
    r"^(?:objets?|nature|presentation|definition|description)(?: et [\w ']{3,30})? (?:du|de la|de l'|des?)(?: present[e]?)? ?"
    r"(?:lot|marche|consultation|accord|contrat|operation|prestation|mission|projet|besoin|appel)|^objets?\b(?! de la (?:resil|visite))"
)
_SUBJECT = re.compile(
    r"\b(?:(?:le|la|l'|ce|cette|cet) ?(?:present[e]? )?(?P<contract>marche|consultation|accord[- ]cadre|contrat|appel d'offres|operation|"
    r"mission|prestation|concession|procedure)"
    r"(?: public[que]*| a bons de commande| n°\S+)*|(?:le|la|du|de la) (?:present[e]? )?(?P<paper>cahier|reglement|document|ccap|cctp|c\.c\.a\.p\.?|"
    r"c\.c\.t\.p\.?|ccp|piece|acte))"
    r"[^.;\n]{0,90}?(?P<verb>a(?:ura)? pour objet|ont pour objet|porte(?:nt)? sur|concerne(?:nt)?\b|est relati(?:f|ve) a|consiste(?:nt)? (?:en|a)|"
    r"vise a|s'applique(?:nt)? (?:aux?|a la|a l'))"
)
_FIRST_SENTENCES = 60
_OF_THE_CONTRACT = ("CCAP", "CCP", "CCTP")
_CHARGED = re.compile(
    r"^\W*(?:le|l') ?(?:titulaire|prestataire|entrepreneur) (?:assure|realise|fournit|est charge d[eu]) (?:la |le |les |l'|de )?[a-z]"
)
_WISHED = re.compile(
    r"\b(?:souhaite|entend|desire|envisage|projette|a decide|prevoit) ?(?:de |d')?(?:se doter|s'equiper|acquerir|acheter|confier|faire (?:realiser|"
    r"construire)|disposer|renouveler|"
    r"remplacer|construire|rehabiliter|renover|mettre en place|recourir a|externaliser|moderniser)\b|\bnous (?:achetons|recherchons|"
    r"souhaitons (?:acquerir|acheter|confier))\b|"
    r"\b(?:vous|les entreprises) (?:consulte|sollicite) (?:pour|en vue)"
)
# One of these stands in each of its verbs.
_SUBJECT_WORDS = ("s'applique", "pour objet", "porte", "concerne", "est relati", "consiste", "vise a")
_NO_OBJECT = re.compile(
    r"a(?:ura|uront)? pour objet (?:d'assurer un lien|de contr[oô]ler la conformite)|resiliation|sous-traitance a pour|penalites? |visite a pour"
)
_WORK = (
    r"(?:marche |accord-cadre |contrat )?(?:public )?(?:de |d'|pour |relatif a )?(?:la |le |les |l')?"
    r"(?:(?:presta|acquisi|realisa|(?:de)?construc|rehabilita|renova|loca|crea|refec|restaura|restructura|exploita|concep|installa|elabora|forma|"
    r"organisa|confec|fabrica|ges|numerisa|produc|modernisa|requalifica|demoli|isola|securisa|verifica|migra|redac|edi|valorisa|evacua|"
    r"anima)tions?|(?:amenage|developpe|heberge|remplace|accompagne|ravale|deploie|traite|enleve)ments?|(?:nettoy|gardienn|port|cur)ages?|travaux|"
    r"achats?|maintenances?|missions?|mise en|entretiens?|etudes?|assistances?|maitrise d'o?euvre|services?|transports?|collecte|surveillances?|"
    r"extensions?|audit|infogerances?|impression|livraisons?|mise a disposition|diagnostics?|reprises?|refonte|accueil|fouilles?|releves?|"
    r"fournitures?)\b"
)
# A sentence about the works is no title of them.
_IS_SENTENCE = re.compile(
    r"\b(?:est|sont|sera|seront|doit|doivent|peut|peuvent|ont|a ete|devra|devront)\b|minimum|maximum"
)
_COVER_WORK = re.compile(rf"(?:^|\n)[ |]*(?P<work>{_WORK}[^\n|]*)")
# "MARCHÉ PUBLIC DE SERVICES" says what kind of contract it is, not what is bought.
_KIND_ALONE = re.compile(
    r"(?:marches?|accords?[- ]cadres?|contrat)(?: publics?)? (?:de |d')"
    r"(?:travaux|(?:prestations de )?services?|fournitures?(?: courantes)?(?: et (?:de )?services?)?|prestations? intellectuelles|maitrise d'o?euvre)\W*"
)
_COVER_LABEL = (
    r"(?:objet|operation|projet|objet de la consultation|objet du marche|intitule|(?:marche|affaire|consultation)(?: n ?[°o] ?[\w ./-]{2,20}?(?= ?:))?|"
    r"designation)"
)
_COVER_CHARACTERS = 2500
# A cover's title ends where something else begins.
_COVER_END = re.compile(
    r"^\W*$|cahier des|reglement|acte d'engagement|bordere|detail|ccap|cctp|\bccp\b|\d{2}[ .]\d{2}[ .]\d{2}|sommaire|date|version|page \d|"
    r"^lot|tel\b|http|@|^\W*article|^\W*chapitre|"
    r"maitr|pouvoir adjudicateur|acheteur|procedure|^\d{5}\b|agent|prix|nb |quantite|montant|taux|tous les jours|^numero|^n°|^reference|"
    r"^n[o°] |appel d'offres|: ?$|en application|articles? [lr]\.|^(?:le |la )?present|^ce document|\bcomporte \d|^dossier de consultation|^d'une part|"
    r"^entre\b|^identification"
)
# How the contract is awarded, on the same line: no part of what is bought.
_TITLE_STOP = re.compile(
    r"(?<=\w{3}) ?[-–,(]? ?\b(?:marche a procedure adaptee|marche passe|(?:procedure adaptee )?passee? (?:en application|selon|en vertu)|en application de)\b"
)
_LONGEST_TITLE_LINES = 5
_SHORTEST_TITLE = 12
# The label of the BOAMP's form for what is bought; a list of lots may follow it.
_QUANTITIES = re.compile(
    r"quantit[ée]s \(fournitures et services\), nature et [ée]tendue \(travaux\) ?: ?", re.IGNORECASE
)


# « Objet : lettre de consultation – denrées pour … »: one line, above the greeting.
_LETTER_OBJECT = re.compile(
    r"^[ \t|]*objet ?: ?(?:(?:lettre de )?consultation|demande de devis|invitation[^\n–-]{0,40}) ?[:–-] ?(?P<what>[^\n|]{8,200})",
    re.MULTILINE,
)


def _letter_object(view: View) -> Fact | None:
    match = _LETTER_OBJECT.search(view.folded[:_COVER_CHARACTERS]) if view.piece == OTHER else None
    return Fact(view.words(Span(*match.span("what"))), (Span(*match.span()),)) if match else None


def object_of(view: View) -> Fact | None:
    """What is bought: after a label, in the clause of that name, in a sentence that says so, or in the title of the cover."""
    if letter := _letter_object(view):
        return letter
    if view.piece == "avis":
        found = _labelled_object(view)
        if found:
            return found
    if view.piece in ("BPU", "DQE"):
        return _cover_object(view) or _bare_title(view) or _stated_object(view) or _labelled_object(view)
    return _stated_object(view) or _labelled_object(view) or _cover_object(view) or _wished(view)


def _labelled_object(view: View) -> Fact | None:
    found = next((label for label in labelled(view, _OBJECT_LABEL, stop=r"\n") if len(label.span) >= 8), None)
    if found is None:
        return None
    own = _without_procedure(view, found.span)
    first, title = Span(found.whole.start, own.end), view.words(own)
    described = [
        sentence
        for sentence in view.sentences_with(*_SUBJECT_WORDS)
        if _SUBJECT.search(sentence.text) and not _NO_OBJECT.search(sentence.text)
    ]
    described += [
        sentence
        for label in labelled(
            view,
            r"(?:ii\.1\.4\) ?)?(?:description(?: succincte| du marche| des prestations)?|caracteristiques principales)",
            stop=r"\n",
        )
        if (sentence := view.sentence_at(label.span.start))
    ]
    extra = next((sentence.span for sentence in described if not first.overlaps(sentence.span)), None)
    description = _without_label(view, extra) if extra else ""
    if extra is None or not _adds(view, title, extra) or _ABOUT_LOTS.search(description):
        return Fact(title, (first,))
    return Fact(f"{title} ({description})", (first, extra))


_ABOUT_LOTS = re.compile(r"^lots?\b|\blot unique\b|\ballot(?:i|issement)", re.IGNORECASE)


def _without_label(view: View, span: Span) -> str:
    """A description without its label, nor what the next label of the form introduces."""
    words = view.words(span)
    if quantities := _QUANTITIES.search(words):
        words = words[: quantities.start()].strip() or words[quantities.end() :]
    return re.sub(r"^[^:]{3,60} : ?", "", words)[:300]


def _adds(view: View, title: str, span: Span) -> bool:
    """Whether a description says more than the title: words it has and the title lacks."""
    known = set(re.findall(r"\w{4,}", title.lower()))
    return len(set(re.findall(r"\w{4,}", view.words(span).lower())) - known) >= 3


def _stated_object(view: View) -> Fact | None:
    best: tuple[float, Sentence] | None = None
    for sentence in view.sentences_with(*_SUBJECT_WORDS):
        match = _SUBJECT.search(sentence.text)
        titled = sentence.section.under(_OBJECT_TITLE)
        if not match or _NO_OBJECT.search(sentence.text) or match.start() > 60:
            continue
        score = (
            (3.0 if titled else 0.0)
            + (2.0 if match.group("contract") else 0.5)
            + (1.0 if "objet" in match.group("verb") else 0.0)
        )
        score += 1.0 if sentence.index < 60 else 0.0
        score -= (
            2.0
            if re.search(r"conditions? (?:de|d')|modalites de", sentence.text)
            and not re.search(r"prestations? de|travaux|fourniture", sentence.text)
            else 0.0
        )
        if score >= 2.5 and (best is None or score > best[0]):
            best = (score, sentence)
    if best is None:
        return _first_of_clause(view)
    span = with_list(view, best[1])
    return Fact(view.words(span), (span,))


def _wished(view: View) -> Fact | None:
    """What the buyer says that it wants, where nothing else says what is bought: « La Ville souhaite se doter d'un logiciel de paie »."""
    for sentence in view.sentences[:_FIRST_SENTENCES]:
        if _WISHED.search(sentence.text) or (
            view.piece in _OF_THE_CONTRACT and _CHARGED.search(sentence.text)
        ):
            return Fact(view.words(sentence.span), (sentence.span,))
    return None


def _first_of_clause(view: View) -> Fact | None:
    for section in view.titled(_OBJECT_TITLE):
        sentence = first_words(section, view)
        if sentence and _is_label(sentence) and ":" not in sentence.text:
            # « A – Objet de l'acte », then « ■ Objet du marché public », then the object
            index = sentence.index
            sentence = next((one for one in view.within(section) if one.index > index), None)
        if sentence and not (_is_label(sentence) or _is_labelled(sentence)):
            span = with_list(view, sentence)
            return Fact(view.words(span), (span,))
    return None


def _is_label(sentence: Sentence) -> bool:
    return _OBJECT_TITLE.search(sentence.text.lstrip(" 0123456789.-)■•▪●–")) is not None


def _is_labelled(sentence: Sentence) -> bool:
    """Whether a sentence is a value after its label: « Nomenclature principale (CPV) : 18100000 », and not « Les prestations comprennent : … »."""
    label, colon, _ = sentence.text.partition(" : ")
    told = label.endswith(("comprennent", "s'agit de"))
    return bool(colon) and not told and 3 <= len(label) <= _LONGEST_LABEL and not {":", "."} & set(label)


def _labelled_title(view: View) -> Fact | None:
    """The title that the cover gives after a label."""
    for label in labelled(view, _COVER_LABEL, stop=r"\n"):
        if label.whole.start < _COVER_CHARACTERS and len(label.span) >= _SHORTEST_TITLE:
            span = _title_lines(view, label.span.start)
            return Fact(view.words(span), (span,))
    return None


def _cover_object(view: View) -> Fact | None:
    if titled := _labelled_title(view):
        return titled
    cover = view.folded[:_COVER_CHARACTERS]
    for match in _COVER_WORK.finditer(cover):
        if _KIND_ALONE.fullmatch(match.group("work").strip()) or _goes_on(view, match.start("work")):
            continue
        span = _title_lines(view, match.start("work"))
        if len(view.words(span)) >= 16 and not _IS_SENTENCE.search(span.of(view.folded)):
            return Fact(view.words(span), (span,))
    return None


def _goes_on(view: View, start: int) -> bool:
    """Whether a line goes on with the sentence of the line above."""
    above = view.document.text[:start].rstrip(" |")
    return (
        view.document.text[start : start + 1].islower()
        and above.endswith("\n")
        and above.rstrip()[-1:].isalpha()
        and not above.endswith("\n\n")
    )


def _bare_title(view: View) -> Fact | None:
    """The line of a schedule's cover that is neither its kind, nor the buyer's name, nor part of the table."""
    at = 0
    for line in view.folded[:_COVER_CHARACTERS].split("\n")[:10]:
        span = Span(at + len(line) - len(line.lstrip(" #")), at + len(line.rstrip()))
        at += len(line) + 1
        if (
            "|" in line
            or len(span) < 14
            or _COVER_END.search(line.strip(" #"))
            or _BODY_START.match(line.strip(" #"))
        ):
            continue
        return Fact(view.words(span), (span,))
    return None


def _title_lines(view: View, start: int) -> Span:
    """A title that may run over some lines, from ``start``."""
    text, end = view.folded, start
    lines = text[start : start + _COVER_CHARACTERS].split("\n")
    for index, line in enumerate(lines[:_LONGEST_TITLE_LINES]):
        if index and not line.strip() and BREAKS_OFF.search(text[start:end]):
            continue
        if index and _COVER_END.search(line.strip()):
            break
        end = start + sum(len(line) + 1 for line in lines[:index]) + len(line.rstrip())
        if line.rstrip().endswith("."):
            break
    return _without_procedure(view, Span(start, end))


def _without_procedure(view: View, span: Span) -> Span:
    """A title without how the contract is awarded, where that follows it."""
    stop = _TITLE_STOP.search(view.folded, span.start, span.end)
    return Span(span.start, stop.start()) if stop and stop.start() - span.start >= _SHORTEST_TITLE else span


# ---- acheteur -------------------------------------------------------------------------------------------------------------------------------

_BUYER_LABEL = (
    r"(?:- ?)?(?:nom et adresse officiels de l'organisme acheteur|(?:i\.1\) ?)?noms?,? (?:et )?adresses?(?: et points?(?:\(s\))? de contact)?|"
    r"nom (?:officiel|complet)(?: de l'acheteur)?|"
    r"(?:le |l')?(?:pouvoir adjudicateur|acheteur(?: public)?|entite adjudicatrice|maitre d'ouvrage|maitrise d'ouvrage|"
    r"personne publique(?: contractante)?|collectivite(?: contractante)?|"
    r"organisme acheteur|organisme de securite sociale|autorite concedante|nom de l'(?:acheteur|organisme)(?: acheteur)?|organisme|"
    r"(?:designation|identification|"
    r"denomination)(?: et adresse)? (?:de l'|du )(?:acheteur|pouvoir adjudicateur|maitre d'ouvrage)|nom du pouvoir adjudicateur|"
    r"maitre de l'ouvrage)(?: \([^)\n]{2,30}\))?(?: contractant)?)"
)
_BUYER_TITLE = re.compile(
    r"^(?:(?:identification|designation|presentation|coordonnees|nom|identite)[\w ]{0,12}(?: de| du| d')+ ?(?:la |l')?)?"
    r"(?:pouvoir adjudicateur|acheteur|collectivite|maitre d'ouvrage|maitrise d'ouvrage|entite adjudicatrice|personne publique|organisme acheteur)\b(?! et )"
)
_BODY = (
    r"(?:ville|commune|mairie|communaute (?:de communes|d'agglomeration|urbaine)|metropole|departement|region|conseil (?:departemental|"
    r"regional|general)|syndicat|prefecture|"
    r"ministere|universite|centre hospitalier|chu|ch|office public|agence|etablissement public|etablissement|"
    r"sdis|service departemental(?: d'incendie et de secours)?|caisse|chambre de|fondation|institut|ccas|"
    r"centre communal|direction (?:departementale|regionale|interdepartementale|generale|interregionale)|rectorat|academie|lycee|college|"
    r"groupement hospitalier|groupement d'interet public|gip|opac|oph|"
    r"archives (?:departementales|municipales|nationales)|ehpad|societe publique locale|spl|office (?:national|de tourisme)|"
    r"groupement de cooperation sanitaire|hopita(?:l|ux)|crous|collectivite (?:europeenne|territoriale)|maison departementale|conservatoire|cour d'appel|"
    r"centre (?:national|regional|de gestion)|france travail|agence regionale de sante|etablissement francais du sang|parc national|"
    r"habitat|assistance publique|port autonome|grand port|parc naturel|ecole nationale|musee|bibliotheque|agglomeration|pays|regie|sivom|sivu|sictom|"
    r"saem|semop|societe (?:anonyme )?d'economie mixte|"
    r"smictom)"
)
# Proper names begin with a capital: looked for in the document's own text, the kind of body in the folded one.
# "Agence des eaux du Nivernais": a common noun may come first.
_NAME_REST = re.compile(
    r"(?: (?:des?|du|de la) [a-zà-ÿ]{3,16}| d['’][a-zà-ÿ]{3,16}| de l['’][a-zà-ÿ]{3,16}| et (?:de |d['’]|du |des )[a-zà-ÿ]{3,16}){0,4}"
    r"(?:[ '’-]?(?:d[eu]s?|la|le|les|l|d|"
    r"en|sur|sous|et|à|aux?|pour|lès|lez)\b[ '’-]?|[ '’-]?\(?[A-ZÀ-ÖØ-Þ][\w'’\-]*\)?|[ ](?=\())+"
)
# "COMMUNAUTÉ DE COMMUNES", and its name on the next line of the cover.
_NEXT_LINE = re.compile(r"\n(?=[A-ZÀ-Þ])[^\n\d:@]{4,60}(?=\n)")
_ADJECTIVE = (
    r"(?: (?:fonci|hospitali|particuli)ers?|(?: (?:public|national|territorial|communal|intercommunal|departemental|regional|scolaire|culturel|local|"
    r"municipal|mixte|polyvalent|universitaire)(?:e|ux|es)?))"
)
_BODY_START = re.compile(rf"(?<![\w-]){_BODY}{_ADJECTIVE}*(?![\w-])")
# Bodies that a tender names without being theirs: anywhere, or but for its cover.
_NEVER_BUYERS = re.compile(
    r"tribunal|ministere (?:du travail|charge|de l'economie)|securite des systemes|urssaf|caisse (?:de|d'|nationale|regionale|primaire)|banque"
)
_OTHERS = re.compile(
    rf"{_NEVER_BUYERS.pattern}|prefecture de|chambre de (?:metiers|commerce)|ecole (?:maternelle|primaire)|direction des achats"
)
_STREET = r"\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.?|boulevard|bd|place|quai|allee|chemin|route|cours|square|impasse)\b"
_ADDRESS_AFTER = re.compile(
    rf"(?:[^\n]{{0,60}}\n?){{2}}[^\n]{{0,40}}?(?:\b{_STREET}|\b(?:bp|cs|tsa) ?\d{{2,5}}\b|\b\d{{5}} [a-z])"
)
_ADDRESS = re.compile(rf" {_STREET}| \d{{1,4}}$| (?:bp|cs|tsa) ?\d| \d{{5}} [a-z]")
# "AMIENS METROPOLE", "Val de Loire Agglomération": the name comes first.
_NAME_BEFORE = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’-]+|d[eu]s?|la|le|les|en|sur)(?:[ -](?:[A-ZÀ-Þ][\w'’-]+|d[eu]s?|la|le|les|en|sur))* $"
)
_NAMED_BEFORE = frozenset(("metropole", "agglomeration", "habitat"))
_PARTIES = re.compile(
    r"\bentre\s*:?\s*(?:le titulaire(?: du marche)? et )?(?P<name>(?:l'|la |le )?[a-z][\w' -]{2,80}?)(?=,? (?:et le titulaire|represente|"
    r"concernant|ci-apres|dont|d'une part|situe|sis|ayant))"
)
_DEFINED = re.compile(
    r"(?:[«\"] ?(?:l'|le |la )?(?:acheteur|pouvoir adjudicateur|maitre d'ouvrage) ?[»\"]|(?:l'|le )(?:acheteur|pouvoir adjudicateur|"
    r"maitre d'ouvrage)(?: du marche)?) (?:est|designe)\s*:?\s*(?P<name>[^.;\n(]{3,120})"
)
_SO_CALLED = re.compile(
    r"\(?(?:ci-apres|ci-dessous)[ ,]*(?:denomme|designe|appele)?e?s?[ ,]*(?:par )?[«\" ']*(?:l'|le |la )?"
    r"(?:acheteur|pouvoir adjudicateur|maitre d'ouvrage|collectivite)\b"
)
_PRESENTED = re.compile(
    r"(?:^|(?<=[\n.] )|(?<=\n))[ ]*(?P<name>(?:l'|la |le )?[a-z][\w' -]{2,60}?),? (?:est|agit en qualite de|constitue) (?:un |une |l'|la )?"
    r"(?:centrale d'achat|pouvoir adjudicateur|etablissement public|groupement d'interet public|syndicat mixte|entite adjudicatrice)\b"
)
_CALLED = re.compile(r"(?P<name>[^.;\n]{3,120}?),? ?$")
_CALLED_CHARACTERS = 130
_ADDRESS_OR_LABEL = re.compile(
    r"^(?:coordonnees|adresse|nom\b|tel|\d|rue |representant|designation|siret|le (?:present|pouvoir)|personne|comptable|"
    r"tresor|ordonnateur|signataire)"
)
_SHORTEST_NAME, _LONGEST_NAME = 6, 120
# A list of abbreviations ("MOA | Maîtrise d'ouvrage", "MOE | …") names nobody.
_NOBODY = re.compile(r"^[a-z0-9]{2,6} ?\||^(?:maitre|maitrise) d'o?euvre")


# A mandatary buys for another, whom the cover names: « agissant au nom et pour le compte de la Ville de Vauquelin ».
_ON_BEHALF = re.compile(
    r"\b(?:agiss\w+|mandataire|intervenant)\b[^.;\n]{0,30}\bpour le compte (?:d[eu] )?"
    r"(?P<who>(?:la |l'|le )?[a-z][^.,;:\n(]{3,80}?)(?= en (?:vertu|application|qualite)|[.,;:\n(])"
)


# « Agissant pour le compte de la société … » is what a bidder signs.
_BIDDERS = ("la societe", "l'entreprise", "le groupement", "le candidat")


def with_principal(view: View, found: Fact | None) -> Fact | None:
    """The buyer, and whom it buys for."""
    match = _ON_BEHALF.search(view.folded[:_COVER_CHARACTERS])
    if (
        found is None
        or match is None
        or match["who"].startswith(_BIDDERS)
        or any(span.overlaps(Span(*match.span())) for span in found.spans)
    ):
        return found
    who = Span(*match.span("who"))
    return Fact(f"{found.value}, pour le compte de {view.words(who)}", (*found.spans, who), found.normal)


def buyer_of(view: View) -> Fact | None:
    """Who buys: after a label, in the clause of that name, as a party, or the public body that the cover names and the text repeats."""
    found = (
        _labelled_buyer(view)
        or _titled_buyer(view)
        or _defined_buyer(view)
        or (_named_body(view) or _presented_buyer(view) if view.piece != OTHER else _coordinator(view))
    )
    return _with_own_name(view, found) if found else None


# What a body is in law stands after its own name: « Théâtre de la Manufacture », « établissement public de coopération culturelle ».
_IN_LAW = tuple(
    f"etablissement public {kind}"
    for kind in ("local d'enseignement", "de cooperation", "administratif", "de l'etat", "social")
)
_STREETS = frozenset(("quai", "rue", "avenue", "place", "boulevard", "allee", "chemin", "bp"))


def _with_own_name(view: View, found: Fact) -> Fact:
    """The name that stands before what a body is in law, on its line or the one above, where a buyer was called by that alone."""
    value = str(found.value)
    capital = next((fold(word) for word in value.split()[1:] if word[0].isupper()), "")
    if not fold(value).startswith(_IN_LAW) or (capital and capital not in _STREETS):
        return found
    before = view.document.text[: max(0, view.folded.find(fold(value), found.spans[0].start))]
    before = before.rstrip(" \n|,–-")
    name = before.replace("|", "\n").rpartition("\n")[2].lstrip()
    if (
        not (name[:1].isupper() and _SHORTEST_NAME <= len(name) <= _LONGEST_NAME)
        or any(sign.isdigit() or sign in ":;" for sign in name)
        or any(piece in fold(name) for piece in ("marche", *_PIECES))
    ):
        return found
    return Fact(name, (Span(len(before) - len(name), len(before)), *found.spans))


def _coordinator(view: View) -> Fact | None:
    """« La Ville est désignée coordonnateur du groupement »: it buys for those who join; by the name that the list of members gives it."""
    for sentence in view.sentences_with("coordonn"):
        called, verb, what = sentence.text.partition(" est designe")
        name = _without_article(called.split(",")[0].strip(" .0123456789"))
        first = view.folded.find(name) if verb and "coordonn" in what[:_NEAR] and len(name) > 1 else -1
        if first < 0 or not view.document.text[first].isupper():
            continue
        rest = view.folded[first + len(name) : first + _LONGEST_NAME]
        end = first + len(name) + len(re.split(r"[,\n|(]", rest)[0].rstrip())
        return Fact(view.words(Span(first, end)), (Span(first, end), sentence.span))
    return None


def _labelled_buyer(view: View) -> Fact | None:
    for label in labelled(
        view,
        _BUYER_LABEL,
        stop=r"\n|,(?! (?:d[eu] (?:l'|la )?|des |d')\w)|\. ?correspondant|\.\s*$|numero national| - ",
    ):
        name = label.span.of(view.folded)
        if (
            2 < len(name) <= _LONGEST_NAME
            and _is_name(view, label.span)
            and not (_ADDRESS_OR_LABEL.match(name) or _NOBODY.match(name))
        ):
            more = _longer_name(view, label.span) if len(name) <= 8 else None
            address = _ADDRESS.search(name)
            own = (
                Span(label.span.start, label.span.start + address.start())
                if address and address.start() > _SHORTEST_NAME
                else label.span
            )
            value = view.words(own) + (f" ({view.words(more)})" if more else "")
            return Fact(value, (label.whole, more) if more else (label.whole,))
    return None


def _is_name(view: View, span: Span) -> bool:
    """A name has a capital, and is no sentence."""
    original = span.of(view.document.text)
    return bool(re.search(r"[A-ZÀ-Þ]", original)) and not re.search(
        r"\b(?:sera|est|sont|peut|doit|devra|se reserve|oui|non|designe|signifie)\b", span.of(view.folded)
    )


def _longer_name(view: View, span: Span) -> Span | None:
    """The body's full name where the label gives only an acronym."""
    return next(
        (
            found
            for found in _bodies(view, Span(span.end, len(view.folded)))
            if not _OTHERS.search(found.of(view.folded))
        ),
        None,
    )


def _titled_buyer(view: View) -> Fact | None:
    for section in view.titled(_BUYER_TITLE):
        if not section.named(_BUYER_TITLE):
            continue
        for sentence in view.within(section)[:6]:
            text = sentence.text.strip()
            if _ADDRESS_OR_LABEL.match(text) or len(text) > _LONGEST_NAME:
                bodies = list(_bodies(view, sentence.span))
                if bodies and not _ADDRESS_OR_LABEL.match(text):
                    return Fact(view.words(bodies[0]), (bodies[0],))
                continue
            if _is_name(view, sentence.span):
                return Fact(view.words(sentence.span), (sentence.span,))
    return None


def _defined_buyer(view: View) -> Fact | None:
    for named in _definitions(view):
        span = _trimmed(view, named)
        own = view.document.text[span.start : span.end]
        capital = _without_article(own)
        if capital[:1].isupper() and not re.search(
            r"titulaire|personne|parties|soussign|acheteur|pouvoir adjud", span.of(view.folded)
        ):
            sentence = view.sentence_at(named.start)
            return Fact(
                _without_article(view.words(span)),
                (sentence.span if sentence and len(sentence.span) < 500 else span,),
            )
    return None


def _definitions(view: View) -> Iterator[Span]:
    """Names that the text defines as the buyer: "l'acheteur est X", "X, ci-après dénommé l'acheteur", "entre X et le titulaire"."""
    for match in _DEFINED.finditer(view.folded):
        yield Span(*match.span("name"))
    for match in _SO_CALLED.finditer(view.folded):
        begin = max(0, match.start() - _CALLED_CHARACTERS)
        line = max(view.folded.rfind(sign, begin, match.start()) for sign in ".;\n") + 1
        name = _CALLED.match(view.folded[max(begin, line) : match.start()])
        if name:
            own = re.split(r",? represente|,? dont le siege|,? situee? ", name.group("name"))[0]
            yield Span(max(begin, line), max(begin, line) + len(own))
    for match in _PARTIES.finditer(view.folded):
        yield Span(*match.span("name"))


def _trimmed(view: View, span: Span) -> Span:
    text = re.sub(r"^\s*entre[ :]*", lambda match: " " * len(match.group()), span.of(view.folded))
    return Span(span.start + len(text) - len(text.lstrip(" :-")), span.start + len(text.rstrip(" ,:-")))


def _presented_buyer(view: View) -> Fact | None:
    """Who presents itself as a body that buys: « X est une centrale d'achat », its own name without the kind."""
    match = _PRESENTED.search(view.folded)
    if match is None:
        return None
    span = Span(*match.span("name"))
    name = _without_article(view.words(span))
    if not name[:1].isupper() or _BODY_START.fullmatch(_without_article(span.of(view.folded))):
        return None
    sentence = view.sentence_at(span.start)
    return Fact(name, (sentence.span if sentence and len(sentence.span) < 500 else span,))


def _without_article(name: str) -> str:
    return re.sub(r"^(?:l['’]|[Ll]a |[Ll]e )", "", name)


def _named_body(view: View) -> Fact | None:
    """The public body named on the cover, else the one named most often (twice at least)."""
    cover = [
        span
        for span in _bodies(view, Span(0, min(1500, len(view.folded))))
        if not _NEVER_BUYERS.search(span.of(view.folded))
    ]
    if cover:
        # The body whose address follows is the buyer; another may be named in the title of the works.
        one = next((span for span in cover if _ADDRESS_AFTER.match(view.folded, span.end)), cover[0])
        return Fact(view.words(one), (one,))
    every = [
        span for span in _bodies(view, Span(0, len(view.folded))) if not _OTHERS.search(span.of(view.folded))
    ]
    counted = Counter(span.of(view.folded) for span in every)
    if not counted:
        return None
    name, count = counted.most_common(1)[0]
    if count < 2 and len(counted) > 1:
        return None
    span = next(span for span in every if span.of(view.folded) == name)
    return Fact(view.words(span), (span,))


def _bodies(view: View, within: Span) -> list[Span]:
    found = []
    text = view.document.text
    for match in _BODY_START.finditer(view.folded, within.start, within.end):
        line = text.rfind("\n", 0, match.start()) + 1
        before = _NAME_BEFORE.search(text, line, match.start()) if match.group() in _NAMED_BEFORE else None
        if before and text[match.start()].isupper():
            found.append(Span(before.start(), match.end()))
            continue
        rest = _NAME_REST.match(text, match.end(), within.end) or _NEXT_LINE.match(
            text, match.end(), within.end
        )
        name = rest.group() if rest else ""
        if (
            not rest
            or not re.search(r"[A-ZÀ-Þ]\w", name)
            or not (text[match.start()].isupper() or re.match(r" (?:de |du |d['’]|des )", name))
        ):
            continue
        end = match.end() + len(
            re.sub(r"[ '’-]*\b(?:de|du|des|la|le|les|et|en|sur|pour|au?x?|à|d|l)?[ '’-]*$", "", name)
        )
        if end > match.end() and end - match.start() <= _LONGEST_NAME:
            found.append(Span(match.start(), end))
    return found


# ---- numéro ---------------------------------------------------------------------------------------------------------------------------------

_REFERENCE = re.compile(
    r"(?:numero de reference attribue au (?:marche|dossier)[^:\n]{0,90}|(?:ii\.1\.1\) ?)?(?:numero|n°|n[o°]|num\.|reference|ref\.?|code|"
    r"identifiant)(?: interne| de reference)?"
    r"(?: (?:de |du |d')?(?:la |l')?(?:presente? )?(?:consultation|marche|procedure|accord[- ]cadre|dossier|contrat|dce|affaire de l'acheteur))(?: public)?|"
    r"numero de reference|reference de l'acheteur|ref\. acheteur|identifiant interne|(?:marche|consultation|accord[- ]cadre|contrat|procedure|dossier|"
    r"projet)(?: public)?(?: de (?:travaux|services?|fournitures?))?(?: (?:mono|multi)[- ]?attributaires?)?(?: a bons de commande)? (?:n°|n[o°]|"
    r"numero|num\.|ref\.?|reference)|"
    r"numero d'identification de la consultation)(?: \([^)\n]{2,30}\))?"
    r"\s*(?::|est(?: le)?|=|\|)?\s*(?P<number>(?=[a-z0-9_./-]*\d)[a-z0-9](?:[a-z0-9_./-]| ?[/-] ?(?=[a-z0-9]*\d)| (?=(?:\d{2,4}|[a-z]{1,4}\d+|"
    r"[a-z]{2,5}-\d)\b))*)"
)
# Letters and digits, or several groups of digits: a year or a count alone is no reference.
_LETTERS_AND_DIGITS = (
    r"(?=[a-z0-9_/.-]{5,30}(?![\w/-]))(?=[a-z_/.-]*\d)(?=\d*[a-z_/.-])[a-z0-9][a-z0-9_/.-]*[a-z0-9]"
)
_NAMED_REFERENCE = re.compile(
    r"(?:(?<=[\n|])|(?<= [-–] ))[ ]*(?:(?:marche|affaire|dossier|consultation|procedure|operation|projet) |(?:(?:mapa|aoo?|aor|marche|msp|pf|"
    r"dce) )?n ?[°o] ?|(?:mapa|aoo?|aor) )"
    rf"(?P<number>{_LETTERS_AND_DIGITS})(?![\w/.-])"
)
# « Réf. VOY-27 » on a cover.
_COVER_REFERENCE = re.compile(
    rf"(?:^|[|–—/-] ?)ref(?:erence)?\.? ?:? ?(?P<number>(?![^\n ]*(?:cctp|ccap|bpu|/v\d)){_LETTERS_AND_DIGITS})(?![\w/-])",
    re.MULTILINE,
)
# « (n/réf. SE/2026/02) », « Nos réf. : AF/LM – 2025-09 », « sur la plateforme, sous la référence VSR-2701 ».
_REFERRED = re.compile(
    rf"\b(?:n(?:os|/) ?ref|(?:plateforme|profil)[^\n]{{0,90}} \(?reference)\.? ?:? ?(?P<number>(?:[a-z/]+ - )?{_LETTERS_AND_DIGITS})(?![\w/-])"
)
_NO_REFERENCE = re.compile(
    r"^(?:\d{1,2}|20\d\d|\d{2}/\d{2}/\d{4}|0\d(?:[ .]?\d\d){4})$|x{2,}|^[0-9a-f]{8}-[0-9a-f]{4}-|^(?:de|du|et|est|les|la)\b"
)
_LAW_BEFORE = re.compile(
    r"\b(?:decret|loi|ordonnance|arrete|article|lot|annexe|avis|directive|reglement(?! d[eu] )(?: \(ue\))?)\b[^\n]{0,12}\Z"
)


def _comparable(number: str) -> str:
    """A reference as two pieces are compared by it: ``2026-TX/14`` and ``2026 tx 14`` are one."""
    return re.sub(r"[\W_]", "", number.upper())


def number_of(view: View) -> Fact | None:
    """The number that the buyer gave to the consultation; never a law's, a lot's or a notice's, nor a blank to fill in."""
    for match in _REFERENCE.finditer(view.folded):
        span = Span(match.start("number"), match.end("number"))
        words = re.sub(r"[.\-/_]+$", "", span.of(view.document.text))
        after = view.folded[match.end("number") : match.end("number") + 3]
        if _NO_REFERENCE.search(words.lower()) and not match.group().startswith(
            "numero de reference attribue"
        ):
            continue
        if (
            EMPTY.fullmatch(words.lower())
            or _is_period(words)
            or _LAW_BEFORE.search(view.folded[max(0, match.start() - 30) : match.start()])
            or after.startswith(("€", " €", "%", " %"))
        ):
            continue
        whole = Span(match.start() if len(match.group()) < 160 else span.start, span.start + len(words))
        return Fact(words, (whole,), (_comparable(words),))
    return _bare_reference(view)


def _is_period(number: str) -> bool:
    """Whether ``2024-2027`` or ``2024-27`` are years, the first before the second; ``2024-07`` is a number of the year."""
    years = re.fullmatch(r"20(?P<first>\d\d)[-/](?:20)?(?P<last>\d\d)", number)
    return years is not None and int(years["first"]) < int(years["last"]) < 60


def _bare_reference(view: View) -> Fact | None:
    """A reference that the cover gives without saying of what, or after the name of what it refers to ("Affaire 2024-07")."""
    match = _NAMED_REFERENCE.search(view.folded[:_COVER_CHARACTERS])
    number = match["number"] if match else ""
    if match and not (_NO_REFERENCE.search(number) or _is_period(number) or _ARTICLE.fullmatch(number)):
        span = Span(*match.span("number"))
        return Fact(
            span.of(view.document.text), (Span(*match.span()),), (_comparable(span.of(view.document.text)),)
        )
    for label in labelled(
        view,
        r"(?:n(?:os|otre|/) ?)?ref(?:erence)?s?\.?(?: a rappeler| interne| du dossier)?|(?:n[°o]|numero) (?:de |du )?dossier",
        stop=r"\n",
    ):
        words = label.span.of(view.document.text)
        if (
            label.whole.start < _COVER_CHARACTERS
            and re.fullmatch(r"(?:[A-Za-z]{2,6} )?[A-Za-z0-9_./-]{4,40}", words)
            and re.search(r"\d", words)
            and "XX" not in words.upper()
        ):
            return Fact(words, (label.whole,), (_comparable(words),))
    referred = _REFERRED.search(view.folded) or _COVER_REFERENCE.search(view.folded[:_COVER_CHARACTERS])
    if referred and not _NO_REFERENCE.search(referred["number"]):
        words = view.words(Span(*referred.span("number")))
        return Fact(words, (Span(*referred.span()),), (_comparable(words),))
    return None
