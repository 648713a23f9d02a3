"""A language model may fit a clause to a contract; what it changes is checked word by word, and a doubt gives the model clause back.

A check that understood any paraphrase would let some obligation slip: « notifie » and « peut notifier », « les données » and « des données » are near in every
measure. So the door is narrow. Lines, fields, figures, references, modalities, negations stay as they are; the words too, but for one thing: what a clause
calls by a common name (« le service », « la solution », « l'acheteur ») may take the name that the buyer gave in the description of the contract, whole.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from assistant import references
from assistant.datatypes import Draft, ModelClause, Problem, Progress
from assistant.drafting import drafter
from assistant.drafting.clause_files import placeholders
from assistant.drafting.drafter import Request, Wording
from assistant.drafting.library import ClauseLibrary
from assistant.errors import GenerationError
from assistant.french import numbers
from assistant.french.folding import fold_line
from assistant.generation import prompts
from assistant.generation.grounding import modality, wording
from assistant.generation.grounding.scanner import ObjectScanner
from assistant.lines import beginning
from assistant.protocols import LanguageModel, OnProgress, silent

# Twelve changes of a line each; longer, and the model is rewriting the clause.
MAX_TOKENS = 900
# Characters of a wording that a problem shows.
SHOWN = 80

OBJECT, BUYER = "objet", "acheteur"
# What the contract's own name may stand for, by the field of the description that gives it. Words that are also verbs (« produit ») or parts of set phrases
# (« en application de ») are not here.
_COMMON_NAMES: Mapping[str, frozenset[str]] = {
    OBJECT: frozenset(("service", "solution", "plateforme", "système", "outil", "logiciel")),
    BUYER: frozenset(("acheteur",)),
}
# A name longer than this is a sentence, and could bring an obligation of its own.
_MOST_NAME_WORDS = 10
# After a common name, these end its noun phrase. Anything else may qualify it (« le service juridique », « le service de l'acheteur »): it is left alone.
_AFTER_NAME = frozenset(
    (
        "et",
        "ou",
        "ni",
        "est",
        "sont",
        "ont",
        "ne",
        "n'",
        "dans",
        "sur",
        "pour",
        "avec",
        "sans",
        "qui",
        "que",
        "lorsque",
        "si",
        "pendant",
        "après",
        "avant",
    )
)
_TOKEN = re.compile(r"\{\{[^{}]*\}\}|[^\W\d_]+['’]|[^\W_]+(?:-[^\W_]+)*|[^\s\w]|_")
# A contracted article is written out, so that « du service » and « de la messagerie » differ by their nouns only.
_WRITTEN_OUT = {"du": ("de", "le"), "au": ("à", "le"), "aux": ("à", "le"), "des": ("de", "le"), "d'": ("de",)}
_ARTICLES = {
    "le": "le",
    "la": "le",
    "les": "le",
    "l'": "le",
    "un": "un",
    "une": "un",
    "ce": "ce",
    "cet": "ce",
    "cette": "ce",
    "ces": "ce",
}
_LINE_MARK = re.compile(r"\s*(?:#{1,6} |\d{1,3}[.)] |[-*+] )?")


@dataclass(frozen=True, slots=True)
class Change:
    """One replacement that the model asked for, and why."""

    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Adaptation:
    """The wording to use: ``adapted`` says whether the model's changes were kept; when not, ``problems`` says why and ``text`` is the clause's own."""

    text: str
    adapted: bool
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


class _RefusedError(Exception):
    """The adaptation cannot be kept."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, message)


def draft(
    library: ClauseLibrary,
    request: Request,
    contract: Sequence[tuple[str, str]],
    model: LanguageModel,
    *,
    on_progress: OnProgress = silent,
) -> Draft:
    """The draft of a request, its wordings fitted to ``contract`` by ``model``. Raises as ``drafter.draft``."""
    chosen = drafter.choose(library, request)
    wordings: dict[str, Wording] = {}
    problems: list[Problem] = []
    for number, one in enumerate(chosen):
        on_progress(Progress("adaptation", number, len(chosen), one.clause.title))
        done = adapt(model, one.clause.at(one.level).wording, contract)
        problems += (_named(one.clause, problem) for problem in done.problems)
        if done.adapted:
            wordings[one.clause.id] = Wording(done.text, model.name)
    on_progress(Progress("adaptation", len(chosen), len(chosen)))
    return drafter.draft(library, replace(request, wordings=wordings), told=problems)


def _named(clause: ModelClause, problem: Problem) -> Problem:
    return replace(problem, message=f"« {clause.title} » : {problem.message}")


def adapt(model: LanguageModel, text: str, contract: Sequence[tuple[str, str]]) -> Adaptation:
    """The wording ``text`` fitted to a contract by ``model``, or unchanged with the reason.

    Args:
        model: what proposes the changes; it is stopped at the first one that cannot be made.
        text: a wording, its fields still in braces.
        contract: field and value pairs (« objet », « messagerie collaborative »).
    """
    try:
        changes = tuple(_changes(model, text, contract))
        adapted = _applied(text, changes)
        fault = next(faults(text, adapted, contract), None)
        if fault is not None:
            raise _RefusedError(fault.code, fault.message)
    except _RefusedError as refused:
        return Adaptation(text, adapted=False, problems=(_kept(refused.problem),))
    except GenerationError as error:
        return Adaptation(
            text, adapted=False, problems=(_kept(Problem("adaptation-stopped", error.message)),)
        )
    return Adaptation(adapted, adapted=adapted != text, changes=changes)


