"""Frozen dataclasses as JSON, and back by the types of their fields: what is kept on the disk has its shape from the class alone."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: Any) -> Any:
    """What JSON holds of a value: a dataclass is an object of its fields, a tuple a list, a day and an enumeration their text."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def typed(kind: type[T], value: Any) -> T:
    """The value of that class of which ``plain`` made ``value``.

    Raises:
        TypeError, ValueError, KeyError: it made it of none.
    """
    read: T = _typed(kind, value)
    return read


def _typed(kind: Any, value: Any) -> Any:
    if isinstance(kind, UnionType):
        others = [one for one in get_args(kind) if one is not NoneType]
        if value is None:
            return None
        return _typed(str if isinstance(value, str) and str in others else others[-1], value)
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        of_each = [kinds[0]] * len(value) if kinds[-1] is Ellipsis else kinds
        return tuple(_typed(one, part) for one, part in zip(of_each, value, strict=True))
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _typed(_types(kind)[name], one) for name, one in dict(value).items()})
    if issubclass(kind, date):
        return kind.fromisoformat(value)
    if issubclass(kind, Enum):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind}")
    return value


@cache
def _types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
