"""What a dependency exposes to, reason by reason: each rests on a cell of the register, a catalogue or a contract. Nobody is known by name.

The score is the sum of the points that are shown. What nobody says is « à vérifier », with no points.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from assistant.french.dates import french_date, months_later
from assistant.french.folding import fold_line, words_of
from assistant.sourcing import data, law, places
from assistant.sourcing.contracts import Join
from assistant.sourcing.functions import functions
from assistant.sourcing.law import Sentence
from assistant.sourcing.register import Application, Sensitivity
from assistant.states import State, Zone

_PERSONAL = (Sensitivity.PERSONAL, Sensitivity.SENSITIVE)
_SENSITIVE = (Sensitivity.SENSITIVE, Sensitivity.CRITICAL)
_RULES = "exposure.toml"
# People of a town's own name beyond which the bill that would transpose NIS 2 names it; and how a line writes them: « (41 000 hab.) ».
_INHABITANTS = re.compile(r"(\d[\d \u00a0.]*)\s*hab\b")
# Where a cell of owners speaks of the host: « … ; hébergeur : filiale de … ».
_OF_HOST = re.compile(r"^(?:l')?heberge(?:ur|ment)\b")
# A source beside an owner: « rapport annuel 2025 », « Kbis du 3 mars 2026 », « source : … ». A year alone is none: « racheté en 2024 ».
_SOURCED = re.compile(
    r"\bsource|\bd'apres|\bselon|\brapport|\bkbis|\bregistre|\bcommunique|\bsite\b|https?:|\bannuaire"
)
_ASIDE = re.compile(r"\(([^()]*)\)|(?:\s[–—-]\s|,\s|/\s)(.+)$")
# What a column of reversibility says where there is none: « non », « néant », « non prévue », « refusée », « développeur parti, aucune ».
_REFUSED_CLAUSE = re.compile(
    r"^(?:non|neant|sans|rien|0)$|\b(?:aucune?|neant|refusee?|pas de|absente|impossible)\b"
    r"|\bnon (?:prevue?|traitee?|ecrite?|negociee?)|^sans (?!objet|frais|cout)"
)
# A notice in months, in a cell or its header: « préavis 3 mois », « Préavis (mois) 3 ».
_NOTICE = re.compile(r"preavis\D{0,30}?(\d{1,2})(?: ?mois)?\b")
# Below this share of the capital, nobody controls by it alone.
_CONTROL_PERCENT = 50
# A subscription to help is none to the right to use.
_HELP_ONLY = re.compile(
    r"abonnements? (?:a |au |de |d'|la |l')*(?:hotline|support|maintenance|assistance|telemaintenance|mises? a jour)"
)
# Rules of where data or people are: the European Economic Area is as the Union there; it is not for the law of a company.
_OF_PLACES = ("loi-donnees", "loi-support")


class Theme(StrEnum):
    """What kind of reason it is; the value is its name in ``exposure.toml``."""

    LAW = "loi"
    CUT = "coupure"
    EXIT = "sortie"
    DUTY = "droit"
    UNKNOWN = "verifier"

    @property
    def label(self) -> str:
        """What a reader calls it."""
        return str(data.table(_RULES)["themes"][self.value])


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason.

    Attributes:
        rule: its name in ``exposure.toml``.
        theme: what kind it is.
        text: for a reader; it says where its facts were read.
        points: what it adds to the score.
        law: the sentences of the sheets that go with it.
    """

    rule: str
    theme: Theme
    text: str
    points: int
    law: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Exposure:
    """An application and why it exposes; ``score`` is the sum of the points of the reasons."""

    application: Application
    reasons: tuple[Reason, ...]
    joins: tuple[Join, ...] = ()

    @property
    def score(self) -> int:
        """The sum of the points shown."""
        return sum(reason.points for reason in self.reasons)

    @property
    def to_verify(self) -> tuple[Reason, ...]:
        """What nobody says."""
        return tuple(reason for reason in self.reasons if reason.theme is Theme.UNKNOWN)

    @property
    def contract_end(self) -> date | None:
        """The end that the register gives, else that of the one contract joined."""
        ends = {join.contract.end for join in self.joins if join.contract.end}
        return self.application.contract_end or (next(iter(ends)) if len(ends) == 1 else None)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns a publisher, as a catalogue says it: its words, its source and its date (None where it has none)."""

    group: str
    source: str
    dated: date | None

    @property
    def said(self) -> str:
        """The source for a reader."""
        return f"le catalogue « {self.source} »" + (
            f" du {french_date(self.dated)}" if self.dated else ", qui n'a pas de date"
        )


def exposures(
    applications: Sequence[Application],
    today: date,
    *,
    owners: Mapping[str, Owner] | None = None,
    joins: Mapping[int, tuple[Join, ...]] | None = None,
    has_contracts: bool = False,
) -> tuple[Exposure, ...]:
    """The exposure of each application, in their order.

    Args:
        applications: lines of registers.
        today: the day from which ends of contracts are counted.
        owners: what catalogues say of publishers, by folded name.
        joins: the contracts joined to each, by its index.
        has_contracts: whether contracts are indexed at all: that one is not there is told only then.
    """
    found = list[Exposure]()
    for at, one in enumerate(applications):
        own = (joins or {}).get(at, ())
        found.append(
            Exposure(one, tuple(_Reading(one, today, owners or {}, own, has_contracts).reasons()), own)
        )
    return tuple(found)


@dataclass
class _Reading:
    """One application, while it is looked at."""

    one: Application
    today: date
    owners: Mapping[str, Owner]
    joins: tuple[Join, ...]
    has_contracts: bool
    third: dict[str, tuple[State, ...]] = field(default_factory=dict)

    def reasons(self) -> Iterator[Reason]:
        yield from self._laws()
        yield from self._cuts()
        yield from self._exits()
        yield from self._duties()

    # ---- laws of third States ---------------------------------------------------------------------------------------------------

    def _laws(self) -> Iterator[Reason]:
        if not (self.one.publisher and _is_made_here(self.one.publisher)):
            yield from self._publisher()
            yield from self._owner()
        yield from self._host()
        for name, rule, unknown in (
            ("data_place", "loi-donnees", "verifier-donnees"),
            ("support_place", "loi-support", "verifier-support"),
        ):
            text = getattr(self.one, name)
            states = places.states(text or "")
            yield from self._third(rule, name, states)
            if not text or (not places.is_own(text) and all(state.zone is Zone.UNKNOWN for state in states)):
                yield self._reason(unknown, value=f" (« {text} »)" if text else "")

    def _publisher(self) -> Iterator[Reason]:
        if not self.one.publisher:
            yield self._reason("verifier-editeur")
            return
        states = places.states(self.one.publisher_place or "") or _aside(self.one.publisher)
        yield from self._third(
            "loi-editeur", "publisher_place" if self.one.publisher_place else "publisher", states
        )

    def _owner(self) -> Iterator[Reason]:
        group, source = self._owners_part(host=False), self._register("group")
        if group and not (self.one.group_source or _SOURCED.search(fold_line(group))):
            yield self._reason("verifier-source", value=group)
        elif group and self.one.group_source:
            source = f"{source} (source : {self.one.group_source})"
        if not group and self.one.publisher and (known := self.owners.get(fold_line(self.one.publisher))):
            group, source = known.group, known.said
        if not group:
            if self.one.publisher:
                yield self._reason("verifier-propriete", value=f"« {self.one.publisher} »")
            return
        states = tuple(state for state in _of_control(group) if state.is_outside_union)
        if states:
            self.third["group"] = states
            yield self._reason("loi-groupe", states=_named(states), source=source, law=_of_states(states))
        elif not places.states(group):
            sourced = self.one.group_source or _SOURCED.search(fold_line(group))
            yield self._reason(
                "verifier-etat-groupe" if sourced else "verifier-propriete",
                value=f"« {self.one.publisher or self.one.name} » (groupe « {group} », dont l'État n'est pas dit)",
            )

    def _owners_part(self, *, host: bool) -> str:
        """What the cell of owners says of the publisher, or of the host where it names it."""
        parts = re.split(r"\s*;\s*", self.one.group or "")
        name = fold_line(re.split(r"[(,]", self.one.host or "")[0]).strip()
        own = [
            part
            for part in parts
            if bool(
                _OF_HOST.search(fold_line(part))
                or (name and fold_line(part).startswith(name) and len(parts) > 1)
            )
            is host
        ]
        return " ; ".join(own)

    def _host(self) -> Iterator[Reason]:
        host = self.one.host
        if not host:
            yield self._reason("verifier-hebergeur")
            return
        if _has(host, "inconnu"):
            yield self._reason("verifier-hebergeur")
        if places.is_own(host):
            return
        owners = self._owners_part(host=True)
        beside = _aside(host) or (
            places.states(host) if places.is_place(host) and len(words_of(host)) <= 2 else ()
        )
        maker = self.one.publisher or ""
        if _company(maker) and _company(maker) == _company(host):
            beside = (*beside, *(places.states(self.one.publisher_place or "") or _aside(maker)))
        states = tuple(dict.fromkeys((*places.states(owners), *beside)))
        yield from self._third("loi-hebergeur", "host", states)
        if not states or all(state.zone is Zone.UNKNOWN for state in states):
            yield self._reason("verifier-hebergeur-droit", value=f"« {host} »")

    def _third(self, rule: str, name: str, states: Sequence[State]) -> Iterator[Reason]:
        outside = rule not in _OF_PLACES
        third = tuple(
            state
            for state in states
            if (state.is_outside_union if outside else state.is_third) or state.code == "XX"
        )
        if third:
            self.third[name] = third
            yield self._reason(rule, states=_named(third), source=self._register(name), law=_of_states(third))

    # ---- what can be cut --------------------------------------------------------------------------------------------------------

    @property
    def _hosted_by_third(self) -> bool:
        return bool(self.one.host) and not places.is_own(self.one.host or "")

    @property
    def _right_of_use(self) -> str:
        """What the cell of the contract says, without subscriptions to help only."""
        return _HELP_ONLY.sub(" ", fold_line(self.one.contract or ""))

    @property
    def _runs_alone(self) -> bool:
        """Whether the application goes on at the member's own place whatever its supplier does: a licence without end, and no subscription."""
        contract = self._right_of_use
        return (
            bool(self.one.host)
            and not self._hosted_by_third
            and _has(contract, "sans_terme")
            and not _has(contract, "abonnement")
        )

    def _cuts(self) -> Iterator[Reason]:
        if self._hosted_by_third:
            yield self._reason("coupure-hebergement", value=self.one.host, source=self._register("host"))
        elif word := _word(self._right_of_use, "abonnement"):
            yield self._reason("coupure-abonnement", value=word, source=self._register("contract"))
        suppliers = [
            state
            for name in ("publisher", "publisher_place", "group", "host", "support_place")
            for state in self.third.get(name, ())
        ]
        if suppliers and not self._runs_alone:
            yield self._reason("coupure-sanction", states=_named(tuple(dict.fromkeys(suppliers))))
        written = fold_line(self.one.contract or "")
        if written in data.table(_RULES)["words"]["sans_contrat"]:
            yield self._reason("coupure-sans-contrat")
        elif not written and not self.joins:
            yield self._reason("verifier-contrat")
        yield from self._written_cut()
        yield from self._end()
        yield from self._renewal()

    def _written_cut(self) -> Iterator[Reason]:
        """That the supplier may cut by himself, where a cell says so."""
        said = [
            (self._register(name), text)
            for name in ("contract", "formats")
            if (text := getattr(self.one, name))
        ]
        said += [
            (f"la colonne « {header} » du registre ({self._where})", text) for header, text in self.one.notes
        ]
        if found := next(
            ((source, text) for source, text in said if _word(text, "coupure", deny=True)), None
        ):
            yield self._reason("coupure-ecrite", source=found[0], value=found[1])

    def _renewal(self) -> Iterator[Reason]:
        """A contract that goes on by itself: what its column, its contract or its end says of it, and the notice where one is written."""
        one = self.one
        said = [("contract", text) for text in (one.contract,) if text]
        said += [("contract_end", text) for header, text in one.notes if _has(header, "fin_contrat")]
        found = next(
            ((text, self._register(name)) for name, text in said if _word(text, "tacite", deny=True)), None
        )
        for header, text in one.notes:
            if found is None and _has(header, "reconduction") and not _has(header, "fin_contrat"):
                yes = fold_line(text) in data.words("yes") and not _has(header, "expresse")
                if (
                    yes
                    or _word(text, "tacite", deny=True)
                    or (_word(text, "reconduit", deny=True) and not _has(text, "expresse"))
                ):
                    found = text, f"la colonne « {header} » du registre ({self._where})"
        for join in self.joins:
            renewal = join.contract.renewal
            if found is None and renewal is not None and _word(renewal.quote, "tacite", deny=True):
                found = renewal.quote, f"{renewal.where} ; {join.why}"
        if found is not None:
            yield self._reason("coupure-tacite", value=found[0], source=found[1], when=self._notice())

    def _notice(self) -> str:
        """Until when the contract can be ended, where the register says the notice: « avant le 30 septembre 2026 (préavis de 3 mois) »."""
        one = self.one
        texts = [one.contract or "", *(f"{header} {text}" for header, text in one.notes)]
        match = next((match for text in texts if (match := _NOTICE.search(fold_line(text)))), None)
        if match is None:
            return "dans le délai que dit le contrat (à vérifier)"
        notice = f"préavis de {match[1]} mois"
        return (
            f"avant le {french_date(months_later(one.contract_end, -int(match[1])))} ({notice})"
            if one.contract_end
            else f"dans le délai du contrat ({notice})"
        )

    def _end(self) -> Iterator[Reason]:
        end, source = self.one.contract_end, self._register("contract_end")
        if end is None:
            said = [join.contract for join in self.joins if join.contract.end and join.contract.end_said]
            if len(said) == 1 and said[0].end_said:
                end, source = said[0].end, f"« {said[0].end_said.quote} » ({said[0].end_said.where})"
        if end is None and (
            _is_made_here(self.one.publisher or "") or _has(self.one.publisher or "", "sans_fournisseur")
        ):
            return
        if end is None:
            yield self._reason("verifier-fin")
        elif end < self.today:
            yield self._reason("coupure-contrat-fini", value=french_date(end), source=source)
        elif end <= months_later(self.today, data.table(_RULES)["thresholds"]["near_months"]):
            yield self._reason("coupure-contrat-proche", value=french_date(end), source=source)

    # ---- how hard to leave ------------------------------------------------------------------------------------------------------

    def _exits(self) -> Iterator[Reason]:
        formats = self.one.formats
        if not formats:
            yield self._reason("verifier-formats")
        elif (
            _has(formats, "ferme")
            or _is_refused(formats)
            or fold_line(formats) in data.table(_RULES)["words"]["ferme_entier"]
        ):
            yield self._reason("sortie-format-ferme", value=formats, source=self._register("formats"))
        elif _has(formats, "ouvert"):
            yield self._reason("sortie-format-ouvert", value=formats, source=self._register("formats"))
        limits = data.table(_RULES)["thresholds"]
        for name, rules, shown in (
            (
                "data_volume_gb",
                ("sortie-volume", "sortie-tres-grand-volume"),
                lambda value: f"{_number(value)} Go",
            ),
            ("users", ("sortie-utilisateurs", "sortie-tres-nombreux"), _number),
        ):
            value, (large, very_large) = (
                getattr(self.one, name),
                limits["volume_gb" if name == "data_volume_gb" else name],
            )
            if value is not None and value >= large:
                yield self._reason(
                    rules[value >= very_large], value=shown(value), source=self._register(name)
                )
        yield from self._clause()
        if self._hosted_by_third:
            yield self._reason("sortie-data-act")

    def _clause(self) -> Iterator[Reason]:
        for header, text in self.one.notes:
            if "reversibilite" in fold_line(header) and _REFUSED_CLAUSE.search(fold_line(text)):
                yield self._reason(
                    "sortie-sans-clause",
                    source=f"la colonne « {header} » du registre ({self._where} : « {text} »)",
                )
                break
        for join in self.joins:
            said = join.contract.reversibility
            if said:
                yield self._reason("sortie-clause", source=f"« {said.quote} » ({said.where} ; {join.why})")
            else:
                yield self._reason(
                    "sortie-sans-clause",
                    source=f"les pièces indexées de « {join.contract.name} » ({join.why})",
                )
        if (
            not self.joins
            and self.one.contract
            and self.has_contracts
            and fold_line(self.one.contract) not in data.table(_RULES)["words"]["sans_contrat"]
        ):
            yield self._reason("verifier-clause", value=f"« {self.one.contract} »")

    # ---- what the law requires --------------------------------------------------------------------------------------------------

    def _duties(self) -> Iterator[Reason]:
        degree, hosted = self.one.sensitivity, self._hosted_by_third
        said = f"{self.one.function} {self.one.name} {' '.join(text for _, text in self.one.notes)}"
        if degree is None:
            yield self._reason("verifier-sensibilite")
        if degree in _SENSITIVE and hosted:
            # The member's name first; where it says nothing, what the line says that it is for.
            rule = _sren(self.one.member)
            yield self._reason(
                _sren(f"{self.one.function} {self.one.name}") if rule == "droit-sren" else rule,
                sensitivity=degree,
            )
        yield from self._health()
        if (
            degree in _PERSONAL
            and (hosted or self.one.support_place)
            and not (self.one.host and not hosted and not self.one.support_place)
        ):
            yield self._reason("droit-rgpd")
        far = tuple(
            dict.fromkeys(
                state for name in ("data_place", "support_place") for state in self.third.get(name, ())
            )
        )
        if degree in _PERSONAL and far:
            where = " et ".join(
                self._register(name) for name in ("data_place", "support_place") if name in self.third
            )
            yield self._reason("droit-transfert", states=_named(far), source=where)
        yield from self._personal(degree)
        if reached := _nis2(self.one.member):
            yield self._reason("droit-nis2-membre", value=reached)
        elif sector := _word(f"{self.one.function} {self.one.name}", "secteurs_nis2"):
            yield self._reason("droit-nis2-secteur", value=sector, source=self._register("function"))
        elif degree is Sensitivity.CRITICAL:
            yield self._reason("droit-nis2")
        if hosted and (word := _word(f"{self.one.function} {self.one.name}", "archives")):
            yield self._reason("droit-archives", value=word, source=self._register("function"))
        if (
            self.third
            and degree is not Sensitivity.PUBLIC
            and degree is not Sensitivity.INTERNAL
            and (word := _word(said, "cnil"))
        ):
            yield self._reason("droit-cnil", value=word, source=self._register("function"))
        russian = [
            name
            for name, states in self.third.items()
            if any(state.code == "RU" for state in states) and name != "data_place"
        ]
        if russian:
            yield self._reason("droit-russie", source=self._register(russian[0]))

    def _personal(self, degree: Sensitivity | None) -> Iterator[Reason]:
        """That data of people are there, where their degree, what a cell says of them, or the function shows it."""
        said = [
            (header, text)
            for header, text in self.one.notes
            if "donn" in fold_line(header) or "sensib" in fold_line(header)
        ]
        word = next((word for _, text in said if (word := _word(text, "personnes", deny=True))), "")
        match = functions().match(self.one.function) if not word and degree is None else None
        if word or degree is Sensitivity.PERSONAL:
            yield self._reason(
                "droit-personnelles", value=word or degree, source=self._register("sensitivity")
            )
        elif match is not None and match.function in data.table(_RULES)["functions"]["personnes"]:
            yield self._reason("droit-personnelles", value=match.words, source=self._register("function"))

    def _health(self) -> Iterator[Reason]:
        notes = " ".join(
            f"{text}"
            for header, text in self.one.notes
            if "donn" in fold_line(header) or "sensib" in fold_line(header)
        )
        word = _word(f"{self.one.function} {self.one.name} {notes}", "sante")
        if not word or self.one.sensitivity in (Sensitivity.PUBLIC, Sensitivity.INTERNAL):
            return
        if self._hosted_by_third:
            yield self._reason("droit-hds", value=word, source=self._register("function"))
        if "data_place" in self.third:
            yield self._reason(
                "droit-hds-hors-eee",
                states=_named(self.third["data_place"]),
                source=self._register("data_place"),
            )

    # ---- reasons ----------------------------------------------------------------------------------------------------------------

    def _register(self, name: str) -> str:
        """Where a cell of the register was read, for a reader."""
        label = data.table("columns.toml")[name]["label"]
        return f"la colonne « {label} » du registre ({self._where})"

    @property
    def _where(self) -> str:
        place = self.one.place
        return ", ".join(
            part
            for part in (place.file, place.sheet, f"ligne {place.row}" if place.row else "saisi à la main")
            if part
        )

    def _reason(self, rule: str, *, law: Sequence[str] = (), **said: Any) -> Reason:
        written = data.table(_RULES)[rule]
        text = written["text"].format_map({name: str(value) for name, value in said.items()})
        return Reason(
            rule,
            Theme(written["theme"]),
            text,
            written["points"],
            _sentences((*law, *written.get("law", ()))),
        )


