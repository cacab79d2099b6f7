"""Alarms reach somebody, under names that tell pages and stages apart."""

import re

from local.figures.bells import bells, parts
from local.stage import Stage
from tests.infra.synthesis import ROOT


def test_names_that_an_account_has_once_hold_the_stage(stage: Stage) -> None:
    """Two stages in one account do not take each other's alarms or dashboards."""
    for kind, name in (
        ("AWS::CloudWatch::CompositeAlarm", "AlarmName"),
        ("AWS::CloudWatch::Dashboard", "DashboardName"),
    ):
        for one in stage.resources(kind).values():
            assert one["Properties"][name].startswith(f"reelwright-{stage.name}-")


def test_pages_can_be_told_from_the_rest_by_name(prod: Stage) -> None:
    """The filter of docs/observability.md fits the page and the alarm that pages by itself, and no other name."""
    page = (ROOT / "docs" / "observability.md").read_text().replace("<stage>", prod.name)
    prefixes = re.findall(r'"prefix": "([^"]+)"', page)
    plain = [f"reelwright-{prod.name}-observability-{bell.logical_id}" for bell in bells(prod).values()]
    named = [one["Properties"]["AlarmName"] for one in prod.resources("AWS::CloudWatch::CompositeAlarm").values()]
    fitting = [name for name in (*plain, *named) if name.startswith(tuple(prefixes))]
    assert len(prefixes) == len(fitting) == 2


def test_every_alarm_reaches_somebody(prod: Stage) -> None:
    """By itself, or as a part of the page; and exactly one composite tells anybody."""
    composites = [one["Properties"] for one in prod.resources("AWS::CloudWatch::CompositeAlarm").values()]
    (page,) = [one for one in composites if one.get("AlarmActions")]
    for name, bell in bells(prod).items():
        assert bool(bell.properties.get("AlarmActions")) is not (name in parts(page["AlarmRule"]))


def test_an_e_mail_is_told_where_the_setting_names_one(boundary: Stage) -> None:
    """The subscription has to be confirmed by its owner."""
    assert boundary.one("AWS::SNS::Subscription")["Endpoint"] == "night@example.com"
