"""« Ce n'est pas juste »: what a reader found wrong becomes a question of an evaluation set, in the form that ``assistant eval answers FILE`` reads.

A judgement that says the right position joins ``reponses.jsonl``; one that does not waits in ``a-qualifier.jsonl`` for someone who knows.
"""

import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from assistant.datatypes import Position
from assistant.references import normalise_article

_ARTICLE = re.compile(r"(?P<work>.*?)\s*(?:art(?:icle|\.)?\s*)?(?P<number>[LRDA]?\.?\s*\d[\w.-]*)$", re.IGNORECASE)


class Judgements:
    """The two files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def add(self, owner: str, question: str, answer: Mapping[str, Any], expected: str, article: str, why: str) -> None:
        """Keeps a judgement on an answer (its JSON). ``expected`` is a position, or empty where the reader does not know."""
        position = Position(expected) if expected in [one.value for one in Position] else None
        row = {
            "id": f"retour-{uuid4().hex[:12]}",
            "question": question,
            "as_of": answer["as_of"],
            "kind": "retour",
            "position": position.value if position else None,
            "gold": _gold(article),
            "gold_mode": "any",
            "must_say": [],
            "must_not_say": [],
            "note": why,
            "answered": answer["position"],
            "by": owner,
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        path = self._folder / ("reponses.jsonl" if position else "a-qualifier.jsonl")
        with self._lock:
            self._folder.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _gold(article: str) -> list[dict[str, str]]:
    found = _ARTICLE.fullmatch(article.strip())
    return [{"text": found["work"].strip(" ,") or "CCP", "article": normalise_article(found["number"])}] if found else []
