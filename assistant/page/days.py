"""Days as French people write them, whatever the browser speaks: it would draw a date field of its own in its own language (``mm/dd/yyyy``)."""

import re
from collections.abc import Mapping
from datetime import date

from assistant.errors import UsageError
from assistant.page.markup import Attribute, Markup, tag

FORM = "jj/mm/aaaa"
_FRENCH = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_COMPUTERS = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# What a browser takes for a day before it sends it: those of the calendar, in both ways of writing them.
_LEAP = r"(?:\d{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_BETWEEN = r"[\/.\- ]"
_IN_ORDER = (  # day, month, year
    (r"(?:0?[1-9]|1\d|2[0-8])", r"(?:0?[1-9]|1[0-2])", r"\d{4}"),
    (r"(?:29|30)", r"(?:0?[13-9]|1[0-2])", r"\d{4}"),
    (r"31", r"(?:0?[13578]|1[02])", r"\d{4}"),
    (r"29", r"0?2", _LEAP),
)
_PATTERN = rf"\s*(?:{'|'.join((*(_BETWEEN.join(one) for one in _IN_ORDER), *('-'.join(one[::-1]).replace('0?', '0') for one in _IN_ORDER)))})?\s*"
_FAULT = f"n'est pas une date : écrivez-la {FORM}, par exemple 01/04/2026, ou laissez ce champ vide."
CHECKED: Mapping[str, Attribute] = {"pattern": _PATTERN, "data-fault": _FAULT}
"""What a field of a day says to the browser: what it takes, and what is said, after what was typed, of anything else."""
# Longer than any day, so that what was typed comes whole into the message that refuses it.
_MOST_CHARACTERS = 20


def day_field(
    id_: str, name: str, label: str, value: str = "", *, left_empty: str = "", is_kept: bool = False
) -> Markup:
    """A field where a day is typed, and its label, which says how.

    ``left_empty`` is what an empty field stands for, where that must be said; ``is_kept``: the browser keeps what was typed until its tab is closed.
    """
    help_id = f"{id_}-aide" if left_empty else None
    called = tag("label", label, tag("span", f" ({FORM})", class_="discret"), for_=id_)
    written = tag(
        "input",
        id=id_,
        name=name,
        type="text",
        value=value,
        maxlength=_MOST_CHARACTERS,
        autocomplete="off",
        aria_describedby=help_id,
        data_kept=is_kept,
        **CHECKED,
    )
    return tag(
        "div",
        called,
        written,
        tag("span", f"vide : {left_empty}", id=help_id, class_="discret") if left_empty else None,
        class_="champ jour",
    )


def day(written: str) -> date | None:
    """A day that was typed, day first (``1/4/2026``) or as computers write it (``2026-04-01``); None where nothing was.

    Raises:
        UsageError: it is none, or it is not in the calendar.
    """
    plain = " ".join(written.split())
    if not plain:
        return None
    french, computers = _FRENCH.fullmatch(plain), _COMPUTERS.fullmatch(plain)
    try:
        if french:
            return date(int(french[3]), int(french[2]), int(french[1]))
        if computers:
            return date(int(computers[1]), int(computers[2]), int(computers[3]))
    except ValueError:
        raise UsageError(
            f"Le {plain} n'est pas au calendrier.", "Corrigez la date, ou laissez ce champ vide."
        ) from None
    raise UsageError(
        f"« {plain} » n'est pas une date.",
        f"Écrivez-la {FORM}, par exemple 01/04/2026, ou laissez ce champ vide.",
    )
