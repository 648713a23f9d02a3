"""What every command shares: results on stdout, messages and progress on stderr, dates read once at the door."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click

from assistant.datatypes import Failure, Problem, Progress, Severity
from assistant.protocols import OnProgress, silent
from assistant.reach import chosen_or_everywhere

# Characters of a text that a line of a list shows.
LONGEST_EXTRACT = 300
# What moves a terminal's cursor, turns the reading direction round or begins another line: a file's name may hold it.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


class Day(click.ParamType[date]):
    """A date written AAAA-MM-JJ."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date that ``value`` writes, or click's own failure with what to write."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(
                f"« {value} » n'est pas une date. Une date s'écrit AAAA-MM-JJ, par exemple 2026-04-01.",
                param,
                ctx,
            )


class OneOf(click.Choice[str]):
    """One of some words; click's own type refuses the others in English."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """``value`` where it is one of them, or click's own failure with those that are."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(
                f"« {value} » n'en est pas une. Choisissez parmi : {', '.join(self.choices)}.", param, ctx
            )


class Whole(click.IntRange):
    """A whole number, within bounds where there are some; click's own type refuses the others in English."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that ``value`` writes, or click's own failure with what to write."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            least = f" d'au moins {self.min}" if self.min is not None else ""
            most = f" d'au plus {self.max}" if self.max is not None else ""
            wanted = least + (" et" if least and most else "") + most
            self.fail(f"« {value} » n'est pas un nombre entier{wanted}.", param, ctx)


def collections_option(
    told: str = "Collection (répétable).",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``--collection``, as many times as wanted; never given, a command looks everywhere."""
    return click.option(
        "--collection",
        "collections",
        multiple=True,
        callback=lambda _context, _option, named: chosen_or_everywhere(named),
        help=told,
    )


def print_json(value: Any) -> None:
    """One JSON value on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False))


def say(message: str) -> None:
    """A message on stderr."""
    click.echo(message, err=True)


def agrees(question: str) -> bool:
    """Whether who is asked, on stderr, answers « o » or « oui »; nothing is no.

    Raises:
        click.Abort: there is nobody to answer.
    """
    while True:
        said = click.prompt(f"{question} [o/N]", default="", show_default=False, prompt_suffix=" ", err=True)
        match said.strip().casefold():
            case "o" | "oui":
                return True
            case "" | "n" | "non":
                return False
        say("Répondez « o » pour oui, « n » pour non.")


def on_one_line(text: str) -> str:
    """Words that hold names of files, as a terminal may be given them: on one line, without characters that command it."""
    return _CONTROLS.sub("\ufffd", text)


def say_failure(failure: Failure) -> None:
    """What could not be processed, why, and the way out."""
    say(on_one_line(f"✗ {failure.origin} : {failure.message} {failure.hint}".rstrip()))


def say_problems(origin: str, problems: tuple[Problem, ...]) -> None:
    """The doubts about one source, but for plain information."""
    for problem in problems:
        if problem.severity is not Severity.INFO:
            say(on_one_line(f"! {origin} : {problem.message}"))


def problems_json(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    """Problems for a program."""
    return [{"code": problem.code, "message": problem.message} for problem in problems]


@contextmanager
def progress_bar() -> Iterator[OnProgress]:
    """A bar a stage, with the time left, on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[label]}"),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, Any] = {}

        def show_progress(progress: Progress) -> None:
            if progress.stage not in tasks:
                tasks[progress.stage] = bars.add_task(progress.stage, total=progress.total, label="")
            bars.update(
                tasks[progress.stage], completed=progress.done, total=progress.total, label=progress.label
            )

        yield show_progress
