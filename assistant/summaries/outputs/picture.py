"""The whole folder on one page: which share of its tenders uses each lever, contradicts itself from piece to piece, holds what the review blocks."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from assistant.datatypes import FindingSeverity
from assistant.summaries.fields.levers import LEVERS, profile
from assistant.summaries.fields.summary import Consultation

GRAVE = (FindingSeverity.BLOCKING, FindingSeverity.RISK)
# What a page holds of the faults that come back.
_MOST_FAULTS = 6


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` tenders of ``total`` do what ``label`` says."""

    label: str
    count: int
    total: int

    @property
    def part(self) -> float:
        """0 to 1; 0 of nothing."""
        return self.count / self.total if self.total else 0.0


@dataclass
class Picture:
    """Counts, as the tenders come."""

    consultations: int = 0
    documents: int = 0
    pages: int = 0
    contradicted: int = 0
    reviewed: int = 0
    _levers: Counter[str] = field(default_factory=Counter)
    _severities: Counter[FindingSeverity] = field(default_factory=Counter)
    _faults: Counter[tuple[FindingSeverity, str]] = field(default_factory=Counter)

    def add(self, consultation: Consultation) -> None:
        """One more tender."""
        self.consultations += 1
        self.documents += len(consultation.summaries)
        self.pages += sum(one.pages for one in consultation.summaries)
        self.contradicted += bool(consultation.contradictions)
        self._levers.update(used.name for used in profile(consultation) if used.extract is not None)
        if consultation.reviewed_on is None:
            return
        self.reviewed += 1
        kinds = {(fault.severity, fault.title) for _, fault in consultation.faults(*GRAVE)}
        self._faults.update(kinds)
        self._severities.update({severity for severity, _ in kinds})

    @property
    def levers(self) -> tuple[Share, ...]:
        """Each lever, the most used first."""
        shares = (Share(label, self._levers[name], self.consultations) for name, label in LEVERS.items())
        return tuple(sorted(shares, key=lambda one: -one.count))

    @property
    def blocked(self) -> Share:
        """Tenders with at least one blocking finding, of those reviewed."""
        return Share(
            "Au moins un constat bloquant", self._severities[FindingSeverity.BLOCKING], self.reviewed
        )

    @property
    def risky(self) -> Share:
        """Tenders with at least one finding of risk, of those reviewed."""
        return Share("Au moins un constat de risque", self._severities[FindingSeverity.RISK], self.reviewed)

    @property
    def disagreeing(self) -> Share:
        """Tenders whose pieces contradict each other."""
        return Share("Contradiction entre les pièces", self.contradicted, self.consultations)

    @property
    def faults(self) -> tuple[tuple[FindingSeverity, Share], ...]:
        """The faults that come back most, the gravest first, then the most frequent."""
        order = list(FindingSeverity)
        ranked = sorted(self._faults.items(), key=lambda one: (order.index(one[0][0]), -one[1], one[0][1]))
        return tuple(
            (severity, Share(title, count, self.reviewed))
            for (severity, title), count in ranked[:_MOST_FAULTS]
        )


def as_json(picture: Picture) -> dict[str, Any]:
    """What the whole folder asks for, in numbers of tenders."""
    return {
        "consultations": picture.consultations,
        "documents": picture.documents,
        "pages": picture.pages,
        "contradicted": picture.contradicted,
        "levers": [_share_json(one) for one in picture.levers],
        "reviewed": picture.reviewed,
        "blocked": picture.blocked.count,
        "at_risk": picture.risky.count,
        "findings": [{"severity": severity.value} | _share_json(share) for severity, share in picture.faults],
    }


def _share_json(share: Share) -> dict[str, Any]:
    return {"label": share.label, "consultations": share.count, "share": round(share.part, 4)}
