"""The page where legal staff and buyers spend their day: one module a screen, over a workspace.

``server`` carries it (routes, sign-in, files received), ``layout`` joins the screens, ``markup`` is the only way by which text becomes HTML, ``viewer`` shows
where a quote stands. A screen reads what was asked, calls the workspace, shows the result; it knows no law.
"""

import inspect
import sys
from types import CodeType, FrameType, FunctionType, MethodType, ModuleType, TracebackType


class _Left(ModuleType):
    """A module of Gradio's that is left out: all that is taken from it is None."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


# What Gradio offers to agents and to its own command line: a fifth of what the page imports, and the page has neither.
sys.modules |= {name: _Left(name) for name in ("gradio.mcp", "gradio.cli")}

_getfile = inspect.getfile


def _no_file_of_gradio(
    what: ModuleType | type | MethodType | FunctionType | TracebackType | FrameType | CodeType,
) -> str:
    if isinstance(what, type) and what.__module__.startswith("gradio."):
        raise OSError
    return _getfile(what)


# Gradio writes hints for editors beside each of its components, anew at every start: a second of processor, and writes where it is installed. It leaves out a
# component that has no file.
inspect.getfile = _no_file_of_gradio  # type: ignore[assignment]
try:
    import gradio as gradio
finally:
    inspect.getfile = _getfile
