"""A conversation as a file: Markdown, or ODT and DOCX with each quote in a note. Everything kept is written: dates of the law, exact quotes, doubts."""

import re
from collections.abc import Iterator

from assistant import answer_markdown, office
from assistant.export import unmarked
from assistant.french.dates import french_date
from assistant.site.conversations import Conversation, Turn
from assistant.site.journal import program_version

# The mark of a quote in Markdown.
_QUOTED = re.compile(r"^(\s*)> ", re.MULTILINE)
NOTICE = "Ces réponses citent des textes ; elles ne sont pas une consultation juridique. Contrôlez chaque citation à sa date."


def markdown(conversation: Conversation) -> str:
    """The conversation as Markdown, each quote under the statement that rests on it."""
    return "\n".join(_lines(conversation, None)).rstrip() + "\n"


def note(turn: Turn) -> str:
    """A question and its answer as plain text for somebody's own note: what is said, the quotes with their references, no mark of Markdown."""
    answer = _QUOTED.sub(r"\1", answer_markdown.markdown(turn.answer).replace("**", ""))
    return f"Question : {turn.question}\n\n{answer.rstrip()}\n\n{NOTICE}\n"


def office_file(conversation: Conversation, office_format: str) -> bytes:
    """The conversation as an ``odt`` or ``docx`` document, its quotes in footnotes.

    Raises:
        ExportError: pandoc is absent or failed.
    """
    notes: list[str] = []
    lines = list(_lines(conversation, notes))
    return office.convert("\n".join((*lines, "", "\n\n".join(notes))).rstrip() + "\n", office_format)


def _lines(conversation: Conversation, notes: list[str] | None) -> Iterator[str]:
    yield from (f"# {_flat(conversation.title)}", "")
    day = french_date(conversation.updated.astimezone().date())
    yield from (
        f"Conversation du {day}, assistant de la commande publique, version {unmarked(program_version())}. {NOTICE}",
        "",
    )
    for number, turn in enumerate(conversation.turns, 1):
        yield from (f"## {number}. {_flat(turn.question)}", "")
        yield from answer_markdown.lines(turn.answer, unmarked, notes)


def _flat(text: str) -> str:
    """``text`` on one line, its very characters shown."""
    return unmarked(re.sub(r"\s+", " ", text).strip())
