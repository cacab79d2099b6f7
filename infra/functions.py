"""The functions of the pipeline, each made with the one construct and given its own rights."""

from constructs import Construct

from infra.environment import Environment
from infra.function import Function, FunctionKit
from infra.grants import Grants


class Group(Construct):
    """Functions that belong together."""

    @property
    def by_name(self) -> dict[str, Function]:
        """Each function under the name of its folder."""
        return {name: part for name, part in vars(self).items() if isinstance(part, Function)}


class Steps(Group):
    """The functions that the state machine calls."""

    def __init__(self, scope: Construct, kit: FunctionKit, environment: Environment, grants: Grants) -> None:
        super().__init__(scope, "Steps")
        self.poll = Function(self, "poll", kit, environment=environment.of("poll"))
        self.finalize = Function(
            self,
            "finalize",
            kit,
            environment=environment.of("finalize"),
            layers=("dependencies", "reelwright", "media"),
        )
        for function in (self.poll, self.finalize):
            grants.get_item(function)
            grants.write_table(function)
            grants.send_hints(function)
            grants.kling(function)
        grants.objects(self.finalize, ["s3:PutObject"], "media/*", "staging/*")
        grants.objects(self.finalize, ["s3:AbortMultipartUpload", "s3:GetObject", "s3:DeleteObject"], "staging/*")


class Doors(Group):
    """The functions behind the API."""

    def __init__(self, scope: Construct, kit: FunctionKit, environment: Environment, grants: Grants) -> None:
        super().__init__(scope, "Doors")
        self.authorizer = Function(self, "authorizer", kit, environment=environment.of("authorizer"))
        self.submit = Function(self, "submit", kit, environment=environment.of("submit"))
        self.query = Function(
            self,
            "query",
            kit,
            environment=environment.of("query"),
            layers=("dependencies", "reelwright", "signing"),
        )
        self.endpoints = Function(self, "endpoints", kit, environment=environment.of("endpoints"))
        self.webhook = Function(self, "webhook", kit, environment=environment.of("webhook"))
        self._grant(grants)

    def _grant(self, grants: Grants) -> None:
        grants.get_item(self.authorizer)
        grants.get_item(self.submit)
        grants.query_rows(self.submit)
        grants.write_table(self.submit)
        grants.send_hints(self.submit)
        grants.objects(self.submit, ["s3:PutObject"], "inputs/*")
        grants.get_item(self.query)
        grants.query_rows(self.query)
        grants.query_index(self.query, "by_tenant")
        grants.batch_get(self.query)
        grants.signing(self.query)
        grants.get_item(self.endpoints)
        grants.query_rows(self.endpoints)
        grants.write_rows(self.endpoints, "Put", "Update", "Delete")
        grants.send_deliveries(self.endpoints)
        grants.webhooks(self.endpoints)
        grants.update_item(self.webhook)
        grants.callbacks(self.webhook)


class Workers(Group):
    """The functions that move jobs on: dispatch by hint, sweep by the clock."""

    def __init__(self, scope: Construct, kit: FunctionKit, environment: Environment, grants: Grants) -> None:
        super().__init__(scope, "Workers")
        self.dispatch = Function(self, "dispatch", kit, environment=environment.of("dispatch"))
        self.sweep = Function(self, "sweep", kit, environment=environment.of("sweep"))
        grants.query_rows(self.dispatch)
        grants.query_index(self.dispatch, "waiting")
        grants.query_index(self.sweep, "due", "waiting", "by_tenant")
        for function in (self.dispatch, self.sweep):
            grants.get_item(function)
            grants.write_table(function)
            grants.send_hints(function)
            grants.kling(function)
        grants.batch_get(self.sweep)
        grants.query_rows(self.sweep)
        grants.callbacks(self.dispatch)
        grants.objects(self.dispatch, ["s3:GetObject"], "inputs/*")


class Tellers(Group):
    """The functions that tell others: announce from the outbox, deliver to the tenants' endpoints."""

    def __init__(self, scope: Construct, kit: FunctionKit, environment: Environment, grants: Grants) -> None:
        super().__init__(scope, "Tellers")
        self.announce = Function(self, "announce", kit, environment=environment.of("announce"))
        self.deliver = Function(self, "deliver", kit, environment=environment.of("deliver"))
        grants.query_rows(self.announce)
        grants.query_index(self.announce, "due")
        grants.write_rows(self.announce, "Put", "Update", "Delete")
        grants.publish(self.announce)
        grants.get_item(self.deliver)
        grants.write_rows(self.deliver, "Put")
        grants.webhooks(self.deliver)
        for function in (self.announce, self.deliver):
            grants.send_deliveries(function)
