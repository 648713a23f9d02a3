"""Fields by meaning: the sentence that speaks of one, where no rule reads it or where what the rule read speaks of something else.

What is not surely said stays empty; what a rule read by words alone is dropped where its sentences hardly speak of it.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.datatypes import Span
from assistant.french.folding import fold
from assistant.reading.piece import OTHER
from assistant.summaries.fields.summary import FIELDS
from assistant.tender.fact import Fact
from assistant.tender.facts.ordered_amounts import BOUNDS
from assistant.tender.facts.sayable import SAYABLE
from assistant.tender.passages import passages, read_surely, said, value_of
from assistant.tender.rows import rows_beside
from assistant.tender.view import Sentence, View, is_left_open

if TYPE_CHECKING:
    from assistant.reader.fields import Reading, Subject

# Sentences read for each field, those that its words make likeliest, from this share on; more where no rule found it.
_EACH, _EACH_UNTOLD, _EACH_OBJECT, _LIKELY = 2, 6, 12, 0.008
# A sentence speaks of a field from this share on: at first reading of five hands, what was proposed from there on for a field that the rules had
# left empty was right nine times in ten. Some fields are taken for others oftener, a guarantee hardly ever.
SURE = 0.7
_SURE_OF = {
    **dict.fromkeys(("penalites_retard", "derogations_ccag"), 0.85),
    **dict.fromkeys(("forme", "date_limite_remise"), 0.9),
    **dict.fromkeys(("procedure", "reconductions", "reversibilite", "securite"), 0.95),
    "propriete_intellectuelle": 0.99,
    # Of 207 documents, ten sentences that only name a price or a schedule were taken for it below, and no right one.
    "forme_prix": 0.95,
    "localisation_hebergement": 0.6,
}
# Less is enough where it speaks of no other field: over six hands seven such sentences of these fields were right, none wrong.
_ALONE, _TIMES = 0.2, 4
_TAKEN_ALONE = "procedure", "avance", "revision_prix", "delai_paiement", "donnees_personnelles"
# What the words of a sentence do not make likely for a field is said from this share on. So is all of a notice, a form that names what it does not say, and of
# what is no known piece: minutes and letters speak of much that binds nobody (of 207 documents, 28 inventions below, and six right values).
_SURE_WITHOUT_WORDS = 0.95
_LESS_SURE, _SURE_IN_FORMS = ("avis", OTHER), {"clause_environnementale": 0.6}
# One that says two fields or more ("un an, reconductible trois fois") gives each of them this share at least.
_PART = 0.12
# What a rule read by the words of a clause is dropped where its own sentences speak of the field less than this: « Ils demeurent la propriété du titulaire » of
# lent devices. Of 36 documents, one right value and seven others are below.
UNSAID = 0.05
_READ_BY_WORDS_ALONE = frozenset(
    (
        *(
            "avance",
            "retenue_garantie",
            "propriete_intellectuelle",
            "donnees_personnelles",
            "localisation_hebergement",
        ),
        *("reversibilite", "securite", "clause_sociale", "clause_environnementale"),
    )
)
# … but for what it calls by its name, beside another field that it speaks of from this share on.
_ANOTHER = 0.5
_PLAIN_NAMES = {name: fold(FIELDS[name]) for name in _READ_BY_WORDS_ALONE}
# What a rule read is set aside where its own sentences speak of the field less than this, and another surely does.
DOUBTED, SURER = 0.2, 0.97
_SHORTEST, _LONGEST = 12, 900
# A row of names and figures has three cells; where it tells these, the whole table does.
_CELLS_OF_A_ROW, _IN_TABLES = 2, frozenset(("lieu_execution", "duree_initiale"))
# What is bought is said among the first sentences.
_OBJECT, _FIRST, _NAMED = "objet", 40, ("objet", "marche ")
# The kind of a contract is read in its object from this share on: it tells 0.83 of 325 objects, a hand left out in turn, and 0.97 of these rightly.
SURE_KIND = 0.45


def meant(view: View, told: Mapping[str, Sequence[Span]], read: "Reading") -> dict[str, Fact | None]:
    """The facts that a sentence surely says; None for what a rule read in sentences that speak of something else.

    Args:
        view: the document.
        told: by field, where a rule read it; nowhere: no rule did.
        read: the trained reader of fields.
    """
    sentences = _that_may_say(view, view.sentences)
    wanted = [name for name in told if name in SAYABLE]
    if not sentences or not wanted:
        return {}
    texts = passages(view, sentences)
    shares = read.likely(texts)
    own = {name: [row for row, one in enumerate(sentences) if _holds(one, told[name])] for name in wanted}
    near = {
        name: _likeliest([share[name] for share in shares], _EACH if own[name] else _EACH_UNTOLD)
        for name in wanted
    }
    chosen = sorted({row for name in wanted for row in (*own[name], *near[name])})
    surely = read_surely(view, [sentences[row] for row in chosen], [texts[row] for row in chosen], read)
    subjects = dict(zip(chosen, surely, strict=True))
    found: dict[str, Fact | None] = {}
    for name in wanted:
        speaking = [
            (_speaks(subjects[row], name), row)
            for row in chosen
            if SAYABLE[name](said(view, sentences[row]))
            and (row in near[name] or _speaks(subjects[row], name) >= _SURE_WITHOUT_WORDS)
        ]
        share, row = max(speaking, default=(0.0, -1))
        of_rule = max((subjects[each].fields[name] for each in own[name]), default=0.0)
        if (
            name in _READ_BY_WORDS_ALONE
            and own[name]
            and of_rule < UNSAID
            and not any(_is_named_beside(name, sentences[each].text, subjects[each]) for each in own[name])
        ):
            found[name] = None
        in_form = _least_in(view.piece, name)
        least = max(_SURE_OF.get(name, SURE), in_form)
        if (share < least and (row < 0 or in_form or not _alone(name, subjects[row]))) or (
            told[name] and (not own[name] or of_rule >= DOUBTED or share < SURER or name in BOUNDS)
        ):
            continue
        found[name] = _fact(view, sentences[row], in_table=name in _IN_TABLES)
    return found


def _least_in(piece: str, name: str) -> float:
    """How surely a sentence must speak of a field in a piece of this kind, whatever the field."""
    if piece not in _LESS_SURE:
        return 0.0
    return _SURE_WITHOUT_WORDS if piece == OTHER else _SURE_IN_FORMS.get(name, _SURE_WITHOUT_WORDS)


# What a clause says of its parts, a sentence for each: « P1 est ferme. P2 et P3 varient chaque année. »
_IN_PARTS = ("penalites_retard", "revision_prix", "sous_traitance", "retenue_garantie", "clause_sociale")
# A sentence beside what was found says the rest from this share on.
_SURE_OF_REST, _BESIDE = 0.9, 2


def rest_of(
    view: View, told: Mapping[str, Sequence[Span]], read: "Reading"
) -> dict[str, tuple[Sentence, ...]]:
    """The sentences of the same clause, just before and after what was found, that surely speak of the same field."""
    sentences = _that_may_say(view, view.sentences)
    beside: dict[str, list[Sentence]] = {}
    for name in _IN_PARTS:
        own = [one for one in sentences if _holds(one, told.get(name, ()))]
        beside[name] = [
            one
            for one in sentences
            if own
            and one not in own
            and one.section is own[0].section
            and own[0].index - 1 <= one.index <= own[-1].index + _BESIDE
        ]
    every = list({one.index: one for near in beside.values() for one in near}.values())
    subjects = read_surely(view, every, passages(view, every), read) if every else []
    shares = {one.index: subject.fields for one, subject in zip(every, subjects, strict=True)}
    return {
        name: tuple(one for one in near if shares[one.index][name] >= _SURE_OF_REST)
        for name, near in beside.items()
    }


def object_of(view: View, told: Sequence[Span], read: "Reading") -> Fact | None:
    """What is bought: the first sentence that surely says it, where what rules and cover gave is none of those, or begins in the middle of another."""
    sentences = _that_may_say(view, view.sentences[:_FIRST])
    texts = passages(view, sentences)
    by_words = [share[_OBJECT] for share in read.likely(texts)] if texts else []
    near = sorted(
        {
            *_likeliest(by_words, _EACH_OBJECT),
            *(row for row, one in enumerate(sentences) if _holds(one, told)),
        }
    )
    sentences = [sentences[row] for row in near]
    subjects = read([texts[row] for row in near]) if near else []
    shares = [_speaks(subject, _OBJECT) for subject in subjects]
    first = next(
        (
            one
            for one, share in zip(sentences, shares, strict=True)
            if share >= SURER and not _goes_on_in_capitals(view, one)
        ),
        None,
    )
    kept = first is None or any(
        one.text.lstrip(" |").startswith(_NAMED)
        or (share >= SURE and (one.index <= first.index or not view.words(span)[:1].islower()))
        for span in told
        for one, share in zip(sentences, shares, strict=True)
        if _holds(one, [span])
    )
    return None if first is None or kept else _fact(view, first)


def _that_may_say(view: View, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Those that may say something of this contract: no title, nothing of another contract, no choice that nobody has made."""
    return [
        one
        for one in sentences
        if _SHORTEST <= len(one.text) <= _LONGEST
        and not (one.of_another_contract or one.is_title)
        and not is_left_open(one.span.of(view.document.text))
    ]


