"""What the language model of the settings does when it adapts clauses to a contract: kept, refused and why. ``python -m bench.adaptation [COUNT]``.

Not part of ``make bench``: a clause takes a model on two cores some ten seconds, and a share over eight clauses is a first look.
"""

import sys
import time
from collections import Counter

from assistant.generation.adaptation import adapt
from assistant.workspace import Workspace

CONTRACT = (
    ("objet", "messagerie collaborative"),
    ("acheteur", "la commune d'Exemple"),
    ("durée", "quatre ans"),
)
CLAUSES = 8


def main(count: int) -> None:
    workspace = Workspace()
    clauses = workspace.clause_library().clauses
    shown = clauses[:: max(len(clauses) // count, 1)][:count]
    outcomes: Counter[str] = Counter()
    spent = []
    for clause in shown:
        start = time.perf_counter()
        done = adapt(workspace.language, clause.at(2).wording, CONTRACT)
        spent.append(time.perf_counter() - start)
        outcome = "kept" if done.adapted else done.problems[0].code if done.problems else "nothing to change"
        outcomes[outcome] += 1
        print(
            f"{clause.id:<40} {outcome:<28} {spent[-1]:6.1f} s  {done.problems[0].message if done.problems else len(done.changes)}",
            flush=True,
        )
    refused = sum(number for outcome, number in outcomes.items() if outcome.startswith("adaptation-"))
    print(
        f"{workspace.language.name}: {len(shown)} clauses, {refused} refused, {outcomes['kept']} kept, {outcomes['nothing to change']} left as they are"
    )
    print(f"{sum(spent) / len(spent):.1f} s a clause; {dict(outcomes)}")
    workspace.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAUSES)
