"""Word, Excel and PowerPoint files of before 2007: LibreOffice, where it is installed, makes today's format of them, which is then read as any other.

LibreOffice runs in a folder of its own that is removed afterwards, with a profile of its own, without macros, without updating links, and without a network:
in a network namespace of its own where Linux allows it, else behind a proxy that leads nowhere.
"""

import io
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import olefile

from assistant.datatypes import Problem, Severity
from assistant.errors import DamagedFileError, ReadingError, UnknownFormatError
from assistant.reading.content import Content
from assistant.reading.docx import read_docx
from assistant.reading.formats import OLE_BROKEN
from assistant.reading.package import needs_password
from assistant.reading.pptx import read_pptx
from assistant.reading.xlsx import read_xlsx

# A Word file of 4 pages takes 1.5 s here, start included; reading a file may take 60 s in all, and it is ours to say what took so long.
TIMEOUT_SECONDS = 50
_WITH_US = ("setpriv", "--pdeathsig", "KILL")
_APART = ("unshare", "--user", "--map-current-user", "--net", "--pid", "--fork", "--kill-child")
# Names under which distributions install it.
_PROGRAMS = ("soffice", "libreoffice")
# What each format needs of it: distributions install Writer, Calc and Impress apart.
_PARTS = {"docx": ("Writer", "swlo"), "xlsx": ("Calc", "sclo"), "pptx": ("Impress", "sdlo")}
# In the File Information Block, bit 8 of the flags at byte 10 ([MS-DOC] 2.5.2): the document is encrypted.
_DOC_FLAGS_AT, _DOC_ENCRYPTED = 10, 0x0100
# The record that opens an encrypted workbook stands within its first ones ([MS-XLS] 2.4.117).
_XLS_ENCRYPTED, _XLS_WITHIN_RECORDS = 0x002F, 10
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort"><value>9</value></prop></item>
</oor:items>
"""


def read_doc(data: bytes, name: str) -> Content:
    """Reads a Word 97–2003 document.

    Raises:
        UnknownFormatError: LibreOffice is not installed.
        EncryptedFileError: a password is needed.
        DamagedFileError: LibreOffice makes nothing of it.
        ReadingError: it takes more than ``TIMEOUT_SECONDS``.
    """
    return _converted(data, name, "doc", "docx", read_docx)


def read_xls(data: bytes, name: str) -> Content:
    """Reads an Excel 97–2003 workbook; raises as ``read_doc`` does."""
    return _converted(data, name, "xls", "xlsx", read_xlsx)


def converted_xls(data: bytes, name: str) -> bytes:
    """The XLSX that LibreOffice makes of an Excel 97–2003 workbook; raises as ``read_doc`` does."""
    return _made(data, name, "xls", "xlsx")


def read_ppt(data: bytes, name: str) -> Content:
    """Reads a PowerPoint 97–2003 presentation; raises as ``read_doc`` does."""
    return _converted(data, name, "ppt", "pptx", read_pptx)


def libreoffice() -> str | None:
    """Where LibreOffice is installed, or None."""
    return next((found for program in _PROGRAMS if (found := shutil.which(program))), None)


def converts_to(new: str, program: str) -> bool:
    """Whether the part of LibreOffice for a format (``docx``, ``xlsx``, ``pptx``) is beside ``program``; where its folder is laid out otherwise, believed."""
    folder = Path(program).resolve().parent
    libraries = {name: any(folder.glob(f"*{name}.*")) for _, name in _PARTS.values()}
    return libraries[_PARTS[new][1]] or not any(libraries.values())


def _converted(data: bytes, name: str, old: str, new: str, read: Callable[[bytes, str], Content]) -> Content:
    content = read(_made(data, name, old, new), name)
    message = (
        f"« {name} » est un ancien document Office : il a été lu tel que LibreOffice le convertit en .{new}."
    )
    return replace(
        content, problems=(Problem("converted", message, severity=Severity.INFO), *content.problems)
    )


def _made(data: bytes, name: str, old: str, new: str) -> bytes:
    if _is_encrypted(data, name):
        raise needs_password(name)
    program, part = libreoffice(), _PARTS[new][0]
    if program is None or not converts_to(new, program):
        raise UnknownFormatError(
            f"« {name} » est un ancien document Office (.{old}) : il faut LibreOffice {part} pour le lire, et il n'est pas installé ici.",
            f"Installez-le (Debian, Ubuntu : apt install libreoffice-{part.lower()}), ou enregistrez le document en .{new}.",
        )
    return _conversion(program, data, name, old, new)


def _is_encrypted(data: bytes, name: str) -> bool:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("WordDocument"):
                head = ole.openstream("WordDocument").read(_DOC_FLAGS_AT + 2)
                return len(head) > _DOC_FLAGS_AT and bool(
                    int.from_bytes(head[_DOC_FLAGS_AT:], "little") & _DOC_ENCRYPTED
                )
            stream = next((found for found in ("Workbook", "Book") if ole.exists(found)), None)
            if stream is not None:
                return _has_password_record(ole.openstream(stream).read(64 * 1024))
            return bool(ole.exists("EncryptedSummary"))
    except OLE_BROKEN as error:
        raise _damaged(name) from error


def _has_password_record(data: bytes) -> bool:
    at = 0
    for _ in range(_XLS_WITHIN_RECORDS):
        kind, length = (
            int.from_bytes(data[at : at + 2], "little"),
            int.from_bytes(data[at + 2 : at + 4], "little"),
        )
        if kind == _XLS_ENCRYPTED:
            return True
        at += 4 + length
    return False


def _conversion(program: str, data: bytes, name: str, old: str, new: str) -> bytes:
    """The bytes of the converted file. The name of the file on disk is ours: theirs may be anything."""
    with tempfile.TemporaryDirectory(prefix="assistant-libreoffice-") as temporary:
        folder = Path(temporary)
        source, made = folder / f"source.{old}", folder / "made" / f"source.{new}"
        source.write_bytes(data)
        (folder / "profile" / "user").mkdir(parents=True)
        (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        command = [
            *_confinement(),
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
        ]
        command += ["--convert-to", new, "--outdir", str(made.parent), str(source)]
        _run(command, folder, name)
        if not made.is_file():
            raise _damaged(name)
        return made.read_bytes()


def _run(command: list[str], folder: Path, name: str) -> None:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "fr_FR.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    # A session of its own: what LibreOffice starts ends with it.
    process = subprocess.Popen(  # noqa: S603 - the program found on PATH, names chosen here
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(TIMEOUT_SECONDS)
    except BaseException as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(error, subprocess.TimeoutExpired):
            raise _too_long(name) from error
        raise


@cache
def _confinement() -> tuple[str, ...]:
    """Commands put before LibreOffice's, as far as this machine has and allows them.

    ``setpriv`` ends it when the process that reads the file is ended; ``unshare`` gives it no network, and ends with it all that it started.
    """
    confinement: tuple[str, ...] = ()
    for program, *options in (_WITH_US, _APART):
        found = shutil.which(program)
        if found is not None:
            command = (*confinement, found, *options)
            allowed = subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0  # noqa: S603 - the programs named above
            confinement = command if allowed else confinement
    return confinement


def _damaged(name: str) -> DamagedFileError:
    return DamagedFileError(
        f"« {name} » est un ancien document Office abîmé : LibreOffice n'en tire rien.",
        "Téléchargez-le ou copiez-le de nouveau.",
    )


def _too_long(name: str) -> ReadingError:
    return ReadingError(
        f"« {name} » a été abandonné : LibreOffice n'a pas fini de le convertir en {TIMEOUT_SECONDS} s.",
        "Ouvrez-le et enregistrez-le en .docx ou en PDF.",
    )