def _sentences(references: Sequence[str]) -> tuple[Sentence, ...]:
    return law.sentences(references)


def _of_states(states: Sequence[State]) -> tuple[str, ...]:
    """The sentences that speak of the laws of some States."""
    known = data.table(_RULES)["states"]
    return tuple(
        dict.fromkeys(reference for state in states for reference in known.get(state.code, known["other"]))
    )


def _company(text: str) -> str:
    """The name of a company without what stands beside it: « Klarvex Inc. (Delaware) »."""
    return re.split(r"[(,;]|\s[–—-]\s", fold_line(text))[0].strip(" .")


def _named(states: Sequence[State]) -> str:
    return ", ".join(state.label for state in states)


def _aside(text: str) -> tuple[State, ...]:
    """The States that stand beside a company's name, in brackets or after a comma or a dash; those within the name say nothing of it."""
    return tuple(
        dict.fromkeys(
            state for match in _ASIDE.finditer(text) for state in places.states(match[1] or match[2])
        )
    )


def _word(text: str, kind: str, *, deny: bool | None = None) -> str:
    """The first word of a list that stands in a text, as the list writes it; empty where there is none. ``deny``: see ``_stands``."""
    folded = fold_line(text)
    denied = kind == "sante" if deny is None else deny
    return next(
        (word for word in data.table(_RULES)["words"][kind] if _stands(word, folded, deny=denied)), ""
    )


