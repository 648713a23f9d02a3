"""A name that few documents hold tells whose documents a question means."""

from assistant.documents.proper import ProperNames

TEXTS = {
    "a": "Titulaire : Thermalys Services. Le marché court.",
    "b": "La société Tarsol collecte le verre.",
    "c": "Le marché de la Ville est signé.",
    "d": "La Ville paie sous trente jours.",
    "e": "Le thermalisme est exclu, la ville aussi.",
}


def test_a_name_that_one_document_holds_tells_it() -> None:
    names = ProperNames(TEXTS)
    assert names.holders("Thermalys, c'est signé jusqu'en quelle année ?") == {"a"}
    assert names.holders("Tarsol et Thermalys") == {"a", "b"}
    assert names.holders("La Ville paie quand ?") == frozenset()  # written small elsewhere
