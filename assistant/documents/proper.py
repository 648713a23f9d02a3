"""Whose documents a question means by a name that few of them say: « Thermalys, c'est signé jusqu'en quelle année ? »."""

import re
from collections import Counter
from collections.abc import Mapping

from assistant.french.folding import fold

_WORD = re.compile(r"(?<![\w@.])[^\W\d_][\w-]{3,}")
# A name that more documents say than this share tells none of them.
_FEW = 0.2


class ProperNames:
    """The words that some texts hold with a capital within a sentence, and none without.

    Args:
        texts: by the id of the document.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._held: dict[str, set[str]] = {}
        self._most = max(1, int(_FEW * len(texts)))
        small: Counter[str] = Counter()
        for id_, text in texts.items():
            for match in _WORD.finditer(text):
                word = fold(match.group())
                if match.group()[0].islower():
                    small[word] += 1
                else:
                    self._held.setdefault(word, set()).add(id_)
        for word in small:
            self._held.pop(word, None)

    def holders(self, question: str) -> frozenset[str]:
        """The documents that say the names of a question, those of each where none says all; empty where it says no name that tells."""
        words = [match.group() for match in _WORD.finditer(question) if match.group()[0].isupper()]
        held = [ids for word in words if (ids := self._held.get(fold(word))) and len(ids) <= self._most]
        if not held:
            return frozenset()
        return frozenset(set.intersection(*held) or set.union(*held))
