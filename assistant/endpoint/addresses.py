"""The addresses under ``/v1``, as OpenAI's clients ask for them."""

import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Mapping
from typing import Any, TypeVar

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.requests import ClientDisconnect

from assistant.endpoint import chat, scopes, vectors
from assistant.endpoint.answers import Desk, Question, Sight, answer_json
from assistant.endpoint.callers import Caller, Callers
from assistant.endpoint.wire import RefusedError, error_json
from assistant.errors import AccessError, AssistantError, UnknownModelError
from assistant.kept_answer import KeptAnswer
from assistant.reach import read_by
from assistant.site.rights import Right

ROOT = "/v1"
# A conversation of a day, many times; what a page may say in a demand.
LONGEST_BODY = 1_000_000
# Requests that wait hold a thread each: those of the page are left to the page.
_MOST_THREADS = 64
# A stream that says nothing is told to be alive, in seconds.
_ALIVE_SECONDS = 10.0
_BEGUN = int(time.time())
_UNKEPT = {"Cache-Control": "no-store"}
_BROKEN = "L'assistant a rencontré un défaut et n'a pas pu finir."
_log = logging.getLogger(__name__)
_T = TypeVar("_T")


def is_address(path: str) -> bool:
    """Whether a path is one of these addresses, known or not: a key is asked for there, and errors have OpenAI's shape."""
    return path == ROOT or path.startswith(f"{ROOT}/")


def refused(error: AssistantError) -> JSONResponse:
    """An error as a program reads it."""
    status, body = error_json(error)
    headers = (
        _UNKEPT
        | ({"WWW-Authenticate": "Bearer"} if status == 401 else {})
        | ({"Retry-After": "5"} if status == 429 else {})
    )
    return JSONResponse(body, status, headers=headers)


