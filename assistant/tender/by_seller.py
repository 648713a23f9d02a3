"""The seller's own general conditions, where they are joined to a contract: what the buyer's part says prevails over them."""

import re

from assistant.datatypes import Span
from assistant.tender.view import View

_TITLE = re.compile(
    r"^[^\n|;:]{0,60}\bconditions (?:generales|contractuelles|commerciales) (?:de |des |d')[^\n|;:]{3,80}$",
    re.MULTILINE,
)
# They call the buyer « le Client », more than the contract before them does.
_BUYER, _OFTEN = re.compile(r"\bclients?\b"), 3


def terms_of_seller(view: View) -> Span | None:
    """Where such conditions stand, from their title to the end."""
    for title in _TITLE.finditer(view.folded):
        before, after = (
            len(_BUYER.findall(part)) for part in (view.folded[: title.start()], view.folded[title.start() :])
        )
        if after >= max(_OFTEN, _OFTEN * before) and "conditions" in view.folded[: title.start()]:
            return Span(title.start(), len(view.folded))
    return None
