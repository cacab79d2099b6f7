from collections.abc import Iterator

import pytest
from moto import mock_aws

from reelwright.adapters.aws.clients import forget
from tests.integration.ops.office import Office


@pytest.fixture(scope="module", autouse=True)
def own_clients() -> Iterator[None]:
    """Clients are made once a module, for that takes longer than most tests, and are nobody else's."""
    forget()
    yield
    forget()


@pytest.fixture
def office() -> Iterator[Office]:
    """A stage with one tenant, acme, of 100 units."""
    with mock_aws():
        made = Office()
        made.pipeline.tenant()
        yield made
