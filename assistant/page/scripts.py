"""Which scripts the page runs: its own file, and those that this server wrote into it; and what is seen of it before any of them has run."""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Send

SCRIPT_NAME = "page.js"
# A script within the page runs only if this server wrote it there (its nonce), and no text becomes one: of Gradio, the page uses only what makes no function of
# a text (columns, tabs). Gradio and the charts write styles within the page, which stay allowed. Addresses other than the server's own are refused by the
# browser itself.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)


class PageScripts:
    """The page on its way out: kept until it is whole, then sent with its own script first and, on every script, a nonce that its policy names.

    Args:
        send: where the messages of the answer go.
        opening: HTML that is seen until Gradio has drawn the page.
    """

    def __init__(self, send: Send, opening: str) -> None:
        self._send, self._opening = send, opening.encode()
        self._start: Message = {}
        self._body = b""

    async def send(self, message: Message) -> None:
        """Takes a message of the answer."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        if message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        headers = MutableHeaders(scope=self._start)
        if headers.get("content-type", "").startswith("text/html"):
            nonce = secrets.token_urlsafe(16)
            page = self._body.replace(b"<script", f'<script src="{SCRIPT_NAME}"></script><script'.encode(), 1)
            self._body = page.replace(b"<script", f'<script nonce="{nonce}"'.encode()).replace(
                b"<gradio-app", self._opening + b"<gradio-app", 1
            )
            headers["content-length"] = str(len(self._body))
            headers["content-security-policy"] = POLICY.replace(
                "script-src 'self'", f"script-src 'self' 'nonce-{nonce}'"
            )
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": self._body})
