"""The values of answers about one's own documents."""

from dataclasses import dataclass, replace

from assistant.datatypes import Hit, Passage, Quote, Source, Span
from assistant.summaries.fields.summary import Extract, Summary


@dataclass(frozen=True, slots=True)
class Known:
    """A document of the index and its summary.

    Attributes:
        source: the document.
        summary: what it states.
        bundle: the folder, archive or message that it came in.
        chosen: the market that a person put it in, empty where nobody did.
        names: the names that it says again and again.
    """

    source: Source
    summary: Summary
    bundle: str
    chosen: str = ""
    names: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """Its bare file name."""
        return file_name(self.source)


def file_name(source: Source) -> str:
    """The bare name of the file that a source is."""
    return source.origin.replace("\\", "/").rpartition("/")[2].rpartition("› ")[2]


def quoted(source: Source, passage: Passage, extract: Extract, marker: str = "S1") -> Quote:
    """An extract of a document as a quote, under the pages that its own words stand on; ``passage`` holds them."""
    pages = (extract.pages[0], extract.pages[-1]) if extract.pages else None
    return Quote(
        marker, source, replace(passage, pages=pages), Span(extract.start, extract.end), extract.text
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence, a row or a short list of a passage that was found, and may answer. ``span`` lies in the document.

    ``columns``: the row of names above a row of a table, empty elsewhere.
    """

    known: Known
    hit: Hit
    span: Span
    text: str
    columns: str = ""

    @property
    def passage(self) -> Passage:
        """Where it stands."""
        return self.hit.passage

    @property
    def title(self) -> str:
        """The title above it, empty where there is none."""
        return self.hit.passage.headings[-1] if self.hit.passage.headings else ""
