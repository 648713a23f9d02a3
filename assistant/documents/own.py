"""Answers from the buyer's own documents: the sentences that answer, each with its page, or that the document does not say; and lists over all of them."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from assistant import sentences
from assistant.datatypes import Claim, Hit, Kind, Quote, Row, Rows, Source, Span
from assistant.documents import choice, ending, enumeration, facets, holding, naming, words
from assistant.documents import listing as lists
from assistant.documents.candidates import candidates
from assistant.documents.changes import Read
from assistant.documents.choice import Signs
from assistant.documents.consultations import Consultation
from assistant.documents.contracts import Contract, Contracts
from assistant.documents.due import Due, due, with_confirmed
from assistant.documents.ending import Ending
from assistant.documents.facets import Facet
from assistant.documents.holders import first_holder
from assistant.documents.listing import Listing
from assistant.documents.naming import Names
from assistant.documents.proper import ProperNames
from assistant.documents.shelf import Shelf
from assistant.documents.targets import Uncertain
from assistant.documents.values import Candidate, Known, quoted
from assistant.export import counted, french_pages
from assistant.french.folding import fold, fold_words, words_of
from assistant.index.search import Searcher
from assistant.lines import one_line
from assistant.orders import gives_orders
from assistant.protocols import OnProgress, TokenEmbeddingModel, silent
from assistant.reach import EVERYWHERE, Reach
from assistant.reader import fields
from assistant.reader.fields import Scope, Subject
from assistant.reader.together import Together
from assistant.summaries.fields.summary import FIELDS, Extract, Field, extract, shown

_KINDS = (Kind.FRAMEWORK, Kind.TENDER)
# Passages looked into for one answer, and for what a list asks of every document.
_PASSAGES, _PASSAGES_ELSEWHERE, _PASSAGES_OF_A_LIST = 40, 15, 300
# Of each document in a list, the passages looked into and the sentences compared.
_PASSAGES_OF_A_DOCUMENT, _SENTENCES_OF_A_DOCUMENT = 2, 4
# A market is looked into first from this share of the best named.
_NAMED = 0.35
# What a market is named keeps this share of it, where another is named by a proper name: of 74 such questions by four hands it is the right one for 73.
_NOT_BY_NAME = 0.5
# … and is one of those compared from this share on.
_COMPARED = 0.7
# Claims shown; a second is shown from this share of the probability of the first.
MOST_CLAIMS, _NEARLY = 3, 0.42
# What a document counts that is compared with another and that nothing in the question names, beside 1 for one that is.
_LEAST_MEANT = 0.3
# Of the likeliest candidates, so many are looked at for what may be shown.
_LOOKED_AT = 20
# Where a field is asked for with this share and one of so many likeliest sentences is where its value was read, the documents say; that one is shown first
# where the question is of so few words: longer ones ask for more than the value.
_PLAINLY, _READ_AMONG, _PLAIN_WORDS = 0.7, 3, 9
# Below this probability, the documents do not say: of 475 questions by five hands, from whom what is read together was not learned, 0.67 of what they do not
# say is refused, and 0.078 of what they do (from 0.5: 0.54 and 0.054; from 0.7: 0.76 and 0.127).
SAYS = 0.6
# The same where nothing is read together with the question: hardly anything is below it.
SAYS_UNREAD = 0.27
# Extracts of a field that are quoted.
_MOST_EXTRACTS = 4
# What documents make is kept for so many sets of them, and what the reader sees in so many questions.
_KEPT, _SUBJECTS_KEPT = 32, 64
# Documents named where none of them says.
_MOST_NAMED = 5
# A sentence speaks of what a list asks for from this probability on.
_SAYS_IN_A_LIST = 0.39
# A sentence that only the words before connect with a field is of it from this share on: of nine such in the lists of five hands, the six that were of another
# field had 0.01 at most.
_OF_FIELD = 0.1
# A list is asked of documents from this probability on, or from the second where no sheet of the law answers (0 to 4 % of 225 questions of law are taken for
# such a one); one that is asked within documents is about the law from the third share on.
_ABOUT_DOCUMENTS, _PERHAPS_DOCUMENTS, _SURELY_LAW = 0.7, 0.4, 0.999
# Below this probability nothing is looked for in documents where a sheet of the law answers.
_SURELY_NOT = 0.15
# Examples that came with the program, alone at hand, answer no question that does not plainly name one: three of sixty questions of law were answered by their
# clauses (« un accord-cadre de prestations informatiques », « logiciel, hébergement et formation »).
_EXAMPLES = 2.0
# … and none that is not surely about one document.
_OF_ONE = 0.5
# A question that speaks of many is a list from this share of the trained reader on; one that does not, where it names no market as clearly as this: 14 of 75
# lists by three hands name one less clearly, by words that its object has too (« révision des prix »).
_PERHAPS_MANY, _CLEARLY_NAMED = 0.1, 2.8
# … and whatever it names where the reader is so sure: of 475 questions of five hands that ask no list, one is read so and names one.
_SURELY_MANY = 0.98
# … and both its words and the reader say so from this share on, be it of a value that is in force: « de tous nos dossiers, lequel finit le dernier ? ».
_PLAINLY_MANY = 0.9


@dataclass(frozen=True, slots=True)
class Found:
    """What the documents say: claims, best first, none where they do not say; the passages looked into and the documents they are of.

    ``probability``: that they answer.
    ``in_force``: the claims say what holds on the day, amendments counted; ``doubts``: amendments that could not be counted.
    """

    claims: tuple[Claim, ...]
    hits: tuple[Hit, ...]
    documents: tuple[Known, ...]
    nearest: Claim | None
    probability: float = 0.0
    in_force: bool = False
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concern:
    """How a question is about documents: one or a few, or ``many``; ``sure``: « le document ne le dit pas » is an answer to it.

    ``score``: how far its words alone say so, where it is not sure (see ``about``).
    """

    subject: Subject | None
    many: bool
    sure: bool
    score: float = 0.0

    @property
    def by_its_words(self) -> bool:
        """Whether the words alone say that a question is about documents."""
        return self.sure or _logistic(self.score) >= _ABOUT_DOCUMENTS


_Key = tuple[int, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class _AtHand:
    """Some documents and what they make, computed once."""

    known: tuple[Known, ...]
    contracts: tuple[Contract, ...]
    uncertain: tuple[Uncertain, ...]
    markets: tuple[Consultation, ...]
    names: Names
    proper: Callable[[], ProperNames]

    def likely(self, question: str) -> dict[str, float]:
        """What a question says of each document's market: 1 for those of a proper name that it says and few documents hold, half as much for the others."""
        shares = self.names.likely(question)
        return self._by_name(question, shares) or shares

    def named(self, question: str) -> dict[str, float]:
        """The same by the words that name markets alone."""
        shares = self.names.named(question)
        return self._by_name(question, shares) or shares

    def compared(self, question: str) -> dict[str, float]:
        """The same by all words and names, none of which counts less for another."""
        return self.names.likely(question) | {
            id_: share for id_, share in self._by_name(question, {}).items() if share
        }

    def _by_name(self, question: str, shares: Mapping[str, float]) -> dict[str, float]:
        holders = self.proper().holders(question)
        meant = [one for one in self.markets if holders & _ids(one)]
        if not meant:
            return {}
        others = {id_: share * _NOT_BY_NAME for id_, share in shares.items()}
        return others | {id_: 1.0 for one in meant for id_ in _ids(one)}

    def within(self, named: Mapping[str, float]) -> tuple[Known, ...]:
        """The documents that are looked into first: those named, or all of them."""
        return tuple(one for one in self.known if not named or named.get(one.source.id, 0.0) >= _NAMED)


