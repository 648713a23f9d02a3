"""Vectors of two models never meet: the index remembers whose vectors it holds."""

from assistant.errors import OtherModelError
from assistant.index.store import Store
from assistant.protocols import EmbeddingModel

# Before the name of a model whose vectors are still being made.
REBUILDING = "reconstruction : "


def require_model(store: Store, embedding: EmbeddingModel) -> None:
    """Notes the model of an empty index, or checks that it is the index's own.

    Raises:
        OtherModelError: it is another one, or a change of model was interrupted.
    """
    known = store.meta("embedding")
    if known is None or store.counts()["passage"] == 0:
        store.set_meta("embedding", embedding.identity)
    elif known != embedding.identity:
        raise OtherModelError(
            f"L'index a été construit avec le modèle « {known} » et le modèle présent est « {embedding.identity} » : leurs vecteurs ne se comparent pas.",
            "Lancez « assistant index --rebuild » (les documents ne sont pas relus), ou reprenez l'ancien modèle.",
        )