def router(desk: Desk, callers: Callers) -> APIRouter:
    """The addresses over a desk."""
    made, served = APIRouter(prefix=ROOT), _Addresses(desk, callers)

    @made.get("/models")
    async def models(request: Request) -> Response:
        return await served.answered(request, served.models)

    @made.get("/models/{model:path}")
    async def model(request: Request, model: str) -> Response:
        return await served.answered(request, lambda caller: served.model(caller, model))

    @made.post("/chat/completions")
    async def completions(request: Request) -> Response:
        return await served.guarded(request, served.complete)

    @made.post("/embeddings")
    async def embeddings(request: Request) -> Response:
        return await served.guarded(request, served.embed)

    @made.api_route("/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
    async def unknown(request: Request, path: str) -> Response:
        message = f"L'adresse « {request.method} {ROOT}/{path[:80]} » n'existe pas."
        return refused(
            RefusedError(
                message,
                "Adresses : /v1/models, /v1/chat/completions, /v1/embeddings.",
                status=404,
                code="unknown_url",
            )
        )

    return made


class _Addresses:
    """What each address answers."""

    def __init__(self, desk: Desk, callers: Callers) -> None:
        self._desk, self._callers = desk, callers
        self._threads = anyio.CapacityLimiter(_MOST_THREADS)

    async def _in_thread(self, make: Callable[..., _T], *given: Any, caller: Caller | None = None) -> _T:
        """What ``make`` returns, in a thread that is none of the page's and reads for ``caller``."""

        def run() -> _T:
            with read_by(caller.reader if caller else None):
                return make(*given)

        return await anyio.to_thread.run_sync(run, limiter=self._threads)

    async def answered(self, request: Request, make: Callable[[Caller], Mapping[str, Any]]) -> Response:
        """What ``make`` answers to whoever shows a key."""

        async def respond(caller: Caller, _request: Request) -> Response:
            return JSONResponse(await self._in_thread(make, caller, caller=caller), headers=_UNKEPT)

        return await self.guarded(request, respond)

    async def guarded(
        self, request: Request, respond: Callable[[Caller, Request], Awaitable[Response]]
    ) -> Response:
        """What ``respond`` answers to whoever shows a key; every error in OpenAI's shape."""
        try:
            return await respond(await self._in_thread(self._caller, request), request)
        except AssistantError as error:
            return refused(error)
        except ClientDisconnect:  # while its request waited
            return Response(status_code=499)
        except (
            Exception
        ) as defect:  # a program must be told, whatever it is; what it was about stays out of the log
            return refused(_defect(request.url.path, defect))

    def _caller(self, request: Request) -> Caller:
        try:
            return self._callers.of_header(request.headers.get("authorization", ""))
        except AccessError:
            raise
        except AssistantError as error:  # the keys or the accounts are gone, or do not read: where they lie is for whoever runs the server
            message = "L'assistant ne sait plus qui peut entrer : personne n'entre."
            raise RefusedError(
                message, "Prévenez l'administrateur.", status=503, code="unavailable"
            ) from error

    # ---- models -----------------------------------------------------------------------------------------------------------------

    def models(self, caller: Caller) -> dict[str, Any]:
        """``GET /v1/models``."""
        return {
            "object": "list",
            "data": [_model(id_, label) for id_, label in scopes.models(self._desk.workspace, caller)],
        }

    def model(self, caller: Caller, id_: str) -> dict[str, Any]:
        """``GET /v1/models/…``; the embedding model too, which the list leaves out since it answers no question."""
        if id_ == self._desk.workspace.settings.embedding:
            return _model(id_, "Vecteurs")
        return _model(id_, scopes.scope(self._desk.workspace, caller, id_).label)

    # ---- answers ----------------------------------------------------------------------------------------------------------------

    async def complete(self, caller: Caller, request: Request) -> Response:
        """``POST /v1/chat/completions``."""
        caller.require(Right.ASK)
        body = await _body(request)
        model, question = chat.model_of(body), chat.question_of(body)
        where = await self._in_thread(scopes.scope, self._desk.workspace, caller, model, caller=caller)
        with self._callers.at_work(caller):
            if body.get("stream"):
                steps = self._desk.asking(caller, question, where)
                told = self._told(chat.Chunks(model, usage=chat.wants_usage(body)), caller, steps, request)
                return StreamingResponse(told, media_type="text/event-stream", headers=_UNKEPT)
            return JSONResponse(
                await self._in_thread(self._completed, caller, question, where, caller=caller),
                headers=_UNKEPT,
            )

    def _completed(self, caller: Caller, question: Question, where: scopes.Scope) -> dict[str, Any]:
        answer = self._desk.ask(caller, question, where)
        return chat.completion(where.model, answer, self._rests_on(caller, answer))

    def _rests_on(self, caller: Caller, answer: KeptAnswer) -> dict[str, Any]:
        return answer_json(answer, Sight(self._desk.workspace, caller))

    async def _told(
        self,
        chunks: chat.Chunks,
        caller: Caller,
        steps: Generator[KeptAnswer | None, None, None],
        request: Request,
    ) -> AsyncIterator[str]:
        """The events of a streamed answer; one that nobody listens to any more ends at its next step, and leaves the queue."""
        said = time.monotonic()
        try:
            yield _event(chunks.first())
            with self._callers.at_work(caller):
                while (step := await self._in_thread(next, steps, _END, caller=caller)) is not _END:
                    if isinstance(step, KeptAnswer):
                        for chunk in chunks.of(
                            step, await self._in_thread(self._rests_on, caller, step, caller=caller)
                        ):
                            yield _event(chunk)
                    elif await request.is_disconnected():
                        return
                    elif time.monotonic() > said + _ALIVE_SECONDS:
                        said = time.monotonic()
                        yield ": en cours\n\n"
            yield "data: [DONE]\n\n"
        except AssistantError as error:
            yield _event(error_json(error)[1])
        except Exception as defect:
            yield _event(error_json(_defect(request.url.path, defect))[1])
        finally:
            with anyio.CancelScope(shield=True):
                await self._in_thread(steps.close, caller=caller)

    # ---- vectors ----------------------------------------------------------------------------------------------------------------

    async def embed(self, caller: Caller, request: Request) -> Response:
        """``POST /v1/embeddings``."""
        caller.require(Right.SEARCH)
        async with self._callers.in_line(caller):  # before its body is read: what waits is not held in memory
            body = await _body(request)
            model, texts = chat.model_of(body), vectors.texts_of(body)
            known = self._desk.workspace.settings.embedding
            if model != known:
                raise UnknownModelError(
                    f"Le modèle « {model[:120]} » ne fait pas de vecteurs.", f"Modèle : {known}."
                )
            return JSONResponse(
                await self._in_thread(self._embedded, caller, body, texts, model, caller=caller),
                headers=_UNKEPT,
            )

    def _embedded(
        self, caller: Caller, body: Mapping[str, Any], texts: list[str], model: str
    ) -> dict[str, Any]:
        with self._desk.taken(caller):
            return vectors.embedded(body, texts, model, self._desk.workspace.embedding)


_END = object()


def _model(id_: str, label: str) -> dict[str, Any]:
    return {"id": id_, "object": "model", "created": _BEGUN, "owned_by": "assistant", "name": label}


def _event(value: Mapping[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _defect(path: str, defect: Exception) -> RefusedError:
    _log.error("%s: %s", path, type(defect).__name__, exc_info=_log.isEnabledFor(logging.DEBUG))
    return RefusedError(_BROKEN, f"Signalez-le ({type(defect).__name__}).", status=500, code="internal_error")


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object of a request. Raises RefusedError."""
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > LONGEST_BODY:
            message = f"La demande dépasse {LONGEST_BODY // 1_000_000} million d'octets."
            raise RefusedError(
                message,
                "Commencez une autre conversation, ou faites plusieurs demandes.",
                status=413,
                code="context_length_exceeded",
            )
    try:
        body = json.loads(data)
        json.dumps(body, ensure_ascii=False).encode()  # half a character is no text
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise RefusedError(
            "La demande n'est pas un objet JSON.", "Content-Type: application/json.", code="invalid_json"
        )
    return body
