"""The sheets that are indexed, by id, read once each."""

from collections.abc import Iterable
from functools import lru_cache

from assistant.datatypes import SheetName, Source
from assistant.index.search import Searcher
from assistant.reach import read_by
from assistant.reading.sheet import sheet_of
from assistant.sheets import LegalSheet


class SheetLibrary:
    """Reads sheets from the index, once for everybody. Follows it: a sheet that changed has another source."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._read = lru_cache(maxsize=512)(self._parsed)

    def source(self, id_: str) -> Source | None:
        """Where the sheet of that id lies, None where it is not indexed."""
        return self._searcher.sheet_source(id_)

    def sheet(self, id_: str) -> LegalSheet | None:
        """The sheet of that id, None where it is not indexed."""
        source = self.source(id_)
        return self._read(source.id) if source else None

    def titles(self, ids: Iterable[str]) -> tuple[SheetName, ...]:
        """The names of sheets, those that are indexed, without reading them."""
        found = ((id_, self.source(id_)) for id_ in ids)
        return tuple(SheetName(id_, source.title) for id_, source in found if source is not None)

    def sheets(self) -> tuple[LegalSheet, ...]:
        """Every sheet that is indexed, in the order of their ids."""
        return tuple(sheet for sheet in map(self.sheet, self._searcher.sheets()) if sheet is not None)

    @read_by(None)
    def _parsed(self, source_id: str) -> LegalSheet:
        return sheet_of(self._searcher.document(source_id))
