"""The one table: the truth about jobs, money, lanes, tenants and keys."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.settings import Settings

_STRING = dynamodb.AttributeType.STRING
_NUMBER = dynamodb.AttributeType.NUMBER

INDEXES = ("by_tenant", "waiting", "due")
"""Each has a throughput and throttles of its own."""


class Table(Construct):
    """One table with three sparse indexes: a tenant's jobs, a lane's waiting jobs, and what is due for repair."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Table")
        self._units = settings.limits.table_max_units
        self.resource = dynamodb.Table(
            self,
            "Resource",
            partition_key=_attribute("pk"),
            sort_key=_attribute("sk"),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            max_read_request_units=self._units,
            max_write_request_units=self._units,
            time_to_live_attribute="ttl",
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
            encryption=dynamodb.TableEncryption.DEFAULT,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True,
            ),
            deletion_protection=settings.keep_data,
            removal_policy=RemovalPolicy.RETAIN if settings.keep_data else RemovalPolicy.DESTROY,
        )
        self._index("by_tenant", _attribute("tenant_listed"), _attribute("listed_rank"))
        self._index("waiting", _attribute("waiting_lane"), _attribute("waiting_rank"))
        self._index("due", _attribute("due_shard"), _attribute("due_ms", _NUMBER))

    def _index(self, name: str, partition: dynamodb.Attribute, sort: dynamodb.Attribute) -> None:
        self.resource.add_global_secondary_index(
            index_name=name,
            partition_key=partition,
            sort_key=sort,
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
            max_read_request_units=self._units,
            max_write_request_units=self._units,
        )


def _attribute(name: str, kind: dynamodb.AttributeType = _STRING) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=kind)
