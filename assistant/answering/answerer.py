"""From a question to a verified answer: search, evidence, refusal or claims, each with the exact words it rests on.

By default no language model takes part: legal sheets written by people give the words, the sentences that answer are chosen by scores, the program
inserts the quotes. A language model does only the tasks that it was permitted.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, reduce
from itertools import chain, islice, zip_longest
from pathlib import Path

from assistant import sentences, sheets
from assistant.answering import contradiction, conversation, dates, generation, hard_rules, refusal, sheet_choice
from assistant.answering import evidence as evidences
from assistant.answering.evidence import Scored
from assistant.answering.sheet_choice import Candidate
from assistant.article_dates import DatedArticle
from assistant.datatypes import (
    Answer,
    Claim,
    Evidence,
    Hit,
    Kind,
    LegalSheet,
    Passage,
    Position,
    Problem,
    Quote,
    Risk,
    Severity,
    Source,
    Span,
    Statement,
    Status,
    Target,
    Task,
    Timings,
    Verdict,
)
from assistant.errors import GenerationError, UsageError
from assistant.index.question import asks_what, rule_words
from assistant.index.search import Searcher
from assistant.protocols import EmbeddingModel, LanguageModel

# Rules looked at, and how many of them are quoted: six articles are what a reader checks; gold articles beyond the sixth were rare (docs/decisions.md).
RULE_HITS, RULE_CLAIMS = 8, 6
# A second sentence of the same article is quoted when it scores nearly as well as the first.
SECOND_SENTENCE = 0.92
# Passages of sheets looked at; which of their sheets speak is weighed in ``sheet_choice``.
SHEET_HITS = 8
# Below this confidence in the first sheet, the next ones say their first sentences too.
SURE, MOST_BESIDE = 0.8, 2
SHEET_STATEMENTS = 5
# A second sheet, of a second question, says less, and one beside less still; two sheets whose scores are this near are as near as measures can tell.
OTHER_STATEMENTS, BESIDE_STATEMENTS, AS_NEAR = 3, 2, 0.1
# Model clauses named beside the advice of a sheet.
CLAUSE_HITS, CLAUSE_SIMILARITY, MOST_CLAUSES = 3, 0.84, 2
# Advice and doubts of a sheet that are shown.
MOST_FALLBACKS, MOST_DOUBTS = 3, 2
# A passage of a contract is quoted when it is among the first of everything found.
DOCUMENT_RANK = 3
LONGEST_QUESTION = 4000
# Words added to a sentence's own number when its share of a statement's words is taken, so that a scrap does not win by its shortness.
_LONG_SENTENCE_WORDS = 20
# The first sentence of an article says what it is about; one that only introduces a list says nothing by itself.
_OPENING, _INTRODUCTION = 2.0, 0.7

_DOCUMENT = re.compile(
    r"\b(?:(?:l'|le |notre |cet? |du |dans l'|dans le )(?:accord-cadre|contrat|march[ée]|CCAP|CCTP|CCP|RC|DCE|document|BPU|avis))\b", re.IGNORECASE
)

Event = tuple[Evidence, ...] | Claim | Answer


@dataclass(frozen=True, slots=True)
class _Sheet:
    source: Source
    sheet: LegalSheet
    text: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for a question, or for one of the questions that it holds.

    The first of ``sheets`` gives the position, and speaks first; those ``beside`` are nearly as near, and only say what they know.
    """

    hits: tuple[Hit, ...]
    sheets: tuple[_Sheet, ...]
    beside: tuple[_Sheet, ...]
    problems: tuple[Problem, ...]
    answerable: bool


