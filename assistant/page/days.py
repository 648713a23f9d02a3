"""Days as French people write them, whatever the browser speaks: it would draw a date field of its own in its own language (``mm/dd/yyyy``)."""

import re
from datetime import date

from assistant.errors import UsageError
from assistant.page.markup import Markup, tag

FORM = "jj/mm/aaaa"
_FRENCH = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_COMPUTERS = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
# Longer than any day, so that what was typed comes whole into the message that refuses it.
_MOST_CHARACTERS = 20


def day_field(id_: str, name: str, label: str, value: str = "", *, left_empty: str = "") -> Markup:
    """A field where a day is typed, and its label, which says how; ``left_empty`` is what an empty field stands for, where that must be said."""
    help_id = f"{id_}-aide" if left_empty else None
    called = tag("label", label, tag("span", f" ({FORM})", class_="discret"), for_=id_)
    written = tag("input", id=id_, name=name, type="text", value=value, maxlength=_MOST_CHARACTERS, autocomplete="off", data_day=True, aria_describedby=help_id)
    return tag("div", called, written, tag("span", f"vide : {left_empty}", id=help_id, class_="discret") if left_empty else None, class_="champ jour")


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
        raise UsageError(f"Le {plain} n'est pas au calendrier.", "Corrigez la date, ou laissez ce champ vide.") from None
    raise UsageError(f"« {plain} » n'est pas une date.", f"Écrivez-la {FORM}, par exemple 01/04/2026, ou laissez ce champ vide.")
