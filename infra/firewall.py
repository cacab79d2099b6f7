"""The web ACL before CloudFront: Amazon's managed rules, and a rate for each address.

Callbacks pass the managed rules by: a wrongly blocked one would cost its job minutes, and what comes to an unknown
capability is refused anyway. Rules that read bodies only count, for prompts are free text and images are large.
"""

import json

from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.settings import GuardSettings

CALLBACKS = "/webhooks/"
GROUPS = {
    "AWSManagedRulesAmazonIpReputationList": (),
    "AWSManagedRulesKnownBadInputsRuleSet": (),
    "AWSManagedRulesCommonRuleSet": (
        *("SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY"),
        *("EC2MetaDataSSRF_BODY", "NoUserAgent_HEADER"),
    ),
}
"""Each managed rule group with those of its rules that only count."""

_WINDOW_SECONDS = 300
_TOO_MANY = {
    "type": "/v1/openapi.json#/x-problems/too_many_requests",
    "title": "Too many requests",
    "status": 429,
    "code": "too_many_requests",
    "detail": "Too many requests from this address within five minutes.",
    "retryable": True,
}

_Rule = waf.CfnWebACL.RuleProperty
_Statement = waf.CfnWebACL.StatementProperty


class Firewall(Construct):
    """A web ACL of CloudFront's scope, which exists in us-east-1 only."""

    def __init__(self, scope: Construct, guards: GuardSettings) -> None:
        super().__init__(scope, "Firewall")
        self.resource = waf.CfnWebACL(
            self,
            "Resource",
            scope="CLOUDFRONT",
            default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
            description="Managed rules and a rate by address before the front",
            custom_response_bodies={
                "TooMany": waf.CfnWebACL.CustomResponseBodyProperty(
                    content=json.dumps(_TOO_MANY), content_type="APPLICATION_JSON"
                )
            },
            rules=[
                _rate("AddressRate", 0, guards.requests_per_address, None),
                _rate("CallbackRate", 1, guards.callbacks_per_address, _callbacks()),
                *(_managed(name, number) for number, name in enumerate(GROUPS, start=2)),
            ],
            visibility_config=_seen("Firewall"),
        )


def _managed(name: str, priority: int) -> _Rule:
    counts = waf.CfnWebACL.RuleActionProperty(count={})
    group = waf.CfnWebACL.ManagedRuleGroupStatementProperty(
        vendor_name="AWS",
        name=name,
        scope_down_statement=_Statement(not_statement=waf.CfnWebACL.NotStatementProperty(statement=_callbacks())),
        rule_action_overrides=[
            waf.CfnWebACL.RuleActionOverrideProperty(name=rule, action_to_use=counts) for rule in GROUPS[name]
        ],
    )
    return _Rule(
        name=name,
        priority=priority,
        override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
        statement=_Statement(managed_rule_group_statement=group),
        visibility_config=_seen(name),
    )


def _rate(name: str, priority: int, limit: int, only: _Statement | None) -> _Rule:
    """429 with a problem document for an address beyond `limit` requests in five minutes."""
    refusal = waf.CfnWebACL.CustomResponseProperty(
        response_code=429,
        custom_response_body_key="TooMany",
        response_headers=[waf.CfnWebACL.CustomHTTPHeaderProperty(name="Retry-After", value="60")],
    )
    return _Rule(
        name=name,
        priority=priority,
        action=waf.CfnWebACL.RuleActionProperty(block=waf.CfnWebACL.BlockActionProperty(custom_response=refusal)),
        statement=_Statement(
            rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                aggregate_key_type="IP",
                limit=limit,
                evaluation_window_sec=_WINDOW_SECONDS,
                scope_down_statement=only,
            )
        ),
        visibility_config=_seen(name),
    )


def _callbacks() -> _Statement:
    return _Statement(
        byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
            positional_constraint="STARTS_WITH",
            search_string=CALLBACKS,
            text_transformations=[waf.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")],
        )
    )


def _seen(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    """Counted, but no samples: they would show keys, callback paths and signed links."""
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )
