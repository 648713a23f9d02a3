"""Hostile requests, as many as wanted, written byte by byte: heads, paths, bodies, tokens and cookies that no browser sends. The same for the same seed."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from assistant.page.sessions import FORM_COOKIE
from bench.attack.material import MADE

Chance = random.Random
# What is put where a text, a number or a name is awaited.
VALUES: tuple[object, ...] = (
    None, True, -1, 0, 10**30, 1e308, "", " ", "\x00", "\ud800", "\u202e\u2066fdp.exe", "\x1b[2J", "é" * 50_000, "../" * 40 + "etc/passwd",
    "<script>alert(1)</script>",
    "' OR 1=1 --", "9" * 4_000, "12.12." * 3_000, "(" * 9_000, [], {}, [[[]]], {"a": {"b": []}}, ["x"] * 2_000, "2026-02-30", "-0", "NaN", "%s%n{}",
    "\u0000:0", "\U000e0001\ufeff",
)  # fmt: skip
# Events of the page, and what each is given by an honest one.
EVENTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("composer", "demander", ("question", "jour")),
    ("sources", "filtrer", ("mots", "collection", "nature", "rang")),
    ("sources", "montrer", ("source", "start", "end", "id")),
    ("sources", "retirer", ("source",)),
    ("fil", "ouvrir", ("source", "start", "end", "id")),
    ("conversations", "choisir", ("id",)),
    ("clauses-recherche", "trouver", ("mots", "rang")),
    ("clauses-trouvees", "lire", ("id",)),
    ("choix", "ajouter", ("id",)),
    ("formulaire", "remplir", ("champ-acheteur", "rang")),
    ("fichiers", "ecrire", ("champ-acheteur", "rang")),
    ("ajout", "ajouter", ("jetons", "collection", "nature")),
    ("controle-depot", "controler", ("jetons", "jour")),
    ("constats", "ouvrir", ("source", "start", "end")),
    ("synthese-depot", "resumer", ("jetons", "chacun")),
    ("syntheses", "montrer", ("id",)),
    ("syntheses", "supprimer", ("id",)),
    ("marches", "montrer", ("id",)),
)
PATHS = (
    "/../../etc/passwd", "//etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/static/../../../../etc/passwd",
    "/assets/..%2f..%2f..%2fetc%2fpasswd",
    "/gradio_api/file=/etc/passwd", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/proxy=http://127.0.0.1/", "/file=/etc/passwd", "/docs",
    "/openapi.json",
    "/config?x=" + "a" * 30_000, "/\x00", "/%00", "/%ff%fe", "/demandes/../connexion", "/demandes/" + "x" * 9_000, "/v1/models/../../config",
    "/v1/" + "%2e%2e/" * 50, "/theme.css/..",
    "/?" + "&".join(f"a{n}=1" for n in range(3_000)), "http://voisin.example/", "*", "", "x", "/\u202e", "/connexion?suite=//voisin.example",
    "/robots.txt%0d%0aX-Sien:%201",
)  # fmt: skip


@dataclass(frozen=True)
class Demand:
    """The bytes of a request. ``is_named``: it bears the session of somebody who may; another must not be given anything of the page."""

    kind: str
    data: bytes
    is_named: bool = False


@dataclass(frozen=True)
class Target:
    """The server, and what an honest request to it bears: the cookie of a session, and the token of a deposit of another."""

    host: str
    cookie: str
    token: str


def made(count: int, seed: int, target: Target) -> Iterator[Demand]:
    """``count`` hostile requests, of each kind in turn."""
    for number in range(count):
        yield KINDS[number % len(KINDS)](random.Random(f"{seed}-{number}"), target)


def request(
    target: Target,
    method: str,
    path: str,
    body: bytes = b"",
    headers: tuple[str, ...] = (),
    *,
    named: bool = True,
) -> bytes:
    """A request as it should be, but for what it is given."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {target.host}", "Connection: close", *headers]
    if named:
        lines.append(f"Cookie: {target.cookie}")
    if body and not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogatepass") + body


