"""What each role may do: one table, looked at by the page and by the tests, and nothing else decides."""

from collections.abc import Mapping
from enum import StrEnum

from assistant.errors import ForbiddenError, UsageError


class Role(StrEnum):
    """What a person is on this site; the value is the word that is shown."""

    READER = "lecteur"
    DRAFTER = "rédacteur"
    ADMINISTRATOR = "administrateur"


class Right(StrEnum):
    """Something that the page lets one do; the value completes « vous ne pouvez pas … »."""

    ASK = "poser une question"
    SEARCH = "chercher dans les textes et les clauses"
    LIBRARY = "voir ce qui est indexé"
    CONVERSATIONS = "garder des conversations"
    JUDGE = "signaler une réponse fausse"
    UPLOAD = "déposer des fichiers"
    DRAFT = "rédiger des clauses"
    REVIEW = "contrôler un dossier"
    SUMMARISE = "faire une synthèse"
    INDEX = "modifier la bibliothèque commune"
    STATE = "voir l'état des modèles et de l'index"
    QUESTIONS = "ajouter des questions"
    JOURNAL = "lire le journal"
    USERS = "gérer les comptes"
    PURGE = "effacer d'anciennes données"


_READER = frozenset((Right.ASK, Right.SEARCH, Right.LIBRARY, Right.CONVERSATIONS, Right.JUDGE))
_DRAFTER = _READER | {Right.UPLOAD, Right.DRAFT, Right.REVIEW, Right.SUMMARISE}

# No right opens another person's conversations or documents: the administrator has none to that either.
PERMITTED: Mapping[Role, frozenset[Right]] = {
    Role.READER: _READER,
    Role.DRAFTER: _DRAFTER,
    Role.ADMINISTRATOR: frozenset(Right),
}

# A role, and the one that it adds to.
_ADDS_TO = {Role.DRAFTER: Role.READER, Role.ADMINISTRATOR: Role.DRAFTER}

# Words that a command understands beside those that are shown.
_OTHER_WORDS = {
    "redacteur": Role.DRAFTER,
    "rédactrice": Role.DRAFTER,
    "lectrice": Role.READER,
    "administratrice": Role.ADMINISTRATOR,
} | {
    "reader": Role.READER,
    "drafter": Role.DRAFTER,
    "administrator": Role.ADMINISTRATOR,
}


def explained(role: Role) -> str:
    """What a role lets one do, in a reader's words, as the table says it: « poser une question, … » ; « ce que peut un lecteur, et … »."""
    before = _ADDS_TO.get(role)
    added = [right.value for right in Right if may(role, right) and not (before and may(before, right))]
    return f"{f'ce que peut un {before.value}, et ' if before else ''}{', '.join(added)}."


def may(role: Role, right: Right) -> bool:
    """Whether a role holds a right."""
    return right in PERMITTED[role]


def require(role: Role, right: Right) -> None:
    """Raises ForbiddenError unless the role holds the right."""
    if not may(role, right):
        raise ForbiddenError(
            f"Avec le rôle « {role.value} », vous ne pouvez pas {right.value}.",
            "Demandez à l'administrateur de l'assistant s'il vous faut ce droit.",
        )


def role_of(word: str) -> Role:
    """The role that a word names, with or without accents.

    Raises:
        UsageError: no such role.
    """
    plain = word.strip().lower()
    known = {role.value: role for role in Role} | _OTHER_WORDS
    if plain not in known:
        raise UsageError(
            f"Il n'y a pas de rôle « {word} ».", f"Rôles : {', '.join(role.value for role in Role)}."
        )
    return known[plain]
