"""What the trained reader finds in a document: read by extracts of a few sentences, the fault put on the sentence that holds it.

The reader says whether an extract holds a fault, or obliges to nothing, and which rule that would be. Where no rule is near, the finding says so and shows the
likeliest two: a person decides.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import sentences
from assistant.datatypes import FindingSeverity, Span
from assistant.reader.clauses import LEAST_NAMED, Judgement, as_read
from assistant.review import absences, contradictions, whether
from assistant.review.pattern import Caught
from assistant.review.rules import rules
from assistant.review.text import Text

Judge = Callable[[Sequence[str]], Sequence[Judgement]]
"""The judgement of each extract, written as ``reader.clauses.as_read`` writes it."""

# An extract ends with the sentence that brings it to this length: those that were learned from have some 30 to 100 words.
EXTRACT_CHARACTERS = 320
# How much of the sentence that introduces a list is read before an item that begins an extract.
_LEAD_CHARACTERS = 160
# A text of so many extracts at most is a draft, whose author wants to hear of every doubt; in a whole piece nearly every sentence is innocent.
DRAFT_EXTRACTS = 6
# The least probability at which a fault is told: of a draft, of a piece. Fitted on whole pieces and on extracts (`docs/decisions.md`).
LEAST_OF_DRAFT, LEAST_OF_PIECE = 0.5, 0.9
# Of an extract of so few words the network alone is heard: words were learned from longer ones, and say a bare sentence lawful (« Le candidat doit répondre à
# tous les lots. »).
SHORT = 13
# A sentence holds the fault of its extract from this probability on.
LEAST_OF_SENTENCE = 0.5
# Below this share of its class no rule is near enough to be named: none of the eight that had less on the witnesses was right (`docs/decisions.md`).
LEAST_RULE = 0.5
# What the sentence that holds a fault weighs beside its extract in the choice of its rule, the extract weighing 1.
SENTENCE_WEIGHT = 0.5
# The least that a sentence says: shorter ones are marks of lists and titles.
_SAYS_CHARACTERS = 20
# What Markdown marks titles and bold words with.
_MARKS = re.compile(r"^#+ +|\*\*", re.MULTILINE)
# Small documents are read together until they have so many extracts.
TOGETHER = 128
# No extract holds two passages that contradict one another.
_CONTRADICTIONS = frozenset(contradictions.DETECTORS) | frozenset(contradictions.ACROSS)
# The rules of what is only to be looked at.
TO_CHECK, EFFECT_TO_CHECK = "faute-possible", "effet-a-verifier"


@dataclass(frozen=True, slots=True)
class Extract:
    """A few sentences read together: their spans, the first of them ``titles``, and the words that are read before them (a title, what introduces a list)."""

    parts: tuple[Span, ...]
    lead: str
    titles: int = 0

    @property
    def span(self) -> Span:
        """From the first sentence to the last."""
        return Span(self.parts[0].start, self.parts[-1].end)

    @property
    def body(self) -> Span:
        """The same, without its titles: above one sentence of a draft they hide what it says."""
        return Span(self.parts[min(self.titles, len(self.parts) - 1)].start, self.parts[-1].end)


def faults_read(
    texts: Iterable[Text], judge: Judge, *, draft: bool = False
) -> Iterator[list[tuple[str, Caught]]]:
    """The faults that the reader finds in each text, each with the id of its rule, in text order.

    What facts settle is left to them: in a whole piece what is absent is not told, and no fault is named a contradiction. Extracts are judged many at once: one
    alone costs the network as much as ten.

    Args:
        texts: the documents.
        judge: the trained reader.
        draft: whose author wants to hear of every doubt, however long it is.
    """
    group: list[tuple[Text, list[Extract]]] = []
    for text in texts:
        group.append((text, list(extracts(text))))
        if sum(len(parts) for _, parts in group) >= TOGETHER:
            yield from _faults(group, judge, draft)
            group = []
    yield from _faults(group, judge, draft)


def _faults(
    group: Sequence[tuple[Text, list[Extract]]], judge: Judge, draft: bool
) -> Iterator[list[tuple[str, Caught]]]:
    """The faults of each text, whose extracts are given."""
    judged = iter(
        judge(
            [
                words_for_reader(text, part.lead, part.body if _is_draft(parts, draft) else part.span)
                for text, parts in group
                for part in parts
            ]
        )
    )
    suspect = [(text, list(_suspect(text, parts, judged, draft))) for text, parts in group]
    alone = iter(
        judge(
            [
                words_for_reader(text, extract.lead, part)
                for text, pairs in suspect
                for extract, _, _ in pairs
                if len(extract.parts) > 1
                for part in extract.parts
            ]
        )
    )
    for _, pairs in suspect:
        told = (_told(extract, judgement, alone, heard) for extract, judgement, heard in pairs)
        yield [_with_its_rule(*one) for one in told if one]


def _is_draft(parts: Sequence[Extract], draft: bool) -> bool:
    return draft or len(parts) <= DRAFT_EXTRACTS


def _suspect(
    text: Text, parts: Sequence[Extract], judged: Iterator[Judgement], draft: bool
) -> Iterator[tuple[Extract, Judgement, bool]]:
    """The extracts that may hold a fault to be told, of those whose judgements come next, and whether their words are heard beside the network."""
    of_draft = _is_draft(parts, draft)
    absent = frozenset(absences.DETECTORS) if text.is_whole else frozenset[str]()
    for extract, judgement in zip(parts, judged, strict=False):
        heard = of_draft and len(extract.body.of(text.folded).split()) > SHORT
        least = LEAST_NAMED if heard else LEAST_OF_DRAFT if of_draft else LEAST_OF_PIECE
        if judgement.fault >= least and judgement.rule not in absent:
            yield extract, judgement, heard


def extracts(text: Text) -> Iterator[Extract]:
    """The extracts of a document, in text order: titles begin one, a few sentences end one; a title alone is none."""
    document = text.document
    passed = sorted((*text.contents, *text.made_from), key=lambda span: span.start)
    titles = [heading.span for heading in document.headings]
    parts: list[Span] = []
    titles_of = 0
    title = lead = ""
    said = begun = False  # whether the extract says more than its titles, and whether one was given before
    for span in sentences.split(document.text):
        is_passed = _overlapping(passed, span) is not None
        heading = None if (at := _overlapping(titles, span)) is None else document.headings[at]
        if said and (
            is_passed or heading is not None or parts[-1].end - parts[0].start >= EXTRACT_CHARACTERS
        ):
            yield Extract(tuple(parts), lead, titles_of)
            before = parts[-1].of(document.text)
            lead = before[-_LEAD_CHARACTERS:] if before.endswith(":") else title
            parts, titles_of, said, begun = [], 0, False, True
        if is_passed:
            continue
        if heading is not None:
            title, lead = heading.title, ""
        says = heading is None and len(span) >= _SAYS_CHARACTERS
        titles_of += not says and titles_of == len(parts) and not span.of(document.text).endswith(".")
        parts.append(span)
        said = said or says
    if parts and (said or not begun):
        yield Extract(tuple(parts), lead, titles_of)


def _overlapping(ordered: Sequence[Span], span: Span) -> int | None:
    """The place in ``ordered`` (in text order, apart from one another) of the first that overlaps ``span``."""
    at = bisect_right(ordered, span.start, key=lambda span: span.end)
    return at if at < len(ordered) and ordered[at].overlaps(span) else None


def words_for_reader(text: Text, lead: str, span: Span) -> str:
    """A part of a document as the reader reads it: after the kind of its piece and what introduces it."""
    return as_read(piece_of(text), words_of(text, lead, span))


def piece_of(text: Text) -> str:
    """The kind of piece that is told to the reader; empty where it is not known."""
    return "" if text.piece == "autre" else text.piece


def words_of(text: Text, lead: str, span: Span) -> str:
    """The words of a part of a document, without marks of Markdown, after what introduces it."""
    words = _MARKS.sub("", span.of(text.document.text))
    return f"{lead}\n{words}" if lead else words


def _told(
    extract: Extract, judgement: Judgement, alone: Iterator[Judgement], heard: bool
) -> tuple[Span, Judgement] | None:
    """Where the fault of an extract stands and its judgement, by the rules of both extract and sentence; None where a draft has none after all.

    Args:
        extract: the extract.
        judgement: of it.
        alone: the judgements of its sentences, if it has several, come next.
        heard: whether its words are heard beside the network.
    """
    several = len(extract.parts) > 1
    sentences_alone = [next(alone) for _ in extract.parts] if several else [judgement]
    part, sentence = closest(extract, sentences_alone)
    if heard:
        judgement = whether.together(judgement, sentence)
        if judgement.fault < LEAST_OF_DRAFT:
            return None
    if not several or sentence.fault < LEAST_OF_SENTENCE:
        return extract.span, judgement
    rules_of_both = _by_both(judgement.rules, sentence.rules)
    return _with_its_like(extract, part, sentences_alone), replace(judgement, rules=rules_of_both)


def _with_its_like(extract: Extract, part: Span, alone: Sequence[Judgement]) -> Span:
    """The sentence of a fault with those next to it that hold one as well: a fault is often told in two, what is asked and what follows."""
    first = last = extract.parts.index(part)
    while first and alone[first - 1].fault >= LEAST_OF_SENTENCE:
        first -= 1
    while last + 1 < len(alone) and alone[last + 1].fault >= LEAST_OF_SENTENCE:
        last += 1
    return Span(extract.parts[first].start, extract.parts[last].end)


def closest(extract: Extract, alone: Sequence[Judgement]) -> tuple[Span, Judgement]:
    """The sentence of an extract that is likeliest to hold its fault, by the judgements of its sentences."""
    return max(zip(extract.parts, alone, strict=True), key=lambda pair: pair[1].fault)


def _by_both(extract: Mapping[str, float], sentence: Mapping[str, float]) -> dict[str, float]:
    """The shares of rules that an extract and its faulty sentence make together: what the other sentences are about counts less, what they explain stays."""
    product = {name: share * sentence[name] ** SENTENCE_WEIGHT for name, share in extract.items()}
    total = sum(product.values()) or 1.0
    return {name: share / total for name, share in product.items()}


def _with_its_rule(span: Span, judgement: Judgement) -> tuple[str, Caught]:
    table = rules()
    unlawful = judgement.unlawful >= judgement.toothless
    own = {
        name: share
        for name, share in judgement.rules.items()
        if (table[name].severity is not FindingSeverity.ADVICE) == unlawful and name not in _CONTRADICTIONS
    }
    order = sorted(own, key=lambda name: -own[name])
    if own[order[0]] >= LEAST_RULE * sum(own.values()):
        return order[0], Caught(span)
    nearest = " ; ou : ".join(f"« {table[name].title} »" for name in order[:2])
    return (TO_CHECK if unlawful else EFFECT_TO_CHECK), Caught(
        span, f"Les règles les plus proches : {nearest}."
    )
