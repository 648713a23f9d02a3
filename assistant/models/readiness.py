"""Whether the models can be used on this machine: the models' part of ``assistant doctor``."""

import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

from assistant.datatypes import Check
from assistant.errors import ModelFileError
from assistant.models import catalogue, installation, manifest
from assistant.models.manifest import SETUP_COMMAND
from assistant.models.openvino_embedding import CACHE
from assistant.settings import Settings

# What POSIX counts blocks in.
_BLOCK = 512
SPARE_DISK_BYTES = 500_000_000  # the index of some ten thousand passages and its rebuild


def check(settings: Settings, *, deep: bool = False) -> tuple[Check, ...]:
    """Models, memory and disk, in the order of a reading.

    Args:
        settings: whose models.
        deep: read every file again and compare its SHA-256 (about 2 s a gigabyte); otherwise only files whose time of change differs.
    """
    names = installation.default_names(settings)
    if (
        settings.language
        and settings.language not in names
        and (settings.models / settings.language).is_dir()
    ):
        names += (settings.language,)  # asked for, though nothing uses it
    checks = [check_model(settings, name, deep=deep) for name in names]
    if settings.language_path and settings.language_backend != "server":
        checks.append(check_own_model(settings))
    if settings.language_backend == "server":
        checks.append(check_server_address(settings))
    return (*checks, check_memory(names), check_disk(settings, names), told_room(settings))


def check_model(settings: Settings, name: str, *, deep: bool) -> Check:
    """One model of the catalogue: there, whole, unaltered."""
    title = f"Modèle {name}"
    again = f"{SETUP_COMMAND} --model {name}"
    try:
        found = manifest.read(settings.models / name)
    except ModelFileError as error:
        return Check(title, False, error.message, again)
    if found is None:
        return Check(title, False, f"Pas installé dans {settings.models}.", SETUP_COMMAND)
    damaged = manifest.damaged_files(found, deep=deep)
    if damaged:
        return Check(title, False, f"Fichiers manquants ou altérés : {', '.join(damaged)}.", again)
    how = "empreintes SHA-256 relues" if deep else "tailles et dates conformes"
    return Check(title, True, f"{installation.megabytes(found.bytes)}, de {found.source}, {how}.")


def check_own_model(settings: Settings) -> Check:
    """The file or folder of ``language_path``."""
    path = Path(settings.language_path).expanduser()
    ok = path.is_file() if settings.language_backend == "llama.cpp" else path.is_dir()
    return Check(
        "Modèle de langue du site",
        ok,
        f"{path}" if ok else f"{path} n'existe pas, ou n'est pas du format de {settings.language_backend}.",
        "" if ok else "Corrigez language_path dans settings.toml",
    )


def check_server_address(settings: Settings) -> Check:
    """The address of the language-model server: written, not contacted."""
    ok = settings.server_url.startswith(("http://", "https://"))
    return Check(
        "Serveur de modèle de langue",
        ok,
        settings.server_url or "Adresse non réglée.",
        "" if ok else 'Écrivez server_url = "http://…/v1" dans settings.toml',
    )


def check_memory(names: tuple[str, ...]) -> Check:
    """Free memory against what the models take together."""
    needed = sum(catalogue.model(name).memory_bytes for name in names)
    free = free_memory_bytes()
    if free is None:
        return Check(
            "Mémoire",
            True,
            f"{installation.megabytes(needed)} nécessaires pour les modèles ; mémoire libre inconnue sur ce système.",
        )
    cure = "" if free >= needed else "Fermez d'autres programmes, ou lancez `assistant ask --no-model`"
    return Check(
        "Mémoire",
        free >= needed,
        f"{installation.megabytes(free)} libres, {installation.megabytes(needed)} nécessaires pour les modèles.",
        cure,
    )


def check_disk(settings: Settings, names: tuple[str, ...]) -> Check:
    """Free disk against what is still to be installed, and some spare room for the index."""
    needed = SPARE_DISK_BYTES + sum(entry.disk_bytes for entry in installation.plan(settings, names=names))
    place = next(folder for folder in (settings.home, *settings.home.parents) if folder.is_dir())
    free = shutil.disk_usage(place).free
    cure = (
        "" if free >= needed else f"Libérez {installation.megabytes(needed - free)} sur le disque de {place}"
    )
    return Check(
        "Disque",
        free >= needed,
        f"{installation.megabytes(free)} libres, {installation.megabytes(needed)} nécessaires.",
        cure,
    )


def told_room(settings: Settings) -> Check:
    """The room that the assistant takes on this machine, part by part: nobody guesses what has grown."""
    models = settings.models.resolve()
    compiled = sum(occupied_bytes(cache) for cache in models.rglob(CACHE) if cache.is_dir())
    parts = [
        ("dossier", occupied_bytes(settings.home)),
        ("dont index", occupied_bytes(settings.library)),
        ("modèles", occupied_bytes(models)),
        ("dont formes compilées", compiled),
    ]
    if sys.prefix != sys.base_prefix:  # a Python of the system is not the assistant's alone
        parts.append(("environnement Python", occupied_bytes(Path(sys.prefix))))
    said = ", ".join(f"{name} {installation.megabytes(size)}" for name, size in parts if size)
    return Check("Place occupée", True, f"{said or 'rien encore'}.")


def occupied_bytes(folder: Path) -> int:
    """What a folder takes on the disk, as ``du`` counts it: blocks, a file of several names once, no link followed."""
    seen, total = set[tuple[int, int]](), 0
    for where, _, names in os.walk(folder):
        for path in (Path(where), *(Path(where, name) for name in names)):
            with suppress(OSError):  # it went meanwhile, or is another's
                found = path.lstat()
                if (found.st_dev, found.st_ino) not in seen:
                    seen.add((found.st_dev, found.st_ino))
                    total += (
                        getattr(found, "st_blocks", found.st_size // _BLOCK) * _BLOCK
                    )  # not known to Windows
    return total


def free_memory_bytes() -> int | None:
    """Memory that programs can still take, or None where the system does not say (Linux: MemAvailable; other Unix: free pages)."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
        return None
    except OSError:
        try:
            return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        except (AttributeError, ValueError, OSError):
            return None
