"""``--evidence``: the file of evidence of what a command has just said."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import whole_file
from assistant.commands.terminal import say
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.proof.packing import Packed

SUFFIX = ".zip"


def evidence_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option of a command that can give evidence."""
    help_ = "Dossier de preuve à écrire (.zip) : ce qui est demandé, ce qui est dit, les textes cités, un vérificateur."
    return click.option(
        "--evidence",
        type=click.Path(path_type=Path),
        default=None,
        metavar="FICHIER",
        callback=_required_zip,
        help=help_,
    )(command)


def _required_zip(context: click.Context, option: click.Parameter, path: Path | None) -> Path | None:
    """A name that says what the file is, before anything is computed."""
    if path is not None and path.suffix.lower() != SUFFIX:
        raise UsageError(
            f"« {path.name} » n'est pas un nom de dossier de preuve.",
            f"Donnez un nom qui finit par {SUFFIX}.",
        )
    return path


def write(packed: "Packed", path: Path) -> None:
    """Writes a file of evidence and tells its fingerprint, to be noted elsewhere. Raises ExportError."""
    whole_file.replace(path, packed.data)
    say(f"Écrit : {path}")
    say(f"Empreinte du dossier, à noter ailleurs : {packed.fingerprint}")