def _kept(problem: Problem) -> Problem:
    return replace(problem, message=f"la rédaction modèle est gardée. {problem.message}")


def _changes(model: LanguageModel, text: str, contract: Sequence[tuple[str, str]]) -> Iterator[Change]:
    """The changes, each as soon as its object closes."""
    prompt = prompts.adapt(text, contract)
    scanner = ObjectScanner()
    pieces = model.stream(prompt.messages, schema=prompt.schema, max_tokens=MAX_TOKENS)
    try:
        for piece in pieces:
            for written in scanner.feed(piece):
                change = _change(written)
                if change.before != change.after:
                    _place(text, change.before)
                    yield change
    finally:
        _close(pieces)
    if scanner.unfinished:
        raise _RefusedError("adaptation-cut", "Le modèle n'a pas terminé sa réponse.")


def _close(pieces: Iterator[str]) -> None:
    """Closing a model's stream stops its generation."""
    if isinstance(pieces, Generator):
        pieces.close()


def _change(written: str) -> Change:
    try:
        value = json.loads(written)
        return Change(*(" ".join(str(value[key]).split()) for key in ("avant", "apres", "motif")))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise _RefusedError(
            "adaptation-broken", "Une modification du modèle n'a pas la forme attendue."
        ) from error


def _place(text: str, before: str) -> re.Pattern[str]:
    """Where the words to be replaced stand in ``text``, on whole words, spaces being all alike."""
    if not before:
        raise _RefusedError("adaptation-nowhere", "Le modèle ajoute des mots sans dire où.")
    pattern = re.compile(
        r"(?<![\w{])" + r"[^\S\n]+".join(re.escape(word) for word in before.split()) + r"(?![\w}])"
    )
    if not pattern.search(text):
        raise _RefusedError(
            "adaptation-nowhere",
            f"Le modèle veut remplacer « {beginning(before, SHOWN)} », qui n'est pas dans la clause.",
        )
    return pattern


def _applied(text: str, changes: Sequence[Change]) -> str:
    for change in changes:
        text = _place(text, change.before).sub(change.after.replace("\\", r"\\"), text)
    return text


# ---- the check --------------------------------------------------------------------------------------------------------------------------


