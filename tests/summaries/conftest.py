"""The rules alone: each process that a batch starts would load the models; what the trained reader of covers adds is tested in ``tests/reader``."""

import pytest


@pytest.fixture(autouse=True)
def _rules_alone(without_models: None) -> None:
    """No model is installed."""