class Answerer:
    """Answers questions over a library.

    Args:
        searcher: finds passages.
        embedding: scores sentences; the same model as the searcher's.
        language: a language model, or None.
        permitted: the tasks that it was measured fit for.
        article_dates: what is known of the dates of articles beside the index.
    """

    def __init__(
        self,
        searcher: Searcher,
        embedding: EmbeddingModel,
        language: LanguageModel | None = None,
        permitted: frozenset[Task] = frozenset(),
        article_dates: Sequence[DatedArticle] = (),
    ) -> None:
        self._searcher = searcher
        self._embedding = embedding
        self._language = language if permitted else None
        self._permitted = permitted
        self._article_dates = article_dates
        self._sheet = lru_cache(maxsize=256)(self._read_sheet)

    def answer(self, question: str, *, as_of: date | None = None, collections: Sequence[str] = (), previous: Sequence[str] = ()) -> Answer:
        """The whole answer. See ``stream``."""
        *_, last = self.stream(question, as_of=as_of, collections=collections, previous=previous)
        assert isinstance(last, Answer)
        return last

    def stream(self, question: str, *, as_of: date | None = None, collections: Sequence[str] = (), previous: Sequence[str] = ()) -> Iterator[Event]:
        """Yields the evidence, then each claim as soon as it is checked, then the whole answer.

        ``previous`` are the earlier questions of a conversation, oldest first: they shape what is searched for a question that leans on them, and nothing else.

        Raises:
            UsageError: the question is empty or longer than ``LONGEST_QUESTION`` characters.
        """
        question = " ".join(question.split())
        if not question:
            raise UsageError("La question est vide.", "Écrivez une question, par exemple : « Peut-on imposer un hébergement dans l'Union européenne ? ».")
        if len(question) > LONGEST_QUESTION:
            raise UsageError(f"La question dépasse {LONGEST_QUESTION} caractères.", "Posez une question plus courte ; pour relire un document, indexez-le.")
        clock = _Clock()
        day = as_of or date.today()
        own = conversation.without_orders(question)
        asked = conversation.in_context(own, previous)
        found = self._find_all(asked, day, collections)
        clock.searched()
        problems = [*found.problems, *dates.of_another_day(day, date.today()), *((_ORDER_IGNORED,) if own != question else ())]
        claims: list[Claim] = []
        evidence: tuple[Evidence, ...] = ()
        if found.answerable:
            evidence = evidences.gather(found.hits)
            clock.extracted()
            yield evidence
            for claim in self._claims(asked, day, evidence, found, problems):
                clock.claimed()
                claims.append(claim)
                yield claim
        problems += dates.of_quotes(claims, day, self._versions, self._article_dates)
        sheets_said = found.sheets if claims else ()
        clauses = self._model_clauses(asked, day, collections) if sheets_said else ()
        yield self._conclude(question, asked, day, tuple(claims), (*problems, *_doubts(sheets_said)), evidence, sheets_said, clauses, clock)

    # ---- finding ----------------------------------------------------------------------------------------------------------------

    def _find_all(self, asked: str, day: date, collections: Sequence[str]) -> _Found:
        """What is found for each question that ``asked`` holds, with what code forbids before everything."""
        texts = conversation.parts(asked)
        each = [self._find(text, day, collections) for text in texts]
        answered = [found for found in each if found.answerable] or each
        hits = {(hit.source.id, hit.passage.span): hit for rank in zip_longest(*(found.hits for found in answered)) for hit in rank if hit is not None}
        by_id = {found.sheet.id: found for one in answered for found in one.sheets}
        beside = {found.sheet.id: found for one in answered for found in one.beside if found.sheet.id not in by_id}
        problems = {problem.message: problem for found in each for problem in found.problems}
        if len(answered) < len(each):
            problems |= {
                text: Problem("question-sans-reponse", f"Rien ne répond à cette partie de la question : « {text} ».")
                for text, found in zip(texts, each, strict=True)
                if not found.answerable
            }
        merged = _Found(tuple(hits.values()), tuple(by_id.values()), tuple(beside.values()), tuple(problems.values()), any(found.answerable for found in each))
        return self._ruled(asked, day, merged)

    def _ruled(self, asked: str, day: date, found: _Found) -> _Found:
        """What was found, under the rule that the question asks to break, if any: its sheet speaks first."""
        rule = hard_rules.fired(asked)
        if rule is None or not (found.answerable or self._is_known(rule, found)):
            return found
        found = replace(found, answerable=True)
        problem = Problem(f"{hard_rules.CODE}{rule.id}", rule.message, severity=Severity.WARNING if rule.least else Severity.INFO)
        spoken = found.sheets[0].sheet.position if found.sheets else Position.INFORMATION
        if rule.least is None or rule.least is spoken or hard_rules.more_cautious(spoken, rule.least) is not rule.least:
            return replace(found, problems=(*found.problems, problem))
        sheet = self._sheet_named(str(rule.sheet), day)
        if sheet is None:
            return replace(found, problems=(*found.problems, problem))
        others = tuple(one for one in found.sheets if one.sheet.id != sheet.sheet.id)
        return replace(found, sheets=(sheet, *others[:1]), problems=(*found.problems, problem))

    def _is_known(self, rule: hard_rules.HardRule, found: _Found) -> bool:
        """Whether what code forbids answers the question by itself. A reference that does not exist is first of all said not to, unless a bill proposed it."""
        absent = any(one.code == refusal.ABSENT for one in found.problems)
        return rule.least is Position.NOT_IN_FORCE or (rule.least is not None and not absent)

    def _find(self, question: str, day: date, collections: Sequence[str]) -> _Found:
        search = self._searcher.search
        rules = search(question, limit=RULE_HITS, as_of=day, kinds=(Kind.RULE,), collections=collections)
        sheet_hits = search(question, limit=SHEET_HITS, as_of=day, kinds=(Kind.SHEET,), collections=collections)
        documents = search(question, limit=3, as_of=day, kinds=(Kind.FRAMEWORK, Kind.TENDER), collections=collections)
        weighed = sheet_choice.weigh(question, day, self._searcher, self._sheet_of, rules)
        near_sheets = [one for one in weighed if one.signs.score >= sheet_choice.LEAST_SCORE]
        sheet = near_sheets[0] if near_sheets else None
        best = {hit.score for hit in sorted((*rules, *documents), key=lambda hit: -hit.score)[:DOCUMENT_RANK]}
        # A contract that the question names is heard whatever its rank; another only where no sheet speaks, since what some contract says is not law.
        hits = (*rules, *(hit for hit in documents if self._names(question, hit.source) or (sheet is None and hit.score in best)))
        problems = refusal.unknown_references(question, day, self._versions, self._searcher.works(), self._mentions)
        near = refusal.nearness(question, (*hits, *sheet_hits), self._searcher)
        answerable = not problems and near.probability >= refusal.LEAST_PROBABILITY
        spoken, divergence = _cautious(near_sheets)
        beside = [one for one in near_sheets[:MOST_BESIDE] if one not in spoken] if sheet_choice.confidence(weighed) < SURE else []
        return _Found(
            hits,
            tuple(self._sheet(one.sheet.source_id) for one in spoken),
            tuple(self._sheet(one.sheet.source_id) for one in beside),
            (*problems, *divergence) if answerable else problems,
            answerable,
        )

    def _sheet_of(self, source_id: str) -> LegalSheet:
        return self._sheet(source_id).sheet

    def _sheet_named(self, id_: str, day: date) -> _Sheet | None:
        """The sheet of that id, where it is indexed and valid that day."""
        for source in self._searcher.sources(Kind.SHEET):
            found = self._sheet(source.id)
            if found.sheet.id == id_ and sheet_choice.valid(found.sheet, day):
                return found
        return None

    def _model_clauses(self, question: str, day: date, collections: Sequence[str]) -> tuple[str, ...]:
        """The model clauses nearest to the question, as advice: what to write, never what the law says."""
        hits = self._searcher.search(question, limit=CLAUSE_HITS, as_of=day, kinds=(Kind.CLAUSE,), collections=collections)
        near = {hit.source.id: hit.source for hit in hits if (hit.similarity or 0.0) >= CLAUSE_SIMILARITY}
        return tuple(f"Clause modèle : « {source.title} » (assistant draft {Path(source.origin).stem})" for source in list(near.values())[:MOST_CLAUSES])

    def _names(self, question: str, source: Source) -> bool:
        """Whether the question speaks of a document ("l'accord-cadre", "notre CCAP") and of what this one is called."""
        return bool(_DOCUMENT.search(question)) and bool(set(self._searcher.words(question)) & set(self._searcher.words(source.title)))

    def _versions(self, number: str, work: str | None) -> tuple[Passage, ...]:
        return tuple(passage for _, passage in self._searcher.articles(number, work))

    def _mentions(self, number: str) -> bool:
        return any(number in hit.passage.text for hit in self._searcher.search(number, limit=5))

    # ---- claims -----------------------------------------------------------------------------------------------------------------

    def _claims(self, question: str, day: date, evidence: tuple[Evidence, ...], found: _Found, problems: list[Problem]) -> Iterator[Claim]:
        scored = evidences.score(f"{question} {rule_words(question)}".strip(), evidence, self._embedding, self._searcher.words, self._searcher.rarity)
        if self._language is not None and Task.WORD in self._permitted:
            worded = False
            written = self._worded(self._language, question, evidence, problems)
            for claim in contradiction.heard(written, question, [one.sheet for one in found.sheets], problems.append):
                # The position is that of people: their sentences come first, whatever a model wrote.
                if not worded:
                    for number, sheet in enumerate(found.sheets, 1):
                        yield from islice(self._from_sheet(question, day, sheet, f"F{number}"), 1)
                worded = True
                yield claim
            if worded:
                return
        said: set[tuple[str | None, str | None]] = set()
        for claim in self._from_sheets(question, day, found):
            said |= {(quote.passage.work, quote.passage.article) for quote in claim.quotes}
            yield claim
        chosen = self._selected(question, evidence, scored, problems)
        yield from _extracts(chosen, said)

    def _worded(self, language: LanguageModel, question: str, evidence: tuple[Evidence, ...], problems: list[Problem]) -> Iterator[Claim]:
        """Claims in the model's words, each checked; a model that fails is a problem, not the end of the answer."""
        try:
            yield from generation.word(language, question, evidence, on_problem=problems.append, similarity=self._similarity)
        except GenerationError as error:
            problems.append(Problem("modele-indisponible", f"Le modèle de langage n'a pas pu rédiger : {error.message}"))

    def _similarity(self, one: str, other: str) -> float:
        first, second = self._embedding.embed_passages([one, other])
        return float(first @ second)

    def _selected(self, question: str, evidence: tuple[Evidence, ...], scored: tuple[Scored, ...], problems: list[Problem]) -> tuple[Scored, ...]:
        """The sentences by score; first those that a permitted language model chose."""
        if self._language is None or Task.SELECT not in self._permitted:
            return scored
        try:
            selection = generation.select(self._language, question, evidence)
        except GenerationError as error:
            problems.append(Problem("modele-indisponible", f"Le modèle de langage n'a pas pu choisir les phrases : {error.message}"))
            return scored
        problems += selection.problems
        first = {sentence.id for sentence in selection.sentences}
        return tuple(sorted(scored, key=lambda one: one.sentence.id not in first))

    # ---- sheets -----------------------------------------------------------------------------------------------------------------

    def _read_sheet(self, source_id: str) -> _Sheet:
        document = self._searcher.document(source_id)
        return _Sheet(document.source, sheets.parse(document), document.text)

    def _from_sheets(self, question: str, day: date, found: _Found) -> Iterator[Claim]:
        """What the sheets say: the first most, another question's less; those beside a few rules only, since their first sentence answers something else."""
        for number, sheet in enumerate((*found.sheets, *found.beside), 1):
            most = SHEET_STATEMENTS if number == 1 else OTHER_STATEMENTS
            if number <= len(found.sheets):
                yield from self._from_sheet(question, day, sheet, f"F{number}", most)
            else:
                statements = self._nearest(question, sheet.sheet.statements[1:], BESIDE_STATEMENTS)
                yield from self._said(day, sheet, statements, f"F{number}")

    def _from_sheet(self, question: str, day: date, found: _Sheet, prefix: str, most: int = SHEET_STATEMENTS) -> Iterator[Claim]:
        """What the sheet says, its first sentence then those nearest to the question, with the words of the rules it rests on."""
        first, others = found.sheet.statements[:1], found.sheet.statements[1:]
        said = self._said(day, found, (*first, *self._nearest(question, others, most - 1)), prefix)
        for number, claim in enumerate(said):
            yield claim if number else replace(claim, text=sheet_choice.without_answer(question, claim.text))

    def _said(self, day: date, found: _Sheet, statements: Sequence[Statement], prefix: str) -> Iterator[Claim]:
        for number, statement in enumerate(statements, 1):
            marker = f"{prefix}.{number}"
            rules = chain.from_iterable(
                self._rule_quotes(statement.text, target, day, f"{marker}.{index}") for index, target in enumerate(statement.rests_on, 1)
            )
            yield Claim(statement.text, (*rules, _sheet_quote(found, statement.span, marker)))

    def _nearest(self, question: str, statements: Sequence[Statement], most: int) -> tuple[Statement, ...]:
        """The ``most`` statements nearest to the question, in the order of the sheet."""
        if len(statements) <= most:
            return tuple(statements)
        vectors = self._embedding.embed_passages([statement.text for statement in statements])
        scores = vectors @ self._embedding.embed_queries([question])[0]
        kept = sorted(sorted(range(len(statements)), key=lambda index: -float(scores[index]))[:most])
        return tuple(statements[index] for index in kept)

    def _rule_quotes(self, text: str, target: Target, day: date, marker: str) -> Iterator[Quote]:
        """The sentence of the article, in its wording of that day, that is that shares most with the statement."""
        if target.article is None:
            return
        wordings = [(source, passage) for source, passage in self._searcher.articles(target.article, target.work) if passage.in_force(day)]
        pieces = [(source, passage, span) for source, passage in wordings for span in sentences.split(passage.text)]
        if not pieces:
            return
        said = {word: self._searcher.rarity(word) for word in self._searcher.words(text)}

        def shared(piece: tuple[Source, Passage, Span]) -> float:
            sentence = piece[2].of(piece[1].text)
            words = {word for word in self._searcher.words(sentence) if word.isalpha()}  # lists of articles say nothing here
            weight = _OPENING if piece[1] is pieces[0][1] and piece[2].start == 0 else _INTRODUCTION if sentence.endswith(":") else 1.0
            return weight * sum(said[word] for word in words & said.keys()) / (len(words) + _LONG_SENTENCE_WORDS)

        source, passage, span = max(pieces, key=shared)
        start = passage.span.start
        yield Quote(marker, source, passage, Span(start + span.start, start + span.end), span.of(passage.text))

    # ---- conclusion -------------------------------------------------------------------------------------------------------------

    def _conclude(
        self,
        question: str,
        asked: str,
        day: date,
        claims: tuple[Claim, ...],
        problems: tuple[Problem, ...],
        evidence: tuple[Evidence, ...],
        spoken: tuple[_Sheet, ...],
        clauses: tuple[str, ...],
        clock: "_Clock",
    ) -> Answer:
        grounded = bool(claims)
        sheet = spoken[0].sheet if spoken and grounded else None
        doubtful = any(claim.verdict is Verdict.UNVERIFIED for claim in claims)
        position = _position(asked, spoken) if grounded else Position.OUT_OF_SCOPE
        return Answer(
            question=question,
            as_of=day,
            position=position,
            status=(Status.UNVERIFIED if doubtful else Status.GROUNDED) if grounded else Status.INSUFFICIENT,
            claims=claims,
            risk=sheet.risk if sheet else Risk(),
            fallbacks=((*sheet.fallbacks[:MOST_FALLBACKS], *clauses) if sheet else ()) if grounded else _WAYS_OUT,
            problems=problems,
            model=self._language.name if self._language else None,
            timings=clock.timings(),
            evidence=evidence if grounded else (),
            about=_about(position, spoken),
        )


