"""The addresses that clients and Kling hold: the API's endpoint, the CDN, and the keys of its signed links."""

from aws_cdk import CfnOutput
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.data_stack import DataStack
from infra.distribution import Front
from infra.function import FunctionKit
from infra.http_api import Api
from infra.packages import Layers, Packages
from infra.settings import Settings
from infra.signing_key import SigningKeys
from infra.stack import Stack


class DeliveryStack(Stack):
    """An API without routes, and the distribution before it."""

    def __init__(self, scope: Construct, settings: Settings, data: DataStack, packages: Packages) -> None:
        super().__init__(scope, "Delivery", settings, "API endpoint, CDN, signing keys", protected=settings.keep_data)
        kit = FunctionKit(settings, packages, Layers(self, packages, settings, ("dependencies", "signing")))
        self.keys = SigningKeys(self, kit, data.secrets.signing)
        self.api = Api(self, settings)
        self.front = Front(
            self,
            settings,
            bucket=self._bucket(data.bucket),
            api_domain=self.api.domain_name,
            public_pems=self.keys.public_pems,
        )
        self._outputs(max(self.keys.public_pems))

    @property
    def base_url(self) -> str:
        """The address of the front."""
        return f"https://{self.front.domain_name}"

    def _bucket(self, bucket: s3.Bucket) -> s3.IBucket:
        """The data stack's bucket, seen from here: its policy stays where the bucket is."""
        return s3.Bucket.from_bucket_attributes(
            self,
            "Media",
            bucket_name=bucket.bucket_name,
            bucket_regional_domain_name=bucket.bucket_regional_domain_name,
        )

    def _outputs(self, newest: int) -> None:
        CfnOutput(self, "ApiId", value=self.api.resource.api_id, description="The HTTP API")
        CfnOutput(self, "ApiUrl", value=f"https://{self.api.domain_name}", description="The API's own endpoint")
        CfnOutput(
            self,
            "CdnDomain",
            value=self.front.resource.distribution_domain_name,
            description="The front: /v1/* is the API, /media/* are signed links",
        )
        CfnOutput(
            self,
            "MediaPublicKey",
            value=self.keys.public_pems[newest],
            description="Public half of the key that signs media links",
        )
