"""What falls due of made contracts: the days computed, what a person confirms, the calendar, the workbook and the command."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from assistant.__main__ import cli
from assistant.documents.agenda import calendar
from assistant.documents.contracts import Contracts
from assistant.documents.due import Due, confirmation, due, with_confirmed
from assistant.documents.shelf import Shelf
from assistant.documents.workbook import due_workbook
from assistant.index.library import Library
from assistant.summaries.batch.work import summarised
from tests.documents.made_contracts import FOLDER, contract, document_of

TODAY = date(2025, 1, 15)


def due_of(name: str) -> dict[str, Due]:
    found = Contracts(document_of, None).with_terms(contract(name))
    return {f"{one.kind} {one.computed}": one for one in due(found, document_of, TODAY)}


def days(name: str, kind: str) -> list[date | None]:
    return [one.day for one in due_of(name).values() if one.kind == kind]


def test_an_end_is_the_one_an_amendment_writes_and_says_which() -> None:
    (end,) = [one for one in due_of("01/CCAP_nettoyage.html").values() if one.kind == "fin"]
    assert (end.day, end.computed) == (
        date(2025, 6, 30),
        "écrite, avenant n° 1, depuis le 28 novembre 2024 (notification)",
    )
    assert "jusqu'au 30 juin 2025" in end.words[0].extract.text
    assert end.status == "à confirmer"


def test_an_end_is_computed_from_the_notification_and_the_length_as_amended() -> None:
    (end,) = [one for one in due_of("02/Accord-cadre_F23-118.html").values() if one.kind == "fin"]
    assert (end.day, end.computed) == (date(2027, 3, 3), "4 septembre 2023 (notification) plus 42 mois")
    assert end.words[0].extract.text == "Notifié le 4 septembre 2023"
    assert len(end.words) > 2


def test_renewals_and_the_last_day_to_refuse_each() -> None:
    assert days("05/CCAP_lot1.html", "fin") == [date(2024, 3, 31)]
    assert days("05/CCAP_lot1.html", "reconduction") == [
        date(2025, 3, 31),
        date(2026, 3, 31),
        date(2027, 3, 31),
    ]
    assert days("05/CCAP_lot1.html", "refus") == []
    assert days("01/CCAP_nettoyage.html", "refus") == [date(2025, 3, 31)]
    assert days("07/CCP.html", "refus") == [date(2027, 1, 31), date(2028, 1, 31)]


def test_a_price_review_is_the_next_anniversary() -> None:
    assert days("01/CCAP_nettoyage.html", "revision") == [date(2026, 1, 1)]


def test_what_has_no_written_start_asks_for_it_and_is_computed_from_what_is_given() -> None:
    (end,) = [one for one in due_of("03/AE travaux.html").values() if one.kind == "fin"]
    assert (end.day, end.status) == (None, "départ inconnu : donnez-le")
    assert confirmation(end, None) is None
    assert confirmation(end, date(2024, 3, 1)) == date(2025, 2, 28)


def test_a_guarantee_is_as_long_as_amended() -> None:
    (guarantee,) = [one for one in due_of("04/Marche_1300245678.html").values() if one.kind == "garantie"]
    assert guarantee.computed == "départ inconnu plus 18 mois"
    assert [word.known.file for word in guarantee.words] == [
        "acte_modificatif_1.html",
        "Marche_1300245678.html",
    ]


def test_what_was_confirmed_is_to_be_confirmed_again_when_another_day_is_computed() -> None:
    (end,) = [one for one in due_of("01/CCAP_nettoyage.html").values() if one.kind == "fin"]
    kept = f"2025-07-31|{end.kept}"
    assert with_confirmed(end, kept).confirmed == date(2025, 7, 31)
    assert with_confirmed(end, kept).status == "confirmé"
    moved = with_confirmed(replace(end, day=date(2025, 12, 31)), kept)
    assert (moved.confirmed, moved.falls, moved.status) == (
        None,
        date(2025, 12, 31),
        "à confirmer de nouveau (confirmé au 31 juillet 2025)",
    )
    assert with_confirmed(end, "") == end


def test_what_is_confirmed_is_kept_in_the_index(library: Library) -> None:
    shelf = Shelf(
        library.store, lambda document, name: summarised(document, name, None), "essai", lambda source: False
    )
    shelf.confirm("0123456789ab", "2025-07-31|2025-06-30")
    assert shelf.confirmed() == {"0123456789ab": "2025-07-31|2025-06-30"}


# ---- files --------------------------------------------------------------------------------------------------------------------------------


def one_confirmed() -> tuple[Due, ...]:
    first, *others = due_of("01/CCAP_nettoyage.html").values()
    return (
        replace(
            first, market="Nettoyage ; vitrerie, écoles\\" + " et crèches" * 12, confirmed=date(2025, 3, 31)
        ),
        *others,
    )


def test_a_calendar_holds_what_is_confirmed_escaped_folded_and_the_same_each_time() -> None:
    made = calendar(one_confirmed(), datetime(2025, 1, 15, 8, 30, tzinfo=UTC))
    assert made == calendar(one_confirmed(), datetime(2025, 1, 15, 8, 30, tzinfo=UTC))
    lines = made.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in "".join(lines)
    whole = made.decode().replace("\r\n ", "")
    assert whole.count("BEGIN:VEVENT") == 1
    assert f"UID:{one_confirmed()[0].id}@" in whole
    assert "DTSTART;VALUE=DATE:20250331\r\nDTEND;VALUE=DATE:20250401" in whole
    assert "Nettoyage \\; vitrerie\\, écoles\\\\ et crèches" in whole
    assert "TRIGGER:-P31D" in whole  # 31 March less a month is 28 February
    assert whole.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert whole.endswith("END:VCALENDAR\r\n")


def test_a_workbook_has_a_row_for_each_with_its_computation_and_its_words() -> None:
    every = one_confirmed()
    sheet = load_workbook(io.BytesIO(due_workbook(every))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][0] == f"{len(every)} échéances, dont 1 confirmées"
    assert rows[2] == ("Date", "Échéance", "Marché", "État", "Calcul", "Extraits", "Identifiant")
    assert [row[6] for row in rows[3:]] == [one.id for one in every]
    assert rows[3][3] == "confirmé"


def run(home: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), *map(str, arguments)])


@pytest.mark.models
def test_the_command_lists_confirms_and_writes(tmp_path: Path) -> None:
    assert (
        run(tmp_path, "index", FOLDER / "06", "--collection", "mes", "--kind", "consultation").exit_code == 0
    )
    (end,) = [one for one in json.loads(run(tmp_path, "due", "--json").stdout) if one["kind"] == "fin"]
    assert (end["computed"], end["status"]) == ("2026-06-30", "à confirmer")
    assert run(tmp_path, "due", "--confirm", end["id"], "--date", "2026-06-29").exit_code == 0
    done = run(tmp_path, "due", "--ics", tmp_path / "a.ics", "--xlsx", tmp_path / "a.xlsx")
    assert done.exit_code == 0
    assert "DTSTART;VALUE=DATE:20260629" in (tmp_path / "a.ics").read_text(encoding="utf-8")
    assert "29 juin 2026" in run(tmp_path, "due").stdout
    assert run(tmp_path, "due", "--before", "2026-01-01").stdout.startswith("Aucune échéance")
    assert run(tmp_path, "due", "--confirm", "inconnu").exception is not None
