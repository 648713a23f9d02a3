"""From a question to a verified answer: what kind of answer it is, then what is said, each claim with the exact words it rests on.

Four kinds, told apart before anything is said: a case of a sheet speaks; the buyer's own documents are quoted; the nearest articles are shown without a
position; nothing is answered, and why is said. By default no language model takes part.
"""

import itertools
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial, reduce
from itertools import chain
from pathlib import Path

from assistant import references
from assistant.answering import articles, asked, conversation, dates, follow_up, hard_rules, refusal, said
from assistant.answering import evidence as evidences
from assistant.answering import words as families
from assistant.answering.asked import Asked
from assistant.answering.choice import (
    SAYS_WHETHER,
    Candidate,
    CaseReader,
    NothingRead,
    ReadBy,
    Reading,
    as_near,
    clearly_lawful,
    nearest_rules,
    undecided,
)
from assistant.answering.follow_up import Aspect
from assistant.answering.library import SheetLibrary
from assistant.answering.model import NO_MODEL, ModelPart
from assistant.answering.quoting import Quoting
from assistant.article_dates import DatedArticle
from assistant.datatypes import (
    Answer,
    Ask,
    Basis,
    Claim,
    Evidence,
    Hit,
    Kind,
    Option,
    Passage,
    Position,
    Problem,
    Risk,
    Rows,
    Severity,
    SheetName,
    Source,
    Status,
    Timings,
    Verdict,
)
from assistant.documents.own import Concern, Found, OwnDocuments, about, claims_of, unsaid
from assistant.errors import ModelFileError, UsageError
from assistant.export import counted
from assistant.figures import Judged, judged
from assistant.french.folding import fold, fold_words
from assistant.index import wordings
from assistant.index.search import Searcher
from assistant.index.wordings import Wording
from assistant.protocols import EmbeddingModel
from assistant.reach import EVERYWHERE, Reach
from assistant.reader.cases import Label, Probabilities
from assistant.reader.together import Together
from assistant.sheets import Actor, Case, Form, LegalSheet

# Rules looked at; articles shown where no sheet answers: a third was looked at by nobody.
RULE_HITS, MOST_ARTICLES = 8, 2
# An article is shown beside the first when it scores nearly as well.
NEARLY_AS_GOOD = 0.8
DOCUMENT_HITS = 6
# What is said of each of two questions.
OF_TWO_STATEMENTS = 1
# Model clauses named beside the advice of a sheet.
CLAUSE_HITS, CLAUSE_SIMILARITY, MOST_CLAUSES = 3, 0.84, 1
MOST_SEE_ALSO = 3
# The next sheet is named too where its score is this near to that of the one that speaks.
NEARLY_AS_NEAR = 1.0
# Sheets named after an article that was asked for: some thirty rest on a principle.
MOST_RESTING = 8
# A rule fired: its subject speaks at this probability already, since both point there.
PROBABILITY_UNDER_A_RULE = 0.25
# … and it is told from the sheets whose scores are this near; from these where the first forbids too, or is not as sure as this: of thirteen such questions
# of ten lawyers, the rule's own case answers twelve better, and one no worse.
NEAR_UNDER_A_RULE, NEAR_WHERE_BOTH_FORBID = 1.0, 4.0
PROBABILITY_BESIDE_A_RULE = 0.7
# A document answers a question that is this likely to be about it, …
PROBABILITY_UNASKED = 0.5
# … and this likely, where the law would only refuse.
PROBABILITY_RATHER_THAN_NOTHING = 0.3
# What is asked after another question and is less sure than this by itself is of the sheet before, where it is so sure after it: of 15 follow-ups by eight
# lawyers between these, one is of another case.
_SURE_ALONE, _SURE_AFTER = 0.75, 0.85
LONGEST_QUESTION = 4000

Event = tuple[Evidence, ...] | Claim | Answer


