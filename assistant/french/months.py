"""The months of the year."""

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_FOLDED_MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
# A folded month and its number, 1 to 12.
MONTH_NUMBERS = {name: number for number, name in enumerate(_FOLDED_MONTHS, 1)}
# Any folded month, to be put in a pattern.
MONTH = f"(?:{'|'.join(_FOLDED_MONTHS)})"