def head(chance: Chance, target: Target) -> Demand:
    """A request line or headers that are none."""
    plain = request(target, "GET", "/connexion", named=False)
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: plain.replace(b"HTTP/1.1", chance.choice((b"HTTP/9.9", b"HTTP/1.1 x", b"", b"ICY", b"HTTP/2.0"))),
        lambda: plain.replace(b"GET", chance.choice((b"", b"G\x00T", b"A" * 40_000, b"CONNECT", b"TRACE", b"PRI", b"get"))),
        lambda: plain.replace(b"\r\n", b"\n"),
        lambda: plain.replace(b"Host:", chance.choice((b"H\x00st:", b"Host :", b" Host:", b"X:", b"Host: a\r\nHost:"))),
        lambda: plain.replace(target.host.encode(), chance.choice((b"voisin.example", b"[::1", b"a" * 9_000, b"127.0.0.1:99999", b"\xff\xfe", b"", b"a@b"))),
        lambda: plain.replace(b"\r\n\r\n", b"\r\nX-Long: " + b"a" * chance.choice((9_000, 70_000, 900_000)) + b"\r\n\r\n"),
        lambda: plain.replace(b"\r\n\r\n", b"".join(b"\r\nX-%d: 1" % n for n in range(9_000)) + b"\r\n\r\n"),
        lambda: plain.replace(b"\r\n\r\n", b"\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n"),
        lambda: plain.replace(b"\r\n\r\n", b"\r\nOrigin: " + chance.choice((b"null", b"https://voisin.example", b"file://", b"\xff")) + b"\r\n\r\n"),
        lambda: bytes(chance.randrange(256) for _ in range(chance.choice((1, 40, 4_000)))) + b"\r\n\r\n",
        lambda: b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),  # TLS
        lambda: plain[: chance.randrange(1, len(plain))] + b"\r\n\r\n",
    )  # fmt: skip
    return Demand("head", chance.choice(ways)())


def length(chance: Chance, target: Target) -> Demand:
    """A body whose length is said wrongly, or twice."""
    said = chance.choice(
        (("Content-Length: -1",), ("Content-Length: 9" + "9" * 40,), ("Content-Length: 0x10",), ("Content-Length: 5", "Content-Length: 50"),
        ("Content-Length: 4", "Transfer-Encoding: chunked"),
         ("Transfer-Encoding: chunked",), ("Transfer-Encoding: gzip, chunked",), ("Transfer-Encoding: x",), ("Content-Length: +7",),
         ("Content-Encoding: gzip",))
    )  # fmt: skip
    body = chance.choice(
        (
            b"nom=a",
            b"0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            b"fffffffffffffffff\r\na",
            b"-1\r\n",
            b"5;x=" + b"y" * 9_000 + b"\r\nnom=a\r\n0\r\n\r\n",
        )
    )
    path, header = chance.choice(
        (("/connexion", "X-A: 1"), ("/demandes", "X-Page: 1"), ("/depot?nom=a.txt", "X-Depot: 1"))
    )
    return Demand("length", request(target, "POST", path, body, (header, *said)), is_named=True)


def path(chance: Chance, target: Target) -> Demand:
    """An address that is not there, or leads out."""
    named = chance.random() < 0.5
    return Demand(
        "path",
        request(
            target, chance.choice(("GET", "POST", "PUT", "DELETE", "HEAD")), chance.choice(PATHS), named=named
        ),
        named,
    )


def body(chance: Chance, target: Target) -> Demand:
    """A demand of the page that is no demand, or one with values that no page sends."""
    if chance.random() < 0.3:
        data = chance.choice(
            (
                b"",
                b"{",
                b"[" * 200_000,
                b'{"page":' * 5_000,
                b"\xff\xfe\x00",
                b"1" * 900_000,
                b"null",
                b'"' + b"a" * 1_500_000 + b'"',
                b'{"page":NaN}',
            )
        )
    else:
        part, event, names = chance.choice(EVENTS)
        given: dict[str, object] = {name: chance.choice(VALUES) for name in names}
        said: dict[str, object] = {
            "page": "ab" * 16,
            "partie": part,
            "evenement": event,
            "donnees": given,
            "valeurs": {},
        }
        if chance.random() < 0.3:
            said[chance.choice(tuple(said))] = chance.choice(VALUES)
        data = json.dumps(said).encode()
    return Demand(
        "body",
        request(target, "POST", "/demandes", data, ("X-Page: 1", "Content-Type: application/json")),
        is_named=True,
    )