@dataclass(frozen=True, slots=True)
class _Part:
    """What answers one question: everything of an ``Answer`` that is its own. ``claims`` are still to be made."""

    basis: Basis
    position: Position
    claims: Iterator[Claim] = field(default_factory=lambda: iter(()))
    sheet: LegalSheet | None = None
    case: Case | None = None
    hits: tuple[Hit, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    fallbacks: tuple[str, ...] = ()
    see_also: tuple[SheetName, ...] = ()
    ask: Ask | None = None
    relied_on: tuple[tuple[Source, Passage], ...] = ()
    lead: str = ""
    rows: Rows | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    """What a question is answered with: the day, what may be searched, the case that was answered before; what is ``read`` in it, where that is known."""

    question: Asked
    day: date
    collections: Reach
    scope: Sequence[str]
    follow_up: str = ""
    before: Candidate | None = None
    alone: Reading | None = None
    statements: int = said.MOST_STATEMENTS
    law_alone: bool = False
    read: Reading | None = None


@dataclass(frozen=True, slots=True)
class _LookedUp:
    """What was found in documents: in which, how the question is about them, the probability of the law's sheet; ``found`` is None of a list."""

    sources: tuple[Source, ...]
    concern: Concern
    sheet: float
    found: Found | None = None


class Answerer:
    """Answers questions over a library.

    Args:
        searcher: finds passages.
        embedding: scores sentences; the same model as the searcher's.
        model: what a language model adds.
        article_dates: what is known of the dates of articles beside the index.
        clauses_on: titles of the model clauses that rest on an article, by work and number.
        trained: opens the trained reader for the cases that are indexed (or raises ModelFileError); None: no sheet ever speaks.
        together: opens what reads a question and a case together (or raises ModelFileError); None: nothing does.
    """

    def __init__(
        self,
        searcher: Searcher,
        embedding: EmbeddingModel,
        model: ModelPart = NO_MODEL,
        article_dates: Sequence[DatedArticle] = (),
        clauses_on: Callable[[str, str], Sequence[str]] = lambda _work, _article: (),
        trained: Callable[[Collection[Label]], Callable[[str], Probabilities]] | None = None,
        documents: OwnDocuments | None = None,
        together: Callable[[], Together] | None = None,
    ) -> None:
        self._searcher = searcher
        self._embedding = embedding
        self._model = model
        self._article_dates = article_dates
        self._sheets = SheetLibrary(searcher)
        self._clauses_on = clauses_on
        self._trained, self._together = trained, together
        self._documents = documents
        self._reader: tuple[int, CaseReader] | None = None
        self._quoting = Quoting(self._wordings, searcher.words, searcher.rarity, article_dates)
        self._articles = articles.Articles(self._wordings, article_dates)

    def answer(
        self,
        question: str,
        *,
        as_of: date | None = None,
        collections: Reach = EVERYWHERE,
        previous: Sequence[str] = (),
        scope: Sequence[str] = (),
    ) -> Answer:
        """The whole answer. See ``stream``."""
        *_, last = self.stream(question, as_of=as_of, collections=collections, previous=previous, scope=scope)
        assert isinstance(last, Answer)
        return last

    def stream(
        self,
        question: str,
        *,
        as_of: date | None = None,
        collections: Reach = EVERYWHERE,
        previous: Sequence[str] = (),
        scope: Sequence[str] = (),
    ) -> Iterator[Event]:
        """Yields the evidence, then each claim as soon as it is checked, then the whole answer.

        Args:
            question: as typed.
            as_of: the day whose law is asked for; None: the day that the question speaks of, else today.
            collections: what may be searched.
            previous: the earlier questions of a conversation, oldest first: they shape what a question that leans on them is about.
            scope: names of the files that the buyer's own documents are looked for in; empty: all of them.

        Raises:
            UsageError: the question is empty or longer than ``LONGEST_QUESTION`` characters.
        """
        question = " ".join(question.split())
        if not question:
            raise UsageError(
                "La question est vide.",
                "Écrivez une question, par exemple : « Peut-on imposer un hébergement dans l'Union européenne ? ».",
            )
        if len(question) > LONGEST_QUESTION:
            raise UsageError(
                f"La question dépasse {LONGEST_QUESTION} caractères.",
                "Posez une question plus courte ; pour relire un document, indexez-le.",
            )
        clock, today = _Clock(), date.today()
        if line := asked.human_line(question):
            clock.searched()
            yield _greeting(question, as_of or today, line, clock)
            return
        own = conversation.without_orders(asked.without_thanks(question) if previous else question)
        parts, day = self._parts(own, as_of, today, collections, previous, scope)
        clock.searched()
        answering = [part for part in parts if part.basis is not Basis.NONE] or parts[:1]
        evidence = evidences.gather(tuple(dict.fromkeys(hit for part in answering for hit in part.hits)))
        if any(part.basis is not Basis.NONE for part in parts):
            clock.extracted()
            yield evidence
        claims: list[Claim] = []
        problems: list[Problem] = []
        for number, part in enumerate(parts, 1):
            for place, claim in enumerate(part.claims):
                shown = (
                    replace(claim, text=f"{number}) {claim.text}") if len(parts) > 1 and place == 0 else claim
                )
                clock.claimed()
                claims.append(shown)
                yield shown
            if len(parts) > 1 and part.basis is Basis.NONE:
                problems.append(
                    Problem(
                        "question-sans-reponse", f"{number}) Rien ne répond à cette partie de la question."
                    )
                )
        relied_on = [pair for part in answering for pair in part.relied_on]
        problems = [
            *(problem for part in parts for problem in part.problems),
            *problems,
            *(dates.of_another_day(day, today) if claims else ()),
        ]
        problems += [_ORDER_IGNORED] if own != question else []
        problems += dates.of_quotes(claims, day, self._versions, self._article_dates, relied_on)
        yield self._conclude(
            question, day, answering, tuple(claims), tuple(dict.fromkeys(problems)), evidence, clock
        )

    def of_law_alone(self) -> "Answerer":
        """The same over the law alone: no document of the buyer's is looked into. What has been loaded is shared."""
        self.reader  # noqa: B018 - made once for both
        alone = copy(self)
        alone._documents = None  # noqa: SLF001 - a copy of its own
        return alone

    @property
    def reader(self) -> CaseReader:
        """What chooses the case, made at the first question and again when what is indexed has changed."""
        generation = self._searcher.generation
        if self._reader is None or self._reader[0] != generation:
            self._reader = (generation, self._made_reader())
        return self._reader[1]

    @property
    def sheets(self) -> SheetLibrary:
        """The sheets that are indexed."""
        return self._sheets

    def read(self, question: str, as_of: date | None = None) -> Reading:
        """What the reader makes of a question asked alone, before any rule has spoken: for measures."""
        understood = asked.understood(question, as_of or date.today())
        day = as_of or understood.day or date.today()
        return self._reading(understood, day, EVERYWHERE)

    def _made_reader(self) -> CaseReader:
        if self._trained is None:
            return NothingRead()
        try:
            return ReadBy(
                self._trained(self._searcher.cases()),
                self._sheets.sheet,
                self._together() if self._together else None,
            )
        except ModelFileError as error:
            message = f"{error.message} Les textes sont montrés sans position. Remède : {error.hint}."
            return NothingRead(Problem("lecteur-absent", message, severity=Severity.WARNING))

    # ---- what is asked ----------------------------------------------------------------------------------------------------------

    def _parts(
        self,
        own: str,
        as_of: date | None,
        today: date,
        collections: Reach,
        previous: Sequence[str],
        scope: Sequence[str],
    ) -> tuple[list[_Part], date]:
        """What answers each of the questions that ``own`` holds, and the day of the law."""
        if previous and (turned := follow_up.turned(own)):
            own, previous = turned, ()
        before = asked.understood(conversation.leaned_on(own, previous), today) if previous else None
        # What is read after another question has its number in the unit of that one.
        after = follow_up.with_unit(own, before) if before is not None else own
        if before is not None and (conversation.follows(own) or follow_up.asks_aspect_first(own)):
            whole = asked.understood(after, today)
            told = None if asked.is_of_now(whole) else before.day
            day = as_of or whole.day or told or today
            return [self._in_context(before, whole, after, day, collections, scope)], day
        whole = asked.understood(own, today)
        day = as_of or self._day_of(whole, today)
        alone: Reading | None = None
        if before is not None and not articles.requested(own):
            alone = self._reading(whole, day, collections)
            of_before = cache(partial(self._reading, before, day, collections))
            if self._goes_on(before, whole, alone, of_before, day, collections):
                whole = asked.understood(after, today)
                return [self._in_context(before, whole, after, day, collections, scope, alone)], day
            if (
                alone.bought is None
                and whole.quantities
                and conversation.names_same(whole.folded, before.folded)
            ):
                # « … et si je mets les huit immeubles dans une seule consultation à 240 000 ? » buys what was spoken of.
                alone = replace(alone, bought=of_before().bought)
        # What one document says is asked with its name once: « le gymnase, combien de lots, et quelle durée ? ».
        texts = [own] if self._concerns_documents(own, collections, scope) else conversation.parts(own)
        statements = OF_TWO_STATEMENTS if len(texts) > 1 else said.MOST_STATEMENTS
        understood = [whole] if len(texts) == 1 else [asked.understood(text, today) for text in texts]
        parts = [
            part
            for each in understood
            for part in self._each(
                _Request(
                    each,
                    day,
                    collections,
                    scope,
                    statements=statements,
                    read=alone if each is whole else None,
                )
            )
        ]
        if len(parts) > 1 and parts[0].basis is Basis.NONE:
            # « Les images, combien de jours, et qui signe ? »: what is asked second of a subject that no sheet is about is of that subject.
            together = self._part(_Request(whole, day, collections, scope, read=alone))
            parts = [together] if together.basis is Basis.NONE else parts
        said_of = {part.case and (part.sheet and part.sheet.id, part.case.id) for part in parts}
        if len(parts) > 1 and len(said_of) == 1 and said_of != {None}:
            # « Peut-on … et comment le motiver ? » is one question: half of it lacks the facts of the other half.
            parts = [self._part(_Request(whole, day, collections, scope, read=alone))]
        if (
            before is not None
            and alone is not None
            and len(parts) == 1
            and parts[0].basis in (Basis.TEXTS, Basis.NONE)
            and (follow_up.aspect_of(own) or not follow_up.turns_away(alone))
        ):
            # What nothing answers by itself may be said of the case before: « on lui a écrit, il ne répond pas. Maintenant c'est bon ? ».
            whole = asked.understood(after, today)
            leaning = self._in_context(before, whole, after, day, collections, scope, alone)
            return [leaning if leaning.basis is Basis.SHEET else parts[0]], day
        return parts, day

    def _goes_on(
        self,
        before: Asked,
        whole: Asked,
        alone: Reading,
        of_before: Callable[[], Reading],
        day: date,
        collections: Reach,
    ) -> bool:
        """Whether a question that no sheet is sure to answer by itself is surely of the sheet before, read after what was asked."""
        if alone.probability >= _SURE_ALONE or follow_up.turns_away(alone):
            return False
        found = of_before().speaks
        then = self._reading(follow_up.joined(before, whole), day, collections)
        return (
            found is not None
            and then.probability >= _SURE_AFTER
            and then.candidates[0].sheet.id == found.sheet.id
        )

    def _day_of(self, question: Asked, today: date) -> date:
        """The day whose law a question asks for; today, where it names an article that came later and asks nothing of then: that date is of a fact."""
        if question.day is None:
            return today
        if asked.is_of_then(question):
            return question.day
        absent = self._unknown(question.text, question.day, EVERYWHERE)
        return today if absent and not self._unknown(question.text, today, EVERYWHERE) else question.day

    def _unknown(self, text: str, day: date, collections: Reach) -> tuple[Problem, ...]:
        return refusal.unknown_references(
            text,
            day,
            self._versions,
            self._searcher.works(),
            lambda number: self._mentions(number, collections),
        )

    def _each(self, request: _Request) -> list[_Part]:
        """What answers one question: what its document says, and the law on it where that is asked too (« notre CCAP prévoit 45 jours : est-ce légal ? »)."""
        if _ASKS_LAW.search(fold(request.question.text)) is None:
            return [self._part(request)]
        said_of_it = self._of_documents(request, self._looked_up(request, sheet=0.0))
        law = self._part(replace(request, law_alone=True))
        return (
            [law]
            if said_of_it is None
            else [said_of_it, law]
            if law.basis is not Basis.NONE
            else [said_of_it]
        )

    def _in_context(
        self,
        before: Asked,
        whole: Asked,
        own: str,
        day: date,
        collections: Reach,
        scope: Sequence[str],
        alone: Reading | None = None,
    ) -> _Part:
        """What answers a question that leans on the one before it; ``alone`` is what is read in it by itself, where that is known already."""
        found = self._reading(before, day, collections)
        before = replace(before, form=found.form, fact=found.fact)
        request = _Request(before, day, collections, scope, own, found.speaks)
        aspect = follow_up.aspect_of(own) if found.speaks else None
        if aspect and found.speaks and (part := self._of_aspect(aspect, found.speaks, request)):
            return part
        alone = alone or self._reading(whole, day, collections)
        if aspect is None:
            whole = replace(whole, form=alone.form, fact=alone.fact or follow_up.is_open(own))
            request = replace(request, question=follow_up.joined(before, whole))
        return self._part(replace(request, alone=alone))

    def _reading(self, question: Asked, day: date, collections: Reach) -> Reading:
        """What the reader makes of a question, with the rules that a search finds for it."""
        return self.reader.read(question, day, self._rules(question.text, day, collections))

    def _rules(self, text: str, day: date, collections: Reach) -> tuple[Hit, ...]:
        return self._searcher.search(
            text, limit=RULE_HITS, as_of=day, kinds=(Kind.RULE,), collections=collections
        )

    # ---- what kind of answer ----------------------------------------------------------------------------------------------------

    def _part(self, request: _Request) -> _Part:
        text, day = request.question.text, request.day
        absent = self._unknown(text, day, request.collections)
        if not absent and not request.follow_up and (wanted := articles.requested(text)):
            return self._of_articles(wanted, day)
        rules = self._rules(text, day, request.collections)
        read = request.read or self.reader.read(request.question, day, rules)
        turned_away = None
        if request.alone is not None:
            reading = follow_up.merged(read, request.alone, request.before)
            turned_away = follow_up.refused(request.follow_up, read, request.alone)
        else:
            reading = read
            request = replace(request, question=replace(request.question, form=read.form, fact=read.fact))
        rule = hard_rules.asked_to_break(reading.wishes, text)
        if rule and rule.least is Position.NOT_IN_FORCE and not absent and references.articles(text):
            # « L'article L2152-7 oblige à prendre le moins cher » relies on what is law, wrongly or not.
            rule = None
        answering = reading.speaks if reading.speaks and not reading.speaks.refuses else None
        named = (SheetName(answering.sheet.id, answering.sheet.title),) if answering else ()
        if absent and (part := self._of_earlier(text, day)) is not None:
            return replace(part, see_also=named)
        pending = rule is not None and rule.least is Position.NOT_IN_FORCE
        proposals = tuple(self._proposals(text)) if absent else ()
        # What is taken for law and is none is said to be so, but for an article that nobody ever proposed: it does not exist.
        if absent and (
            not pending
            or (not proposals and refusal.names_no_article(text, self._versions, self._searcher.works()))
        ):
            return (
                self._of_proposal(request, read, rules, proposals, absent)
                or self._of_later(text, day)
                or _Part(
                    Basis.NONE,
                    Position.OUT_OF_SCOPE,
                    problems=[*absent, *(told for _, told in proposals)],
                    fallbacks=(absent[0].message, _WAYS_OUT[1]),
                )
            )
        looked_up = self._looked_up(request, reading.probability if reading.speaks else 0.0)
        if (part := self._of_documents(request, looked_up)) is not None:
            return replace(part, see_also=named)  # the law on it is named, and not said
        speaks = turned_away or speaking(reading, rule)
        if not request.follow_up and conversation.says_nothing(text):
            speaks = None
        if request.before is not None and (
            follow_up.stays(speaks, reading) or follow_up.chosen(request.before.sheet, request.follow_up)
        ):
            # The sheet before, as its cases lie once the follow-up is read.
            same = (one for one in read.candidates if one.sheet.id == request.before.sheet.id)
            speaks = next(same, request.before)
        if speaks is None and (part := self._of_another_day(request, rules)) is not None:
            return part
        if speaks is not None and not speaks.refuses:
            told = speaks if request.follow_up or rule else undecided(speaks, reading.candidates)
            return self._of_sheet(told, reading, request, rule, rules)
        sheets = self._searcher.search(
            text, limit=RULE_HITS, as_of=day, kinds=(Kind.SHEET,), collections=request.collections
        )
        if (
            speaks is not None
            or not rules
            or refusal.is_outside(refusal.nearness(text, (*rules, *sheets), self._searcher), reading)
        ):
            if turned_away is None and (part := self._of_named(text, day)) is not None:
                return part
            refused = (
                self._of_nothing(reading)
                if speaks is None
                else self._of_sheet(speaks, reading, request, rule, rules)
            )
            # Where no law is indexed, nothing else can answer.
            unasked = PROBABILITY_RATHER_THAN_NOTHING if rules else 0.0
            return self._of_documents(request, looked_up, unasked) or refused
        return self._of_texts(request, reading, rules)

    # ---- a case of a sheet ------------------------------------------------------------------------------------------------------

    def _of_sheet(
        self,
        speaks: Candidate,
        reading: Reading,
        request: _Request,
        rule: hard_rules.HardRule | None,
        rules: tuple[Hit, ...],
    ) -> _Part:
        problems: list[Problem] = []
        weighed = follow_up.reweighed(speaks, request.follow_up, request.before)
        case, sheet = weighed.cases[0].case, weighed.sheet
        if case.position is Position.OUT_OF_SCOPE:
            return _Part(
                Basis.NONE,
                case.position,
                sheet=sheet,
                case=case,
                fallbacks=(case.opening(request.question.form).text, *case.todo),
            )
        rival = as_near(weighed)
        form, position = said.answered(request.question.form, case, request.question.folded)
        request = replace(request, question=replace(request.question, form=form))
        near = rival is not None and position is case.position
        asked, told = request.question, fold_words(request.follow_up)

        def limit_of(one: Case) -> Judged | None:
            return judged(asked.folded, sheet.id, one.id, request.day, told, reading.bought)

        limit = None if asked.fact else limit_of(case)
        # A figure that a prohibition as near does not count tells nothing of it: fifteen days are enough in an emergency, not to catch up.
        if near and rival is not None and rival.position is Position.FORBIDDEN and limit_of(rival) is None:
            limit = None
        if limit is not None:
            if (other_side := said.on_its_side(case, limit, sheet, weighed.cases)) is not case:
                case, position = other_side, other_side.position
            near, position = False, said.limited(limit, request.question, position, reading.is_open)
            request = replace(request, question=replace(request.question, form=Form.OTHER))
        if rule is None and not said.A_YEAR.search(request.question.text):
            rule = hard_rules.THRESHOLD
        if rule is not None and clearly_lawful(weighed, rule.least):
            rule = None
        least = self._least(rule, sheet, problems)
        near = near and least is None  # what code forbids depends on nothing
        if least is not None and hard_rules.more_cautious(position, least) is not position:
            cautious = next((one.case for one in weighed.cases if one.case.position is least), None)
            if (
                cautious is None
                and rule is not None
                and rule.sheet
                and (other := self._sheets.sheet(rule.sheet)) is not None
            ):
                cautious = next(
                    (one for one in other.cases if one.position is least and one.in_force(request.day)), None
                )
                sheet = other if cautious else sheet
            case, position = cautious or case, least
        # « L'article L2113-10 impose bien … ? » asks what it says, not leave to do something.
        asks_what_is_said = (
            limit is None and form is Form.COMPULSORY and references.articles(request.question.text)
        )
        if (asks_what_is_said or (request.question.fact and form is not Form.LEAVE)) and position in (
            Position.POSSIBLE,
            Position.CONDITIONAL,
        ):
            position, near = Position.INFORMATION, False
        source = self._sheets.source(sheet.id)
        assert source is not None
        if near and rival is not None:
            conditions = [(one, one.opening(form)) for one in (case, rival)]
            claims = said.depends(conditions, request.day, source, sheet, self._quoting, "F1")
            position = Position.CONDITIONAL
        else:
            claims = said.claims(
                request.question,
                request.day,
                source,
                sheet,
                case,
                self._quoting,
                self._embedding,
                "F1",
                request.statements - (limit is not None),
                limit.text if limit else "",
            )
            if limit is not None:
                claims = chain(
                    (said.conclusion(limit, request.day, source, sheet, case, self._quoting, "F1.0"),),
                    claims,
                )
        return _Part(
            Basis.SHEET,
            position,
            self._with_model(claims, request.question.text, rules, case, problems),
            sheet,
            case,
            rules,
            [*problems, *_of_the_judge(case, request.question.folded), *_doubts(case)],
            (*case.instead, *self._model_clauses(request, case)),
            self._see_also(sheet, case, reading),
            _ask(sheet, request) if near else None,
            tuple(self._relied_on(case, request.day)),
        )

    def _least(
        self, rule: hard_rules.HardRule | None, sheet: LegalSheet, problems: list[Problem]
    ) -> Position | None:
        if rule is None or sheet.id not in rule.subject:
            return None
        problems.append(
            Problem(
                f"{hard_rules.CODE}{rule.id}",
                rule.message,
                severity=Severity.WARNING if rule.least else Severity.INFO,
            )
        )
        return rule.least

    def _with_model(
        self,
        claims: Iterator[Claim],
        question: str,
        rules: tuple[Hit, ...],
        case: Case,
        problems: list[Problem],
    ) -> Iterator[Claim]:
        """What the case says; its first sentence, then the model's words, where a model may word."""
        yield from (first for first in (next(claims, None),) if first)
        worded = False
        for claim in self._model.worded(question, evidences.gather(rules), (case,), problems):
            worded = True
            yield claim
        if not worded:
            yield from claims

    def _relied_on(self, case: Case, day: date) -> Iterator[tuple[Source, Passage]]:
        """The articles that are not quoted because a wording that nobody read has overtaken them: the reader is told."""
        for rule in dict.fromkeys(
            rule
            for statement in (*case.first.values(), *case.statements[: said.MOST_STATEMENTS])
            for rule in statement.rests_on
        ):
            if (
                rule.article
                and (found := wordings.on(day, self._wordings(rule.article, rule.work)))
                and wordings.overtaken(found, self._article_dates, day)
            ):
                yield found.source, found.passage

    def _see_also(self, sheet: LegalSheet, case: Case | None, reading: Reading) -> tuple[SheetName, ...]:
        """Sheets that are only named: those that the case names, then one that is nearly as near."""
        near = [
            one.sheet
            for one in reading.candidates[:2]
            if one.sheet.id != sheet.id and one.score >= reading.candidates[0].score - NEARLY_AS_NEAR
        ]
        named = self._sheets.titles(case.see_also if case else ())
        beside = (SheetName(other.id, other.title) for other in near if other.subject != "refus")
        unique = {one.id: one for one in (*named, *beside)}
        return tuple(unique.values())[:MOST_SEE_ALSO]

    def _of_aspect(self, aspect: Aspect, speaks: Candidate, request: _Request) -> _Part | None:
        """The same case, by what a follow-up asks of it: its articles, its risk, what to write; None where it says nothing of that."""
        sheet, case = speaks.sheet, speaks.cases[0].case
        source = self._sheets.source(sheet.id)
        assert source is not None
        if aspect is Aspect.ARTICLES:
            targets = dict.fromkeys(
                rule
                for statement in (case.opening(request.question.form), *case.statements)
                for rule in statement.rests_on
            )
            found = [wording for target in targets if (wording := self._quoting.whole(target, request.day))]
            claims = [articles.whole(one, f"F1.{n}") for n, one in enumerate(found, 1)]
        else:
            texts = case.instead if aspect is Aspect.WORDING else (*case.risk.reasons, *case.risk.appeals)
            claims = [
                Claim(text, (said.sheet_quote(source, sheet, one, f"F1.{n}"),))
                for n, text in enumerate(texts, 1)
                for one in said.listed(sheet, text)
            ]
        if not claims:
            return None
        return _Part(
            Basis.SHEET,
            Position.INFORMATION,
            iter(claims[: said.MOST_STATEMENTS + 1]),
            sheet,
            case,
            problems=_doubts(case),
            see_also=self._see_also(sheet, case, Reading((speaks,), 1.0)),
        )

    def _of_another_day(self, request: _Request, rules: tuple[Hit, ...]) -> _Part | None:
        """Where a sheet would answer on another day than the one asked for: the article of that day, whole, then what holds today."""
        today = date.today()
        if request.day == today:
            return None
        speaks = self.reader.read(request.question, today, rules).speaks
        if speaks is None or any(case.in_force(request.day) for case in speaks.sheet.cases):
            return None
        case, source = speaks.cases[0].case, self._sheets.source(speaks.sheet.id)
        assert source is not None
        found = [
            wording for target in case.rests_on if (wording := self._quoting.whole(target, request.day))
        ][:MOST_ARTICLES]
        if not found:
            return None
        whole = [articles.whole(one, f"S1.{n}") for n, one in enumerate(found, 1)]
        opening = next(
            said.claims(
                replace(request.question, form=Form.OTHER, fact=False),
                today,
                source,
                speaks.sheet,
                case,
                self._quoting,
                self._embedding,
                "F1",
            )
        )
        today_said = replace(opening, text=f"Aujourd'hui : {opening.text}")
        return _Part(
            Basis.TEXTS,
            Position.INFORMATION,
            iter((*whole, today_said)),
            hits=rules,
            see_also=(SheetName(speaks.sheet.id, speaks.sheet.title),),
            lead=_OF_THAT_DAY,
        )

    def _model_clauses(self, request: _Request, case: Case) -> tuple[str, ...]:
        """The model clauses nearest to the question that rest on a rule of its case, as advice: what to write, never what the law says."""
        of_case = {
            title
            for rule in case.rests_on
            if rule.work and rule.article
            for title in self._clauses_on(rule.work, rule.article)
        }
        if not of_case:
            return ()
        hits = self._searcher.search(
            request.question.text,
            limit=CLAUSE_HITS,
            as_of=request.day,
            kinds=(Kind.CLAUSE,),
            collections=request.collections,
        )
        near = {
            hit.source.id: hit.source
            for hit in hits
            if (hit.similarity or 0.0) >= CLAUSE_SIMILARITY and hit.source.title in of_case
        }
        return tuple(
            f"Clause modèle : « {source.title} » (assistant draft {Path(source.origin).stem})"
            for source in list(near.values())[:MOST_CLAUSES]
        )

    # ---- articles ---------------------------------------------------------------------------------------------------------------

    def _of_named(self, text: str, day: date) -> _Part | None:
        """The articles that a question names, whole, where they exist: « L2113-11, le 3° : ça vaut pour tout le monde ? » is not refused."""
        part = self._of_articles(articles.named(text), day)
        claims = list(part.claims)
        return replace(part, claims=iter(claims)) if claims else None

    def _of_articles(self, wanted: articles.Request, day: date) -> _Part:
        problems: list[Problem] = []
        found = [reference for reference in wanted.references if reference.article]
        claims = [
            claim
            for number, reference in enumerate(found, 1)
            for claim in self._articles.said(reference, day, f"S{number}", problems)
        ]
        quoted = dict.fromkeys(
            (str(quote.passage.work), str(quote.passage.article))
            for claim in claims
            for quote in claim.quotes
        )
        see_also = self._sheets.titles(
            dict.fromkeys(id_ for key in quoted for id_ in self._searcher.sheets_resting_on(*key))
        )[:MOST_RESTING]
        if clauses := dict.fromkeys(f"« {title} »" for key in quoted for title in self._clauses_on(*key)):
            named = f"{', '.join(list(clauses)[:MOST_RESTING])}{', …' if len(clauses) > MOST_RESTING else ''}"
            problems.append(
                Problem(
                    "clauses-liees",
                    f"Clauses modèles qui s'appuient sur ce texte : {named}.",
                    severity=Severity.INFO,
                )
            )
        return _Part(Basis.TEXTS, Position.INFORMATION, iter(claims), problems=problems, see_also=see_also)

    def _of_texts(self, request: _Request, reading: Reading, rules: tuple[Hit, ...]) -> _Part:
        """No sheet answers: the nearest articles, whole, without a position."""
        problems: list[Problem] = [reading.problem] if reading.problem else []
        evidence = self._model.first_chosen(request.question.text, evidences.gather(rules), problems)
        # What the likely sheets rest on is right in one of two (0.52 of 101 questions on which no sheet spoke), what a search finds in one of eight (0.13).
        found = self._first_wordings(
            ((rule.article, rule.work) for rule in nearest_rules(reading.candidates)), request.day
        )
        if not found:
            hits = (piece.hit for piece in evidence if piece.hit.score >= NEARLY_AS_GOOD * rules[0].score)
            found = self._first_wordings(
                ((hit.passage.article, hit.passage.work) for hit in hits), request.day
            )
        claims = [articles.whole(one, f"S1.{n}") for n, one in enumerate(found, 1)]
        near = tuple(
            SheetName(one.sheet.id, one.sheet.title)
            for one in reading.candidates[:2]
            if one.cases[0].case.position is not Position.OUT_OF_SCOPE
        )
        shown = self._shown(request, evidence, claims, problems)
        return _Part(
            Basis.TEXTS,
            Position.INFORMATION,
            shown,
            hits=rules,
            problems=problems,
            see_also=near,
            lead=_NO_SHEET,
        )

    def _first_wordings(self, named: Iterable[tuple[str | None, str | None]], day: date) -> list[Wording]:
        """The wordings on ``day`` of the first articles, by number and work, that are indexed."""
        wanted = (wordings.on(day, self._wordings(article, work)) for article, work in named if article)
        return list(itertools.islice((one for one in wanted if one), MOST_ARTICLES))

    def _shown(
        self,
        request: _Request,
        evidence: tuple[Evidence, ...],
        claims: Sequence[Claim],
        problems: list[Problem],
    ) -> Iterator[Claim]:
        """The model's words, where a model may word and says something that holds; else the extracts."""
        worded = list(self._model.worded(request.question.text, evidence, (), problems))
        yield from worded or claims

    # ---- own documents ----------------------------------------------------------------------------------------------------------

    def _concerns_documents(self, text: str, collections: Reach, scope: Sequence[str]) -> bool:
        """Whether a question is surely about the buyer's own documents."""
        if self._documents is None or not (sources := self._sources(text, collections, scope)):
            return False
        concern = self._documents.concern(text, sources, bool(scope), sheet=1.0)
        return concern is not None and concern.by_its_words

    def _sources(self, text: str, collections: Reach, scope: Sequence[str]) -> tuple[Source, ...]:
        """The documents that a question may be about."""
        assert self._documents is not None
        sources = self._documents.sources(collections, scope)
        return sources if scope else self._documents.meant(text, sources)

    def _looked_up(self, request: _Request, sheet: float) -> _LookedUp | None:
        """What is found in the buyer's own documents; None where the question is not about them.

        Args:
            request: what is asked.
            sheet: the probability of the sheet that would answer or refuse, 0: none would.
        """
        if self._documents is None or request.law_alone:
            return None
        sources = self._sources(request.question.text, request.collections, request.scope)
        if not sources:
            return None
        whether = request.question.form in SAYS_WHETHER
        concern = self._documents.concern(
            request.question.text, sources, bool(request.scope), sheet, whether=whether
        )
        if concern is None:
            return None
        if concern.many:
            own = self._documents.sources(request.collections, request.scope, examples=False)
            return _LookedUp(own or sources, concern, sheet)
        found = self._documents.found(
            request.question.text, sources, concern.subject, request.day, request.collections
        )
        return _LookedUp(sources, concern, sheet, found)

    def _of_documents(
        self, request: _Request, looked_up: _LookedUp | None, unasked: float = PROBABILITY_UNASKED
    ) -> _Part | None:
        """What the buyer's own documents say; ``unasked``: the probability of being about them from which they answer a question."""
        if looked_up is None:
            return None
        found = looked_up.found
        if found is None:
            return self._listed(request, looked_up.sources, looked_up.concern)
        if about(looked_up.concern, found) < unasked:
            return None
        if not found.claims and looked_up.sheet and not request.scope:
            return None
        if not found.claims:
            return _Part(
                Basis.DOCUMENT, Position.INFORMATION, hits=found.hits, fallbacks=(), lead=unsaid(found)
            )
        problems = [Problem("avenant-incertain", doubt) for doubt in found.doubts]
        if found.in_force:
            return _Part(Basis.DOCUMENT, Position.INFORMATION, iter(found.claims), problems=problems)
        evidence = self._model.first_chosen(
            request.question.text, evidences.gather(found.hits[:DOCUMENT_HITS]), problems
        )
        shown = self._shown(request, evidence, found.claims, problems)
        return _Part(
            Basis.DOCUMENT, Position.INFORMATION, shown, hits=found.hits[:DOCUMENT_HITS], problems=problems
        )

    def _listed(self, request: _Request, sources: tuple[Source, ...], concern: Concern) -> _Part:
        assert self._documents is not None
        assert concern.subject is not None
        rows = self._documents.rows(
            request.question.text, sources, concern.subject, request.day, request.collections
        )
        claims = tuple(claims_of(rows))
        problems = [Problem("avenant-incertain", doubt) for doubt in self._documents.doubts(sources)]
        return _Part(
            Basis.DOCUMENT,
            Position.INFORMATION,
            iter(claims),
            problems=problems,
            rows=rows,
            lead="" if claims else counted(rows),
        )

    # ---- nothing ----------------------------------------------------------------------------------------------------------------

    def _of_nothing(self, reading: Reading) -> _Part:
        """Nothing answers: what kind of question it seems to be, where a sheet that refuses is the nearest and nearer than none."""
        first = reading.candidates[0] if reading.candidates else None
        if first is None or not first.refuses or reading.refusing < (reading.none or 0.0):
            return _Part(Basis.NONE, Position.OUT_OF_SCOPE, fallbacks=_WAYS_OUT)
        case = first.cases[0].case
        return _Part(
            Basis.NONE, case.position, sheet=first.sheet, case=case, fallbacks=(_WAYS_OUT[0], *case.todo)
        )

    def _of_proposal(
        self,
        request: _Request,
        reading: Reading,
        rules: tuple[Hit, ...],
        proposals: Sequence[tuple[str, Problem]],
        absent: Sequence[Problem],
    ) -> _Part | None:
        """What the sheets say of an article that a bill proposes, None where none is about it."""
        if not proposals:
            return None
        for candidate in reading.candidates:
            about = [
                one
                for one in candidate.cases
                if one.case.position is Position.NOT_IN_FORCE
                and any(number in one.case.when for number, _ in proposals)
            ]
            if about:
                part = self._of_sheet(replace(candidate, cases=tuple(about)), reading, request, None, rules)
                part.problems[:0] = absent
                return part
        return None

    def _of_later(self, text: str, day: date) -> _Part | None:
        """That an article was no law yet on that day; None where none is named of which that is sure."""
        claims = [
            articles.not_yet(first, day, f"S{place}")
            for place, reference in enumerate(references.articles(text), 1)
            if (first := wordings.first(self._wordings(str(reference.article), reference.work)))
            and first.valid_from
            and day < first.valid_from
        ]
        return _Part(Basis.TEXTS, Position.NOT_IN_FORCE, iter(claims)) if claims else None

    def _of_earlier(self, text: str, day: date) -> _Part | None:
        """That an article is law no more on that day; None where none is named of which that is sure."""
        claims = [
            articles.no_more(last, f"S{place}")
            for place, reference in enumerate(references.articles(text), 1)
            if (last := wordings.last(self._wordings(str(reference.article), reference.work), day))
        ]
        return _Part(Basis.TEXTS, Position.NOT_IN_FORCE, iter(claims)) if claims else None

    def _proposals(self, text: str) -> Iterator[tuple[str, Problem]]:
        for reference in references.articles(text):
            if problem := self._articles.proposed(str(reference.article)):
                yield str(reference.article), problem

    # ---- the index --------------------------------------------------------------------------------------------------------------

    def _versions(self, number: str, work: str | None) -> tuple[Passage, ...]:
        return tuple(passage for _, passage in self._searcher.articles(number, work))

    def _wordings(self, number: str, work: str | None) -> tuple[Wording, ...]:
        return wordings.wordings(self._searcher.articles(number, work))

    def _mentions(self, number: str, collections: Reach) -> bool:
        return any(
            number in hit.passage.text
            for hit in self._searcher.search(number, limit=5, collections=collections)
        )

    # ---- conclusion -------------------------------------------------------------------------------------------------------------

    def _conclude(
        self,
        question: str,
        day: date,
        parts: Sequence[_Part],
        claims: tuple[Claim, ...],
        problems: tuple[Problem, ...],
        evidence: tuple[Evidence, ...],
        clock: "_Clock",
    ) -> Answer:
        first = next((part for part in parts if part.basis is Basis.SHEET), parts[0])
        position = reduce(hard_rules.more_cautious, (part.position for part in parts))
        speaking = next(
            (part for part in parts if part.position is position and part.sheet is not None), first
        )
        doubtful = any(claim.verdict is Verdict.UNVERIFIED for claim in claims)
        grounded = bool(claims)
        stands = grounded or first.basis is Basis.DOCUMENT  # « le document ne le dit pas » is an answer
        case = first.case if first.basis is Basis.SHEET else None
        # What a buyer does and writes is not told to a firm.
        is_told = case is None or case.actor is not Actor.BUYER or not asked.is_firm(fold_words(question))
        return Answer(
            question=question,
            as_of=day,
            basis=first.basis if stands else Basis.NONE,
            position=position if stands else Position.OUT_OF_SCOPE,
            status=(Status.UNVERIFIED if doubtful else Status.GROUNDED) if grounded else Status.INSUFFICIENT,
            claims=claims,
            risk=case.risk if case else Risk(),
            fallbacks=(first.fallbacks if stands or first.fallbacks else _WAYS_OUT) if is_told else (),
            problems=problems,
            model=self._model.name,
            timings=clock.timings(),
            evidence=evidence if grounded else (),
            lead=first.lead if stands else "",
            about=_about(speaking) if grounded and position in hard_rules.CAUTION else None,
            sheet=first.sheet.id if case and first.sheet else None,
            case=case.id if case else None,
            also_known_as=first.sheet.also_known_as if case and first.sheet else (),
            todo=case.todo if case and is_told else (),
            ask=first.ask,
            see_also=tuple(dict.fromkeys(name for part in parts for name in part.see_also)),
            rows=next((part.rows for part in parts if part.rows), None),
        )


_ORDER_IGNORED = Problem(
    "consigne-ignoree",
    "La question contient une consigne adressée à l'assistant : elle n'est pas suivie.",
    severity=Severity.INFO,
)
_COMPANY = families.pattern("buyer.company")
_ASKS_LAW = families.pattern("documents.asks_law")
_NO_SHEET = "Aucune fiche ne répond à cette question. Les textes les plus proches, sans position :"
_OF_THAT_DAY = "Aucune fiche ne vaut à cette date. Le texte de ce jour-là, puis ce qui vaut aujourd'hui :"
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
        return Timings(
            self._notes.get("search", 0.0),
            self._notes.get("extract"),
            self._notes.get("claim"),
            time.perf_counter() - self._start,
        )


def _greeting(question: str, day: date, line: str, clock: _Clock) -> Answer:
    return Answer(
        question,
        day,
        Basis.NONE,
        Position.OUT_OF_SCOPE,
        Status.INSUFFICIENT,
        (),
        Risk(),
        (line,),
        (),
        None,
        clock.timings(),
    )


def speaking(reading: Reading, rule: hard_rules.HardRule | None) -> Candidate | None:
    """The sheet that answers: one of the rule's subject at a lower probability already, since both point there.

    Where the sheet that answers is of another subject and forbids too, or is not sure, the sheet that says why the rule holds answers instead.
    Of a text that the question takes for law, it is the nearest of those that say it is none.
    """
    if rule is not None and rule.least is Position.NOT_IN_FORCE:
        named = next((one for one in reading.candidates if one.sheet.id in rule.subject), None)
        if named is not None and (reading.speaks is None or reading.speaks.sheet.id not in rule.subject):
            return named
    if rule is not None and reading.probability >= PROBABILITY_UNDER_A_RULE:
        first = reading.candidates[0]
        yields = first.sheet.id not in rule.subject and (
            first.cases[0].case.position is Position.FORBIDDEN
            or reading.probability < PROBABILITY_BESIDE_A_RULE
        )
        least = first.score - (NEAR_WHERE_BOTH_FORBID if yields else NEAR_UNDER_A_RULE)
        subject = frozenset((rule.sheet,)) if yields and rule.sheet else rule.subject
        about = next(
            (one for one in reading.candidates if one.score >= least and one.sheet.id in subject), None
        )
        if about is not None and (reading.speaks is None or about is first or yields):
            return about
    return reading.speaks


def _about(part: _Part) -> str | None:
    """What the position is taken on: the title of the sheet, and the condition of the case where it has several and the position is its own.

    « 174 000 € » are not « moins de 60 000 € », whose case says so.
    """
    if part.sheet is None or part.case is None:
        return None
    return (
        part.sheet.title
        if len(part.sheet.cases) == 1 or part.ask or part.position is not part.case.position
        else f"{part.sheet.title} — {part.case.when}"
    )


def _ask(sheet: LegalSheet, request: _Request) -> Ask | None:
    """What the sheet asks for, where its cases are as near; its conditions as choices where it names no fact."""
    if sheet.decisive is None:
        return None
    if follow_up.chosen(sheet, request.follow_up):
        return None
    return Ask(
        sheet.decisive.ask, tuple(Option(choice.label, choice.say) for choice in sheet.decisive.choices)
    )


def _of_the_judge(case: Case, folded: str) -> list[Problem]:
    """That the appeals of a case are named as before the administrative judge, and those of a company are not."""
    if not (_COMPANY.search(folded) and case.risk.appeals):
        return []
    return [
        Problem(
            "juge-judiciaire",
            "Le marché d'une société (société d'économie mixte, société publique locale, société d'HLM) est en principe de droit privé : "
            "les recours vont au juge judiciaire (ordonnance n° 2009-515, source secondaire), non au juge administratif.",
            severity=Severity.INFO,
        )
    ]


def _doubts(case: Case) -> list[Problem]:
    """What the case itself says was not verified."""
    return [
        Problem("incertitude", f"Ce qui reste incertain : {text}", severity=Severity.INFO)
        for text in case.doubts[:1]
    ]
