"""The day and hour by which tenders must arrive: neither the day of questions, of visits, of opening, nor of the notice itself."""

import re
from collections.abc import Iterator

from assistant.datatypes import Span
from assistant.french.dates import Moment, moments
from assistant.french.months import MONTH
from assistant.reading.piece import OTHER
from assistant.tender.fact import Fact
from assistant.tender.view import View

_OFFERS = r"(?:offres?|plis?|candidatures?|propositions?|reponses?|dossiers?|demandes? de participation|projets?|soumissions?|prestations)"
_SENT = r"(?:remise|depot|reception|envoi)"
_ALL_OFFERS = r"des (?:offres|plis|propositions|candidatures)"
_LABEL = re.compile(
    rf"(?:date|jour)s?(?:,? ?(?:et|/|&) ?heures?)?(?:s)? ?(?:limites?|butoirs?)(?:s)?[^.\n:]{{0,30}}(?:de |d'|pour )?(?:la )?(?:{_SENT}|"
    r"reponse|transmission|retour)(?! (?:de |du )?(?:echantillon|question))"
    r"[^:\n]{0,75}?(?:\s*[:|]|\s*\n|\s+(?:est |sont )?(?:fixee?s?|au|le|arretee?)\b)|"
    rf"limites? (?:de|pour la) {_SENT} {_ALL_OFFERS}|{_SENT} {_ALL_OFFERS}(?:(?: avant le| au plus tard le| pour le)? ?:|"
    r" ?[\n|](?=\W{0,5}(?:(?:le )?(?:lundi|mardi|mercredi|jeudi|vendredi) |le )?\d{1,2}(?:er)?[ /]))|"
    rf"(?:(?:cloture|fin) de la consultation|cloture (?:du depot |de la (?:remise|reception) )?{_ALL_OFFERS}) ?(?::|\||le\b|est fixee?)|"
    r"(?<=[\n|])\W{0,3}cloture ?[:|]|\bdlr[op]\b ?[:|]"
)
_STATED = re.compile(
    rf"{_OFFERS}\b[^.;]{{0,200}}?(?:parvenir|parvien\w+|attendu\w*|retourn\w+|remettr\w+|remis\w*|transmis\w*|depos\w*|adress\w*|recu\w*|"
    rf"receptionn\w*|envoy\w*|arriver|"
    rf"limite)[^.;]{{0,200}}?(?:avant|au plus tard|jusqu|limite|pour) ?(?:le |au |du )?|"
    rf"(?:avant|au plus tard) le[^.;]{{0,90}}(?:remise|depot|reception)|"
    rf"(?:depot|remise(?! en)|envoi|transmission)\b[^.;]{{0,60}}(?:jusqu'au|avant le|au plus tard le)|\battend\w+ (?:vos|votre|les|l') ?{_OFFERS}|"
    rf"limite\b[^.;]{{0,80}}\b(?:depot|remise|reception) des|"
    rf"(?:parvenir|remettre|adresser|transmettre|deposer|envoyer|retourner|repondre)\b[^.;]{{0,60}}\b(?:{_OFFERS}|devis|mail|"
    rf"plateforme)\b[^.;]{{0,120}}(?:avant|au plus tard|jusqu|pour le)|"
    rf"(?:candidats?|soumissionnaires?|concurrents?|entreprises?|vous)\b[^.;]{{0,40}}\bjusqu'au\b(?=[^.;]{{0,60}}(?:remettre|deposer|repondre|"
    rf"transmettre|adresser))|"
    rf"^\W*a (?:deposer|remettre|retourner|rendre|renvoyer|transmettre|adresser|envoyer)\b[^.;]{{0,30}}(?:avant|au plus tard|pour) le|"
    rf"(?:^|[|\n]) ?{_OFFERS}(?: initiales?| remises?)?[ ]*[|:][ ]*(?:au plus tard|avant|jusqu)|"
    rf"{_OFFERS}\b[^.;]{{0,40}}(?:recue?s?|parvenue?s?|deposee?s?|remise?s?|transmise?s?|arrivee?s?)[^.;]{{0,60}}apres le"
)
_YEAR = re.compile(r"20\d\d|/\d\d\b|deux mille")
_OTHER_DAY = re.compile(
    r"question|renseignements? complementaires?|visite|ouverture des|envoi du present avis|publication|validite|valables?|echantillon|"
    r"mise en ligne|notification|audition|demarrage|debut des|demandes? de (?:precision|document|dossier|renseignement)|retrait d|avis d'appel"
)
# A bare « Date limite : » is that of tenders where what stands above it speaks of them.
_BARE_LABEL = re.compile(r"(?:^|(?<=\n))[ |•-]*(?:date|jour)s?(?: et heure)?s? limites?[ ]*[:|]")
_ABOUT_OFFERS = re.compile(rf"{_SENT} {_ALL_OFFERS}")
_ABOVE_CHARACTERS = 90
# The day comes soon after its label; a label without day ("voir page de garde") must not take the next one.
_WITHIN = 110


