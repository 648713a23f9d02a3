"""What ``assistant doctor`` says of the server that several machines share, and of these machines."""

from datetime import UTC, datetime

from assistant.datatypes import Check
from assistant.french.dates import french_date
from assistant.index.database import Machine, ServerState

# Of the connections that the server allows; beyond, the next machine finds none.
_MANY = 0.9


def check(state: ServerState) -> tuple[Check, ...]:
    """The server, its room, and how far each machine follows."""
    megabytes = f"{state.bytes // 1_000_000:,}".replace(",", "\u202f")
    said = f"PostgreSQL {state.version.split()[0]}, pgvector {state.pgvector}, {megabytes} Mo"
    crowded = state.connections >= _MANY * state.most_connections
    return (
        Check("Base", True, f"{said}."),
        Check(
            "Connexions",
            not crowded,
            f"{state.connections} ouvertes sur {state.most_connections} possibles, dont {state.ours} de l'assistant.",
            "max_connections dans postgresql.conf : 16 par machine, et une réserve" if crowded else "",
        ),
        *(
            Check("Machine", True, f"{machine.name} : {_lag(machine, state.generation)}")
            for machine in state.machines
        ),
    )


def _lag(machine: Machine, generation: int) -> str:
    behind = generation - machine.generation
    seen = f"vue le {french_date(machine.seen.astimezone().date())} à {machine.seen.astimezone():%H:%M}"
    if behind <= 0:
        return f"à jour (génération {generation}), {seen}."
    hours = (datetime.now(UTC) - machine.seen).total_seconds() / 3600
    idle = " ; si elle a été retirée, c'est ce qui s'affiche" if hours > 24 else ""
    return f"{behind} changement{'s' if behind > 1 else ''} de retard, {seen} : elle les prend à sa prochaine question{idle}."
