"""A model that adapts a clause may name the contract's object and its buyer, and nothing else: what it drops, adds or turns is caught."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.datatypes import ModelClause, Progress
from assistant.drafting import library
from assistant.drafting.drafter import Request
from assistant.errors import GenerationError
from assistant.generation import adaptation
from assistant.generation.adaptation import adapt, faults
from assistant.generation.grounding import wording
from assistant.workspace import CLAUSES
from tests.drafting.made_clauses import write_clause
from tests.generation.scripted import ScriptedLanguageModel

CONTRACT = [
    ("Objet", "messagerie collaborative"),
    ("Acheteur", "la commune d'Exemple"),
    ("Durée", "4 ans"),
    ("Remarque", "il faut aller vite"),
]
CLAUSES_TRIED = 40


def changed(*pairs: tuple[str, str]) -> dict[str, list[dict[str, str]]]:
    return {
        "modifications": [
            {"avant": before, "apres": after, "motif": "Adapté au marché."} for before, after in pairs
        ]
    }


def adapted(text: str, *pairs: tuple[str, str]) -> adaptation.Adaptation:
    return adapt(ScriptedLanguageModel(changed(*pairs)), text, CONTRACT)


# ---- what a model may do ------------------------------------------------------------------------------------------------------------------

TEXT = "1. Le titulaire chiffre les données du service. L'acheteur tient les clés.\n2. Le service est rendu sous {{delai_jours}} jours à l'acheteur."


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        (
            [("Le service est", "La messagerie collaborative est")],
            TEXT.replace("Le service est", "La messagerie collaborative est"),
        ),
        (
            [("du service", "de la messagerie collaborative")],
            TEXT.replace("du service", "de la messagerie collaborative"),
        ),
        (
            [("Le service est", "Le service de messagerie collaborative est")],
            TEXT.replace("Le service est", "Le service de messagerie collaborative est"),
        ),
        (
            [("L'acheteur", "La commune d'Exemple"), ("à l'acheteur", "à la commune d'Exemple")],
            TEXT.replace("L'acheteur", "La commune d'Exemple").replace(
                "à l'acheteur", "à la commune d'Exemple"
            ),
        ),
    ],
)
def test_the_object_and_the_buyer_may_be_named(pairs: list[tuple[str, str]], wanted: str) -> None:
    done = adapted(TEXT, *pairs)
    assert (done.text, done.adapted, done.problems) == (wanted, True, ())
    assert [(change.before, change.after) for change in done.changes] == pairs


def test_nothing_to_change_is_no_adaptation() -> None:
    assert adapted(TEXT) == adaptation.Adaptation(TEXT, adapted=False)


def test_a_participle_may_follow_the_gender_of_the_name() -> None:
    text = "1. Le service est installé sous huit jours."
    assert adapted(text, ("Le service est installé", "La messagerie collaborative est installée")).adapted


# ---- what it may not ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([("sous {{delai_jours}} jours", "sous un délai court")], "adaptation-field-lost"),
        ([("{{delai_jours}}", "{{autre}}")], "adaptation-field-lost"),
        ([("tient les clés", "tient les clés selon {{article:autre}}")], "adaptation-field-added"),
        (
            [("L'acheteur tient les clés.", "L'acheteur tient les clés pendant 4 ans.")],
            "adaptation-number-added",
        ),
        ([("les clés", "les deux clés")], "adaptation-number-added"),
        ([("les clés.", "les clés (article L. 2112-4).")], "adaptation-reference-added"),
        ([("chiffre les données", "peut chiffrer les données")], "adaptation-modality"),
        ([("chiffre les données", "ne chiffre pas les données")], "adaptation-negation"),
        ([("Le titulaire chiffre les données du service. ", "")], "adaptation-wording"),
        ([("chiffre", "chiffré")], "adaptation-wording"),
        ([("les données du service", "des données du service")], "adaptation-wording"),
        ([("Le service est", "La messagerie est")], "adaptation-wording"),
        ([("Le service est", "La messagerie collaborative facultative est")], "adaptation-modality"),
        ([("les données", "la messagerie collaborative")], "adaptation-wording"),
        ([("Le titulaire", "La commune d'Exemple")], "adaptation-wording"),
        ([("un mot absent", "autre")], "adaptation-nowhere"),
        ([("", "Le titulaire paie.")], "adaptation-nowhere"),
    ],
)
def test_a_change_that_is_no_name_gives_the_model_clause_back(
    pairs: list[tuple[str, str]], code: str
) -> None:
    done = adapted(TEXT, *pairs)
    assert (done.adapted, done.text, [problem.code for problem in done.problems]) == (False, TEXT, [code])
    assert done.problems[0].message.startswith("la rédaction modèle est gardée. ")


def test_a_line_that_is_added_or_moved_is_caught() -> None:
    assert "adaptation-lines" in [
        one.code for one in faults(TEXT, TEXT + "\n3. Le titulaire paie.", CONTRACT)
    ]
    assert list(faults(TEXT, "\n".join(reversed(TEXT.split("\n"))), CONTRACT))


def test_a_department_or_anothers_service_is_not_the_object() -> None:
    for text in (
        "1. Le service juridique répond.",
        "1. Le service de l'acheteur répond.",
        "1. Il met en service le lot.",
        "1. Le service (hors secours) cesse.",
    ):
        done = adapted(text, ("service", "messagerie collaborative"))
        assert not done.adapted, text


def test_a_name_that_restricts_or_orders_is_no_name() -> None:
    for name in (
        "messagerie hors support",
        "messagerie, sauf le week-end",
        "messagerie éventuelle",
        "titulaire",
        "3 messageries",
        "le titulaire doit payer",
    ):
        text = "1. Le titulaire héberge le service."
        done = adapt(ScriptedLanguageModel(changed(("le service", f"la {name}"))), text, [("objet", name)])
        assert not done.adapted, name


@pytest.mark.parametrize(
    "answer", ["pas du JSON", '{"modifications": [{"avant": 3}]}', '{"modifications": [{"avant": "le']
)
def test_an_answer_that_breaks_the_schema_gives_the_model_clause_back(answer: str) -> None:
    done = adapt(ScriptedLanguageModel(answer), TEXT, CONTRACT)
    assert (done.text, done.adapted) == (TEXT, False)
    assert done.problems[0].code in ("adaptation-stopped", "adaptation-broken", "adaptation-cut")


def test_a_model_that_fails_gives_the_model_clause_back_with_its_reason() -> None:
    done = adapt(ScriptedLanguageModel(GenerationError("Le modèle s'est arrêté.")), TEXT, CONTRACT)
    assert done.text == TEXT
    assert "Le modèle s'est arrêté." in done.problems[0].message


def test_a_model_is_stopped_at_the_first_change_that_cannot_be_made() -> None:
    model = ScriptedLanguageModel(
        changed(("absent", "x"), *[("du service", "de la messagerie collaborative")] * 10), max_piece=5
    )
    assert not adapt(model, TEXT, CONTRACT).adapted
    assert model.given_pieces < 40


# ---- forty clauses, turned in every way -----------------------------------------------------------------------------------------------------

Turn = Callable[[str], str]
MODALS = [("peut", "doit"), ("doit", "peut"), ("est tenu", "est libre"), ("ne peut", "peut")]


def substituted(pattern: str, by: str) -> Turn:
    return lambda text: re.sub(pattern, by, text, count=1)


def items(text: str) -> list[str]:
    return re.split(r"\n(?=\d+\. )", text)


def swapped_items(text: str) -> str:
    parts = items(text)
    return "\n".join([parts[1], parts[0], *parts[2:]]) if len(parts) > 1 else text


def dropped_sentence(text: str) -> str:
    sentences = re.split(r"(?<=\.) (?=[A-ZÀÉ])", text)
    return " ".join(sentences[:-1]) if len(sentences) > 1 else text


TURNS: dict[str, Turn] = {
    "drops the last paragraph": lambda text: "\n".join(items(text)[:-1]),
    "drops the first paragraph": lambda text: "\n".join(items(text)[1:]),
    "drops a sentence": dropped_sentence,
    "drops a field": substituted(r"\{\{[a-z_]+\}\}", "quelques"),
    "changes a field's name": substituted(r"\{\{([a-z_]+)\}\}", r"{{\1_bis}}"),
    "drops a reference to an article": substituted(r"\{\{article:[^}]+\}\}", "le marché"),
    "points a reference elsewhere": substituted(r"\{\{article:[^}]+\}\}", "{{article:avance}}"),
    "swaps two paragraphs": swapped_items,
    "adds a paragraph": lambda text: f"{text}\n99. Le titulaire verse une garantie à l'acheteur.",
    "adds a sentence": substituted(r"\.(?=\s|$)", ". Le titulaire en supporte tous les frais."),
    "adds an exception": substituted(r"\.(?=\s|$)", ", sauf accord contraire."),
    "adds a condition": substituted(r"\.(?=\s|$)", ", si l'acheteur le demande."),
    "adds a softener": substituted(r"\b([Ll]e titulaire) (\w+)", r"\1, dans la mesure du possible, \2"),
    "makes an obligation a faculty": substituted(
        r"\b([Ll]e titulaire|[Ll]'acheteur|[Ii]l) (\w+)", r"\1 peut \2"
    ),
    "makes it an endeavour": substituted(
        r"\b([Ll]e titulaire|[Ll]'acheteur|[Ii]l) (\w+)", r"\1 s'efforce : \2"
    ),
    "denies it": substituted(r"\b([Ll]e titulaire|[Ll]'acheteur|[Ii]l) (\w+)", r"\1 ne \2 pas"),
    "turns the one who owes": substituted(r"\b[Ll]e titulaire\b", "l'acheteur"),
    "turns the one to whom it is owed": substituted(r"\b([Ll])'acheteur\b", r"\1e titulaire"),
    "hands it to a subcontractor": substituted(r"\b[Ll]e titulaire\b", "le sous-traitant"),
    "adds a figure": substituted(r"\.(?=\s|$)", " sous 90 jours."),
    "changes a figure": substituted(r"\b(\d+)(?= |\.|,)", r"1\1"),
    "adds an article of law": substituted(
        r"\.(?=\s|$)", " (article L. 2141-7 du code de la commande publique)."
    ),
    "widens to all": substituted(
        r"\b(les|des|du|la|le) (données|sites|clés|services?|marché|offres?|prix)", r"toutes \1 \2"
    ),
    "narrows to some": substituted(r"\b(les|le|la) (\w+)", r"une partie de \1 \2"),
    "and becomes or": substituted(r" et ", " ou "),
    "before becomes after": substituted(r"\b(avant|dans|sous|pendant)\b", "après"),
    "without becomes with": substituted(r"\b(sans|par|avec)\b", "hors"),
    "writing becomes speech": substituted(
        r"\b(écrite?s?|remet|transmet|notifie|informe|prévient)\b", "évoque oralement"
    ),
    "Europe becomes France": substituted(r"l'Union européenne|l'acheteur", "la France"),
    "names a brand": substituted(
        r"\b(les?|la) (données|service|solution|clés|offres?|marché|titulaire)\b", r"\1 \2 de marque Exemple"
    ),
    "replaces the object by a part of it": substituted(
        r"\b([Ll])(e service|a solution)\b|\b([Ll]es) (\w+)", "la messagerie"
    ),
    "drops a full stop and joins": substituted(r"\.(?=\s)", ""),
    "drops a small word": substituted(
        r"\b(ne|pas|aucun|aucune|tout|toute|chaque|seul|seule|et|par|sans|au moins)\b ", ""
    ),
}


@pytest.fixture(scope="module")
def forty() -> tuple[ModelClause, ...]:
    return library.load([CLAUSES]).clauses[:CLAUSES_TRIED]


def test_the_turns_are_many() -> None:
    assert len(TURNS) >= 20


@pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS.keys())
def test_no_turned_obligation_passes_on_forty_clauses(forty: tuple[ModelClause, ...], turn: Turn) -> None:
    tried = 0
    for clause in forty:
        text = clause.at(3).wording
        turned = turn(text)
        if wording.plain(turned) != wording.plain(text):
            tried += 1
            assert next(faults(text, turned, CONTRACT), None) is not None, clause.id
    assert len(forty) == CLAUSES_TRIED
    assert tried >= 20, "the turn hardly applies: it proves nothing"


@pytest.mark.parametrize(
    "turn",
    [turn for name, turn in TURNS.items() if "paragraph" not in name],
    ids=[name for name in TURNS if "paragraph" not in name],
)
def test_a_scripted_model_that_turns_a_line_gives_the_model_clause_back(
    forty: tuple[ModelClause, ...], turn: Turn
) -> None:
    """The same through the whole path: the model names the line it replaces, the program replaces it, checks it, and throws it away."""
    tried = 0
    for clause in forty:
        text = clause.at(2).wording
        line = next(
            (
                line
                for line in text.split("\n")
                if len(line) > 40 and wording.plain(turn(line)) != wording.plain(line)
            ),
            None,
        )
        if line is None:
            continue
        tried += 1
        done = adapted(text, (line, turn(line)))
        assert (done.adapted, done.text) == (False, text), clause.id
        assert done.problems
    assert tried >= 5


def test_no_random_edit_of_a_word_passes(forty: tuple[ModelClause, ...]) -> None:
    chance = random.Random(20261125)
    for _ in range(400):
        text = chance.choice(forty).at(chance.choice((1, 2, 3))).wording
        words = text.split(" ")
        at, other = chance.randrange(len(words)), chance.randrange(len(words))
        edited = list(words)
        match chance.choice(("delete", "double", "swap", "replace")):
            case "delete":
                del edited[at]
            case "double":
                edited.insert(at, words[at])
            case "swap":
                edited[at], edited[other] = edited[other], edited[at]
            case _:
                edited[at] = words[other]
        turned = " ".join(edited)
        if [one.key for one in adaptation._tokens(turned)] != [one.key for one in adaptation._tokens(text)]:
            assert next(faults(text, turned, CONTRACT), None) is not None, (words[at], words[other])


def test_an_honest_model_passes_on_the_clauses_that_speak_of_the_service(
    forty: tuple[ModelClause, ...],
) -> None:
    named = [clause for clause in forty if re.search(r"\bL'acheteur\b", clause.at(2).wording)]
    done = [adapted(clause.at(2).wording, ("L'acheteur", "La commune d'Exemple")) for clause in named]
    assert len(named) >= 10
    assert all(one.adapted for one in done), [problem.message for one in done for problem in one.problems]


# ---- in a draft -----------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def shelf(tmp_path: Path) -> library.ClauseLibrary:
    write_clause(tmp_path, "une", TEXT)
    write_clause(tmp_path, "deux", TEXT)
    return library.load([tmp_path])


def test_a_draft_keeps_what_was_adapted_and_says_what_was_not(shelf: library.ClauseLibrary) -> None:
    model = ScriptedLanguageModel(
        changed(("Le service est", "La messagerie collaborative est")), changed(("chiffre", "peut chiffrer"))
    )
    seen: list[Progress] = []
    drafted = adaptation.draft(shelf, Request(("une", "deux"), {}), CONTRACT, model, on_progress=seen.append)
    assert [article.adapted_by for article in drafted.articles] == ["scripted", None]
    assert "La messagerie collaborative est rendu sous 10 jours" in drafted.articles[0].body.text
    assert drafted.articles[1].body.text == TEXT.replace("{{delai_jours}}", "10")
    (problem,) = drafted.problems
    assert problem.message.startswith("« Titre de deux » : la rédaction modèle est gardée.")
    assert [one.done for one in seen] == [0, 1, 2]
    assert "Objet : messagerie collaborative" in model.history[0].messages[1].content
    assert model.history[0].schema is not None
