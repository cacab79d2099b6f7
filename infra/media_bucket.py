"""The bucket of finished media. Keys never change their content, so there are no versions."""

from aws_cdk import Aws, Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.nag import accept
from infra.settings import Settings

_NO_ACCESS_LOGS = (
    "Reads come through CloudFront with links that expire, writes from the pipeline's roles; CloudTrail data events "
    "record both without signed query strings, which server access logs would keep."
)


class MediaBucket(Construct):
    """Private, encrypted, TLS only; `inputs/` and `staging/` empty themselves."""

    def __init__(self, scope: Construct, settings: Settings) -> None:
        super().__init__(scope, "Media")
        self.resource = s3.Bucket(
            self,
            "Resource",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            versioned=False,
            lifecycle_rules=_lifecycle(),
            removal_policy=RemovalPolicy.RETAIN if settings.keep_data else RemovalPolicy.DESTROY,
            auto_delete_objects=settings.empty_bucket_on_destroy,
        )
        self._let_cloudfront_read()
        accept(self.resource, {"AwsSolutions-S1": _NO_ACCESS_LOGS})

    def _let_cloudfront_read(self) -> None:
        """Open `media/` to this account's distributions; their stack is younger, so its id cannot stand here."""
        self.resource.add_to_resource_policy(
            iam.PolicyStatement(
                sid="CloudFrontReadsMedia",
                principals=[iam.ServicePrincipal("cloudfront.amazonaws.com")],
                actions=["s3:GetObject"],
                resources=[self.resource.arn_for_objects("media/*")],
                conditions={
                    "StringEquals": {"AWS:SourceAccount": Aws.ACCOUNT_ID},
                    "ArnLike": {
                        "AWS:SourceArn": f"arn:{Aws.PARTITION}:cloudfront::{Aws.ACCOUNT_ID}:distribution/*",
                    },
                },
            )
        )


def _lifecycle() -> list[s3.LifecycleRule]:
    return [
        s3.LifecycleRule(id="AbortUnfinishedUploads", abort_incomplete_multipart_upload_after=Duration.days(1)),
        s3.LifecycleRule(id="ExpireInputs", prefix="inputs/", expiration=Duration.days(7)),
        s3.LifecycleRule(id="ExpireStaging", prefix="staging/", expiration=Duration.days(1)),
    ]
