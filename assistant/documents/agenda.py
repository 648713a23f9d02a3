"""What falls due as a calendar that other programs read (iCalendar, RFC 5545): only what was confirmed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from assistant.documents.due import Due, told
from assistant.french.dates import months_later

# A line has at most 75 bytes (RFC 5545, 3.1), the space that begins a folded one included.
_MOST_BYTES = 75
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def calendar(every: Sequence[Due], now: datetime) -> bytes:
    """An ICS file of those that are confirmed, each on its whole day with an alarm one month before.

    Args:
        every: confirmed or not.
        now: when it is made.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Assistant de la commande publique//Echeances//FR",
        "CALSCALE:GREGORIAN",
    ]
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for one in every:
        if one.confirmed is not None:
            lines += _event(one, one.confirmed, stamp)
    return "".join(f"{folded}\r\n" for line in (*lines, "END:VCALENDAR") for folded in _folded(line)).encode()


def _event(one: Due, day: date, stamp: str) -> list[str]:
    alarm = day - months_later(day, -1)
    return [
        "BEGIN:VEVENT",
        f"UID:{one.id}@assistant-commande-publique",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{one.label} : {one.market}')}",
        f"DESCRIPTION:{_escaped(f'{one.computed}{chr(10)}{told(one)}')}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(f'Dans un mois : {one.label} : {one.market}')}",
        f"TRIGGER:-P{alarm.days}D",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """As a TEXT value: no other control character than the line end is allowed (RFC 5545, 3.3.11)."""
    plain = "".join(character for character in text if character == "\n" or character >= " ")
    return "".join(_ESCAPES.get(character, character) for character in plain)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 bytes, each after the first begun with a space; no character is cut."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _MOST_BYTES:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + width
    yield piece