def _goes_on_in_capitals(view: View, sentence: Sentence) -> bool:
    """Whether this is a further line of a title in capitals."""
    before = view.sentences[max(0, sentence.index - 1)]
    return all(one.span.of(view.document.text).isupper() for one in (before, sentence))


def _fact(view: View, sentence: Sentence, *, in_table: bool = False) -> Fact:
    """The sentence, or the rows of its table where they are not long."""
    rows = [sentence.span]
    if in_table and sentence.text.strip(" |").count("|") >= _CELLS_OF_A_ROW:
        table = rows_beside(view, view.line_at(sentence.span.start))
        rows = table if sum(map(len, table)) <= _LONGEST else rows
    words = " ; ".join(map(view.row, rows)) if rows[1:] else value_of(view, sentence)
    return Fact(words, tuple(rows))


def _is_named_beside(name: str, folded: str, subject: "Subject") -> bool:
    """Whether a sentence calls a field by its name beside another that it surely speaks of: « pas d'avance, et aucune retenue de garantie »."""
    return _PLAIN_NAMES[name] in folded and subject.fields[subject.field] >= _ANOTHER


def weighed_criteria(view: View, read: "Reading") -> Fact | None:
    """The award criteria with their weights, where lines that surely speak of them follow each other and their weights make a whole."""
    lines = [
        (one, weighed)
        for one in view.sentences
        if len(one.text) <= _LONGEST and (weighed := _weighed(view.words(one.span)))
    ]
    texts = passages(view, [one for one, _ in lines])
    near = [row for row, share in enumerate(read.likely(texts)) if share[_CRITERIA] >= _LIKELY_LINE][
        :_MOST_LINES
    ]
    subjects = read([texts[row] for row in near]) if near else []
    surely = [
        lines[row]
        for row, subject in zip(near, subjects, strict=True)
        if subject.fields[_CRITERIA] >= _SURE_LINE
    ]
    for first in range(len(surely)):
        run = _together(surely[first : first + _MOST_CRITERIA])
        if found := _whole([weighed for _, weighed in run]):
            chosen, count = found
            return _weights(view, [one for one, _ in run[:count]], chosen)
    return None


_CRITERIA = "criteres_attribution"
# « 2 % du bon par jour » is a part of something, not the weight of a criterion.
_WEIGHT = re.compile(
    r"(?<![\d,.(])(\d{1,3}(?:,\d)?)(?: ?(?:%|points?|pts?))?(?![\d,.])(?! ?%? (?:par|du (?!total|bareme)|de la (?!note|ponderation))\b)"
)
_WHOLE, _FEWEST_CRITERIA, _MOST_CRITERIA = 100, 2, 8
# Lines of criteria stand within so many sentences of each other, and each speaks of them from this share on.
_APART, _SURE_LINE = 3, 0.5
_MOST_LINES, _MOST_NUMBERS, _LONGEST_NAME = 60, 6, 160
# A line of criteria is short: its words make it less likely than a sentence.
_LIKELY_LINE = 0.008
# What opens a line, and what ends the name of its criterion.
_NUMBERED = re.compile(
    r"^\W*(?:\w{1,2}[ .)°/–-]{1,4}(?=[^\W\d]))?(?:[Cc]rit[eè]res?(?: d'attribution)? ?:)?\s*"
)
_NAME_ENDS = re.compile(r" [|–] | : ")
Weighed = tuple[tuple[str, float], ...]


def _together(lines: Sequence[tuple[Sentence, Weighed]]) -> Sequence[tuple[Sentence, Weighed]]:
    """The first of some lines, as far as each stands near the one before."""
    apart = (
        place
        for place, ((one, _), (later, _)) in enumerate(pairwise(lines), start=1)
        if later.index - one.index > _APART
    )
    return lines[: next(apart, len(lines))]


