"""A language model's overview of a document."""

from assistant import reading
from assistant.datatypes import Kind
from assistant.generation.overview import ModelOverview
from assistant.summaries.fields.summarise import summarise
from tests.generation.scripted import ScriptedLanguageModel
from tests.summaries import made_pieces


def test_a_model_s_overview_keeps_only_what_passes_the_checks() -> None:
    name = "CCTP portail.md"
    document = reading.read_bytes(
        made_pieces.PIECES[name][0].encode(), name, kind=Kind.TENDER, collection="essai"
    )
    summary = summarise(document, name)
    right = {
        "texte": "Le marché porte sur l'infogérance, l'hébergement et la tierce maintenance du portail numérique des usagers.",
        "appuis": ["S1.1"],
    }
    wrong = {"texte": "Le portail compte 999 999 comptes actifs.", "appuis": ["S1.1"]}
    model = ScriptedLanguageModel({"insuffisant": False, "affirmations": [right, wrong]})
    written, problems = ModelOverview(model).write(summary, document)
    assert written == right["texte"]
    assert problems == ()
    assert len(model.history) == 1
