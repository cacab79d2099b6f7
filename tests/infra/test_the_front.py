"""What stands between the internet and the API: web ACL, security headers, the floor of TLS."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.choices import ImpossibleChoiceError
from infra.firewall import CALLBACKS
from local.stage import Stage
from tests.infra.synthesis import synthesize


def _distribution(stage: Stage) -> dict[str, Any]:
    config: dict[str, Any] = stage.one("AWS::CloudFront::Distribution")["DistributionConfig"]
    return config


def _rules(stage: Stage) -> dict[str, dict[str, Any]]:
    return {rule["Name"]: rule for rule in stage.one("AWS::WAFv2::WebACL")["Rules"]}


def test_prod_is_behind_a_web_acl_of_us_east_1(prod: Stage) -> None:
    """CloudFront looks for its ACLs nowhere else; the front waits for the stack and reads its output from there."""
    artifacts = json.loads((prod.folder / "manifest.json").read_text())["artifacts"]
    assert artifacts["Firewall"]["environment"].endswith("/us-east-1")
    assert "Firewall" in artifacts["Delivery"]["dependencies"]
    assert prod.one("AWS::WAFv2::WebACL")["Scope"] == "CLOUDFRONT"
    assert _distribution(prod)["WebACLId"]["Fn::GetStackOutput"] == {
        "StackName": "reelwright-prod-firewall",
        "OutputName": "WebAclArn",
        "Region": "us-east-1",
    }


def test_an_acl_of_the_owners_takes_the_place_of_ours(packages: Path, tmp_path: Path) -> None:
    """Where a security team manages one, no second one is made."""
    arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/central/473e64fd-f30b-4765-81a0-62ad96dd167a"
    stage = synthesize("prod", packages, tmp_path, web_acl_arn=arn)
    assert _distribution(stage)["WebACLId"] == arn
    assert not stage.resources("AWS::WAFv2::WebACL")


def test_managed_rules_block_and_leave_callbacks_alone(prod: Stage) -> None:
    """Three groups of Amazon's; none of them looks at a callback."""
    groups = {name: rule for name, rule in _rules(prod).items() if name.startswith("AWSManagedRules")}
    assert {name.removeprefix("AWSManagedRules") for name in groups} == {
        "AmazonIpReputationList",
        "KnownBadInputsRuleSet",
        "CommonRuleSet",
    }
    for rule in groups.values():
        assert rule["OverrideAction"] == {"None": {}}
        scope = rule["Statement"]["ManagedRuleGroupStatement"]["ScopeDownStatement"]
        matched = scope["NotStatement"]["Statement"]["ByteMatchStatement"]
        assert (matched["PositionalConstraint"], matched["SearchString"]) == ("STARTS_WITH", CALLBACKS)


def test_large_and_free_bodies_are_not_blocked(prod: Stage) -> None:
    """Inline images are megabytes and prompts may quote HTML: the common rules on bodies only count."""
    group = _rules(prod)["AWSManagedRulesCommonRuleSet"]["Statement"]["ManagedRuleGroupStatement"]
    counted = {one["Name"] for one in group["RuleActionOverrides"] if one["ActionToUse"] == {"Count": {}}}
    bodies = {"SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY"}
    assert bodies | {"EC2MetaDataSSRF_BODY"} <= counted


def test_an_address_has_a_rate_and_is_told_so_in_our_words(prod: Stage) -> None:
    """429 with a problem document; callbacks have a lower rate of their own."""
    rules = _rules(prod)
    for name in ("AddressRate", "CallbackRate"):
        block = rules[name]["Action"]["Block"]["CustomResponse"]
        body = json.loads(
            prod.one("AWS::WAFv2::WebACL")["CustomResponseBodies"][block["CustomResponseBodyKey"]]["Content"]
        )
        assert (block["ResponseCode"], body["status"], body["code"]) == (429, 429, "too_many_requests")
    rates = {name: rules[name]["Statement"]["RateBasedStatement"] for name in ("AddressRate", "CallbackRate")}
    assert rates["CallbackRate"]["Limit"] < rates["AddressRate"]["Limit"]
    assert "ScopeDownStatement" not in rates["AddressRate"]


def test_the_firewall_keeps_no_samples(prod: Stage) -> None:
    """A sampled request shows its key, its callback path or its signed query."""
    acl = prod.one("AWS::WAFv2::WebACL")
    seen = [acl["VisibilityConfig"], *(rule["VisibilityConfig"] for rule in acl["Rules"])]
    assert {one["SampledRequestsEnabled"] for one in seen} == {False}


def test_every_answer_carries_security_headers(stage: Stage) -> None:
    """Each behavior has a policy that overrides what the origin said."""
    config = _distribution(stage)
    behaviors = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    policies = stage.resources("AWS::CloudFront::ResponseHeadersPolicy")
    for behavior in behaviors:
        told = policies[behavior["ResponseHeadersPolicyId"]["Ref"]]["Properties"]["ResponseHeadersPolicyConfig"]
        headers = told["SecurityHeadersConfig"]
        assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31_536_000
        assert headers["FrameOptions"]["FrameOption"] == "DENY"
        assert headers["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer"
        assert headers["ContentSecurityPolicy"]["ContentSecurityPolicy"].startswith("default-src 'none'")
        assert all(header["Override"] for header in headers.values())


def test_plain_http_reaches_nothing(stage: Stage) -> None:
    """The API refuses it, for a key has then been sent in clear; media are redirected."""
    config = _distribution(stage)
    assert {behavior["ViewerProtocolPolicy"] for behavior in config["CacheBehaviors"]} == {"https-only"}
    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    (api,) = [one["CustomOriginConfig"] for one in config["Origins"] if "CustomOriginConfig" in one]
    assert (api["OriginProtocolPolicy"], api["OriginSSLProtocols"]) == ("https-only", ["TLSv1.2"])


def test_an_own_domain_lifts_the_floor_of_tls(guarded: Stage) -> None:
    """TLS 1.2 and later, and links and callbacks name that domain."""
    config = _distribution(guarded)
    assert config["Aliases"] == ["video.example.com"]
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert guarded.functions()["query"]["Environment"]["Variables"]["MEDIA_BASE_URL"] == "https://video.example.com"


def test_a_domain_needs_its_certificate(packages: Path, tmp_path: Path) -> None:
    """Half of the pair would deploy with the weak floor, or not at all."""
    with pytest.raises(Exception, match="go together") as raised:
        synthesize("dev", packages, tmp_path, domain="video.example.com")
    assert isinstance(raised.value, ImpossibleChoiceError)


def test_a_switch_is_on_or_off(packages: Path, tmp_path: Path) -> None:
    """`-c waf=false` must not mean on."""
    with pytest.raises(Exception, match="'on' or 'off'") as raised:
        synthesize("prod", packages, tmp_path, waf="false")
    assert isinstance(raised.value, ImpossibleChoiceError)


def test_names_that_an_account_has_once_hold_the_stage(stage: Stage) -> None:
    """Two stages in one account do not take each other's CDN keys."""
    for key in stage.resources("AWS::CloudFront::PublicKey").values():
        config = key["Properties"]["PublicKeyConfig"]
        assert stage.name in config["Name"]
        assert stage.name in config["CallerReference"]
    for group in stage.resources("AWS::CloudFront::KeyGroup").values():
        assert stage.name in group["Properties"]["KeyGroupConfig"]["Name"]
