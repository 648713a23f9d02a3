"""What people say, and the words that contracts have for it: ``everyday_words.tsv``, written by people.

The table only adds words to a search for clauses; it decides nothing.
"""

from collections.abc import Callable
from importlib import resources

Stems = Callable[[str], list[str]]


class EverydayWords:
    """The table, its expressions reduced to stems by the analyser of the index."""

    def __init__(self, stems: Stems) -> None:
        self._rows = tuple(
            (said, frozenset(stems(written.replace(",", " "))))
            for saids, written in _rows()
            for one in saids.split(",")
            if (said := frozenset(stems(one)))
        )

    def contract_words(self, stems: frozenset[str]) -> frozenset[str]:
        """The stems that contracts have for what ``stems`` say, without those; an expression is said when all its stems are there."""
        return frozenset(word for said, written in self._rows if said <= stems for word in written) - stems


def _rows() -> list[tuple[str, str]]:
    lines = (
        resources.files("assistant.drafting")
        .joinpath("everyday_words.tsv")
        .read_text(encoding="utf-8")
        .splitlines()[1:]
    )
    return [(said, written) for said, _, written in (line.partition("\t") for line in lines if line.strip())]
