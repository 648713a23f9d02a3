"""The buyer's own documents: whether a question is about them, and the passages of theirs that come nearest, with their pages."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from assistant import sentences
from assistant.answering import words as families
from assistant.answering.evidence import is_contents
from assistant.answering.quoting import paragraphs, quote
from assistant.datatypes import Claim, Hit, Source, Span
from assistant.export import french_pages
from assistant.french.folding import fold_words
from assistant.grounding import gives_orders
from assistant.lines import one_line

# Passages quoted; a fourth was of no more use than what a search lists.
MOST_PASSAGES = 3
# A passage longer than this is cut to the paragraphs nearest to what is asked.
WHOLE_CHARACTERS = 900
# Share of the words of a document's title, by their rarity, that a question must say to name it.
NAMED_SHARE = 0.5
# « notre CCAP », « le marché de gardiennage », « le RC prévoit-il » speak of a document at hand; « un marché », « les marchés » of the law.
_KINDS = families.family("documents.kinds")
_OURS = re.compile(rf"\b{families.family('documents.ours')} (?:\w+ )?{_KINDS}\b")
_ONE_OF_OURS = re.compile(rf"\b(?:{families.family('documents.ours')} (?:\w+ )?{_KINDS}|{families.family('documents.the')} ?{_KINDS})\b")


def called_ones_own(question: str) -> bool:
    """Whether a question calls a document its own: « notre CCAP », « ce marché »."""
    return bool(_OURS.search(fold_words(question)))


def about_documents(question: str) -> bool:
    """Whether a question speaks of a document at hand."""
    return bool(_ONE_OF_OURS.search(fold_words(question)))


def named(question: str, sources: Iterable[Source], words: Callable[[str], Sequence[str]], rarity: Callable[[str], float]) -> tuple[Source, ...]:
    """The documents that a question names, loosely: by enough of the words of their titles or files, the best named first."""
    asked = {word for word in words(question) if word.isalpha() and len(word) > 2}
    found: list[tuple[float, Source]] = []
    for source in sources:
        title = {
            word: rarity(word) for word in words(f"{source.title} {source.origin.rpartition('/')[2].rpartition('.')[0]}") if word.isalpha() and len(word) > 2
        }
        total = sum(title.values())
        said = sum(weight for word, weight in title.items() if word in asked)
        if total and said / total >= NAMED_SHARE:
            found.append((said / total, source))
    return tuple(source for _, source in sorted(found, key=lambda pair: -pair[0]))


def claims(question: str, hits: Sequence[Hit], words: Callable[[str], Sequence[str]], rarity: Callable[[str], float]) -> tuple[Claim, ...]:
    """The passages, each as exact words with where they stand."""
    kept = [hit for hit in hits if not is_contents(hit.passage.text)][:MOST_PASSAGES]
    made = (_claim(question, hit, f"S{number}", words, rarity) for number, hit in enumerate(kept, 1))
    return tuple(claim for claim in made if claim.quotes[0].text)


def _claim(question: str, hit: Hit, marker: str, words: Callable[[str], Sequence[str]], rarity: Callable[[str], float]) -> Claim:
    passage = hit.passage
    quoted = quote(hit, _without_orders(_nearest(question, passage.text, words, rarity), passage.text), marker)
    where = ", ".join(part for part in (hit.source.title, *passage.headings[-1:], french_pages(passage.pages)) if part)
    return Claim(f"{where} : « {one_line(quoted.text)} »", (quoted,))


def _nearest(question: str, text: str, words: Callable[[str], Sequence[str]], rarity: Callable[[str], float]) -> Span:
    cut = [span for span in paragraphs(text) if not is_contents(span.of(text))]
    if not cut:
        return Span(0, len(text))
    if cut[-1].end - cut[0].start <= WHOLE_CHARACTERS:
        return Span(cut[0].start, cut[-1].end)
    asked = {word: rarity(word) for word in words(question)}
    best = max(range(len(cut)), key=lambda place: sum(asked.get(word, 0.0) for word in set(words(cut[place].of(text)))))
    last = best
    while last + 1 < len(cut) and cut[last + 1].end - cut[best].start <= WHOLE_CHARACTERS:
        last += 1
    return Span(cut[best].start, cut[last].end)


def _without_orders(span: Span, text: str) -> Span:
    """The part of ``span`` that orders nothing to an assistant: its longest run of sentences that do not."""
    cut = [Span(span.start + one.start, span.start + one.end) for one in sentences.split(span.of(text))]
    if not any(gives_orders(one.of(text)) for one in cut):
        return span
    runs = [list(run) for ordering, run in groupby(cut, key=lambda one: gives_orders(one.of(text))) if not ordering]
    longest = max(runs, key=lambda run: run[-1].end - run[0].start, default=[Span(span.start, span.start)])
    return Span(longest[0].start, longest[-1].end)
