"""Where everything is kept, and the choices a site can make: one frozen object, read once at the door."""

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

import platformdirs

from assistant.errors import UsageError, reason_of

HOME_VARIABLE, MODELS_VARIABLE = "ASSISTANT_HOME", "ASSISTANT_MODELS"
_PROGRAM = "assistant-commande-publique"


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of a site. All but ``home`` may stand in ``<home>/settings.toml``.

    Attributes:
        home: folder of the index and of what people keep.
        embedding: catalogue name of the embedding model.
        embedding_backend: ``openvino`` (CPU) or ``sentence-transformers`` (GPU, any model).
        language: catalogue name of the language model, or a name that the server knows.
        language_backend: ``llama.cpp``, ``transformers`` (a local folder) or ``server`` (OpenAI-compatible).
        language_path: folder or GGUF file of one's own model; empty: the catalogue's.
        server_url: base address of the OpenAI-compatible server (``http://127.0.0.1:8000/v1``).
        context_tokens: context given to the language model; prompt and output share it.
        clauses: a folder of one's own clauses and kits, which join the library on equal terms; a relative path starts from ``home``; empty: none.
        trusted_header: request header by which a reverse proxy says who signed in (``X-Remote-User``); empty: the page asks for a password.
        trusted_proxies: addresses or networks of the machines that may set it, between commas; the address and the protocol that they forward are believed.
        allowed_hosts: names under which a browser may ask for the page besides this machine's own, between commas (``assistant.ville.fr``).
        trusted_role: role of a person whom the proxy names and who is not in the users file; empty: he is kept out.
        upload_megabytes: what one person may keep of his own documents, in millions of bytes.
        upload_files: how many of them.
        least_members: of the needs of many, a sum of fewer members is hidden to a member, and makes no lot.
        answers_at_once: answers that one process makes at the same time, the others waiting; 0: as many as it has processors.
        files: folder of what people drop and say of answers, the same for several machines (a network folder); empty: ``home``.
        own_address: address by which the other machines that share ``store`` reach this one (``http://10.0.0.11:7860``): any of them may then be asked;
            empty: a person must always be led to the same one.
        store: ``postgresql://account@machine/base``, the index that several machines share; empty: a file within ``home``.
    """

    home: Path
    embedding: str = "e5-small-commande-publique"
    embedding_backend: str = "openvino"
    language: str = "qwen2.5-coder-1.5b-instruct"
    language_backend: str = "llama.cpp"
    language_path: str = ""
    server_url: str = ""
    context_tokens: int = 8192
    clauses: str = ""
    trusted_header: str = ""
    trusted_proxies: str = ""
    trusted_role: str = "lecteur"
    allowed_hosts: str = ""
    upload_megabytes: int = 500
    upload_files: int = 200
    least_members: int = 5
    answers_at_once: int = 0
    files: str = ""
    own_address: str = ""
    store: str = field(default="", repr=False)  # it may hold a password

    @property
    def models(self) -> Path:
        """Folder of the models, one for all the homes of a person.

        ``ASSISTANT_MODELS``, else the home's own where it has one, else the user's cache; those that an earlier version left in the usual home serve too.
        """
        named, own = os.environ.get(MODELS_VARIABLE), self.home / "models"
        if named:
            return Path(named).expanduser().resolve()
        shared, earlier = (
            Path(platformdirs.user_cache_dir(_PROGRAM, appauthor=False)) / "models",
            _usual_home() / "models",
        )
        return next((folder for folder in (own, shared, earlier) if folder.exists()), shared)

    @property
    def dropped(self) -> Path:
        """Where the documents that people keep, their batches of summaries and what they say of answers lie."""
        return Path(self.files).expanduser().resolve() if self.files else self.home

    @property
    def library(self) -> Path:
        """Folder of the index."""
        return self.home / "library"


def load(home: Path | None = None) -> Settings:
    """The settings of ``home``: the argument, else ``ASSISTANT_HOME``, else the platform's user data folder.

    Raises:
        UsageError: ``home`` cannot be a folder, or ``settings.toml`` is not TOML, holds an unknown key or a value of the wrong type.
    """
    if home is None:
        named = os.environ.get(HOME_VARIABLE)
        home = Path(named) if named else _usual_home()
    try:
        home = home.expanduser().resolve()
    except (
        RuntimeError,
        OSError,
        ValueError,
    ) as error:  # « ~nobody », links that go round, a character that no name holds
        raise UsageError(
            f"Le dossier « {home} » n'est pas un chemin de cette machine.",
            "Donnez un autre dossier avec --home.",
        ) from error
    path = home / "settings.toml"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(home)
    except NotADirectoryError as error:
        raise UsageError(
            f"Le dossier « {home} » ne peut pas exister : un dossier de ce chemin est un fichier.",
            "Donnez un autre dossier avec --home.",
        ) from error
    except OSError as error:
        raise UsageError(
            f"Le fichier de réglages {path} ne se lit pas ({reason_of(error)}).",
            "Vérifiez le disque et vos droits, puis recommencez.",
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"Le fichier de réglages {path} n'est pas du TOML valide ({error}).",
            "Corrigez-le ou supprimez-le : les valeurs par défaut suffisent.",
        ) from error
    allowed = {entry.name: entry.type for entry in fields(Settings) if entry.name != "home"}
    for key, value in values.items():
        if key not in allowed:
            raise UsageError(
                f"Réglage inconnu « {key} » dans {path}.", f"Réglages possibles : {', '.join(allowed)}."
            )
        if not isinstance(value, int if allowed[key] is int else str):
            raise UsageError(
                f"Le réglage « {key} » de {path} a une valeur du mauvais type.",
                "Un nombre se met sans guillemets, un texte entre guillemets.",
            )
    return Settings(home, **values)


def _usual_home() -> Path:
    return Path(platformdirs.user_data_dir(_PROGRAM, appauthor=False))