class OwnDocuments:
    """Finds and lists.

    Args:
        shelf: the documents with their summaries.
        searcher: finds their passages.
        embedding: compares sentences.
        read: what the trained reader of fields sees in texts; None: the signs without it.
        together: what reads a question and a sentence together; None: the signs without it.
    """

    def __init__(
        self,
        shelf: Shelf,
        searcher: Searcher,
        embedding: TokenEmbeddingModel,
        read: Read | None,
        together: Together | None = None,
    ) -> None:
        self._shelf, self._searcher, self._embedding, self._read = shelf, searcher, embedding, read
        self.signs = Signs(
            searcher.words, searcher.rarity, embedding.embed_passages, embedding.token_vectors, read, together
        )
        self._combination = choice.known(read is not None, together is not None)
        self._contracts = Contracts(shelf.document, read)
        self._made: dict[_Key, _AtHand] = {}
        self._subject = lru_cache(_SUBJECTS_KEPT)(self._read_subject)

    def sources(
        self, collections: Reach, files: Sequence[str], *, examples: bool = True
    ) -> tuple[Source, ...]:
        """The documents that a question may be about; a list is of the buyer's own, without the ``examples`` that came with the program."""
        return self._shelf.sources(collections, files, examples=examples)

    def meant(self, question: str, sources: Sequence[Source]) -> tuple[Source, ...]:
        """Those of the buyer; and of the examples that came with the program those that a question names, where it names none of the buyer's."""
        if not any(map(self._shelf.is_example, sources)):
            return tuple(sources)
        named = self._at_hand(sources).names.named(question)
        if any(named.get(one.id, 0.0) >= _NAMED for one in sources if not self._shelf.is_example(one)):
            named = {}  # one of the buyer's is meant
        return tuple(
            one for one in sources if not self._shelf.is_example(one) or named.get(one.id, 0.0) >= _NAMED
        )

    def concern(
        self,
        question: str,
        sources: Sequence[Source],
        scoped: bool,
        sheet: float,
        *,
        whether: bool = False,
    ) -> Concern | None:
        """How a question is about documents; None where it is about the law.

        Args:
            question: as typed.
            sources: the documents at hand.
            scoped: these were chosen by who asks.
            sheet: the probability of the sheet of the law that would answer or refuse it; 0 where none would.
            whether: it asks leave, and no document that came with the program gives any: « on veut écrire au CCAP que … : j'ai le droit ? ».
        """
        are_examples = all(map(self._shelf.is_example, sources))
        best = self._at_hand(sources).names.best(question)
        if are_examples and not scoped and (whether or best < _EXAMPLES):
            return None
        subject = self.subject(question)
        if subject is None:
            return Concern(None, False, True) if scoped or best >= naming.LEAST else None
        folded, scope = fold_words(question), subject.scope
        surely = words.pattern("listing.surely_many").search(folded) is not None
        plural = surely or (
            words.pattern("listing.many").search(folded) is not None and scope.many >= _PERHAPS_MANY
        )
        many = plural or (
            scope.many > max(scope.document, scope.law, _SURELY_MANY * (best >= _CLEARLY_NAMED))
        )
        is_sure = surely and scope.many >= _PLAINLY_MANY
        one = holding.names_one(question, best >= naming.LEAST) and not is_sure
        many = many and not (one or self._is_one(sources))
        if scoped:
            return None if scope.law > _SURELY_LAW and not surely else Concern(subject, many, True)
        if are_examples and scope.document < _OF_ONE:
            return None  # « combien de demandes au titre du Cloud Act ? » is not asked of an agreement that nobody has
        score = _words_score(best, plural, scope, sheet)
        words_alone = _logistic(score)
        if many:
            least = _ABOUT_DOCUMENTS if sheet else _PERHAPS_DOCUMENTS
            return Concern(subject, True, False, score) if words_alone >= least else None
        return None if sheet and words_alone < _SURELY_NOT else Concern(subject, False, False, score)

    def subject(self, question: str) -> Subject | None:
        """What the trained reader sees in a question; None without it."""
        return self._subject(question)

    def _read_subject(self, question: str) -> Subject | None:
        asked = fields.question(words.without_asides(question))
        return self._read([asked])[0] if self._read is not None else None

    def markets(
        self, sources: Sequence[Source], on_progress: OnProgress = silent
    ) -> tuple[Consultation, ...]:
        """The markets that documents make, their amendments among their pieces; then each amendment of which it cannot be told what it changes."""
        return self._at_hand(sources, on_progress).markets

    def contracts(
        self, sources: Sequence[Source], on_progress: OnProgress = silent
    ) -> tuple[tuple[Contract, ...], tuple[Uncertain, ...]]:
        """The markets with what their amendments change, and the amendments that are joined to none."""
        found = self._at_hand(sources, on_progress)
        return found.contracts, found.uncertain

    def _at_hand(self, sources: Sequence[Source], on_progress: OnProgress = silent) -> "_AtHand":
        """What those documents make. Several are kept: a question looks at all of them, a list at the buyer's own, a grid at each market."""
        known = self._shelf.known(sources, on_progress)
        key = (self._searcher.generation, tuple((one.source.id, one.chosen) for one in known))
        found = self._made.get(key)
        if found is None:
            found = self._made_of(known)
            kept = {one: made for one, made in list(self._made.items())[-_KEPT:] if one[0] == key[0]}
            self._made = kept | {key: found}  # another thread may have put its own there meanwhile
        return found

    def _made_of(self, known: tuple[Known, ...]) -> "_AtHand":
        contracts, uncertain = self._contracts.of(known)
        markets = (*(one.whole for one in contracts), *map(_alone, uncertain))
        return _AtHand(
            known,
            contracts,
            uncertain,
            markets,
            Names(
                markets,
                self._searcher.words,
                self._searcher.rarity,
                lambda piece: self._searcher.document(piece.source.id).text,
            ),
            # Every document is read for them: not before a question is asked of documents.
            cache(
                lambda: ProperNames(
                    {one.source.id: self._searcher.document(one.source.id).text for one in known}
                )
            ),
        )

    def doubts(self, sources: Sequence[Source]) -> tuple[str, ...]:
        """What a reader is told of the amendments that are counted nowhere."""
        return tuple(map(holding.doubt, self.contracts(sources)[1]))

    def due(
        self, sources: Sequence[Source], today: date, on_progress: OnProgress = silent
    ) -> tuple[Due, ...]:
        """What falls due of the contracts that documents make, with what a person confirmed; by day, those without one last."""
        kept = self._shelf.confirmed()
        every = (
            found
            for contract in self.contracts(sources, on_progress)[0]
            for found in due(self._contracts.with_terms(contract), self._shelf.document, today)
        )
        return tuple(
            sorted(
                (with_confirmed(one, kept.get(one.id, "")) for one in every),
                key=lambda one: (one.falls is None, one.falls or date.max, one.market),
            )
        )

    def ends(self, contract: Contract, today: date) -> tuple[Due, ...]:
        """When a contract ends, with what a person confirmed."""
        kept = self._shelf.confirmed()
        found = due(self._contracts.with_terms(contract), self._shelf.document, today)
        return tuple(with_confirmed(one, kept.get(one.id, "")) for one in found if one.kind == "fin")

    def _is_one(self, sources: Sequence[Source]) -> bool:
        """Whether there is one market at hand: a question about all of them is about this one."""
        return len(self.contracts(sources)[0]) == 1

    # ---- one document or a few ------------------------------------------------------------------------------------------------------

    def found(
        self, question: str, sources: Sequence[Source], subject: Subject | None, day: date, collections: Reach
    ) -> Found:
        """What the documents that a question names say, or all of those documents where it names none."""
        at_hand = self._at_hand(sources)
        within = at_hand.within(at_hand.named(question))
        kept, signs = self.weighed(question, sources, subject, day, collections)
        # A sentence that gives orders is not shown, and does not make its document say anything.
        rows = [row for row, one in enumerate(kept) if not gives_orders(one.text)]
        kept, signs = [kept[row] for row in rows], signs[rows]
        likely = self._likely(kept, signs)
        ids = self._meant_by(question, at_hand, within, likely)
        if (held := self._held(question, sources, subject, day, ids)) is not None:
            return replace(held, documents=within)
        if not likely:
            return Found((), (), within, None)
        answers = self._combination.answers(signs)
        likely, valued = _value_first(question, subject, likely, at_hand.likely(question))
        compared = at_hand.compared(question)
        compares = _compares(question)
        if compares:
            likely = _each_document_first(likely, compared)
        shown = self._shown(likely, at_hand.markets, compared)
        claims = [self._claim(one, subject, place) for place, one in enumerate(shown, 1)]
        if (
            not compares
            and words.pattern("several.asked").search(fold_words(question))
            and (whole := self._together(likely))
        ):
            first, spans = whole
            others = (
                claim
                for one, claim in zip(shown, claims, strict=True)
                if one.known.source.id != first.known.source.id or not any(map(one.span.overlaps, spans))
            )
            claims = [self._of_several(first, spans), *others][:MOST_CLAIMS]
        hits = tuple(dict.fromkeys(one.hit for one, _ in likely))
        says = valued or answers >= least_to_say(self._combination)
        return Found(tuple(claims) if says else (), hits, within, claims[0], answers)

    def weighed(
        self, question: str, sources: Sequence[Source], subject: Subject | None, day: date, collections: Reach
    ) -> tuple[list[Candidate], NDArray[np.float64]]:
        """The candidates for an answer and their signs (see ``choice.Signs``)."""
        at_hand = self._at_hand(sources)
        named = at_hand.likely(question)
        within = at_hand.within(named)
        hits = self._search(question, within, _PASSAGES, day, collections)
        if named:  # a market may be meant by words that none of its covers says
            looked_into = {one.source.id for one in within}
            others = tuple(one for one in at_hand.known if one.source.id not in looked_into)
            hits += self._search(question, others, _PASSAGES_ELSEWHERE, day, collections)
        return self._signed(question, hits, subject, at_hand, named)

    def _meant_by(
        self,
        question: str,
        at_hand: _AtHand,
        within: tuple[Known, ...],
        likely: Sequence[tuple[Candidate, float]],
    ) -> frozenset[str]:
        """The documents whose amendments count: those clearly named, or those of them that are of the market of the likeliest sentence, if there is one."""
        named = frozenset(one.source.id for one in within)
        if not likely or at_hand.names.best(question) >= _CLEARLY_NAMED:
            return named
        first = likely[0][0].known.source.id
        return named & next((ids for ids in map(_ids, at_hand.markets) if first in ids), frozenset({first}))

    def _held(
        self,
        question: str,
        sources: Sequence[Source],
        subject: Subject | None,
        day: date,
        ids: frozenset[str],
    ) -> Found | None:
        """What holds on the day of the contracts that a question is about, where amendments change what it asks for."""
        asked = holding.wanted(question, subject)
        concerned = [
            one
            for one in self.contracts(sources)[0]
            if any(piece.source.id in ids for piece in one.whole.pieces)
        ]
        if asked is None or not concerned or (_compares(question) and asked.last is None):
            return None
        claims = holding.claims(asked, concerned, day, self._searcher.passage_at)
        if not claims or (
            len(concerned) > MOST_CLAIMS
            and len({claim.quotes[0].source.id for claim in claims if claim.quotes}) > MOST_CLAIMS
        ):
            return None
        doubts = dict.fromkeys(holding.doubt(doubted) for one in concerned for doubted in one.uncertain)
        return Found(claims, (), (), claims[0], 1.0, in_force=True, doubts=tuple(doubts))

    def _search(
        self, question: str, within: Sequence[Known], limit: int, day: date, collections: Reach
    ) -> tuple[Hit, ...]:
        ids = frozenset(one.source.id for one in within)
        return (
            self._searcher.search(
                question, limit=limit, as_of=day, kinds=_KINDS, collections=collections, sources=ids
            )
            if ids
            else ()
        )

    def _signed(
        self,
        question: str,
        hits: Sequence[Hit],
        subject: Subject | None,
        at_hand: _AtHand,
        named: Mapping[str, float],
    ) -> tuple[list[Candidate], NDArray[np.float64]]:
        pool = list(candidates({one.source.id: one for one in at_hand.known}, hits))
        if not pool:
            return [], np.zeros((0, len(Signs.NAMES)))
        rest = at_hand.names.rest(question, named) if named else question
        asked = self.signs.asked(question, rest, self._embedding.embed_queries([question, rest]), subject)
        return self.signs.of(asked, pool, named)

    def _likely(self, kept: Sequence[Candidate], signs: NDArray[np.float64]) -> list[tuple[Candidate, float]]:
        """The candidates with the probability that each answers, likeliest first."""
        combination = self._combination
        found = [
            (one, combination.probability(float(score)))
            for one, score in zip(kept, combination.scores(signs), strict=True)
        ]
        found.sort(key=lambda pair: -pair[1])
        return found[:_LOOKED_AT]

    def _shown(
        self,
        likely: Sequence[tuple[Candidate, float]],
        markets: Sequence[Consultation],
        meant: Mapping[str, float],
    ) -> list[Candidate]:
        """The likeliest candidates that do not repeat one another; after the first, the likeliest of each market, where two or three are meant."""
        found = [one for one, probability in likely if probability >= _NEARLY * likely[0][1]]
        compared = [
            market
            for market in markets
            if any(meant.get(piece.source.id, 0.0) >= _COMPARED for piece in market.pieces)
        ]
        if 2 <= len(compared) <= MOST_CLAIMS:
            every = [one for one, _ in likely]
            firsts = (
                next((one for one in every if one.known.source.id in _ids(market)), None)
                for market in compared
            )
            found = found[:1] + sorted((one for one in firsts if one), key=every.index) + found[1:]
        shown: list[Candidate] = []
        for one in found:
            if all(
                not one.span.overlaps(other.span) or one.known.source.id != other.known.source.id
                for other in shown
            ):
                shown.append(one)
        return shown[:MOST_CLAIMS]

    def _together(
        self, likely: Sequence[tuple[Candidate, float]]
    ) -> tuple[Candidate, tuple[Span, ...]] | None:
        """What stands together among the likeliest candidates, with the first of them; None where the likeliest group is of one."""
        shares: dict[tuple[str, int], list[float]] = {}
        groups: dict[tuple[str, int], tuple[Candidate, tuple[Span, ...]]] = {}
        for one, probability in likely:
            source = one.known.source.id
            spans = enumeration.around(self._searcher.document(source), one.span)
            key = (source, spans[0].start)
            shares.setdefault(key, []).append(probability)
            groups.setdefault(key, (one, spans))
        # Between the likeliest of them and all together: a long table has many unlikely rows.
        first, spans = groups[max(shares, key=lambda key: sum(shares[key]) / math.sqrt(len(shares[key])))]
        return (first, spans) if len(spans) > 1 else None

    def _of_several(self, first: Candidate, spans: Sequence[Span]) -> Claim:
        """Several sentences that answer together, in their order, with where they stand."""
        source = first.known.source
        document = self._searcher.document(source.id)
        said = [extract(document, span) for span in spans]
        quotes = tuple(
            quoted(source, self._searcher.passage_at(source.id, each.start) or first.passage, each)
            for each in said
        )
        where = ", ".join(
            part for part in (first.known.file, first.title, french_pages(quotes[0].passage.pages)) if part
        )
        return Claim(f"{where} : {' ; '.join(f'« {one_line(each.text)} »' for each in said)}", quotes)

    def _claim(self, one: Candidate, subject: Subject | None, place: int) -> Claim:
        """The words with where they stand; after the value, where they are those that a field was read in."""
        source, field = one.known.source, field_at(one.known, one.span, subject)
        extracts = (
            field.extracts[:_MOST_EXTRACTS]
            if field
            else (extract(self._searcher.document(source.id), one.span),)
        )
        quotes = [
            quoted(source, self._searcher.passage_at(source.id, each.start) or one.passage, each, f"S{place}")
            for each in extracts
        ]
        where = ", ".join(
            part for part in (one.known.file, one.title, french_pages(quotes[0].passage.pages)) if part
        )
        said = (
            f"{FIELDS[field.name]} : {one_line(shown(field.value))} — {where}"
            if field
            else f"{where} : « {one_line(one.text)} »"
        )
        return Claim(said, tuple(quotes))

    # ---- all of them ----------------------------------------------------------------------------------------------------------------

    def rows(
        self,
        question: str,
        sources: Sequence[Source],
        subject: Subject,
        day: date,
        collections: Reach = EVERYWHERE,
    ) -> Rows:
        """The list, with the quotes that a reader can check."""
        found = self.listed(question, sources, subject, day, collections)
        name = {piece.source.id: market.name for market in self.markets(sources) for piece in market.pieces}

        def rows(part: Sequence[lists.Row]) -> tuple[Row, ...]:
            return tuple(self._row(row, name[row.known.source.id]) for row in part)

        return Rows(
            found.asked,
            rows(found.yes),
            rows(found.no),
            rows(found.untold),
            rows(found.silent),
            found.markets,
            found.by_document,
        )

    def _row(self, row: lists.Row, market: str) -> Row:
        quote = self.quote(row.known.source, row.extract) if row.extract else None
        return Row(row.known.source, row.known.file, market, row.value, quote)

    def quote(self, source: Source, said: Extract) -> Quote | None:
        """The words of a summary as a reader can check them; None where the index does not hold them any more."""
        passage = self._searcher.passage_at(source.id, said.start)
        return None if passage is None else quoted(source, passage, said)

    def listed(
        self,
        question: str,
        sources: Sequence[Source],
        subject: Subject,
        day: date,
        collections: Reach = EVERYWHERE,
        on_progress: OnProgress = silent,
    ) -> Listing:
        """The markets that meet what a question asks of each."""
        question = words.without_asides(question)
        ended = self._ended(question, subject, sources)
        told = {
            word[: words.BEGINNING]: max(map(self._searcher.rarity, stems))
            for word in words_of(question)
            if (stems := self._searcher.words(word))
        }
        contracts, uncertain = self.contracts(sources, on_progress)
        markets = [*(one.on(day) for one in contracts), *map(_alone, uncertain)]

        def finder(documents: Sequence[Known], facet: Facet | None) -> dict[str, Field]:
            found = (
                self._of_facet(question, documents, facet, day, collections)
                if facet
                else self._sentences(question, documents, subject, day, collections)
            )
            return dict(found)

        texts = lru_cache(1)(
            lambda: [self._searcher.document(piece.source.id).text for one in markets for piece in one.pieces]
        )
        named = facets.naming(question, subject, texts) or facets.mentioning(question, subject, told)
        return lists.listing(question, subject, markets, finder, told, day, ended, named)

    def _ended(
        self, question: str, subject: Subject, sources: Sequence[Source]
    ) -> tuple[Ending, dict[str, Field]] | None:
        """Where a list asks for the ends or lengths of contracts, what each says, by the id of the piece that says it first."""
        asked = ending.asked_of(question, subject)
        if asked is None:
            return None
        said = (
            asked.said(self._contracts.with_terms(contract), self._shelf.document)
            for contract in self.contracts(sources)[0]
        )
        return asked, dict(one for one in said if one)

    def _of_facet(
        self, question: str, documents: Sequence[Known], facet: Facet, day: date, collections: Reach
    ) -> Iterator[tuple[str, Field]]:
        """The first sentence of each document that says a facet, best passage first, by the id of its source."""
        if facet.everywhere or facet.holder:
            for one in documents:
                if said := self._in_text(one, facet):
                    yield one.source.id, lists.as_field(said.text, said.start, said.pages, facet)
            return
        for one, hits in self._of_each(question, documents, day, collections):
            of_field = partial(self._is_of_field, facet.field)
            if best := facet.among(candidates({one.source.id: one}, hits), of_field):
                yield one.source.id, _as_field(best, facet)

    def _is_of_field(self, field: str, said: Candidate) -> bool:
        """Whether the reader sees a field in a sentence; without it, that is not told apart."""
        if self._read is None:
            return True
        return self.signs.subjects([said], self._read)[0].fields[field] >= _OF_FIELD

    def _in_text(self, known: Known, facet: Facet) -> Extract | None:
        """The first words of a whole text that say a facet."""
        document = self._searcher.document(known.source.id)
        if facet.holder:
            holder = first_holder(document)
            return holder.extract if holder else None
        if not facet.says(folded := fold(document.text)):
            return None
        spans = (span for span in sentences.split(document.text) if facet.says(span.of(folded)))
        return next((extract(document, span) for span in spans), None)

    def _of_each(
        self, question: str, documents: Sequence[Known], day: date, collections: Reach
    ) -> Iterator[tuple[Known, list[Hit]]]:
        """Each document with its passages that are nearest a question, best first: found together, as a search for each would cost."""
        hits = self._search(question, documents, _PASSAGES_OF_A_LIST, day, collections)
        for one in documents:
            yield one, [hit for hit in hits if hit.source.id == one.source.id]

    def _sentences(
        self, question: str, documents: Sequence[Known], subject: Subject, day: date, collections: Reach
    ) -> Iterator[tuple[str, Field]]:
        """The sentence of each document that speaks of what is asked, by the id of its source."""
        asked = self.signs.asked(
            question, question, self._embedding.embed_queries([question, question]), subject
        )
        weights = choice.combination("without")
        for one, hits in self._of_each(question, documents, day, collections):
            pool = list(candidates({one.source.id: one}, hits[:_PASSAGES_OF_A_DOCUMENT]))
            if not pool:
                continue
            # Each document is asked by its name, as it were; what the trained reader would add costs more than a list may take.
            kept, signs = self.signs.of(
                asked, pool, {one.source.id: 1.0}, embedded=_SENTENCES_OF_A_DOCUMENT, read=0
            )
            scores = weights.scores(signs)
            best = kept[int(scores.argmax())]
            if weights.probability(float(scores.max())) >= _SAYS_IN_A_LIST and not gives_orders(best.text):
                yield one.source.id, _as_field(best)


