"""Small markets of our own, indexed with the fake embedding: what several tests of the room share."""

from collections.abc import Mapping
from pathlib import Path

from assistant.documents.own import OwnDocuments
from assistant.documents.shelf import Shelf
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.reader.fields import TESTS, Scope, Subject
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import FIELDS
from tests.fakes import FakeEmbedding

CLEANING = {
    "nettoyage/CCAP nettoyage.md": "# CCAP\n\nObjet : nettoyage des écoles\n\nAcheteur : Ville de Valmont\n\n## Article 3 - Durée\n\n"
    "Le marché est conclu pour une durée de 24 mois à compter de sa notification.\n\n## Article 4 - Paiement\n\nLe délai de paiement est de 30 jours.\n",
    "nettoyage/CCTP nettoyage.md": "# CCTP\n\nObjet : nettoyage des écoles\n\n## Article 2 - Passages\n\nLe titulaire nettoie chaque classe chaque soir.\n",
}
ROADS = {
    "voirie/CCAP voirie.md": "# CCAP\n\nObjet : réfection de la voirie\n\nAcheteur : Communauté du Lac\n\n## Article 3 - Durée\n\n"
    "Le marché est conclu pour une durée de 48 mois à compter de sa notification.\n\n## Article 5 - Avance\n\nAucune avance n'est versée.\n",
}


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Those files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def shelf_of(library: Library) -> Shelf:
    """The documents of a library, with what the rules alone read in them."""
    return Shelf(
        library.store, lambda document, name: summarise(document, name), "essai", lambda source: False
    )


def own_of(library: Library, searcher: Searcher) -> OwnDocuments:
    """Answers without the trained reader of fields."""
    return OwnDocuments(shelf_of(library), searcher, FakeEmbedding(), None)


def indexed(library: Library, folder: Path) -> None:
    """Indexes a folder."""
    ingest.index_paths(library.store, FakeEmbedding(), [folder], collection="miens")


def subject(field: str = "", test: str = "") -> Subject:
    """What a sure reader would see in a question."""
    fields = {name: 0.95 if name == field else 0.001 for name in FIELDS}
    return Subject(
        fields,
        0.0 if field else 0.95,
        {name: float(name == test) for name in TESTS},
        Scope(0.0, 1.0, 0.0) if test else Scope(1.0, 0.0, 0.0),
    )
