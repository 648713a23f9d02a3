"""What ``assistant doctor`` says of the server that several machines share, and of these machines."""

from datetime import UTC, datetime

from assistant.datatypes import Check
from assistant.french.dates import french_date
from assistant.index.database import Machine, ServerState
from assistant.index.server_vectors import EXACT_ROWS

# Of the connections that the server allows; beyond, the next machine finds none.
_MANY = 0.9
# A machine that was not seen for so long may have been taken out: what it was is told, and is no fault.
_GONE_HOURS = 24


def check(state: ServerState, here: str, program: str, files: str) -> tuple[Check, ...]:
    """The server, its room, the search of its vectors, and what each machine is like beside this one.

    Args:
        state: of the server.
        here: this machine's name.
        program: this program's version and build.
        files: the name of this machine's folder of what people drop.
    """
    megabytes = _thousands(state.bytes // 1_000_000)
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
        _search(state),
        *(_machine(one, state, here, program, files) for one in state.machines),
    )


def _search(state: ServerState) -> Check:
    """Whether the vectors are searched as fast as they can be."""
    name, counted = "Vecteurs", f"{_thousands(state.vectors)} passages"
    if state.vectors <= EXACT_ROWS:
        return Check(
            name,
            True,
            f"{counted}, cherchés un à un : l'index HNSW vient à partir de {_thousands(EXACT_ROWS)}.",
        )
    if state.is_wide:
        return Check(name, True, f"{counted}, index HNSW en place.")
    said = f"{counted} sans l'index HNSW, absent ou abîmé : chaque recherche les lit tous."
    return Check(name, False, said, "assistant index corpus : l'index se fait à la fin")


def _machine(machine: Machine, state: ServerState, here: str, program: str, files: str) -> Check:
    """How far a machine follows and, where it serves people, whether it is the same program and has the same folder of files as this one."""
    said = f"{machine.name} : {_lag(machine, state.generation)}"
    if not machine.program:
        return Check("Machine", True, said)
    said += f" Programme {machine.program}."
    faults = []
    if machine.name != here and _hours(machine) <= _GONE_HOURS:
        if machine.program != program:
            faults.append((f"Ici, {program}.", "Mettez le même programme sur toutes les machines"))
        if machine.files != files:
            faults.append(
                (
                    "Son dossier « files » n'est pas celui d'ici : ce que l'on dépose sur l'une manque à l'autre.",
                    "Montez le même dossier au même chemin, nommez-le au réglage files de chacune, puis redémarrez-les",
                )
            )
    return Check(
        "Machine",
        not faults,
        " ".join((said, *(fault for fault, _ in faults))),
        " ; ".join(cure for _, cure in faults),
    )


def _lag(machine: Machine, generation: int) -> str:
    behind = generation - machine.generation
    seen = f"vue le {french_date(machine.seen.astimezone().date())} à {machine.seen.astimezone():%H:%M}"
    if behind <= 0:
        return f"à jour (génération {generation}), {seen}."
    idle = " ; si elle a été retirée, c'est ce qui s'affiche" if _hours(machine) > _GONE_HOURS else ""
    return f"{behind} changement{'s' if behind > 1 else ''} de retard, {seen} : elle les prend à sa prochaine question{idle}."


def _hours(machine: Machine) -> float:
    return (datetime.now(UTC) - machine.seen).total_seconds() / 3600


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