def token(chance: Chance, target: Target) -> Demand:
    """Somebody else's demand, deposit or key, or one that was guessed."""
    guess = chance.choice((target.token, "x", "0" * 43, "%00", "é" * 30, "../" * 5, "-" * 5_000))
    if chance.random() < 0.4:
        return Demand(
            "token",
            request(
                target,
                "GET",
                f"/demandes/{quote(guess)}",
                headers=(f"Last-Event-ID: {chance.choice(('-1', '9' * 5_000, 'x', '²'))}",),
            ),
            is_named=True,
        )
    if chance.random() < 0.5:
        said = {
            "page": "cd" * 16,
            "partie": "controle-depot",
            "evenement": "controler",
            "donnees": {"jetons": [guess], "jour": ""},
            "valeurs": {},
        }
        return Demand(
            "token",
            request(target, "POST", "/demandes", json.dumps(said).encode(), ("X-Page: 1",)),
            is_named=True,
        )
    key = chance.choice((f"Bearer {guess}", "Bearer", "Basic eA==", "Bearer " + "a" * 60_000, "bearer\tx"))
    where = chance.choice(("/v1/models", "/v1/chat/completions", "/v1/embeddings", "/v1/inconnu"))
    sent = json.dumps(
        {"model": chance.choice(VALUES), "messages": chance.choice(VALUES), "input": chance.choice(VALUES)}
    ).encode()
    return Demand(
        "token",
        request(
            target,
            "POST" if "/models" not in where else "GET",
            where,
            sent,
            (f"Authorization: {key}",),
            named=False,
        ),
    )


def cookie(chance: Chance, target: Target) -> Demand:
    """A session that is none."""
    name, _, value = target.cookie.partition("=")
    place = chance.randrange(len(value))
    wrong = chance.choice(
        ("", "x", value[:-1], value[:place] + ("A" if value[place] != "A" else "B") + value[place + 1 :], value + "A", "a" * 60_000, "\x00", '"', "%00",
        ";" * 900, value[::-1], "é", value.swapcase())
    )  # fmt: skip
    return Demand(
        "cookie",
        request(
            target,
            "GET",
            chance.choice(("/", "/config", "/demandes/x")),
            headers=(f"Cookie: {name}={wrong}",),
            named=False,
        ),
    )


def signing(chance: Chance, target: Target) -> Demand:
    """The form of the sign-in, filled in by a program."""
    fields = "&".join(
        f"{name}={quote(str(chance.choice(VALUES)), safe='', errors='replace')[:20_000]}"
        for name in ("nom", "secret", "preuve") * chance.choice((1, 1, 30))
    )
    proof = chance.choice(("x", "", "é", "a" * 5_000))
    if chance.random() < 0.5:
        fields = f"preuve={quote(proof)}&{fields}"
    return Demand(
        "signing",
        request(
            target, "POST", "/connexion", fields.encode(), (f"Cookie: {FORM_COOKIE}={proof}",), named=False
        ),
    )


def deposit(chance: Chance, target: Target) -> Demand:
    """A file with a name or a content that is none."""
    names = (
        "",
        ".",
        "..",
        "../../x.txt",
        "/etc/passwd",
        "a\x00.txt",
        "\u202efdp.txt",
        "a" * 5_000 + ".pdf",
        "CON",
        "a\nb.txt",
        "\x1b[2J.txt",
        "x.part",
        ".neuf",
        "a/" * 300 + "x.txt",
        "é.zip",
        "a.exe",
        "x.tar.gz.zip",
    )
    ending = chance.choice(tuple(MADE))
    data = MADE[ending]("essai")
    data = chance.choice((data[: chance.randrange(1, len(data))], b"", bytes(3_000), data + data))
    name = chance.choice((*names, f"a{ending}"))
    return Demand(
        "deposit", request(target, "POST", f"/depot?nom={quote(name)}", data, ("X-Depot: 1",)), is_named=True
    )


KINDS: tuple[Callable[[Chance, Target], Demand], ...] = (
    head,
    path,
    body,
    token,
    cookie,
    length,
    deposit,
    body,
    signing,
)