def _stands(word: str, folded: str, *, deny: bool) -> bool:
    """Whether a word stands in a text; with ``deny``, once at least without a word that denies it just before: « arrêts sans motif médical »."""
    found = re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", folded)
    return any(not deny or not places.is_denied(folded[: match.start()]) for match in found)


def _is_refused(formats: str) -> bool:
    """Whether a cell of formats refuses what it names: « pas d'extraction possible », « export sur devis »."""
    folded = fold_line(formats)
    for thing in data.table(_RULES)["words"]["sortie"]:
        for match in re.finditer(rf"(?<![\w-]){re.escape(thing)}s?(?![\w-])", folded):
            clause = re.split(r"[.;:,(]", folded[match.end() :])[0]
            if places.is_denied(folded[: match.start()]) or any(
                _stands(word, clause, deny=False) for word in data.table(_RULES)["words"]["refus"]
            ):
                return True
    return False


def _has(text: str, kind: str) -> bool:
    return bool(_word(text, kind))


def _of_control(group: str) -> tuple[State, ...]:
    """The States of those who own a company, minorities left out where someone else is named: « fonds X (Boston) 8 % sans droit particulier »."""
    parts = re.split(r",\s*(?!\d)|\s+et\s+", group)
    controlling = [part for part in parts if not _is_minority(fold_line(part))]
    return places.states(", ".join(controlling)) or places.states(group)


def _is_minority(part: str) -> bool:
    share = re.search(r"(\d{1,3})(?:[.,]\d+)?\s?%", part)
    return _has(part, "minorite") or (
        share is not None and int(share[1]) < _CONTROL_PERCENT and not _has(part, "controle")
    )


def _is_made_here(publisher: str) -> bool:
    """Whether an application is the member's own work: nobody owns its publisher."""
    return _has(publisher, "maison")


def _nis2(member: str) -> str:
    """Why the bill that would transpose NIS 2 may reach a member, by the words and the size of its name; empty where nothing says it."""
    if word := _word(member, "nis2"):
        return word
    size = _INHABITANTS.search(fold_line(member))
    people = int(re.sub(r"\D", "", size[1])) if size else 0
    return (
        f"{_number(people)} habitants"
        if people > data.table(_RULES)["thresholds"]["nis2_inhabitants"] and _has(member, "commune")
        else ""
    )


def _sren(member: str) -> str:
    """Which rule of article 31 goes with a member, by the words of its name."""
    if _has(member, "etat"):
        return "droit-sren-etat"
    if _has(member, "etablissement"):
        return "droit-sren-etablissement"
    return "droit-sren-collectivite" if _has(member, "collectivite") else "droit-sren"


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ")
