import pytest

from reelwright.domain.endpoint import WebhookEndpoint
from tests.integration.ops.office import Office


@pytest.fixture
def endpoint(office: Office) -> WebhookEndpoint:
    """An endpoint of acme's."""
    made, _ = office.box.webhooks.endpoints.create("acme", "https://1.1.1.1/hook")
    return made
