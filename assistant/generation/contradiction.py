"""What a language model says against the sheets of its answer, or against itself: marked, shown, and never given the last word.

The sheets are written by people and give the position; the checks of ``grounding`` compare a claim with what it quotes only. A claim can be true of an
article and false for the question: "l'acheteur peut exclure un candidat" quotes the Code, and answers "peut-on l'exclure pour sa nationalité ?" the wrong way.
Here the wording of the sheets is compared with that of the claim. Where it errs, it marks a true claim: the sheet's own sentence stands before it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.datatypes import Claim, Position, Problem, Severity, Verdict
from assistant.generation.grounding import wording
from assistant.generation.grounding.checks import modality_towards, nearest
from assistant.generation.grounding.modality import Modality
from assistant.generation.grounding.read import Clause, Reading, read
from assistant.sheets import Case, Form

# A claim and a question that share this share of the words of either are about the same thing; so are a claim and a sentence of a sheet that holds this
# share of its words. At 0.6, of 843 sentences of the articles that the corpus's sheets rest on, 32 are marked; at 0.5, 65; at 0.67, 19; and none of the 593
# sentences of the sheets themselves.
_SAME_SUBJECT, _SAME_RULE = 0.34, 0.6
# Two sentences of the model that share this share of each other's words say, or deny, the same thing.
_SAME_SENTENCE = 0.6
_ALLOWING = (Modality.PERMIT, Modality.EXEMPT)
# What leaves a choice without its conditions.
_UNCONDITIONAL = re.compile(
    r"\b(?:librement|toujours|sans (?:aucune? )?(?:condition|justification|limite|restriction)s?|dans tous les cas|en toute circonstance|discretionnaire\w*)\b"
)
_IN_FORCE = re.compile(r"\b(?:en vigueur|s'appliqu\w+|applicables?|impos\w+|oblig\w+|exig\w+)\b")

NOTHING_VERIFIED = Problem(
    "rien-de-verifie",
    "Aucune phrase du modèle n'a été vérifiée : la réponse s'en tient aux fiches et aux extraits.",
)


def heard(
    claims: Iterable[Claim], question: str, cases: Sequence[Case], on_problem: Callable[[Problem], None]
) -> Iterator[Claim]:
    """The claims of a model that may be shown: those that contradict a sheet or an earlier one are marked, and none is given before one is verified.

    Without a single verified claim nothing is given, and ``on_problem`` is told.
    """
    held: list[Claim] = []
    earlier: list[Claim] = []
    verified = False
    for claim in claims:
        found = (*against_cases(claim.text, question, cases), *against_claims(claim.text, earlier))
        for problem in found:
            on_problem(problem)
        marked = (
            replace(claim, verdict=Verdict.UNVERIFIED, problems=(*claim.problems, *found)) if found else claim
        )
        earlier.append(marked)
        held.append(marked)
        verified = verified or marked.verdict is Verdict.VERIFIED
        if verified:
            yield from held
            held.clear()
    if held:
        on_problem(NOTHING_VERIFIED)


def against_cases(text: str, question: str, cases: Sequence[Case]) -> tuple[Problem, ...]:
    """What ``text`` allows, requires or denies otherwise than a case of a sheet does; empty when nothing is."""
    claim = read(text)
    for case in cases:
        if _against(claim, read(question), case):
            first = case.first[Form.LEAVE].text
            message = f"Une phrase du modèle contredit la fiche, qui est suivie : « {first} ». La phrase du modèle est à vérifier."
            return (Problem("contredit-la-fiche", message, severity=Severity.WARNING),)
    return ()


def against_claims(text: str, earlier: Sequence[Claim]) -> tuple[Problem, ...]:
    """An earlier claim that says the opposite of ``text``."""
    claim = read(text)
    for one in earlier:
        if any(
            _opposed(clause, other)
            for clause in claim.clauses
            for other in read(one.text).clauses
            if _same_sentence(clause, other)
        ):
            message = f"Le modèle se contredit : une phrase dit le contraire de « {one.text} ». Les deux sont à vérifier."
            return (Problem("se-contredit", message, severity=Severity.WARNING),)
    return ()


def _against(claim: Reading, question: Reading, case: Case) -> bool:
    said = tuple(clause for statement in case.said for clause in read(statement.text).clauses)
    return any(
        _clause_against(clause, nearest(clause, said), question, case.position) for clause in claim.clauses
    ) or (
        case.position is Position.CONDITIONAL
        and _allows(claim)
        and _UNCONDITIONAL.search(claim.folded) is not None
    )


def _clause_against(clause: Clause, of_sheet: Clause | None, question: Reading, position: Position) -> bool:
    if (
        of_sheet is not None
        and wording.covered(clause.stems, of_sheet.stems) >= _SAME_RULE
        and _opposed(clause, of_sheet)
    ):
        return True
    agrees = of_sheet is not None and modality_towards(of_sheet, clause) in _ALLOWING and not of_sheet.denies
    if agrees or clause.denies or not _about(clause, question):
        return False
    modality = {marker.modality for marker in clause.markers}
    if position is Position.FORBIDDEN:
        return bool(modality & set(_ALLOWING))
    return position is Position.NOT_IN_FORCE and _IN_FORCE.search(clause.text) is not None


def _opposed(one: Clause, other: Clause) -> bool:
    """Whether two clauses on the same thing say opposite things of it. A choice made a duty is opposed too."""
    mine, theirs = modality_towards(one, other), modality_towards(other, one)
    if mine is Modality.EXEMPT or theirs is Modality.EXEMPT:
        return Modality.OBLIGE in (mine, theirs)
    return one.denies != other.denies or {mine, theirs} in (
        {Modality.PERMIT, Modality.OBLIGE},
        {Modality.PERMIT, Modality.FORBID},
    )


def _allows(claim: Reading) -> bool:
    return any(marker.modality in _ALLOWING for clause in claim.clauses for marker in clause.markers)


def _about(clause: Clause, question: Reading) -> bool:
    return max(
        wording.covered(clause.stems, question.stems), wording.covered(question.stems, clause.stems)
    ) >= _SAME_SUBJECT and bool(clause.stems)


def _same_sentence(one: Clause, other: Clause) -> bool:
    return (
        bool(one.stems and other.stems)
        and min(wording.covered(one.stems, other.stems), wording.covered(other.stems, one.stems))
        >= _SAME_SENTENCE
    )
