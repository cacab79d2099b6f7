"""The API's description, fuzzed against the deployed whole."""

import os
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from local.api import Api
from local.deployment import Deployment
from local.places import CHECKOUT

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
"""Calls of each operation by `make fuzz`, besides those at every bound that is described; otherwise few and none."""
FEW = 10
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_path(CHECKOUT / "docs" / "openapi.json")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES or FEW,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate] if EXAMPLES else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_answer_is_outside_the_description(
    case: "schemathesis.Case[Any]",
    deployment: Deployment,
    fuzz_api: Api,
    fuzz_ids: dict[str, str],
    record_property: Callable[[str, object], None],
) -> None:
    """Whatever is sent with a good key, there is no 5xx, no 401, and no answer that the description does not allow."""
    _often_meet(case, fuzz_ids)
    answer = case.call(base_url=deployment.base_url, headers={"Authorization": f"Bearer {fuzz_api.key}"})
    record_property("fuzz", [case.operation.label, answer.status_code])
    case.validate_response(answer, checks=CHECKS)
    assert answer.status_code != HTTPStatus.UNAUTHORIZED


def _often_meet(case: "schemathesis.Case[Any]", ids: dict[str, str]) -> None:
    """No id that is made up is ever one of the tenant's: many are replaced, so that calls get further."""
    made_up = case.path_parameters or {}
    if case.method != "DELETE":
        for name in made_up.keys() & ids.keys():
            if len(str(made_up[name])) % 2:
                made_up[name] = ids[name]
