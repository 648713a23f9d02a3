"""Errors as OpenAI's clients read them, their words French and for the user."""

from typing import Any

from assistant.errors import (
    AccessError,
    AssistantError,
    BusyError,
    ForbiddenError,
    NotIndexedError,
    UnknownModelError,
    UsageError,
)
from assistant.site.access import without_paths


class RefusedError(AssistantError):
    """A request that is not served.

    Args:
        message: what is wrong with it (French).
        hint: what to do (French).
        status: of HTTP.
        param: the member of the request that is wrong.
        code: what programs tell it by.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        status: int = 400,
        param: str | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.status, self.param, self.code = status, param, code


def error_json(error: AssistantError) -> tuple[int, dict[str, Any]]:
    """The status of HTTP and the body of an error."""
    status, kind, param, code = _told(error)
    return status, {
        "error": {"message": without_paths(str(error)), "type": kind, "param": param, "code": code}
    }


def _told(error: AssistantError) -> tuple[int, str, str | None, str | None]:
    if isinstance(error, RefusedError):
        return (
            error.status,
            "invalid_request_error" if error.status < 500 else "server_error",
            error.param,
            error.code,
        )
    if isinstance(error, UnknownModelError):
        return 404, "invalid_request_error", "model", "model_not_found"
    if isinstance(error, ForbiddenError):
        return 403, "permission_error", None, "forbidden"
    if isinstance(error, AccessError):
        return 401, "invalid_request_error", None, "invalid_api_key"
    if isinstance(error, BusyError):
        return 429, "rate_limit_error", None, "rate_limit_exceeded"
    if isinstance(error, NotIndexedError):
        return 404, "invalid_request_error", None, "not_indexed"
    if isinstance(error, UsageError):
        return 400, "invalid_request_error", None, "invalid_request"
    return 503, "server_error", None, "unavailable"
