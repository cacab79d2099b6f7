"""The front: one CloudFront distribution for signed media and for the API."""

from aws_cdk import Annotations, Duration
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.nag import accept
from infra.settings import Settings

_API_PATHS = ("/v1/*", "/webhooks/*", "/health")
_REASONS = {
    "AwsSolutions-CFR1": "Videos are asked for from everywhere; who may watch is decided by signed links.",
    "AwsSolutions-CFR2": "Media need a valid signature and the API has its own throttling; WAF is the owner's choice.",
    "AwsSolutions-CFR3": "Access logs keep query strings and paths: signed links and callback capabilities.",
    "AwsSolutions-CFR4": "The default *.cloudfront.net certificate fixes the floor at TLSv1; an own domain lifts it.",
}


class Front(Construct):
    """`/media/*` from the bucket with links signed by a trusted key; `/v1/*`, callbacks and health from the API."""

    def __init__(
        self,
        scope: Construct,
        settings: Settings,
        *,
        bucket: s3.IBucket,
        api_domain: str,
        public_pems: dict[int, str],
    ) -> None:
        super().__init__(scope, "Front")
        self.public_keys = {
            generation: cloudfront.PublicKey(
                self,
                f"MediaKey{generation}",
                encoded_key=pem,
                comment=f"Signed media links, generation {generation}",
            )
            for generation, pem in public_pems.items()
        }
        group = cloudfront.KeyGroup(self, "Trusted", items=[*self.public_keys.values()])
        self.resource = cloudfront.Distribution(
            self,
            "Resource",
            comment=f"Reelwright {settings.stage}",
            default_behavior=self._media(bucket, group),
            additional_behaviors=dict.fromkeys(_API_PATHS, _api(api_domain)),
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
        )
        accept(self.resource, _REASONS)

    def _media(self, bucket: s3.IBucket, group: cloudfront.KeyGroup) -> cloudfront.BehaviorOptions:
        """Whatever is not the API is media: without a valid signature nothing comes out, whether it exists or not."""
        Annotations.of(self).acknowledge_warning(
            "@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac",
            "The data stack's bucket policy lets this account's distributions read media/.",
        )
        return cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_origin_access_control(bucket),
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_GET_HEAD,
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
            trusted_key_groups=[group],
        )


def _api(domain: str) -> cloudfront.BehaviorOptions:
    return cloudfront.BehaviorOptions(
        origin=origins.HttpOrigin(
            domain,
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            read_timeout=Duration.seconds(30),
        ),
        viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
        cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
        origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        compress=True,
    )
