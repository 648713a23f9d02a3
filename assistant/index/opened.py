"""Which database an address means. PostgreSQL's client is loaded here and nowhere else: the single machine does without it."""

from typing import TYPE_CHECKING

from assistant.errors import LibraryError, UsageError

if TYPE_CHECKING:
    from assistant.index.postgres import PostgresDatabase

SCHEMES = ("postgresql://", "postgres://")


def is_address(text: str) -> bool:
    """Whether ``text`` means a server and not a folder."""
    return text.startswith(SCHEMES)


def database(address: str) -> "PostgresDatabase":
    """The database at an address.

    Raises:
        UsageError: not an address of PostgreSQL.
        LibraryError: its client is not installed, or see ``PostgresDatabase``.
    """
    if not is_address(address):
        raise UsageError(
            "Le réglage « store » n'est pas une adresse PostgreSQL.",
            "Écrivez-la « postgresql://compte@machine:5432/base », ou effacez ce réglage.",
        )
    try:
        from assistant.index.postgres import PostgresDatabase
    except ImportError as error:
        raise LibraryError(
            "Le réglage « store » veut PostgreSQL, dont le client (psycopg) n'est pas installé.",
            'Installez-le : .venv/bin/python -m pip install --constraint requirements.lock "psycopg[binary]"',
        ) from error
    return PostgresDatabase(address)
