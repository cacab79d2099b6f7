"""What the tests of the packaging share."""

import shutil
from pathlib import Path

import botocore
import pytest

from tools.build.botocore_data import trim_data
from tools.build.botocore_services import SERVICES

BOTOCORE_DATA = Path(botocore.__file__).parent / "data"


@pytest.fixture(scope="session")
def trimmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Botocore's data for the services that are used, trimmed as for a package."""
    data = tmp_path_factory.mktemp("botocore") / "data"
    data.mkdir()
    for file in BOTOCORE_DATA.glob("*.json"):
        shutil.copy(file, data)
    for service in SERVICES:
        shutil.copytree(BOTOCORE_DATA / service, data / service)
    trim_data(data, SERVICES)
    return data