# One of these stands in each label; what tells a label may be on the next line.
_LABEL_WORDS = (
    "limite",
    "butoir",
    "remise des ",
    "depot des ",
    "reception des ",
    "envoi des ",
    "cloture",
    "fin de la consultation",
    "dlro",
    "dlrp",
)
_NEXT_LINE_CHARACTERS = 60


def _labels(view: View) -> Iterator[re.Match[str]]:
    """The labels, looked for in the lines that may hold one."""
    read = 0
    for line in view.lines_with(*_LABEL_WORDS):
        for match in _LABEL.finditer(view.folded, max(read, line.start), line.end + _NEXT_LINE_CHARACTERS):
            yield match
            read = match.end()


# « Le lundi 21 décembre, à midi » in a letter of 27 November 2026.
_DAY_ALONE = re.compile(rf"(?<![\d/.])(?:\d{{1,2}}|1er) {MONTH}(?! (?:\d{{4}}|deux mille))")
_MOST_DAYS_TO_ANSWER = 120


def _year_of(view: View, text: str) -> int | None:
    """The year of a day said without one: the first in which it follows the day of the letter, soon after it."""
    alone = _DAY_ALONE.search(text) if view.piece == OTHER else None
    if alone is None or (written := next(iter(moments(view.folded)), None)) is None:
        return None
    for year in (written.day.year, written.day.year + 1):
        day = next(iter(moments(f"{alone.group()} {year}")), None)
        if day and 0 < (day.day - written.day).days <= _MOST_DAYS_TO_ANSWER:
            return year
    return None


def _in_letter(view: View, text: str) -> Moment | None:
    """The day that a letter gives to tenders without its year."""
    year = None if _YEAR.search(text) else _year_of(view, text)
    dated = _DAY_ALONE.sub(rf"\g<0> {year}", text) if year else ""
    stated, day = _STATED.search(dated), next(iter(moments(dated)), None)
    told = stated and day and day.start >= stated.start() and not _OTHER_DAY.search(dated[: day.start])
    return day if told else None


def deadline_of(view: View) -> Fact | None:
    """The deadline for tenders, to the minute where the time is said."""
    candidates: list[tuple[float, Moment, Span]] = []
    for match in _labels(view):
        for moment in _after(view, match.end(), _WITHIN):
            between = view.folded[match.start() : moment.start]
            if not _OTHER_DAY.search(re.sub(r"demandes? de participation", "", between)):
                candidates.append((3.0, moment, Span(match.start(), moment.end)))
            break
    for match in _BARE_LABEL.finditer(view.folded):
        about = view.folded[max(0, match.start() - _ABOVE_CHARACTERS) : match.start()]
        if _ABOUT_OFFERS.search(about) and not _OTHER_DAY.search(about):
            candidates += [
                (2.5, moment, Span(match.start(), moment.end))
                for moment in _after(view, match.end(), _WITHIN)[:1]
            ]
    for sentence in view.sentences_with(
        "avant", "au plus tard", "jusqu", "limite", "pour le", "apres le", "attend"
    ):
        text = sentence.about
        if in_letter := _in_letter(view, text):
            candidates.append((1.0, in_letter, sentence.span))
        stated = _STATED.search(text) if _YEAR.search(text) else None
        if not stated:
            continue
        begin = sentence.span.end - len(text)
        for moment in moments(text):
            before = text[: moment.start]
            if (
                moment.start >= stated.start()
                and not _OTHER_DAY.search(before[-130:])
                and re.search(
                    r"avant|au plus tard|jusqu|limite|pour le|(?:le|lundi|mardi|mercredi|jeudi|vendredi|samedi) ?$",
                    before[-70:],
                )
            ):
                place = Moment(
                    moment.day, moment.hour, moment.minute, begin + moment.start, begin + moment.end
                )
                candidates.append((2.0, place, sentence.span))
                break
    if not candidates:
        return None
    _, moment, span = max(
        candidates, key=lambda one: (one[0] + (1.0 if one[1].hour is not None else 0.0), -one[2].start)
    )
    return Fact(moment.written, (span,), (moment.normal,))


def _after(view: View, start: int, within: int) -> list[Moment]:
    text = view.folded[start : start + within]
    return [
        Moment(moment.day, moment.hour, moment.minute, start + moment.start, start + moment.end)
        for moment in moments(text)
    ]