def _alone(one: Uncertain) -> Consultation:
    """An amendment that is joined to nothing, as a market of its own."""
    return Consultation((one.known,), f"avenant non rattaché : {one.why}")


def _as_field(said: Candidate, facet: Facet | None = None) -> Field:
    """A sentence that was found, as a field of its own."""
    pages = said.passage.pages
    return lists.as_field(
        said.text, said.span.start, tuple(range(pages[0], pages[1] + 1)) if pages else (), facet
    )


def field_at(known: Known, span: Span, subject: Subject | None) -> Field | None:
    """The field that is asked for, where its value was read in the words at ``span``."""
    if subject is None or subject.fields[subject.field] < facets.FIELD_SHARE:
        return None
    field = known.summary.field(subject.field)
    return (
        field
        if field.extracts and field.extracts[0].start < span.end and span.start < field.extracts[0].end
        else None
    )


def about(concern: Concern, found: Found) -> float:
    """The probability that a question is about documents, by what it is asked of and by whether a sentence of theirs answers it; 1 where that is sure.

    Fitted on 143 questions about documents, a third of which none answers, and 120 of law, 20 of them to be refused, by hands that nothing was learned
    from, over three times twenty documents beside the law, when a layer over the vector told what a question is asked of: of those about documents 0.93 were
    kept; 3 of 100 of law and 3 of the 20 were taken for such a one. What the reader of fields tells now is stretched to the same shares (``_words_score``).
    """
    if concern.sure:
        return 1.0
    if not found.probability:  # no sentence at all
        return 0.0
    answers = 0.0 if found.in_force else _logit(found.probability)
    return _logistic(0.13 + 2.09 * concern.score + 0.39 * answers)