def _weighed(words: str) -> Weighed:
    """A line's numbers that may be weights, each after what it may be the weight of; more than one criterion where it has semicolons."""
    own = _NUMBERED.sub("", words)
    return tuple(
        (_NAME_ENDS.split(name)[0][:_LONGEST_NAME], float(found[1].replace(",", ".")))
        for part in own.split(" ; ")
        for found in list(_WEIGHT.finditer(part))[:_MOST_NUMBERS]
        if float(found[1].replace(",", ".")) < _WHOLE
        and any(map(str.isalpha, name := part[: found.start()].strip(" :|–-(")))
    )


def _whole(lines: Sequence[Weighed]) -> tuple[Weighed, int] | None:
    """The criteria that make a hundred, all those of the first line or one of each line from the first on, and of how many lines.

    Of several choices, the one whose numbers stand first. Each sum is kept once: a table of small numbers has millions of choices.
    """
    if len(lines[0]) >= _FEWEST_CRITERIA and sum(weight for _, weight in lines[0]) == _WHOLE:
        return lines[0], 1
    sums: dict[float, Weighed] = {0.0: ()}
    for count, line in enumerate(lines, start=1):
        longer: dict[float, Weighed] = {}
        for total, chosen in sums.items():
            for criterion in line:
                if total + criterion[1] <= _WHOLE:
                    longer.setdefault(total + criterion[1], (*chosen, criterion))
        sums = longer
        if count >= _FEWEST_CRITERIA and _WHOLE in sums:
            return sums[_WHOLE], count
    return None


def _weights(view: View, lines: Sequence[Sentence], chosen: Weighed) -> Fact:
    unit = " %" if any("%" in one.text for one in lines) else " points"
    items = tuple((("critere", name), ("ponderation", f"{weight:g}{unit}")) for name, weight in chosen)
    return Fact(items, tuple(one.span for one in lines))


def _speaks(subject: "Subject", name: str) -> float:
    """How surely a sentence speaks of a field, alone or beside others."""
    share = subject.fields[name]
    return 1 - subject.none if share >= _PART else share


def kind_of(view: View, bought: Sequence[Span], read: "Reading") -> Fact | None:
    """Works, services or supplies, by the words of the object of the contract; None where they do not tell."""
    shares = read.kinds(" ".join(view.words(span) for span in bought)) if bought else {}
    kind = max(shares, key=lambda name: shares[name], default="")
    return Fact(kind, tuple(bought), (kind,)) if shares and shares[kind] >= SURE_KIND else None


def _holds(sentence: Sentence, spans: Sequence[Span]) -> bool:
    return any(sentence.span.overlaps(span) for span in spans)


def _alone(name: str, subject: "Subject") -> bool:
    """Whether a sentence speaks of a field that is hardly taken for others, and of no other."""
    second, first = sorted(subject.fields.values())[-2:]
    return name in _TAKEN_ALONE and subject.fields[name] == first >= max(_ALONE, _TIMES * second)


def _likeliest(shares: Sequence[float], count: int) -> list[int]:
    order = sorted(range(len(shares)), key=lambda row: -shares[row])
    return [row for row in order[:count] if shares[row] >= _LIKELY]
