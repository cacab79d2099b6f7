"""API calls that go wrong: with or without the call's effect, what the caller gets is not the genuine answer."""

from collections.abc import Callable

from tests.simulators.kling.errors import KlingError
from tests.simulators.kling.faults import Rule
from tests.simulators.kling.wire import Answer, Json, html, json_answer, plain, refusal, silence

Act = Callable[[], Answer]
HOLD_SECONDS = 30.0
FAULT_ID = "sim-fault"
# These answer only after the call has had its effect, unless args.accepted says otherwise.
ACCEPTING = frozenset({"accept_then_timeout", "reset", "truncated_json", "empty_envelope"})


def misbehave(rule: Rule, act: Act, defer: Callable[[Json], None]) -> Answer:
    """Return the wrong answer of a rule; `act` performs the call, `defer` lets it happen later."""
    if rule.fault == "late_accept":
        defer(rule.args)
        return failure(str(rule.args.get("answer", "timeout")), rule.args)
    accepted = rule.args.get("accepted", rule.fault in ACCEPTING)
    genuine = act() if accepted else html(200, "nothing happened")
    if rule.fault in {"reset", "truncated_json"}:
        return _cut(rule, genuine)
    return failure(rule.fault, rule.args)


def failure(name: str, args: Json) -> Answer:
    """Return an answer that says nothing about what happened; raises ValueError for an unknown name."""
    wordings: dict[str, Callable[[], Answer]] = {
        "timeout": lambda: _silent(args),
        "accept_then_timeout": lambda: _silent(args),
        "http_500": lambda: _refused(5000),
        "http_502": lambda: html(502, "Bad Gateway"),
        "http_503": lambda: _refused(5001),
        "http_504": lambda: _refused(5002),
        "non_json": lambda: html(200, "One moment, please"),
        "empty_envelope": lambda: json_answer(200, {"code": 0, "message": "SUCCEED", "request_id": FAULT_ID}),
        "raw_answer": lambda: _raw(args),
        "error_code": lambda: _refused(int(args["code"]), str(args.get("message", ""))),
    }
    if name not in wordings:
        raise ValueError(f"{name} is no way to answer")
    return wordings[name]()


def _silent(args: Json) -> Answer:
    """Hold the connection for `args.hold_seconds`, or with `args.close` close it at once."""
    return silence(0.0 if args.get("close") else float(args.get("hold_seconds", HOLD_SECONDS)))


def _refused(code: int, message: str = "") -> Answer:
    return refusal(FAULT_ID, KlingError(code, message))


def _raw(args: Json) -> Answer:
    body = str(args.get("body", "")).encode()
    return plain(int(args.get("status", 200)), str(args.get("content_type", "application/json")), body)


def _cut(rule: Rule, genuine: Answer) -> Answer:
    """Return half of an answer: reset in the middle of the connection, or declared as if it were whole."""
    whole = b"".join(genuine.body)
    if rule.fault == "reset":
        genuine.body, genuine.cut_at = [whole], len(whole) // 2
        return genuine
    half = whole[: len(whole) // 2]
    genuine.body, genuine.length = [half], len(half)
    return genuine
