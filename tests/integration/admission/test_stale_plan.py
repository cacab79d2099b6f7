"""Requests that read a tenant's plan before an operator changed it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from botocore.exceptions import ClientError

from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.domain.errors import OverBudget
from reelwright.domain.tenant import Tenant
from tests.support.pipeline import Pipeline


class Earlier(TableTenants):
    """Tenants of whom one is seen as it was."""

    def __init__(self, pipeline: Pipeline, plan: Tenant) -> None:
        super().__init__(pipeline.client, pipeline.table)
        self._plan = plan

    def get(self, tenant_id: str) -> Tenant:
        return self._plan if tenant_id == self._plan.id else super().get(tenant_id)


def test_a_request_that_read_the_old_plan_does_not_bring_it_back(pipeline: Pipeline) -> None:
    """A budget that was lowered while a request was on its way holds for that request too."""
    old = pipeline.tenant("poor", units="10")
    pipeline.submit("poor")
    pipeline.tenant("poor", units="2")
    with pytest.raises(OverBudget):
        pipeline.submit("poor")
    pipeline.submitting = replace(pipeline.submitting, tenants=Earlier(pipeline, old))
    for _ in range(2):
        with pytest.raises(OverBudget):
            pipeline.submit("poor")
    assert pipeline.left("poor") == Decimal("0.5")
    assert len(pipeline.querying.page("poor", None, 10, None).jobs) == 1


def test_a_request_that_read_the_old_plan_may_use_the_new_one(pipeline: Pipeline) -> None:
    """A budget that was raised meanwhile, and that the month follows already, covers it."""
    old = pipeline.tenant("rich", units="2")
    pipeline.submit("rich")
    pipeline.tenant("rich", units="10")
    pipeline.submit("rich")
    pipeline.submitting = replace(pipeline.submitting, tenants=Earlier(pipeline, old))
    pipeline.submit("rich")
    assert pipeline.left("rich") == Decimal("5.5")


def test_a_month_that_somebody_else_writes_just_then_follows_the_new_plan_all_the_same(pipeline: Pipeline) -> None:
    """A transaction on the row makes DynamoDB refuse the change for a moment; the request does not fail of that."""
    pipeline.tenant("rich", units="2")
    pipeline.submit("rich")
    pipeline.tenant("rich", units="10")
    genuine, met = pipeline.client.update_item, list[str]()

    def busy_once(**write: Any) -> Any:
        if write["UpdateExpression"].startswith("SET available") and not met:
            met.append(write["UpdateExpression"])
            raise ClientError({"Error": {"Code": "TransactionConflictException"}}, "UpdateItem")
        return genuine(**write)

    with patch.object(pipeline.client, "update_item", busy_once):
        pipeline.submit("rich")
    assert met
    assert pipeline.left("rich") == Decimal(7)
