"""What a language model may add to an answer, as the answerer knows it; without a model it adds nothing."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.datatypes import Claim, Evidence, Problem
from assistant.sheets import Case


class ModelPart(Protocol):
    """The part of a language model in answers. It never raises: what fails is a problem."""

    @property
    def name(self) -> str | None:
        """The model's name, None where no model takes part."""
        ...

    def worded(
        self, question: str, evidence: Sequence[Evidence], cases: Sequence[Case], problems: list[Problem]
    ) -> Iterator[Claim]:
        """Claims in the model's words, each checked; ``problems`` receives what was dropped and why."""
        ...

    def first_chosen(
        self, question: str, evidence: Sequence[Evidence], problems: list[Problem]
    ) -> tuple[Evidence, ...]:
        """``evidence``, that of the sentences that the model chose first."""
        ...


class NoModel:
    """No language model: nothing is worded, and the evidence keeps its order."""

    name = None

    def worded(
        self, question: str, evidence: Sequence[Evidence], cases: Sequence[Case], problems: list[Problem]
    ) -> Iterator[Claim]:
        """No claim."""
        return iter(())

    def first_chosen(
        self, question: str, evidence: Sequence[Evidence], problems: list[Problem]
    ) -> tuple[Evidence, ...]:
        """``evidence`` as it is."""
        return tuple(evidence)


NO_MODEL = NoModel()
