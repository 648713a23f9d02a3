"""The page killed while people are at work on it; what each was told is done is looked for when it is open again."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.site.rights import Role
from assistant.site.users import Users
from assistant.workspace import Workspace
from bench.attack import commands
from bench.attack.desk import Desk
from bench.attack.person import SECRET, Person, served
from bench.attack.seen import Noted, Seen, Shared
from bench.attack.talk import Talk

NAMES = ("claire", "paul")
# People are at work for this long at most before the kill: questions take a second, additions some more.
AT_WORK_SECONDS = 8.0


class KilledPage:
    """A page of a home with two people, killed again and again."""

    def __init__(
        self,
        home: Path,
        environment: Mapping[str, str],
        chance: random.Random,
        fault: Callable[[bool, str], None],
        acknowledged: Counter[str],
    ) -> None:
        self._home, self._environment, self._chance, self._fault, self._acknowledged = (
            home,
            environment,
            chance,
            fault,
            acknowledged,
        )
        self._kept: dict[str, dict[str, list[str]]] = {name: {} for name in NAMES}
        self._documents: dict[str, dict[str, str]] = {name: {} for name in NAMES}
        users = Users(home)
        for name in NAMES:
            users.add(name, Role.DRAFTER, SECRET)

    def kill(self) -> bool:
        """Opens the page, looks for what was kept, lets people work, kills it."""
        with served(self._home, environment=self._environment) as (url, process):
            people = self._signed_in(url)
            self._look(people)
            ending = threading.Event()
            threads = [
                threading.Thread(target=self._work, args=(name, people[name], ending)) for name in NAMES
            ]
            for thread in threads:
                thread.start()
            time.sleep(self._chance.uniform(0.2, AT_WORK_SECONDS))
            ending.set()
            left = commands.end(process)
            for thread in threads:
                thread.join()
            gone = commands.until(lambda: not commands.alive(left), 90.0)
            self._fault(
                not gone, f"processes of a killed page are at work after 90 s: {commands.alive(left)}"
            )
        return True

    def check(self) -> None:
        """Opens the page, looks for what was kept, and closes it."""
        with served(self._home, environment=self._environment) as (url, _):
            self._look(self._signed_in(url))

    def _signed_in(self, url: str) -> dict[str, Seen]:
        shared = Shared(NAMES, frozenset(), ())
        return {
            name: Seen(Person(url, name), Role.DRAFTER, shared, random.Random(self._chance.random()), Noted())
            for name in NAMES
        }

    def _tools(self, name: str, seen: Seen) -> tuple[Talk, Desk]:
        talk = Talk(seen, self._kept[name])
        return talk, Desk(seen, talk, self._documents[name])

    def _look(self, people: Mapping[str, Seen]) -> None:
        """Every conversation with its questions, every document that was told to be added; no file of anybody's that no list shows."""
        for name, seen in people.items():
            seen.person.open()
            talk, desk = self._tools(name, seen)
            for conversation in talk.kept:
                talk.expect(conversation)
            self._fault(bool(seen.noted.lost), f"lost by a kill: {seen.noted.lost}")
            listed = desk.listed()
            gone = [town for town in desk.documents if town not in listed]
            self._fault(bool(gone), f"documents of {name} lost by a kill: {gone}")
        workspace = Workspace(self._home)
        origins = [origin for one in workspace.sources() for origin in one.origins]
        workspace.close()
        for folder in ("uploads", "documents"):
            for path in (self._home / folder).rglob("*"):
                hidden = (
                    path.is_file()
                    and not path.name.startswith(".")
                    and not any(origin.startswith(str(path)) for origin in origins)
                )
                self._fault(hidden, f"a file that no list shows: {path.relative_to(self._home)}")

    def _work(self, name: str, seen: Seen, ending: threading.Event) -> None:
        """Asks, drops, asks; what is cut off by the kill was told to nobody."""
        talk, desk = self._tools(name, seen)
        while not ending.is_set():
            action = self._chance.choice((talk.of_the_law, desk.add, talk.begin_anew, desk.summarise))
            try:
                action()
            except Exception as error:  # the page is gone
                if not ending.is_set():
                    self._fault(True, f"{name}, {action.__qualname__}: {type(error).__name__}: {error}"[:500])
                return
            self._acknowledged[action.__qualname__] += 1
            if not ending.is_set():
                self._fault(bool(seen.noted.faults), f"{name}: {seen.noted.faults[-1:]}")
