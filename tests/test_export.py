"""An answer as the terminal shows it."""

from datetime import date

from assistant.datatypes import Answer, Claim, Kind, Passage, Position, Quote, Risk, Source, Span, Status, Timings
from assistant.export import answer_markdown

RULES = Source("regles", "0" * 64, "Code de la commande publique", Kind.RULE, "ccp.jsonl", "droit", "text")
SHEET = Source("fiche", "1" * 64, "Imposer la localisation", Kind.SHEET, "localisation.md", "droit", "text")


def quote(marker: str, source: Source, text: str) -> Quote:
    span = Span(0, len(text))
    return Quote(marker, source, Passage(source.id, span, text, work="CCP", article="L2112-4"), span, text)


def answer(*claims: Claim) -> Answer:
    return Answer("?", date(2026, 11, 25), Position.CONDITIONAL, Status.GROUNDED, claims, Risk(), (), (), None, Timings(0.0, None, None, 0.0), ())


def test_what_sheets_say_comes_first_and_mere_extracts_are_named_so() -> None:
    extract = "L'acheteur peut imposer que les moyens soient localisés dans l'Union."
    said = Claim("L'acheteur peut exiger une localisation.", (quote("F1.1", SHEET, "L'acheteur peut exiger une localisation."),))
    lines = answer_markdown(answer(Claim(f"CCP, article L2112-4 : « {extract} »", (quote("S1.1", RULES, extract),)), said)).splitlines()
    heading = lines.index("**Textes les plus proches**")
    assert lines.index("2. L'acheteur peut exiger une localisation.") < heading
    assert lines.index(f"1. CCP, article L2112-4 : « {extract} »") > heading


def test_without_extracts_there_is_no_such_heading() -> None:
    said = Claim("L'acheteur peut exiger une localisation.", (quote("S1.1", RULES, "Les moyens sont localisés."),))
    assert "Textes les plus proches" not in answer_markdown(answer(said))
