"""What a sheet must hold to before it enters the corpus, beyond being readable: each fault names its file, its field and what to do."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.datatypes import Failure, Position
from assistant.sheets.values import Case, Form, LegalSheet, Statement

# An answer is read in one glance (design of answers: one idea, its subject named).
MOST_WORDS = 25
LEAST_QUESTIONS = 8
# First word of the first sentence for each form; what is left out may begin as it likes.
_FIRST_WORDS: Mapping[tuple[Form, Position], tuple[str, ...]] = {
    (Form.LEAVE, Position.POSSIBLE): ("oui",),
    (Form.LEAVE, Position.CONDITIONAL): ("oui",),
    (Form.LEAVE, Position.FORBIDDEN): ("non",),
    (Form.LEAVE, Position.NOT_IN_FORCE): ("non", "pas encore", "aujourd"),
    (Form.FORBIDDEN, Position.POSSIBLE): ("non",),
    (Form.FORBIDDEN, Position.CONDITIONAL): ("non",),
    (Form.FORBIDDEN, Position.FORBIDDEN): ("oui",),
}
# Pronouns whose noun is in another sentence. « Il faut », « il est possible » have no noun to name.
_IMPERSONAL = (
    "faut", "est ", "n'est", "existe", "n'existe", "suffit", "ne suffit", "s'agit", "ne s'agit", "y a", "n'y a", "appartient", "convient", "reste ", "revient",
    "en va", "en résulte", "peut être", "ne peut être",
)  # fmt: skip
_ELSEWHERE = (
    "elles?",
    "ils",
    "celui",
    "celle",
    "ceux",
    "celles",
    "cela",
    "ceci",
    "ce dernier",
    "cette dernière",
    "ces derniers",
    "ces dernières",
    "leurs?",
)
_PRONOUN = re.compile(rf"^(?:{'|'.join(_ELSEWHERE)}|il (?!{'|'.join(_IMPERSONAL)}))\b", re.IGNORECASE)
_YES_OR_NO = re.compile(r"^(?:oui|non)\b", re.IGNORECASE)


def faults(
    sheet: LegalSheet,
    name: str,
    others: Mapping[str, LegalSheet] | None = None,
    questions: Sequence[tuple[str | None, str | None]] = (),
) -> tuple[Failure, ...]:
    """What is wrong with a sheet.

    Args:
        sheet: the sheet.
        name: its file, without ending.
        others: every sheet by id, to follow what leads elsewhere; None: that is not looked at.
        questions: sheet and case of each question that is written apart from the sheets.
    """
    return tuple(
        Failure(f"{name}.yaml", message, hint) for message, hint in _faults(sheet, name, others, questions)
    )


def _faults(
    sheet: LegalSheet,
    name: str,
    others: Mapping[str, LegalSheet] | None,
    questions: Sequence[tuple[str | None, str | None]],
) -> Iterator[tuple[str, str]]:
    if sheet.id != name:
        yield (
            f"id : « {sheet.id} » n'est pas le nom du fichier.",
            "Donnez au fichier et à la fiche le même nom.",
        )
    if not sheet.cases:
        yield "cases : la fiche n'a pas de cas.", "Une fiche a au moins un cas."
    seen: set[str] = set()
    for case in sheet.cases:
        where = f"cases[{case.id}]"
        yield from _of_first_sentences(case, where)
        for number, statement in enumerate(case.statements, 1):
            yield from _of_statement(statement, f"{where}.statements[{number}]")
        written = len(case.questions) + sum(question == (sheet.id, case.id) for question in questions)
        is_past = case.valid_to is not None and case.valid_to <= sheet.verified_on
        if written < LEAST_QUESTIONS and not (is_past and not written):
            yield (
                f"{where}.questions : {written} questions.",
                f"Écrivez-en au moins {LEAST_QUESTIONS}, de plusieurs voix.",
            )
        for text in (*case.questions, *(miss.text for miss in case.not_here)):
            if text.casefold() in seen:
                yield (
                    f"{where} : « {text} » est écrit deux fois dans la fiche.",
                    "Gardez-la dans le cas auquel elle mène.",
                )
            seen.add(text.casefold())
        if others is not None:
            yield from _of_links(sheet, case, where, others)


def _of_first_sentences(case: Case, where: str) -> Iterator[tuple[str, str]]:
    for form, statement in case.first.items():
        field, text = f"{where}.first.{form}", statement.text
        if len(text.split()) - len(re.findall(r"(?:^|\s)[:;?!«»–—](?=\s|$)", text)) > MOST_WORDS:
            yield (
                f"{field} : plus de {MOST_WORDS} mots.",
                "Une idée ; le reste va dans les phrases de la fiche.",
            )
        wanted = _FIRST_WORDS.get((form, case.position), ())
        if wanted and not text.lower().startswith(wanted):
            yield (
                f"{field} : « {text[:40]}… » contredit la position « {case.position} ».",
                f"La phrase commence par « {wanted[0].capitalize()} ».",
            )
        if form is Form.OTHER and _YES_OR_NO.match(text):
            yield (
                f"{field} : commence par oui ou non, sans que la question le demande.",
                "Nommez le sujet d'abord.",
            )
        yield from _of_statement(
            Statement(re.sub(r"^(?:Oui|Non)[^:]{0,40} : ", "", text), statement.span, statement.rests_on),
            field,
        )


def _of_statement(statement: Statement, field: str) -> Iterator[tuple[str, str]]:
    if _PRONOUN.match(statement.text):
        yield (
            f"{field} : « {statement.text[:40]}… » commence par un pronom dont le nom est ailleurs.",
            "Nommez le sujet : la phrase se lit seule.",
        )


def _of_links(
    sheet: LegalSheet, case: Case, where: str, others: Mapping[str, LegalSheet]
) -> Iterator[tuple[str, str]]:
    known = {**others, sheet.id: sheet}
    for miss in case.not_here:
        id_, _, of = (miss.go or "").partition("/")
        if miss.go and (id_ not in known or (of and known[id_].case(of) is None)):
            yield (
                f"{where}.not_here : « {miss.go} » n'est ni une fiche ni un cas.",
                "Écrivez « fiche », « fiche/cas » ou null.",
            )
        if miss.go in (f"{sheet.id}/{case.id}", sheet.id if len(sheet.cases) == 1 else ""):
            yield f"{where}.not_here : « {miss.text} » mène au cas même.", "Mettez-la dans ses questions."
    for id_ in case.see_also:
        if id_ not in known:
            yield f"{where}.see_also : « {id_} » n'est pas une fiche.", "Écrivez l'id d'une fiche."
    for other in case.before:
        id_, _, of = other.partition("/")
        if id_ not in known or known[id_].case(of) is None:
            yield f"{where}.before : « {other} » n'est pas un cas.", "Écrivez « fiche/cas », ou retirez-le."
    for other in case.same_as:
        id_, _, of = other.partition("/")
        twin = known[id_].case(of) if id_ in known and id_ != sheet.id else None
        if twin is None or twin.position is not case.position:
            yield (
                f"{where}.same_as : « {other} » n'est pas un cas d'une autre fiche qui a la même position.",
                "Écrivez « fiche/cas », ou retirez-le.",
            )


def of_all(
    sheets: Iterable[tuple[str, LegalSheet]], questions: Sequence[tuple[str | None, str | None]] = ()
) -> tuple[Failure, ...]:
    """The faults of several sheets, given with the names of their files, and of those that share an id."""
    named = tuple(sheets)
    by_id = {sheet.id: sheet for _, sheet in named}
    found = [fault for name, sheet in named for fault in faults(sheet, name, by_id, questions)]
    for id_ in by_id:
        files = [name for name, sheet in named if id_ == sheet.id]
        if len(files) > 1:
            found.append(
                Failure(
                    f"{files[1]}.yaml",
                    f"id : « {id_} » est déjà celui de {files[0]}.yaml.",
                    "Donnez à chaque fiche son propre id.",
                )
            )
    return tuple(found)
