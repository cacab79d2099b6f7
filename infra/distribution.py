"""The front: one CloudFront distribution for signed media and for the API."""

from typing import Any, cast

from aws_cdk import Annotations, CfnResource, Duration
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra import headers
from infra.nag import accept
from infra.settings import GuardSettings, Settings

_API_PATHS = ("/v1/*", "/webhooks/*", "/health")
_REASONS = {
    "AwsSolutions-CFR1": "Videos are asked for from everywhere; who may watch is decided by signed links.",
    "AwsSolutions-CFR3": "Access logs keep query strings and paths: signed links and callback capabilities.",
}
_WITHOUT_WAF = {
    "AwsSolutions-CFR2": "Media need a valid signature and the API has its own throttling; WAF is a setting (waf).",
}
_WITHOUT_DOMAIN = {
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
        self._guards = settings.guards
        self.public_keys = {
            generation: _public_key(self, settings.stage, generation, pem) for generation, pem in public_pems.items()
        }
        group = cloudfront.KeyGroup(
            self, "Trusted", key_group_name=f"reelwright-{settings.stage}-media", items=[*self.public_keys.values()]
        )
        self.resource = cloudfront.Distribution(
            self,
            "Resource",
            comment=f"Reelwright {settings.stage}",
            default_behavior=self._media(bucket, group),
            additional_behaviors=dict.fromkeys(_API_PATHS, self._api(api_domain)),
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            web_acl_id=self._guards.web_acl_arn or None,
            **_own_domain(self, self._guards),
        )
        accept(self.resource, _accepted(self._guards))

    @property
    def domain_name(self) -> str:
        """The host that clients are told: the owner's own where there is one."""
        return self._guards.domain or self.resource.distribution_domain_name

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
            response_headers_policy=headers.policy(self, "MediaHeaders", headers.MEDIA),
            trusted_key_groups=[group],
        )

    def _api(self, domain: str) -> cloudfront.BehaviorOptions:
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
            response_headers_policy=headers.policy(self, "ApiHeaders", headers.API),
            compress=True,
        )


def _public_key(scope: Construct, stage: str, generation: int, pem: str) -> cloudfront.PublicKey:
    """A key whose name and reference hold the stage: CloudFront wants both unique in the account."""
    name = f"reelwright-{stage}-media-{generation}"
    key = cloudfront.PublicKey(
        scope,
        f"MediaKey{generation}",
        public_key_name=name,
        encoded_key=pem,
        comment=f"Signed media links, generation {generation}",
    )
    cast("CfnResource", key.node.default_child).add_property_override("PublicKeyConfig.CallerReference", name)
    return key


def _own_domain(scope: Construct, guards: GuardSettings) -> dict[str, Any]:
    """TLS 1.2 and no less, which only a certificate of one's own (in us-east-1) makes possible."""
    if not guards.domain:
        return {}
    return {
        "domain_names": [guards.domain],
        "certificate": acm.Certificate.from_certificate_arn(scope, "Certificate", guards.certificate_arn),
        "minimum_protocol_version": cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    }


def _accepted(guards: GuardSettings) -> dict[str, str]:
    return _REASONS | ({} if guards.web_acl_arn else _WITHOUT_WAF) | ({} if guards.domain else _WITHOUT_DOMAIN)
