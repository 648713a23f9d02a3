"""What a question denies: « sans urgence », « pas de préinformation »."""

# A denial this many words before takes a word away.
_DENIALS = frozenset(["sans", "aucun", "aucune", "pas", "ni", "hors", "jamais", "non"])
_REACH = 3


def is_denied(folded: str, start: int) -> bool:
    """Whether what begins there in a folded text is denied just before."""
    return not _DENIALS.isdisjoint(folded[:start].replace("'", " ").split()[-_REACH:])
