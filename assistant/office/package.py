"""An office file is a ZIP of parts: some are written anew, the others are kept as they are."""

import io
import zipfile
from collections.abc import Mapping

# A ZIP knows no day before this one; a new part says none.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def rewritten(package: bytes, parts: Mapping[str, bytes]) -> bytes:
    """``package`` with ``parts`` in place of those of the same name, new ones at its end.

    Order, dates and compression are kept: the first file of an ODT is its media type, stored.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, parts[entry.filename] if entry.filename in parts else old.read(entry))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(zipfile.ZipInfo(name, _NO_DAY), parts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()
