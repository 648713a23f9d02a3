"""The engines of language models: installed only where one is asked for (the extra ``modele``)."""

from importlib import import_module
from types import ModuleType

from assistant.errors import MissingModelError

CURE = "Installez-le : .venv/bin/python -m pip install --constraint requirements.lock xllamacpp xgrammar (ou l'extra « modele » du paquet)."


def engine(module: str) -> ModuleType:
    """The module of an engine.

    Raises:
        MissingModelError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise MissingModelError(
            f"Le moteur de langage {name} n'est pas installé : l'installation de base s'en passe.", CURE
        ) from error
