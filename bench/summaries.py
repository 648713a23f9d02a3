"""Summaries: pages a second beside reading alone (``assistant index`` without embedding), with the review, with the model, and how time and memory grow."""

import os
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from pathlib import Path

import numpy as np
import pypdfium2

from assistant.index import ingest
from assistant.index.library import Library
from assistant.settings import load
from bench.embedding import Row

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
ROOT = Path(__file__).resolve().parents[1]
GROWTH = (50, 200, 800)
CORPUS = ROOT / "training" / "accords-cadres"
LONG_PAGES = 25
# The same files some times over, each made different by a comment at its end: a run of a second says little.
COPIES = 8
_SUMMARISE = """
import resource, sys, time
from pathlib import Path
from assistant.workspace import Workspace
if __name__ == "__main__":
    workspace = Workspace(Path(sys.argv[3]))
    begun = time.perf_counter()
    report, _ = workspace.summarise([Path(sys.argv[1])], Path(sys.argv[2]), formats=sys.argv[4], permitted=frozenset(), jobs=2, review=sys.argv[5] == "review")
    workspace.close()
    seconds = time.perf_counter() - begun
    # Not ru_maxrss of oneself: it counts what the process that started this one held.
    status = Path("/proc/self/status").read_text().split()
    peak = [int(status[status.index("VmHWM:") + 1]) / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]
    print(len(report.documents), sum(one.pages for one in report.documents), seconds, *peak)
"""


_OVERVIEW = """
import sys, time
from pathlib import Path
from assistant import reading
from assistant.datatypes import Kind
from assistant.generation import overview, prompts
from assistant.summaries.fields.summarise import summarise
from assistant.workspace import ALL_TASKS, Workspace
if __name__ == "__main__":
    path, home = Path(sys.argv[1]), Path(sys.argv[2])
    workspace = Workspace(home)
    if sys.argv[3] == "bare":  # the same prompt, to a model that nothing has warmed
        document = reading.read(path, kind=Kind.TENDER, collection="bench")
        prompt = prompts.overview(document.source.title, overview.evidence(summarise(document, path.name), document))
        begun = time.perf_counter()
        "".join(workspace.language.stream(prompt.messages, schema=prompt.schema, max_tokens=overview.MOST_TOKENS))
    else:
        begun = time.perf_counter()
        workspace.summarise([path], home / "out", permitted=ALL_TASKS, jobs=1)
    print(time.perf_counter() - begun)
    workspace.close()
"""


class NoEmbedding:
    """Vectors of zeros: what is left is reading, cutting and storing."""

    identity, dimension, max_tokens = "none@1", 8, 512

    def embed_passages(self, texts: list[str]) -> np.ndarray:  # type: ignore[type-arg]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        vectors[:, 0] = 1.0
        return vectors

    embed_queries = embed_passages


def run() -> tuple[Row, ...]:
    """Every measure below."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        return (*speed(home), *with_model(home), *growth(home))


def speed(home: Path) -> list[Row]:
    """Real PDFs where the data folder is there, made ones else."""
    real = sorted((SHARED / "dce").glob("*.pdf"))
    files = copies(real, home / "reels") if real else made(40, home / "reels")
    begun = time.perf_counter()
    library = Library(home / "library")
    with library.writing():
        report = ingest.index_paths(library.store, NoEmbedding(), [files], collection="bench")  # type: ignore[arg-type]
    library.close()
    alone = time.perf_counter() - begun
    pages = sum(one.pages for one in report.added)
    _, summarised, seconds, _, _ = summarise(files, home / "out", home, "json")
    _, reviewed, longer, _, _ = summarise(files, home / "out-review", home, "json", "review")
    return [
        Row("reading alone (assistant index without embedding)", pages / alone, "pages/s", None),
        Row(
            "summaries without a model, ratio to reading alone",
            summarised / seconds,
            "pages/s",
            (summarised / seconds) / (pages / alone),
        ),
        Row(
            "the same with the legality review (--review)",
            reviewed / longer,
            "pages/s",
            (reviewed / longer) / (pages / alone),
        ),
    ]


def with_model(home: Path) -> list[Row]:
    """A long CCAP with the default model forced, against the bare model on the same prompt, each in a process of its own; none where it is not set up."""
    if not (load().models / load().language).is_dir():
        return []
    (home / "modele").mkdir()
    (home / "modele" / "models").symlink_to(load().models)
    path = home / "CCAP.pdf"
    path.write_bytes(long_contract())
    bare, whole = (_overview(path, home / "modele", mode) for mode in ("bare", "summary"))
    return [
        Row(
            f"the bare model on the overview of a CCAP of {LONG_PAGES} pages, loading included",
            bare,
            "s",
            None,
        ),
        Row(
            "summary of that CCAP with the default model, reading and rules included; ratio to the bare model",
            whole,
            "s",
            whole / bare,
        ),
    ]


def _overview(path: Path, home: Path, mode: str) -> float:
    script = home / "overview.py"
    script.write_text(_OVERVIEW, encoding="utf-8")
    command = [sys.executable, str(script), str(path), str(home), mode]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    return float(done.stdout.split()[-1])


def long_contract() -> bytes:
    """The framework agreements of the corpus as one CCAP in PDF, of exactly ``LONG_PAGES`` pages."""
    from tests.summaries import made_tenders

    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.md"))]
    lines = [
        (line.startswith("#"), line.lstrip("# "))
        for text in texts * 2
        for line in text.splitlines()
        if line.strip()
    ]
    lines.insert(0, (True, "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES"))
    kept = bisect_right(
        range(len(lines)),
        LONG_PAGES,
        key=lambda count: len(pypdfium2.PdfDocument(made_tenders.printed(lines[:count], "pdf"))),
    )
    return made_tenders.printed(lines[: kept - 1], "pdf")


def growth(home: Path) -> list[Row]:
    """Made tenders of five pieces, every output but ODT."""
    rows = []
    for count in GROWTH:
        files = made(count // 5, home / f"dossiers-{count}")
        documents, _, seconds, peak, largest = summarise(files, home / f"out-{count}", home, "json,xlsx,html")
        rows.append(
            Row(f"{documents:.0f} documents, milliseconds each", 1000 * seconds / documents, "ms", None)
        )
        rows.append(Row(f"{documents:.0f} documents, peak memory of the main process", peak, "MiB", None))
        rows.append(
            Row(f"{documents:.0f} documents, peak memory of the largest worker", largest, "MiB", None)
        )
    return rows


def summarise(
    files: Path, out: Path, home: Path, formats: str, review: str = ""
) -> tuple[float, float, float, float, float]:
    """A whole process: documents, pages, seconds, peak MiB of itself and of its largest child."""
    script = home / "run.py"
    script.write_text(_SUMMARISE, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(files), str(out), str(home / "home"), formats, review]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    documents, pages, seconds, peak, largest = (float(word) for word in done.stdout.split())
    return documents, pages, seconds, peak, largest


def copies(files: list[Path], folder: Path) -> Path:
    folder.mkdir()
    for number in range(COPIES):
        for path in files:
            (folder / f"{number}-{path.name}").write_bytes(path.read_bytes() + f"\n% {number}\n".encode())
    return folder


def made(count: int, folder: Path) -> Path:
    from tests.summaries import made_tenders

    for seed in range(count):
        made_tenders.write(folder / f"marché {seed:04}", seed)
    return folder
