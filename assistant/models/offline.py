"""Nothing leaves the machine, and nothing is printed: the model libraries are told so before they are imported."""

import os
import sys

# Read by huggingface_hub and transformers at import: no usage statistics, no look for newer files of a local folder, no progress bar, no load report.
VARIABLES = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
}


def forbid_telemetry() -> None:
    """Switches telemetry off for this process and those it starts. Called when ``assistant.models`` is imported.

    ``import openvino`` imports ``openvino_telemetry``, which sends an event to Google Analytics unless a file of the home folder opts out
    (openvino 2026.4, ``openvino/tools/ovc/__init__.py``). It falls back on its own silent stub when the package cannot be imported, so it cannot be.
    """
    for variable, value in VARIABLES.items():
        os.environ.setdefault(variable, value)
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None in sys.modules makes the import fail (Python reference, 5.3.1)
