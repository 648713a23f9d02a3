"""What a question asks for beyond its subject: the form of its answer, who would act, the day whose law it speaks of, what it says it is not about."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.answering import words
from assistant.datatypes import Purchase
from assistant.french.folding import fold, fold_words
from assistant.french.months import MONTH, MONTH_NUMBERS
from assistant.sheets import Actor, Form
from assistant.sheets.bounds import Quantity, quantities

_FIRM, _BIDS = words.family("actor.firm"), words.family("actor.bidder")
_TURNED = r"\b[^?.;]{0,40}?\b(?:peut|doit|a)[- ](?:t-)?il\b"
_CONTRACTOR = re.compile(
    rf"\b(?:le |notre |mon |l'|un |son )?{_FIRM}{_TURNED}|\b(?:le |notre |mon |l'|un ){_FIRM}\b\W+(?:\w+\W+){{0,2}}?{words.family('actor.firm_acts')}\b|"
    rf"\b(?:nous sommes|en tant que|je suis) (?:le |l')?{_FIRM}\b"
)
_BIDDER = re.compile(
    rf"\b(?:un |le |ce |l'|notre ){_BIDS}{_TURNED}|\b(?:un |le )?{_BIDS} (?:peut|doit|a le droit|refuse)\b|\b{words.family('actor.bidder_speaks')}\b"
)
_FIRM_SPEAKS = words.pattern("actor.firm_speaks")
_FIRM_BEGINS = re.compile(rf"\W*{words.family('actor.trade')}\b[^.;?!]{{0,40}}:")
# « sans parler de nationalité », « je ne parle pas de la note » : what follows, to the next pause, is not what is asked about.
_NOT_ABOUT = re.compile(
    rf"(?:,\s*)?\b{words.family('subject.not_about')}(?: (?:de|d'|du|des|a|au|aux))?\b[^,.;:?!]*"
)
_PLEASANTRY = r"(?:comment )?(?:ca va|allez[- ]vous|vas[- ]tu)|bonne (?:journee|soiree)|a (?:tous|vous|toi)|l'assistant|madame|monsieur"
_GREETS = re.compile(rf"^\W*{words.family('conversation.greets')}\W*(?:(?:{_PLEASANTRY})\W*)*$")
_FOR_WHAT = r"beaucoup|bien|a (?:vous|toi)|infiniment|pour (?:tout|(?:votre|ta|ton|cette|la) \w+)"
_CLOSES = rf"(?:\W*\b{words.family('conversation.closes')}\b)*\W*"
_THANKS = re.compile(
    rf"^{_CLOSES}{words.family('conversation.thanks')}(?: (?:{_FOR_WHAT}))*{_CLOSES}$|^\W*{words.family('conversation.bids_farewell')}\W*$"
)
_THANKS_FIRST = re.compile(
    rf"^\W*(?:(?:ok|super|parfait|d'accord|top)\W+)?{words.family('conversation.thanks')}(?: (?:{_FOR_WHAT}))*\s*[!.,;:…]+\s*(?=\w)"
)
_DAY = re.compile(
    rf"(?:(?P<act>\b(?:{words.family('subject.dated_act')}\b[^,;?.]{{0,25}}|{words.family('subject.dated_event')}\b[^,;?.]{{0,40}}))"
    rf"|(?P<lead>\b{words.family('subject.before_a_date')}(?: le| en| au| fin| debut)? ?))?"
    rf"(?:(?P<day>\d{{1,2}}|1er) )?(?:(?P<month>{MONTH}) )?\b(?P<year>(?:19|20)\d\d)\b(?![-/]\d)"
)
_FIRST_YEAR, _LAST_YEAR = 2000, 2039
_COMPARES = re.compile(r"\bcomme $")
_ANOTHER_SENTENCE = re.compile(r"[.!?]\s+\w")
_LAUNCHED, _OF_THEN = words.pattern("subject.launched"), words.pattern("subject.of_then")
_OF_NOW = words.pattern("subject.of_now")
# « Avis envoyé le 12 juin » is a notice, and no opinion that is named by its date.
_SENT = re.compile(r"\bavis (?=(?:[^,;?.]{0,20} )?(?:publi|lanc|envoy|part)\w*)")
_ACCEPTS, _REFUSES, _DOUBTS, _SIDES = (
    words.pattern("act.accepts"),
    words.pattern("act.refuses"),
    words.pattern("act.doubts"),
    words.pattern("act.sides"),
)
_CONCESSION, _ANOTHER_CONCESSION = words.pattern("contract.concession"), words.pattern("contract.another")
# So near before it, what launches a procedure has a date.
_REACH = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is understood.

    Attributes:
        text: what is searched: the question without what it says that it is not about.
        folded: ``text`` in lower case, without accents.
        actor: who would act; the buyer where nobody is named.
        day: the day whose law is asked for, where the question gives one.
        quantities: the sums, shares and lengths of time that it counts.
        form: the form of answer asked for, once the trained reader has read it.
        fact: whether an amount, a delay, a name, a definition is asked for, as it reads.
        bought: works, services or supplies, as it reads; None where that is not plain.
    """

    text: str
    folded: str
    actor: Actor
    day: date | None = None
    quantities: tuple[Quantity, ...] = ()
    form: Form = Form.OTHER
    fact: bool = False
    bought: Purchase | None = None


def understood(question: str, today: date) -> Asked:
    """What ``question`` asks for."""
    text = _on_subject(question)
    folded = fold_words(text)
    return Asked(text, folded, actor_of(folded), day_of(folded, today), quantities(folded))


