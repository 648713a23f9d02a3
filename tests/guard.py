"""Runs the command line with every connection but loopback refused, a page without parsers of strangers' files: ``python -m tests.guard ARGUMENTS…``. What was tried is written to ``GUARD_LOG``."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def refuse_network() -> None:
    """Makes every non-loopback connection, and every name look-up, fail and leave a trace."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def trace(what: object) -> None:
        if log := os.environ.get("GUARD_LOG"):
            with Path(log).open("a") as file:
                file.write(f"{what}\n")
        raise OSError(f"network refused: {what}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            trace(address)
        connect(self, address)

    def guarded_resolve(host: Any, *rest: Any, **options: Any) -> Any:
        if host not in (*LOOPBACK, None, "", "0.0.0.0"):
            trace(host)
        return resolve(host, *rest, **options)

    socket.socket.connect = guarded_connect  # type: ignore[method-assign]
    socket.getaddrinfo = guarded_resolve  # type: ignore[assignment]


def refuse_parsing() -> None:
    """Makes every parser of office files and of PDFs fail in this process: those of a page are at work in processes of their own."""
    import pypdfium2

    from assistant.reading import package

    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a file was parsed in the server's own process")

    # Their code, not their names: whoever imported them has them too.
    package.parsed.__code__ = package.check_size.__code__ = refused.__code__
    pypdfium2.PdfDocument.__init__ = refused  # type: ignore[method-assign]


if __name__ == "__main__":
    refuse_network()
    if sys.argv[1:2] == ["serve"]:
        refuse_parsing()
    sys.argv[0] = "assistant"
    from assistant.__main__ import main

    main()