def _logit(probability: float) -> float:
    kept = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(kept / (1 - kept))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _words_score(named: float, plural: bool, scope: Scope, sheet: float) -> float:
    """How far a question by itself is about documents: what names a market, what speaks of many, what it is asked of, and the sheet (see ``about``)."""
    return 0.19 * named + 2.36 * plural - 0.26 * _logit(scope.law) - 1.62 * sheet + 0.80


def least_to_say(combination: choice.Combination) -> float:
    """The probability below which documents do not say."""
    return SAYS if combination.answering else SAYS_UNREAD


def _value_first(
    question: str,
    subject: Subject | None,
    likely: list[tuple[Candidate, float]],
    meant: Mapping[str, float],
) -> tuple[list[tuple[Candidate, float]], bool]:
    """The candidates, the one where the summary reads what a short question plainly asks for first; and whether one of the likeliest is such a one.

    Of the market that is meant best alone: another's value, shown first, would be taken for its own.
    """
    if subject is None or subject.fields[subject.field] < _PLAINLY:
        return likely, False
    valued = next(
        (
            pair
            for pair in likely[:_READ_AMONG]
            if field_at(pair[0].known, pair[0].span, subject)
            and (not meant or meant.get(pair[0].known.source.id) == 1.0)
        ),
        None,
    )
    if valued is None or len(question.split()) > _PLAIN_WORDS:
        return likely, valued is not None
    return [(valued[0], likely[0][1]), *(pair for pair in likely if pair is not valued)], True