def form_of(read: Form, folded: str) -> Form:
    """The form that was read in a folded question, but where its words say otherwise: « je la prends ? » rejects nothing, « vrai ? » asks no leave."""
    if read is Form.REJECT and _ACCEPTS.search(folded) and not _REFUSES.search(folded):
        return Form.LEAVE
    doubted = _SIDES.search(folded) or (read is Form.LEAVE and _DOUBTS.search(folded))
    return Form.OTHER if doubted else read


def actor_of(folded: str) -> Actor:
    """Who would do what a folded question is about."""
    if _CONTRACTOR.search(folded):
        return Actor.CONTRACTOR
    return Actor.BIDDER if _BIDDER.search(folded) else Actor.BUYER


def names_concessions(folded: str) -> bool:
    """Whether a folded text speaks of concessions, which have rules of their own."""
    return _CONCESSION.search(folded) is not None


def is_of_a_concession(folded: str) -> bool:
    """Whether a folded question is plainly asked of a concession, and not of a dealer's."""
    return names_concessions(folded) and _ANOTHER_CONCESSION.search(folded) is None


def is_firm(folded: str) -> bool:
    """Whether who asks a folded question speaks as a firm: a bidder, a contractor, one of its own contractors."""
    return _FIRM_SPEAKS.search(folded) is not None or _FIRM_BEGINS.match(folded) is not None


def day_of(folded: str, today: date) -> date | None:
    """The day whose law a folded question asks for: « en 2023 », « avant avril 2026 », « le 3 mars 2024 »; None where it names no day, or the year we are in.

    The date of a law, a decree or a decision is part of its name.
    """
    for match in _DAY.finditer(_SENT.sub(lambda sent: " " * len(sent[0]), folded)):
        year = int(match["year"])
        # « La loi du 15 mars 2024 » has a date; « la loi s'appliquait-elle le 15 mars 2024 ? » is asked of one.
        act = match["act"] and not (match["act"].endswith(" le ") and _OF_THEN.search(folded))
        if (
            act
            or not (match["lead"] or match["act"] or match["month"])
            or not _FIRST_YEAR <= year <= _LAST_YEAR
        ):
            continue
        lead = (match["lead"] or "").strip()
        of_this_year = year == today.year and not match["month"]
        if of_this_year or lead.startswith(("depuis", "apres")) or _is_of_a_fact(folded, match):
            continue
        month = MONTH_NUMBERS[match["month"]] if match["month"] else None
        try:
            found = date(
                year,
                month or (1 if "debut" in lead or "avant" in lead else 12 if "fin" in lead else 7),
                _day_of_month(match["day"], month),
            )
        except ValueError:
            continue
        return found - timedelta(days=1) if "avant" in lead or "veille" in lead else found
    return None


def _is_of_a_fact(folded: str, match: re.Match[str]) -> bool:
    """Whether a day is that of something told before what is asked: « résilié le 14 février 2022. Il repostule : peut-on l'exclure ? », « comme en 2018 »."""
    if _COMPARES.search(folded, 0, match.start()):
        return True
    told = _ANOTHER_SENTENCE.search(folded, match.end())
    # « En mai on a lancé … »; but « jusqu'en 2028, signé en 2022 » ends in 2028.
    after = 0 if (match["lead"] or "").startswith("jusqu") else _REACH
    around = folded[
        max(0, match.start() - _REACH) : min(match.end() + after, told.start() if told else len(folded))
    ]
    # What is asked is asked last: « … comme si de rien n'était. On peut l'exclure ? » asks nothing of then.
    begun = [one.start() for one in _ANOTHER_SENTENCE.finditer(folded, match.end(), folded.rfind("?"))]
    asks = begun[-1] if begun else match.end()
    return told is not None and _LAUNCHED.search(around) is None and _OF_THEN.search(folded, asks) is None


def is_of_then(question: Asked) -> bool:
    """Whether a question asks what the law was on its day: « devait-il », « à cette date »."""
    return _OF_THEN.search(question.folded) is not None


def is_of_now(question: Asked) -> bool:
    """Whether a question turns to the law of today after one of another day: « et si je le relance aujourd'hui ? »."""
    return _OF_NOW.search(question.folded) is not None


def _day_of_month(written: str | None, month: int | None) -> int:
    if written is None:
        return 1 if month else 2
    return 1 if written == "1er" else int(written)


def human_line(question: str) -> str | None:
    """What is said to a greeting or to thanks, None for anything else."""
    folded = fold_words(question)
    if _GREETS.match(folded):
        return "Bonjour. Quelle question de commande publique vous occupe ? Écrivez-la avec vos mots : je réponds avec ceux des textes."
    return "Je vous en prie. Je reste là pour la question suivante." if _THANKS.match(folded) else None


def without_thanks(question: str) -> str:
    """``question`` without the thanks that it begins with: « merci ! et pour l'hôpital ? »."""
    folded = fold_words(question)
    match = _THANKS_FIRST.match(folded)
    return question[match.end() :] if match and len(folded) == len(question) else question


def _on_subject(question: str) -> str:
    folded = fold(question)
    text, end = "", 0
    for match in _NOT_ABOUT.finditer(folded):
        text, end = f"{text}{question[end : match.start()]} ", match.end()
    left = " ".join((text + question[end:]).split()).replace(" ,", ",")
    return left if len(left.split()) >= 3 and len(left) >= 15 else question
