"""The trimmed data answers as the whole data does, for what is used."""

import json
from pathlib import Path

import botocore.session
import pytest
from botocore.loaders import Loader
from botocore.regions import EndpointResolver

from tests.unit.tools.conftest import BOTOCORE_DATA
from tools.build.botocore_services import SERVICES


def session(data: Path) -> botocore.session.Session:
    """A session that knows one data folder only."""
    made = botocore.session.Session()
    made.register_component("data_loader", Loader([str(data)], include_default_search_paths=False))
    return made


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_every_region_resolves_to_the_same_endpoint(service: str, trimmed: Path) -> None:
    """In every partition and region the endpoint is what the whole data says."""
    whole, cut = (
        EndpointResolver(json.loads((data / "endpoints.json").read_text())) for data in (BOTOCORE_DATA, trimmed)
    )
    prefix = session(BOTOCORE_DATA).get_service_model(service).endpoint_prefix
    assert cut.get_available_partitions() == whole.get_available_partitions()
    for partition in whole.get_available_partitions():
        for region in whole.get_available_endpoints(prefix, partition):
            assert cut.construct_endpoint(prefix, region) == whole.construct_endpoint(prefix, region)


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_the_rules_for_endpoints_are_kept_whole(service: str, trimmed: Path) -> None:
    """Dual-stack, FIPS and new regions depend on them."""
    whole, cut = (Loader([str(data)], include_default_search_paths=False) for data in (BOTOCORE_DATA, trimmed))
    name = "endpoint-rule-set-1"
    assert cut.load_service_model(service, name) == whole.load_service_model(service, name)


@pytest.mark.parametrize(("service", "operations"), sorted(SERVICES.items()))
def test_clients_offer_the_listed_operations(service: str, operations: frozenset[str], trimmed: Path) -> None:
    """A client can be made, and knows these operations and no others."""
    client = session(trimmed).create_client(service, region_name="eu-central-1")
    assert set(client.meta.service_model.operation_names) == operations


def test_errors_that_are_caught_by_name_exist(trimmed: Path) -> None:
    """The conditional writes are told apart by these."""
    errors = session(trimmed).create_client("dynamodb", region_name="eu-central-1").exceptions
    assert errors.ConditionalCheckFailedException
    assert errors.TransactionCanceledException


def test_nothing_is_packed(trimmed: Path) -> None:
    """Plain JSON loads faster than gzip at this size."""
    assert not list(trimmed.rglob("*.gz"))
    assert all(json.loads(path.read_text()) is not None for path in trimmed.rglob("*.json"))
