"""What a batch leaves besides the JSON of each document: the workbook, the report, a sheet a consultation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import office
from assistant.datatypes import Progress
from assistant.errors import UsageError
from assistant.protocols import OnProgress, silent
from assistant.summaries.batch.results import Results
from assistant.summaries.batch.run import FOLDER_NAME, Merged, Report
from assistant.summaries.outputs import leaflet, report, workbook
from assistant.summaries.outputs.picture import Picture, as_json

FORMATS = ("json", "xlsx", "html", "odt", "docx", "md")
WORKBOOK, REPORT = "consultations.xlsx", "rapport.html"
_SHEETS = ("odt", "docx", "md")
_TITLE = "Relevé des consultations"
_WHOLE = "Vue d'ensemble des consultations"


@dataclass(frozen=True, slots=True)
class Written:
    """Files written besides the JSON, and the names of the consultations."""

    files: tuple[Path, ...]
    consultations: tuple[str, ...]


def chosen(written: str) -> tuple[str, ...]:
    """The formats of ``json,xlsx,odt``.

    Raises:
        UsageError: one of them is unknown.
    """
    formats = tuple(
        dict.fromkeys(part.strip().lower().lstrip(".") for part in written.split(",") if part.strip())
    )
    unknown = [one for one in formats if one not in FORMATS]
    if unknown or not formats:
        raise UsageError(
            f"Format inconnu : {', '.join(unknown) or 'aucun'}.", f"Formats connus : {', '.join(FORMATS)}."
        )
    return formats


def write(
    consultations: Iterator[Merged],
    done: Report,
    results: Results,
    formats: Sequence[str],
    *,
    reviewed: bool = False,
    on_progress: OnProgress = silent,
) -> Written:
    """Writes every format but the JSON of documents and tenders, which is there; consultations are taken one at a time.

    Args:
        consultations: the merged tenders.
        done: what the batch did.
        results: where to write.
        formats: of ``FORMATS``.
        reviewed: whether the tenders were reviewed.
        on_progress: told of each consultation.

    Raises:
        ExportError: a file cannot be written, or pandoc is absent.
    """
    sheets = [suffix for suffix in _SHEETS if suffix in formats]
    table = workbook.Table(reviewed) if "xlsx" in formats else None
    written: list[Path] = []
    names: list[str] = []
    picture = Picture()
    total = len(done.consultations)

    def passing() -> Iterator[Merged]:
        for number, (consultation, origins) in enumerate(consultations, 1):
            names.append(consultation.name)
            picture.add(consultation)
            if table is not None:
                table.add(consultation, origins)
            text = leaflet.markdown(consultation) if sheets else ""
            written.extend(_sheet(text, consultation.name, results, suffix) for suffix in sheets)
            on_progress(Progress("consultations", number, max(total, number), consultation.name))
            yield consultation, origins

    if "html" in formats:
        pieces = [piece.encode() for piece in report.pages(passing(), picture, done.failures, _TITLE)]
        results.write(results.folder / REPORT, b"".join(pieces))
        written.insert(0, results.folder / REPORT)
    else:
        for _ in passing():
            pass
    if table is not None:
        results.write(results.folder / WORKBOOK, table.bytes(picture, done.failures))
        written.insert(0, results.folder / WORKBOOK)
    results.write_json(results.folder / f"{FOLDER_NAME}.json", as_json(picture))
    if picture.consultations > 1:
        text = leaflet.folder(picture, _WHOLE)
        written.extend(_sheet(text, FOLDER_NAME, results, suffix) for suffix in sheets)
    return Written(tuple(written), tuple(names))


def _sheet(text: str, name: str, results: Results, suffix: str) -> Path:
    path = results.folder / f"{name}.{suffix}"
    results.write(path, text.encode() if suffix == "md" else office.convert(text, suffix))
    return path
