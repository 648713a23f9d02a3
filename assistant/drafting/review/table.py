"""The rules as a lawyer reads them: each with its reason, its articles, its examples. ``assistant check --rules`` prints it."""

from collections.abc import Iterator, Mapping
from types import ModuleType

from assistant.datatypes import Target
from assistant.drafting.review import contradictions, criteria, framework, law, mandatory, persons, specifications, toothless
from assistant.drafting.review.rules import Rule, rules
from assistant.lines import one_line

_THEMES: tuple[tuple[str, ModuleType], ...] = (
    ("Qui peut répondre", persons),
    ("Ce qui est demandé à l'offre", specifications),
    ("Comment l'offre est choisie", criteria),
    ("Accord-cadre, lots, durée, modifications", framework),
    ("Prix, paiement, mentions", mandatory),
    ("Droit cité", law),
    ("Clauses sans effet ou dangereuses", toothless),
    ("Contradictions", contradictions),
)


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
        "Une règle reconnaît des tournures : ce qu'elle ne relève pas n'est pas pour autant licite. Une absence ne se constate que dans une pièce entière.",
    ]
    for title, module in _THEMES:
        lines += ["", f"## {title}", "", *(line for rule in _of(module, table) for line in _told(rule))]
    return "\n".join(lines).rstrip() + "\n"


def _of(module: ModuleType, table: Mapping[str, Rule]) -> Iterator[Rule]:
    names = {**module.DETECTORS, **getattr(module, "ACROSS", {})}
    return (rule for name, rule in table.items() if name in names)


def _told(rule: Rule) -> Iterator[str]:
    yield f"### {rule.title}"
    yield ""
    yield f"`{rule.id}` · **{rule.severity.value}** · {' ; '.join(_named(target) for target in rule.legal_basis)}"
    yield ""
    yield rule.message
    yield ""
    yield f"À écrire : {rule.suggestion}"
    yield ""
    yield from (f"- ✗ {one_line(text)}" for text in rule.caught)
    yield from (f"- ✓ {one_line(text)}" for text in rule.lawful)
    if not rule.caught and not rule.lawful:
        yield "Se constate sur une pièce entière."
    yield ""


def _named(target: Target) -> str:
    return " ".join(part for part in (target.work, target.article) if part)
