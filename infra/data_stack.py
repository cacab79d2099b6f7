"""What must outlive every deployment: the table, the media and the secrets."""

from aws_cdk import CfnOutput
from constructs import Construct

from infra.media_bucket import MediaBucket
from infra.own_key import OwnKey
from infra.secrets import Secrets
from infra.settings import Settings
from infra.stack import Stack
from infra.table import Table


class DataStack(Stack):
    """The stateful part."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Data", settings, "table, media bucket and secrets", protected=settings.keep_data)
        self.table = Table(self, settings).resource
        self.bucket = MediaBucket(self, settings).resource
        self.secrets = Secrets(self, settings)
        self.own_key = OwnKey(self, settings).resource if settings.guards.own_key else None
        self._outputs()

    def _outputs(self) -> None:
        secrets = self.secrets
        CfnOutput(self, "TableName", value=self.table.table_name, description="The one table")
        CfnOutput(self, "BucketName", value=self.bucket.bucket_name, description="Finished media, inputs, staging")
        CfnOutput(self, "BucketArn", value=self.bucket.bucket_arn, description="The same bucket, for policies")
        CfnOutput(self, "KlingSecretArn", value=secrets.kling.secret_arn, description="Fill in Kling's key pair here")
        CfnOutput(self, "CallbacksSecretArn", value=secrets.callbacks.secret_arn, description="Callback keys")
        CfnOutput(self, "WebhooksSecretArn", value=secrets.webhooks.secret_arn, description="Master of webhook secrets")
        CfnOutput(self, "MediaSecretArns", value=secrets.signing_arns, description="Private keys of media links")
