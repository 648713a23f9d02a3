"""A plan of migration: how long each takes and why, in which order, what to write in the contracts that run, what to ask the market now."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from assistant.errors import UsageError
from assistant.french.dates import french_date, months_later
from assistant.french.folding import fold_line
from assistant.sourcing import data, law
from assistant.sourcing.exposure import Exposure, Theme
from assistant.sourcing.functions import functions
from assistant.sourcing.law import Sentence
from assistant.sourcing.register import Sensitivity

_FILE = "durations.toml"
_LONGEST_MONTHS = 120
# What the law says of changing a contract that runs, and of asking the market.
_CHANGING = (
    "modifier-le-marche/six-cas",
    "modifier-le-marche/sans-recherche",
    "modifier-le-marche/substantielle",
)
_ASKING = ("sourcing/faculte", "sourcing/usage", "sourcing/neutraliser")


@dataclass(frozen=True, slots=True)
class Months:
    """A range of months, and why."""

    least: int
    most: int
    reason: str

    @property
    def said(self) -> str:
        """For a reader: « 6 à 18 mois »."""
        return f"{self.least} à {self.most} mois" if self.least != self.most else f"{self.least} mois"


@dataclass(frozen=True)
class Ranges:
    """The ranges of months by kind of application: those of the project, or a person's own."""

    table: Mapping[str, Any]

    @classmethod
    def own(cls, text: str, name: str) -> "Ranges":
        """Those of a file of the form of ``durations.toml``.

        Raises:
            UsageError: it is not TOML, or lacks or breaks a range; the message names it.
        """
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise UsageError(
                f"« {name} » n'est pas du TOML ({error}).",
                "Repartez d'une copie : assistant dependencies plan --write-ranges FICHIER.",
            ) from error
        _checked(table, name)
        return cls(table)

    @classmethod
    def shipped(cls) -> "Ranges":
        """Those of the project."""
        return cls(data.table(_FILE))

    def kind(self, exposure: Exposure) -> Mapping[str, Any]:
        """The kind of an application: the first that names its function, else its family; the last of the file where its function is not known."""
        for text in (exposure.application.function, exposure.application.name):
            if (match := functions().match(text)) is not None:
                family = functions().by_id[match.function].family
                kinds = self.table["kind"]
                named = [one for one in kinds if match.function in one["functions"]]
                of_family = [one for one in kinds if family in one.get("families", ())]
                return dict((*named, *of_family, kinds[-1])[0])
        return dict(self.table["kind"][-1])

    @cached_property
    def longer(self) -> Mapping[str, Months]:
        """What makes it longer, by reason."""
        return {rule: _months(one) for rule, one in self.table.get("longer", {}).items()}

    def clauses(self, exposure: Exposure) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The ids of clauses that answer the reasons of an exposure, each with the rules that ask for it."""
        asked: dict[str, list[str]] = {}
        for reason in exposure.reasons:
            for id_ in self.table.get("clauses", {}).get(reason.rule, ()):
                asked.setdefault(id_, []).append(reason.rule)
        return tuple((id_, tuple(rules)) for id_, rules in asked.items())

    def consultation(self, *, sourced: bool) -> Months:
        """What comes before: a consultation, or an order in a framework agreement."""
        return _months(self.table["sourced" if sourced else "consultation"])


def _months(one: Mapping[str, Any]) -> Months:
    return Months(one["months"][0], one["months"][1], one["reason"])


def _checked(table: Mapping[str, Any], name: str) -> None:
    """Raises UsageError where a range is missing or is none."""
    kinds = table.get("kind")
    if not isinstance(kinds, list) or not kinds:
        raise UsageError(
            f"« {name} » n'a pas de genre d'application ([[kind]]).",
            "Repartez d'une copie : assistant dependencies plan --write-ranges FICHIER.",
        )
    wanted = [(f"[[kind]] « {one.get('id', '?')} »", one) for one in kinds]
    wanted += [(f"[{key}]", table.get(key)) for key in ("consultation", "sourced")]
    wanted += [(f"[longer] {key}", one) for key, one in table.get("longer", {}).items()]
    for where, one in wanted:
        months = one.get("months") if isinstance(one, dict) else None
        if not (
            isinstance(months, list)
            and len(months) == 2
            and all(isinstance(count, int) and 0 <= count <= _LONGEST_MONTHS for count in months)
            and months[0] <= months[1]
        ):
            raise UsageError(
                f"« {name} », {where} : « months » doit être deux nombres de mois, le plus petit d'abord (de 0 à {_LONGEST_MONTHS}).",
                "Par exemple : months = [6, 18]",
            )
        if not isinstance(one.get("reason"), str) or (
            where.startswith("[[") and not isinstance(one.get("functions"), list)
        ):
            raise UsageError(
                f"« {name} », {where} : « reason » ou « functions » manque.",
                "Chaque fourchette dit pourquoi.",
            )
    known = functions()
    for one in kinds:
        strange = {*one["functions"]} - known.by_id.keys() | {
            *one.get("families", ())
        } - known.families.keys()
        if strange:
            raise UsageError(
                f"« {name} », [[kind]] « {one.get('id', '?')} » : fonctions inconnues : {', '.join(sorted(strange))}.",
                "Repartez d'une copie : assistant dependencies plan --write-ranges FICHIER.",
            )


@dataclass(frozen=True, slots=True)
class Step:
    """One migration of the plan.

    Attributes:
        exposure: of the application.
        kind: what kind of application it is, for a reader.
        months: how long the migration takes, in all.
        parts: what that is the sum of.
        before: the consultation, or the order, that comes first.
        latest_start: the last day to begin so that it ends with the contract; None where the end is not known.
        rank: why it stands where it does, for a reader.
        clauses: ids of clauses to write, each with the rules of the exposure that ask for it.
    """

    exposure: Exposure
    kind: str
    months: Months
    parts: tuple[Months, ...]
    before: Months
    latest_start: date | None
    rank: str
    clauses: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The migrations in order, and what the law says of changing contracts and of asking the market."""

    steps: tuple[Step, ...]
    changing: tuple[Sentence, ...]
    asking: tuple[Sentence, ...]
    today: date