def faults(original: str, adapted: str, contract: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """What an adaptation lost, added or turned of the clause, the plainest first; none when it may be kept.

    Args:
        original: the model wording.
        adapted: what a model made of it.
        contract: the description of the contract, whose object and buyer may be named.
    """
    for one in _CHECKS:
        yield from one(original, adapted)
    yield from _words(original, adapted, contract)


def _fields_kept(original: str, adapted: str) -> Iterator[Problem]:
    lost, added = _difference(placeholders(original), placeholders(adapted))
    for name in lost:
        yield Problem("adaptation-field-lost", f"L'adaptation perd le champ ou le renvoi {{{{{name}}}}}.")
    for name in added:
        yield Problem("adaptation-field-added", f"L'adaptation ajoute le champ ou le renvoi {{{{{name}}}}}.")


def _lines_kept(original: str, adapted: str) -> Iterator[Problem]:
    shapes = [
        [
            (match[0] if (match := _LINE_MARK.match(line)) else "", line.count("|"))
            for line in text.split("\n")
        ]
        for text in (original, adapted)
    ]
    if shapes[0] != shapes[1]:
        yield Problem(
            "adaptation-lines",
            "L'adaptation ajoute, retire ou déplace un alinéa, une ligne de tableau ou son numéro.",
        )


def _references_kept(original: str, adapted: str) -> Iterator[Problem]:
    lost, added = _difference(
        *(
            [f"{one.work or ''} {one.article or ''}".strip() for one in references.find(text)]
            for text in (original, adapted)
        )
    )
    for name in lost:
        yield Problem("adaptation-reference-lost", f"L'adaptation perd la référence « {name} ».")
    for name in added:
        yield Problem("adaptation-reference-added", f"L'adaptation ajoute la référence « {name} ».")


def _figures_kept(original: str, adapted: str) -> Iterator[Problem]:
    lost, added = _difference(*(_figures(text) for text in (original, adapted)))
    for figure in lost:
        yield Problem("adaptation-number-lost", f"L'adaptation perd le chiffre « {figure} ».")
    for figure in added:
        yield Problem("adaptation-number-added", f"L'adaptation ajoute le chiffre « {figure} ».")


def _figures(text: str) -> list[str]:
    """Every figure of a text, those in words included."""
    return re.findall(r"\d+(?:[.,]\d+)?", numbers.digits(fold_line(text)))


def _modalities_kept(original: str, adapted: str) -> Iterator[Problem]:
    """Clause by clause of each line: what it permits, obliges, forbids or excuses, whether it denies, what it says to be absent."""
    for first, second in zip(original.split("\n"), adapted.split("\n"), strict=False):
        mine, theirs = fold_line(first), fold_line(second)
        said, became = (
            [marker.modality.value for marker in modality.markers(text)] for text in (mine, theirs)
        )
        if said != became:
            yield Problem(
                "adaptation-modality",
                f"L'adaptation change ce que la clause impose ou permet : « {beginning(second, SHOWN)} ».",
            )
        elif modality.denies(mine) != modality.denies(theirs) or modality.without(mine) != modality.without(
            theirs
        ):
            yield Problem(
                "adaptation-negation",
                f"L'adaptation change ce que la clause nie : « {beginning(second, SHOWN)} ».",
            )


_CHECKS: tuple[Callable[[str, str], Iterator[Problem]], ...] = (
    _fields_kept,
    _lines_kept,
    _references_kept,
    _figures_kept,
    _modalities_kept,
)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or a sign. ``key`` is what is compared: lower case, accents kept (« ou » is not « où »), articles without gender nor number."""

    key: str
    shown: str


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for shown in _TOKEN.findall(text):
        lower = wording.plain(shown).lower()
        tokens += [
            _Token(_ARTICLES.get(key, key), shown)
            for key in _WRITTEN_OUT.get(lower, (_PARTICIPLE.sub(r"\1", lower),))
        ]
    return tokens


# A past participle in « é » is compared without its agreement.
_PARTICIPLE = re.compile(r"^(.{3,}é)(?:es?|s)$")


def _words(original: str, adapted: str, contract: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Every word stays, but for common names that take the contract's."""
    names = {field: _name(value) for field, value in contract if fold_line(field) in _COMMON_NAMES}
    allowed = [(_COMMON_NAMES[fold_line(field)], name) for field, name in names.items() if name]
    for first, second in zip(original.split("\n"), adapted.split("\n"), strict=False):
        mine, theirs = _tokens(first), _tokens(second)
        matcher = SequenceMatcher(
            None, [one.key for one in mine], [one.key for one in theirs], autojunk=False
        )
        for kind, start, end, new_start, new_end in matcher.get_opcodes():
            if kind != "equal" and not any(
                _names(mine, start, end, theirs[new_start:new_end], *one) for one in allowed
            ):
                lost, added = _spoken(mine[start:end]), _spoken(theirs[new_start:new_end])
                yield Problem(
                    "adaptation-wording",
                    f"L'adaptation remplace « {lost} » par « {added} », ce qui peut changer l'obligation.",
                )


def _name(value: str) -> tuple[str, ...]:
    """The keys of a contract's name without the article that opens it; empty when it is no mere name."""
    folded = fold_line(value)
    keys = tuple(token.key for token in _tokens(value))
    keys = keys[1:] if keys and keys[0] in ("le", "un") else keys
    mere = not (
        modality.markers(folded)
        or modality.denies(folded)
        or modality.without(folded)
        or re.search(r"\d", numbers.digits(folded))
        or references.find(value)
        or _NO_NAME.search(folded)
        or placeholders(value)
    )
    return keys if mere and 0 < len(keys) <= _MOST_NAME_WORDS else ()


# A name holds nothing that restricts, excepts, or makes conditional, and no sentence.
_NO_NAME = re.compile(
    r"\b(?:sauf|hors|sans|except\w*|exclu\w*|notamment|eventuel\w*|facultati\w*|possible\w*|option\w*|si|lorsqu\w*|selon|apres|avant|jusqu\w*|moins|plus|environ"
    r"|raisonnabl\w*|souhait\w*|prefer\w*|gratuit\w*|tou[ts]\w*|chaque|seul\w*|seulement|uniquement|partiel\w*|limit\w*|titulaire|acheteur|tiers|candidats?"
    r"|soumissionnaires?|sous-traitants?)\b|[.;:!?|{}\[\]*_`]"
)


def _names(
    mine: Sequence[_Token],
    start: int,
    end: int,
    added: Sequence[_Token],
    common: frozenset[str],
    name: tuple[str, ...],
) -> bool:
    """Whether a difference is « le service » become « la messagerie … », or « le service de messagerie … »."""
    keys = tuple(token.key for token in added)
    if end - start == 1 and mine[start].key in common:
        at, wanted = start, [name]
    elif end == start and start and mine[start - 1].key in common:
        at, wanted = start - 1, [("de", *name), ("de", "le", *name)]
    else:
        return False
    return (
        keys in wanted
        and at > 0
        and mine[at - 1].key == "le"
        and (common is _COMMON_NAMES[BUYER] or _ends_noun_phrase(mine[at + 1 :]))
    )


def _ends_noun_phrase(following: Sequence[_Token]) -> bool:
    key = following[0].key if following else "."
    return key in _AFTER_NAME or key[0] in ",;:.!?)|»"


def _difference(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    lost, added = Counter(before), Counter(after)
    return list(dict.fromkeys((lost - added).elements())), list(dict.fromkeys((added - lost).elements()))


def _spoken(tokens: Sequence[_Token]) -> str:
    return beginning(" ".join(dict.fromkeys(token.shown for token in tokens)), SHOWN)
