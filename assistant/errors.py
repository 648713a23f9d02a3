"""What can go wrong, and what the reader is told.

AssistantError
├── UsageError              the command or the request is not understood
│   └── UnknownModelError       a program asks for a model that its key does not have
├── ReadingError            a file could not be read
│   ├── UnknownFormatError      no reader for these bytes
│   ├── EncryptedFileError      a password is needed
│   ├── EmptyFileError          zero bytes, or no content at all
│   └── DamagedFileError        truncated, corrupt, or not what its ending says
├── ModelError              a model could not be used
│   ├── MissingModelError       not set up yet
│   ├── ModelFileError          a file is not the one the catalogue describes
│   └── GenerationError         a language model stopped, or broke its schema
├── DownloadError           a file could not be fetched
├── LibraryError            the index could not be used
│   ├── OtherModelError         it was built with another embedding model
│   ├── LibraryBusyError        another process is writing to it
│   └── NotIndexedError         the source asked for is not there
├── CorpusError             a sheet, clause or question file breaks its rules
├── ExportError             a result could not be written
├── BusyError               too much is at work already
├── JournalError            the journal could not be added to, or does not hold together
└── AccessError             a person may not do this
    ├── SignInError             name or password wrong
    │   └── TooManyTriesError       … too often: one must wait
    └── ForbiddenError          the role does not let one do it

Every message is French and says what happened to which thing; ``hint`` says what to do about it.
"""

import errno

# What the system refuses, by its number: its own words are English, or of whatever language the machine speaks.
_REASONS = {
    errno.ENOENT: "ce fichier ou ce dossier n'existe pas",
    errno.EEXIST: "il existe déjà",
    errno.ENOTDIR: "un dossier de ce chemin est un fichier",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTEMPTY: "le dossier n'est pas vide",
    errno.EACCES: "l'accès est refusé",
    errno.EPERM: "l'accès est refusé",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre part du disque est pleine",
    errno.EFBIG: "le fichier est trop gros pour ce disque",
    errno.EIO: "le disque ne répond pas comme il le devrait",
    errno.ESTALE: "le disque du réseau n'est plus là",
    errno.EBUSY: "un autre programme s'en sert",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.ELOOP: "les liens tournent en rond",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts",
    errno.ENOMEM: "la mémoire manque",
    errno.EAGAIN: "la machine a trop à faire",
    errno.ENOEXEC: "ce n'est pas un programme de cette machine",
    errno.ECONNREFUSED: "personne n'y répond",
    errno.ETIMEDOUT: "la réponse se fait trop attendre",
    errno.EHOSTUNREACH: "la machine est injoignable",
    errno.ENETUNREACH: "le réseau est injoignable",
    errno.EADDRINUSE: "un autre programme a pris cette adresse",
    errno.EADDRNOTAVAIL: "cette adresse n'est pas de cette machine",
}


def reason_of(error: Exception) -> str:
    """Why a file or an address is refused, in French (``le disque est plein``); what is no failure of the system says it itself."""
    if isinstance(error, UnicodeError):
        return "ce n'est pas un texte en UTF-8"
    if not isinstance(error, OSError):
        return str(error)
    if isinstance(error, TimeoutError):
        return _REASONS[errno.ETIMEDOUT]
    return _REASONS.get(
        error.errno or 0, f"erreur {error.errno} du système" if error.errno else "sans raison dite"
    )


class AssistantError(Exception):
    """Base of every error a user can meet.

    Args:
        message: what happened, to which thing, and why it matters (French).
        hint: what to do next (French); empty when nothing can be done.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class UsageError(AssistantError):
    """The command or the request is not understood (exit code 2)."""


class UnknownModelError(UsageError):
    """A program asks for a model that is not there for its key."""


class ReadingError(AssistantError):
    """A file could not be read."""


class UnknownFormatError(ReadingError):
    """No reader knows these bytes."""


class EncryptedFileError(ReadingError):
    """The file needs a password."""


class EmptyFileError(ReadingError):
    """The file holds nothing."""


class DamagedFileError(ReadingError):
    """The file is truncated, corrupt, or not of the format its name says."""


class ModelError(AssistantError):
    """A model could not be used."""


class MissingModelError(ModelError):
    """The model is not set up on this machine."""


class ModelFileError(ModelError):
    """A model file is not the one that the catalogue describes."""


class GenerationError(ModelError):
    """A language model stopped before the end, or broke the schema it was given."""


class DownloadError(AssistantError):
    """A file could not be fetched."""


class LibraryError(AssistantError):
    """The index could not be used."""


class OtherModelError(LibraryError):
    """The index was built with another embedding model than the one at hand."""


class LibraryBusyError(LibraryError):
    """Another process is writing to the index."""


class NotIndexedError(LibraryError):
    """The source asked for is not in the index."""


class CorpusError(AssistantError):
    """A sheet, a clause or a question file breaks the rules of its kind."""


class ExportError(AssistantError):
    """A result could not be written as a file."""


class BusyError(AssistantError):
    """Too much is at work already: one must wait for the end of some of it."""


class JournalError(AssistantError):
    """The journal could not be added to, or does not hold together."""


class AccessError(AssistantError):
    """A person may not do this."""


class SignInError(AccessError):
    """The name or the password is wrong, or too many were tried."""


class TooManyTriesError(SignInError):
    """One must wait before the next try."""


class ForbiddenError(AccessError):
    """The person's role does not let him do it."""
