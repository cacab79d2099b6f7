"""Scripted misbehaviour: rules that say which call, task or download goes wrong, how, and how often."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from tests.simulators.kling.errors import CATALOGUE
from tests.simulators.kling.wire import Json

CALL, TASK, RESULT = "call", "task", "result"
LOOKUP, PAST, SUCCESS, LISTING = "lookup", "lookup past submitted", "lookup of a success", "list"
FAMILIES: Final[dict[str, frozenset[str]]] = {
    CALL: frozenset({
        "accept_then_timeout", "timeout", "late_accept", "reset", "http_500", "http_502", "http_503", "http_504",
        "non_json", "truncated_json", "empty_envelope", "raw_answer", "error_code",
    }),
    TASK: frozenset({
        "callback_none", "callback_late", "callback_doubled", "callback_reversed", "callback_forged",
        "refused", "stuck_processing", "deduction_differs", "takes_seconds",
    }),
    LOOKUP: frozenset({"unknown_status", "task_unknown"}),
    PAST: frozenset({"status_backwards"}),
    SUCCESS: frozenset({"succeed_without_videos", "two_videos", "missing_duration"}),
    LISTING: frozenset({"list_omits"}),
    RESULT: frozenset({
        "result_truncated", "result_oversized", "result_empty", "result_wrong_type", "result_redirect",
        "result_expired", "result_error", "result_slow",
    }),
}  # fmt: skip
NEEDED: Final = {
    "error_code": frozenset({"code"}),
    "takes_seconds": frozenset({"seconds"}),
    "deduction_differs": frozenset({"units"}),
}
SUBSTRING: Final = frozenset({"path", "prompt"})
EXACT: Final = frozenset({"method", "task_id", "external_task_id", "model", "account", "status"})


@dataclass
class Rule:
    """One scripted fault; `times` None means always. `nth` and `every` count the calls that match otherwise."""

    fault: str
    match: Json = field(default_factory=dict)
    times: int | None = 1
    args: Json = field(default_factory=dict)
    seen: int = 0
    used: int = 0

    def fires(self, facts: Mapping[str, str]) -> bool:
        """Count this occasion and say whether the rule acts on it."""
        if not all(self._fits(key, facts.get(key, "")) for key in self.match if key not in {"nth", "every"}):
            return False
        self.seen += 1
        if (self.times is not None and self.used >= self.times) or not self._counted():
            return False
        self.used += 1
        return True

    def _counted(self) -> bool:
        """Say whether the occasion just counted is one of those asked for."""
        nth, every = self.match.get("nth"), self.match.get("every")
        return (nth is None or self.seen == nth) and (every is None or self.seen % every == 0)

    def _fits(self, key: str, value: str) -> bool:
        """Compare one fact: path and prompt by substring, the rest exactly or with shell wildcards."""
        wanted = str(self.match[key])
        return wanted in value if key in SUBSTRING else fnmatchcase(value, wanted)


def read_rule(body: Json) -> Rule:
    """Return the rule in a control request; raises ValueError when it could never do anything."""
    rule = Rule(str(body.get("fault")), dict(body.get("match", {})), body.get("times", 1), dict(body.get("args", {})))
    if not any(rule.fault in names for names in FAMILIES.values()):
        raise ValueError(f"unknown fault {rule.fault}")
    if unknown := set(rule.match) - SUBSTRING - EXACT - {"nth", "every"}:
        raise ValueError(f"unknown match {', '.join(sorted(unknown))}")
    if unknown := set(body) - {"fault", "match", "times", "args"}:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    if missing := NEEDED.get(rule.fault, frozenset()) - set(rule.args):
        raise ValueError(f"{rule.fault} needs args.{', '.join(sorted(missing))}")
    if rule.fault == "error_code" and rule.args.get("code") not in CATALOGUE:
        raise ValueError(f"{rule.args['code']} is not in Kling's table of codes")
    return rule


class FaultBook:
    """The rules in force, oldest first."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def add(self, body: Json) -> Rule:
        """Put a rule into force."""
        self.rules.append(read_rule(body))
        return self.rules[-1]

    def take(self, family: str, facts: Mapping[str, str]) -> list[Rule]:
        """Return the rules of one family that fire on this occasion."""
        return [rule for rule in self.rules if rule.fault in FAMILIES[family] and rule.fires(facts)]

    def first(self, families: Collection[str], facts: Mapping[str, str]) -> Rule | None:
        """Return the oldest rule of these families that fires on this occasion; younger ones do not count it."""
        names = {name for family in families for name in FAMILIES[family]}
        return next((rule for rule in self.rules if rule.fault in names and rule.fires(facts)), None)
