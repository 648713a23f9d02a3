"""Written questions: ways of asking for a rule, one JSON object a line, that lead to it when they are searched and are never quoted.

A question without target is one that must be refused. A line:
``{"question": "…", "kind": "acheteur", "targets": [{"work": "CCP", "article": "L2112-4"}, …]}``. The first target is the rule that it was written for.
"""

import json
from typing import Any

from assistant.datatypes import AskedQuestion, Target
from assistant.errors import CorpusError
from assistant.references import normalise_article

KINDS = ("juriste", "acheteur", "presse", "cas", "fausse-premisse", "oui-non", "comment", "deux-regles")
# What nothing in the corpus answers: such a question has no target, and what is nearer to it than to any other is refused.
OUTSIDE_KINDS = (
    *(
        "autre-droit",
        "metier",
        "prix",
        "personnes",
        "articles-inventes",
        "decisions-inventees",
        "actualite",
        "sante-vie",
        "absurde",
    ),
    *("faits-inconnus", "pronostic", "avis", "sans-rapport", "detournement"),
)


def is_question_file(text: str) -> bool:
    """Whether a JSON Lines text holds written questions: its first line has a question and targets."""
    try:
        first = json.loads(text.lstrip().partition("\n")[0])
    except json.JSONDecodeError:
        return False
    return isinstance(first, dict) and {"question", "targets"} <= first.keys()


def parse(text: str, origin: str) -> tuple[AskedQuestion, ...]:
    """The questions of a file.

    Raises:
        CorpusError: a line is not a question, names no rule or is of an unknown kind; the message gives its number.
    """
    return tuple(
        _question(line, number, origin) for number, line in enumerate(text.splitlines(), 1) if line.strip()
    )


def _question(line: str, number: int, origin: str) -> AskedQuestion:
    try:
        value: dict[str, Any] = json.loads(line)
        targets = tuple(
            Target(work=str(one["work"]), article=normalise_article(str(one["article"])))
            for one in value["targets"]
        )
        question = " ".join(str(value["question"]).split())
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(
            f"Ligne {number} de « {origin} » : ce n'est pas une question écrite.",
            "corpus/README.md décrit la forme d'une ligne.",
        ) from error
    if not question or value.get("kind") not in (KINDS if targets else OUTSIDE_KINDS):
        hint = f"Genres : {', '.join(KINDS)} ; sans règle : {', '.join(OUTSIDE_KINDS)}."
        raise CorpusError(
            f"Ligne {number} de « {origin} » : il manque la question, sa règle ou son genre.", hint
        )
    return AskedQuestion(question, targets)
