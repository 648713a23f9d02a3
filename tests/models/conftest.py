"""The embedding models under test: the fake, and the real ones as `assistant setup` left them."""

import pytest

from assistant import settings
from assistant.errors import MissingModelError
from assistant.models.manifest import Installed, require
from assistant.settings import Settings


def installed(chosen: Settings, name: str) -> Installed:
    try:
        return require(chosen, name)
    except MissingModelError as error:
        pytest.fail(f"{error} (a test marked `models` needs it; `pytest -m 'not models'` leaves those out)")


@pytest.fixture(scope="session")
def site() -> Settings:
    return settings.load()


@pytest.fixture(scope="session")
def e5(site: Settings) -> Installed:
    return installed(site, site.embedding)