def plan(
    exposures: Sequence[Exposure],
    today: date,
    ranges: Ranges | None = None,
    sourced: frozenset[str] = frozenset(),
) -> Plan:
    """The plan for some exposures.

    Args:
        exposures: of applications, in any order.
        today: the day of the plan.
        ranges: a person's own; those of the project where None.
        sourced: names of applications, folded, for which a candidate can be ordered from a framework agreement.
    """
    steps = [_step(one, today, ranges or Ranges.shipped(), sourced) for one in exposures]
    return Plan(
        tuple(sorted(steps, key=lambda step: _order(step, today))),
        law.sentences(_CHANGING),
        law.sentences(_ASKING),
        today,
    )


def _step(exposure: Exposure, today: date, ranges: Ranges, sourced: frozenset[str]) -> Step:
    kind = ranges.kind(exposure)
    parts = (
        _months(kind),
        *(ranges.longer[reason.rule] for reason in exposure.reasons if reason.rule in ranges.longer),
    )
    months = Months(
        sum(one.least for one in parts),
        sum(one.most for one in parts),
        " ; ".join(one.reason for one in parts),
    )
    before = ranges.consultation(sourced=fold_line(exposure.application.name) in sourced)
    end = exposure.contract_end
    latest = months_later(end, -(months.most + before.most)) if end else None
    return Step(
        exposure,
        kind["label"],
        months,
        parts,
        before,
        latest,
        _rank(exposure, latest, today),
        ranges.clauses(exposure),
    )


def _order(step: Step, today: date) -> tuple[int, int, date, str]:
    """By risk, high first, among those that cannot wait; then by risk, then by the last day to begin."""
    late = step.latest_start is not None and step.latest_start <= today
    risky = step.exposure.score > 0
    return (
        0 if late and risky else 1,
        -step.exposure.score,
        step.latest_start or date.max,
        fold_line(step.exposure.application.name),
    )