def _compares(question: str) -> bool:
    """Whether a question compares what two documents say."""
    return words.pattern("several.compares").search(fold_words(question)) is not None


def _each_document_first(
    likely: Sequence[tuple[Candidate, float]], meant: Mapping[str, float]
) -> list[tuple[Candidate, float]]:
    """The likeliest candidate first, then the likeliest of each other document, those that the question means before the rest.

    They are compared with the first, and shown however likely they are.
    """
    firsts: dict[str, tuple[Candidate, float]] = {}
    for pair in likely:
        firsts.setdefault(pair[0].known.source.id, pair)
    first, *others = firsts.values()
    others.sort(key=lambda pair: -pair[1] * (_LEAST_MEANT + meant.get(pair[0].known.source.id, 0.0)))
    others = [(one, max(probability, _NEARLY * first[1])) for one, probability in others]
    chosen = {id(one) for one, _ in (first, *others)}
    return [first, *others, *(pair for pair in likely if id(pair[0]) not in chosen)]


def _ids(market: Consultation) -> frozenset[str]:
    return frozenset(piece.source.id for piece in market.pieces)


def unsaid(found: Found) -> str:
    """That the documents do not say, where it was looked for, and the nearest words."""
    names = ", ".join(f"« {one.file} »" for one in found.documents[:_MOST_NAMED])
    more = (
        f" et {len(found.documents) - _MOST_NAMED} autres documents"
        if len(found.documents) > _MOST_NAMED
        else ""
    )
    nearest = (
        f" Le passage le plus proche, qui n'y répond pas : {found.nearest.text}" if found.nearest else ""
    )
    subject = "Le document ne le dit pas" if len(found.documents) == 1 else "Vos documents ne le disent pas"
    return f"{subject} : rien n'y répond à la question. Cherché dans {names}{more}.{nearest}"


def claims_of(rows: Rows) -> Iterator[Claim]:
    """The count with the markets that meet the list, then each of them with its words; nothing where none meets it."""
    by_market: dict[str, list[Row]] = {}
    for row in rows.yes:
        by_market.setdefault(row.market, []).append(row)
    if not by_market:
        return
    quotes = [row.quote for row in rows.yes if row.quote is not None]
    named = " ; ".join(
        f"{market} ({', '.join(row.file for row in found)})" for market, found in by_market.items()
    )
    yield Claim(f"{counted(rows)} {named}.", tuple(quotes[:MOST_CLAIMS]))
    for market, found in by_market.items():
        said = [row for row in found if row.quote is not None]
        if said:
            yield Claim(
                f"{market} : {one_line(said[0].value)}",
                tuple(row.quote for row in said if row.quote is not None),
            )
