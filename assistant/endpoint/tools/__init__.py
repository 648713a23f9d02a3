"""What programs may have done, one function each, with the shapes of what it takes and gives; nothing of it knows the protocol that calls it."""

from assistant.endpoint.tools import about, clauses, law, questions, tenders
from assistant.endpoint.tools.tool import Outcome, Room, Tool, failure

__all__ = ["TOOLS", "Outcome", "Room", "Tool", "failure"]

TOOLS: dict[str, Tool] = {
    tool.name: tool for tool in (*questions.TOOLS, *law.TOOLS, *clauses.TOOLS, *tenders.TOOLS, *about.TOOLS)
}
"""Every tool, by its name."""