_ORDER_IGNORED = Problem("consigne-ignoree", "La question contient une consigne adressée à l'assistant : elle n'est pas suivie.", severity=Severity.INFO)
_WAYS_OUT = (
    "Aucun document indexé ne répond à cette question : l'assistant ne peut pas répondre et n'avance rien.",
    "Reformulez avec les mots de la commande publique, vérifiez la référence citée, ou indexez le document où se trouve la réponse.",
)


class _Clock:
    """Seconds since the question, noted once each."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._notes: dict[str, float] = {}

    def _note(self, name: str) -> None:
        self._notes.setdefault(name, time.perf_counter() - self._start)

    def searched(self) -> None:
        self._note("search")

    def extracted(self) -> None:
        self._note("extract")

    def claimed(self) -> None:
        self._note("claim")

    def timings(self) -> Timings:
        return Timings(self._notes.get("search", 0.0), self._notes.get("extract"), self._notes.get("claim"), time.perf_counter() - self._start)


def _position(question: str, spoken: tuple[_Sheet, ...]) -> Position:
    """The position of the sheets that the question reached, written by people, the more cautious where there are two; without any, information."""
    positions = [one.sheet.position for one in spoken]
    if not positions or (asks_what(question) and positions[0] is not Position.NOT_IN_FORCE):
        return Position.INFORMATION
    return reduce(hard_rules.more_cautious, positions)


def _about(position: Position, spoken: tuple[_Sheet, ...]) -> str | None:
    """The title of the sheet that takes ``position``, where it says what may or may not be done."""
    if position not in hard_rules.CAUTION:
        return None
    return next((one.sheet.title for one in spoken if one.sheet.position is position), None)


def _cautious(near: Sequence[Candidate]) -> tuple[tuple[Candidate, ...], tuple[Problem, ...]]:
    """The sheet that speaks; where one as near says otherwise on what may be done, the more cautious of the two, and that they differ."""
    if not near:
        return (), ()
    best, rival = near[0], near[1] if len(near) > 1 and near[0].signs.score - near[1].signs.score < AS_NEAR else None
    if rival is None or rival.sheet.position is best.sheet.position or {rival.sheet.position, best.sheet.position} - set(hard_rules.CAUTION):
        return (best,), ()
    first, second = (best, rival) if hard_rules.more_cautious(best.sheet.position, rival.sheet.position) is best.sheet.position else (rival, best)
    return (first,), (
        Problem(
            "fiches-divergentes",
            f"Deux fiches sont aussi proches de la question et n'ont pas la même position : « {first.sheet.title} », la plus prudente, est suivie ; "
            f"l'autre est « {second.sheet.title} ».",
        ),
    )


def _doubts(spoken: tuple[_Sheet, ...]) -> tuple[Problem, ...]:
    """What the sheets themselves say was not verified."""
    uncertain = chain.from_iterable(one.sheet.uncertainties[:MOST_DOUBTS] for one in spoken)
    return tuple(Problem("incertitude", f"Ce qui reste incertain : {text}", severity=Severity.INFO) for text in uncertain)


def _sheet_quote(found: _Sheet, span: Span, marker: str) -> Quote:
    sheet, text = found.sheet, span.of(found.text)
    passage = Passage(found.source.id, span, text, headings=(sheet.title,), valid_from=sheet.valid_from, valid_to=sheet.valid_to)
    return Quote(marker, found.source, passage, span, text)


def _extracts(scored: Sequence[Scored], said: set[tuple[str | None, str | None]]) -> Iterator[Claim]:
    """The best sentence of each of the best articles, with a second one that is nearly as good, as exact quotes."""
    by_evidence: dict[str, list[Scored]] = {}
    for one in scored:
        passage = one.evidence.hit.passage
        if passage.article and (passage.work, passage.article) in said:
            continue
        by_evidence.setdefault(one.evidence.marker, []).append(one)
    for best, *rest in list(by_evidence.values())[:RULE_CLAIMS]:
        second = rest[0] if rest and rest[0].score >= SECOND_SENTENCE * best.score > 0 else None
        kept = sorted((one for one in (best, second) if one), key=lambda one: one.sentence.span)
        quotes = tuple(one.quote() for one in kept)
        yield Claim(f"{_label(best.evidence.hit)} : « {' '.join(' '.join(quote.text.split()) for quote in quotes)} »", quotes)


def _label(hit: Hit) -> str:
    passage = hit.passage
    if passage.article:
        return f"{passage.work}, article {passage.article}"
    where = f", {passage.headings[-1]}" if passage.headings else ""
    return f"{hit.source.title}{where}"
