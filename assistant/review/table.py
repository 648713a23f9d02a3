"""The rules as a lawyer reads them: each with its reason, its articles, its examples. ``assistant check --rules`` prints it."""

from collections.abc import Iterator
from itertools import groupby

from assistant.lines import one_line
from assistant.review.rules import Rule, rules


def markdown() -> str:
    """The whole table, in French, in the order of the themes."""
    table = rules()
    lines = [
        "# Les règles de contrôle",
        "",
        f"`assistant check` applique {len(table)} règles. Cette page est tirée des règles elles-mêmes (`assistant check --rules`).",
        "",
        "**Bloquant** : contraire au droit, à corriger avant de publier. **Risque** : attaquable, ou dangereux pour l'acheteur.",
        "**Conseil** : sans effet ou imprécis.",
        "Un lecteur entraîné sur des extraits de plusieurs mains (corpus/revue) dit si une clause est fautive, puis quelle règle est la plus proche ;",
        "des règles de faits relèvent ce que des nombres, des articles et des absences suffisent à établir.",
        "Ce que la revue ne relève pas n'est pas pour autant licite. Une absence ne se constate que dans une pièce entière.",
    ]
    for theme, of_theme in groupby(table.values(), key=lambda rule: rule.theme):
        lines += [
            "",
            f"## {theme[0].upper()}{theme[1:]}",
            "",
            *(line for rule in of_theme for line in _rule_lines(rule)),
        ]
    return "\n".join(lines).rstrip() + "\n"


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"### {rule.title}"
    yield ""
    yield f"`{rule.id}` · **{rule.severity.value}** · {' ; '.join(target.reference for target in rule.legal_basis)}"
    yield ""
    yield rule.message
    yield ""
    yield f"À écrire : {rule.suggestion}"
    yield ""
    if rule.caught or rule.lawful:
        yield from (f"- ✗ {one_line(text)}" for text in rule.caught)
        yield from (f"- ✓ {one_line(text)}" for text in rule.lawful)
        yield ""
