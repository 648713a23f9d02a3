"""``python -m bench.attack inputs|requests|kills|people|leaks``: one attack, what it saw as JSON at the end; 1 where something did not hold."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from bench.attack import commands, doors, inputs, kills, leaks, people
from tests.postgres import programs, running


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.attack", description=__doc__)
    attacks = parser.add_subparsers(dest="attack", required=True)
    hostile = attacks.add_parser("inputs", help="hostile files, indexed in batches")
    hostile.add_argument("--count", type=int, default=1_000)
    requested = attacks.add_parser("requests", help="hostile requests to a server with accounts")
    requested.add_argument("--count", type=int, default=1_000)
    requested.add_argument(
        "--index", type=Path, default=None, help="folder of an index to copy (HOME/library); else it is empty"
    )
    killed = attacks.add_parser("kills", help="kills at random moments")
    killed.add_argument("--kills", type=int, default=100)
    killed.add_argument("--minutes", type=float, default=240.0, help="begin no kill after them")
    several = attacks.add_parser("people", help="several people at once on one server")
    several.add_argument("--people", type=int, default=10)
    several.add_argument("--minutes", type=float, default=120.0)
    several.add_argument(
        "--thinks", type=float, default=people.THINKS, help="seconds between two actions of a person"
    )
    several.add_argument(
        "--log", type=Path, default=None, help="file for the samples of memory, one JSON line each"
    )
    leaking = attacks.add_parser("leaks", help="a key, a person and a login ask what another collection says")
    leaking.add_argument("--questions", type=int, default=500)
    leaking.add_argument(
        "--postgres", action="store_true", help="over a PostgreSQL of its own, whose tables are read too"
    )
    for one in attacks.choices.values():
        one.add_argument("--seed", type=int, default=1)
    for one in (hostile, several):
        one.add_argument(
            "--home",
            type=Path,
            default=None,
            help="home to work on, which is changed; else a new one with this machine's models",
        )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="attaque-") as folder:
        judged, held = ATTACKS[asked.attack](asked, Path(folder))
    print(json.dumps(judged, ensure_ascii=False, indent=1))
    return 0 if held else 1


def _inputs(asked: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], bool]:
    judged = inputs.attacked(folder, count=asked.count, seed=asked.seed, home=asked.home)
    return judged.to_json(), not judged.faults


def _requests(asked: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], bool]:
    judged = doors.attacked(folder, count=asked.count, seed=asked.seed, index=asked.index)
    return judged.to_json(), not judged.faults


def _kills(asked: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], bool]:
    judged = kills.attacked(folder, kills=asked.kills, seed=asked.seed, seconds=asked.minutes * 60)
    return judged.to_json(), not judged.faults


def _people(asked: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], bool]:
    home = asked.home or commands.home_in(folder)
    names = people.prepared(home, asked.people)
    judged = people.attacked(
        home, names, seconds=asked.minutes * 60, seed=asked.seed, thinks=asked.thinks, log=asked.log
    )
    return judged.to_json(), judged.noted.held and judged.trend is not None and judged.trend.level


def _leaks(asked: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], bool]:
    found = programs() if asked.postgres else None
    if asked.postgres and found is None:
        raise SystemExit("PostgreSQL with pgvector is not installed (.ci/system-packages)")
    with running(found) if found else nullcontext() as server:
        judged = leaks.attacked(
            commands.home_in(folder), count=asked.questions, seed=asked.seed, server=server
        )
    return judged.to_json(), judged.held


ATTACKS: dict[str, Callable[[argparse.Namespace, Path], tuple[dict[str, Any], bool]]] = {
    "inputs": _inputs,
    "requests": _requests,
    "kills": _kills,
    "people": _people,
    "leaks": _leaks,
}

if __name__ == "__main__":
    sys.exit(main())
