"""Every command of the line, and in which state of a stage it has something to do."""

from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator

from reelwright.ops.main import parser

CHANGING: dict[str, tuple[str, ...]] = {
    "lane limit LANE 7": (),
    "lane limit main.kling-v3.video 3": (),
    "lane rate LANE 30": (),
    "lane pause LANE": (),
    "lane resume LANE": ("job requeue QUEUED", "lane pause LANE"),
    "lane reset LANE": (),
    "pause all": (),
    "resume all": ("job requeue QUEUED", "pause all"),
    "tenant create zoe --units 50": (),
    "tenant budget acme 7.25": (),
    "tenant caps acme --at-once 3 --weight 2": (),
    "tenant suspend acme": (),
    "tenant resume acme": ("tenant suspend acme",),
    "tenant pause acme": (),
    "tenant unpause acme": ("job requeue QUEUED", "tenant pause acme"),
    "tenant erase acme": ("tenant suspend acme",),
    "key create acme --name ci --days 30": (),
    "key rotate acme KEY": (),
    "key revoke acme KEY": (),
    "webhook rotate acme ENDPOINT": (),
    "webhook test acme ENDPOINT": (),
    "webhook replay acme ENDPOINT": (),
    "webhook disable acme ENDPOINT": (),
    "webhook enable acme ENDPOINT": ("webhook disable acme ENDPOINT",),
    "secrets rotate kling": (),
    "secrets rotate callbacks": (),
    "secrets rotate webhooks": (),
    "secrets rotate media": (),
    "secrets rotate endpoints": (),
    "secrets retire callbacks": ("secrets rotate callbacks", "secrets rotate callbacks"),
    "secrets retire webhooks": ("secrets rotate webhooks", "secrets rotate webhooks"),
    "secrets retire media": ("secrets rotate media",),
    "secrets retire endpoints": ("secrets rotate endpoints", "webhook rotate acme ENDPOINT"),
    "job reconcile JOB": (),
    "job reconcile QUEUED": (),
    "job requeue QUEUED": (),
    "job replay-callback AT_KLING": (),
    "slot release LANE SLOT": (),
    "deadletters redrive": (),
    "deadletters drop": (),
}
"""Commands that change something, each with those that bring the stage where they do."""

READING = (
    *("lane list", "lane show LANE", "slot list", "tenant list", "tenant show acme", "key list acme"),
    *("webhook list acme", "webhook log acme ENDPOINT", "job trace JOB", "trace JOB"),
    *("deadletters list", "deadletters explain", "ledger check --without-kling", "ledger export"),
    *("costs", "audit list"),
)
"""Commands that change nothing but the audit."""

DAYS_SECONDS = 3 * 86_400
"""Enough for every key to be known everywhere and every link to be over."""

WEBHOOK_SECRETS = ("whsec_" + "QUJD" * 8, "whsec_" + "REVG" * 8)
"""What Kling would sign callbacks with next."""


def forgotten() -> list[str]:
    """Leaves of the parser that stand in neither list; one that lets one choose a word is as many."""
    lines = [*CHANGING, *READING]
    return [leaf for leaf in leaves(parser()) if not any(f"{line} ".startswith(f"{leaf} ") for line in lines)]


def leaves(of: ArgumentParser, said: str = "") -> Iterator[str]:
    """All commands of a parser; one that wants a word out of some is as many."""
    groups = [action for action in of._actions if isinstance(action, _SubParsersAction)]  # noqa: SLF001 - argparse has no other way in
    choices = [action.choices for action in of._actions if action.choices and not action.option_strings]  # noqa: SLF001
    if groups:
        for name, below in groups[0].choices.items():
            yield from leaves(below, f"{said} {name}")
    else:
        yield from (f"{said} {word}".strip() for word in (choices[0] if choices else ("",)))