def _rank(exposure: Exposure, latest: date | None, today: date) -> str:
    score = f"exposition de {exposure.score} points"
    if latest is None:
        return f"{score} ; fin du contrat inconnue : à demander d'abord"
    if latest <= today:
        return f"{score} ; pour finir avec le contrat, il fallait commencer le {french_date(latest)} : commencer maintenant, ou prévoir une transition"
    return f"{score} ; à commencer le {french_date(latest)} au plus tard"


# ---- what to ask the market -----------------------------------------------------------------------------------------------------


def rfi(plan_: Plan, wording: str, *, buyer: str, functions: Sequence[str] = ()) -> str:
    """A questionnaire to send to companies of all origins, as Markdown: the needs by function, without a brand, then the questions of the library.

    Args:
        plan_: the plan.
        wording: the questions of the clause library (``questions-de-sourcage``), its fields filled.
        buyer: who asks.
        functions: functions that it is about; all of the plan where empty.

    Raises:
        UsageError: none of the functions is in the plan.
    """
    groups = _by_function(plan_.steps, functions)
    if not groups:
        raise UsageError(
            "Aucune application du plan n'a cette fonction.",
            "Donnez une fonction telle que le registre la dit.",
        )
    return "\n".join(_rfi(plan_, wording, buyer, groups)) + "\n"


def _by_function(steps: Sequence[Step], functions: Sequence[str]) -> dict[str, list[Step]]:
    wanted = {fold_line(one) for one in functions}
    groups: dict[str, list[Step]] = {}
    for step in steps:
        function = step.exposure.application.function or step.kind
        if not wanted or fold_line(function) in wanted:
            groups.setdefault(function, []).append(step)
    return groups


def _rfi(plan_: Plan, wording: str, buyer: str, groups: Mapping[str, Sequence[Step]]) -> Iterator[str]:
    yield "# Demande d'information aux entreprises\n"
    yield f"**{_plain(buyer)}**, {french_date(plan_.today)}. Document de sourçage : ce n'est ni un avis de marché, ni une demande d'offre.\n"
    yield "## Besoins\n"
    yield "| Fonction | Membres | Utilisateurs | Volume (Go) | Sensibilité la plus haute | Fins de contrat |"
    yield "|---|---|---|---|---|---|"
    for function, steps in groups.items():
        applications = [step.exposure.application for step in steps]
        users = [one.users for one in applications if one.users is not None]
        volumes = [one.data_volume_gb for one in applications if one.data_volume_gb is not None]
        degrees = [one.sensitivity for one in applications if one.sensitivity]
        ends = sorted(end for step in steps if (end := step.exposure.contract_end))
        cells = (
            _plain(function),
            str(len({one.member for one in applications})),
            _sum(users, len(applications)),
            _sum([round(one) for one in volumes], len(applications)),
            max(degrees, key=list(Sensitivity).index).value if degrees else "non dite",
            f"de {french_date(ends[0])} à {french_date(ends[-1])}"
            if len(ends) > 1
            else french_date(ends[0])
            if ends
            else "non dites",
        )
        yield "| " + " | ".join(cells) + " |"
    yield "\n*Les nombres sont ceux des registres ; ce qui n'y est pas dit n'est pas compté.*\n"
    yield wording.strip() + "\n"
    yield "## Ce que dit le droit de ces échanges\n"
    for sentence in plan_.asking:
        yield f"- {sentence.said}"


def _sum(values: Sequence[int], lines: int) -> str:
    """A sum, and of how many lines where some say nothing."""
    if not values:
        return "non dit"
    return f"{sum(values):,}".replace(",", " ") + (
        f" ({len(values)} lignes sur {lines})" if len(values) < lines else ""
    )


_MARKS = str.maketrans("|*`[]<>_#", "/  ()()  ")


def _plain(text: str) -> str:
    """Words of a register as a Markdown table may hold them."""
    return " ".join(text.translate(_MARKS).split())


def themes(exposure: Exposure) -> tuple[tuple[Theme, int], ...]:
    """The points of an exposure by theme, in the order of themes."""
    return tuple(
        (theme, sum(reason.points for reason in exposure.reasons if reason.theme is theme)) for theme in Theme
    )
