"""The catalogue of metrics: every name that the code may count, with its unit, its one dimension and its meaning.

Dashboards, alarms and tests read it. The functions do not: they write the names out, so that no cold start pays for
this list, and a test holds the two together.
"""

from dataclasses import dataclass
from typing import Final, Literal

Unit = Literal["Count", "Seconds", "Milliseconds", "Bytes", "None"]
"""CloudWatch's word for what is measured; `None` is for money."""

NAMESPACE: Final = "Reelwright"


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. Each dimension is a series more for every value of it, and each series is billed by the month."""

    name: str
    unit: Unit
    meaning: str
    dimension: str = ""


BUSINESS: Final = (
    Metric("Admitted", "Count", "jobs that were admitted, their hold written"),
    Metric("RequestRefused", "Count", "requests that were answered with a problem, by its code", "reason"),
    Metric("Canceled", "Count", "jobs that their tenants canceled while they waited"),
    Metric("Expired", "Count", "jobs that waited longer than they were allowed to"),
    Metric("Succeeded", "Count", "jobs whose video is in the bucket, verified"),
    Metric("Failed", "Count", "jobs that ended without a video, by the code that the client sees", "reason"),
    Metric("VideoSeconds", "Seconds", "finished video"),
    Metric("UnitsHeld", "Count", "video units held at admission"),
    Metric("UnitsCaptured", "Count", "video units that Kling deducted, or the estimate where it does not say"),
    Metric("UsdCaptured", "None", "the same in US dollars at list price"),
    Metric("LedgerDrift", "Count", "differences between balances, holds, entries and jobs"),
)

PIPELINE: Final = (
    Metric("OldestWaitingSeconds", "Seconds", "how long the oldest of the tenants' next jobs has waited", "lane"),
    Metric("WaitedSeconds", "Seconds", "from admission to Kling's acceptance"),
    Metric("SlotsInUse", "Count", "leased slots", "lane"),
    Metric("SlotsTotal", "Count", "slots that the lane may use now", "lane"),
    Metric("ClaimLost", "Count", "claims that somebody else won, or that met a full lane"),
    Metric("Discovered", "Count", "ends of tasks, by what led us to them: callback, poll, sweep, submit", "by"),
    Metric("FinalizeMilliseconds", "Milliseconds", "from the truth about a task to its job's success"),
    Metric("ResultBytes", "Bytes", "stored for a job: video and cover"),
    Metric("CopyFailed", "Count", "copies of results that came to nothing and will be tried again"),
    Metric("Rerun", "Count", "jobs queued again after Kling failed them"),
    Metric("Repaired", "Count", "repairs by kind: Hint, Submission, Execution, Slot, Hold, Event", "kind"),
    Metric("RepairFailed", "Count", "whatever was not repaired this time; rows that sweep or dispatch cannot read"),
    Metric("Swept", "Count", "sweeps that came to their end: the heart beat of the safety net"),
    Metric("ForecastFailed", "Count", "sweeps that could not say when waiting jobs will be done"),
    Metric("ObservationFailed", "Count", "sweeps that could not look at lanes or at Kling's credit"),
    Metric(
        "HintLost", "Count", "hints that could not be sent; the minute's sweep, or that of announce, sends them again"
    ),
    Metric("StartLost", "Count", "executions that could not be started; the sweep starts them again"),
    Metric("TokenStale", "Count", "task tokens that nobody awaited any more"),
    Metric("TokenInvalid", "Count", "task tokens that the state machine did not know"),
)

TELLING: Final = (
    Metric("OutboxAgeSeconds", "Seconds", "how long the oldest unpublished event has waited; told every minute"),
    Metric("EventsPublished", "Count", "events that the bus took, their deliveries begun"),
    Metric("PublishFailed", "Count", "events that the bus did not take; they stay in the outbox"),
    Metric("WebhookTried", "Count", "tries of deliveries to tenants' endpoints, by what came of them", "outcome"),
    Metric("WebhookMilliseconds", "Milliseconds", "from an event, or the wish to send it again, to the endpoint's 2xx"),
    Metric("WebhookGivenUp", "Count", "deliveries without tries left, or with an endpoint or a row of no use"),
    Metric("EndpointDisabled", "Count", "endpoints that were disabled by us: gone, failing", "reason"),
)

PROVIDER: Final = (
    Metric("Submitted", "Count", "tasks that Kling accepted"),
    Metric("SubmitMilliseconds", "Milliseconds", "how long a create took, whatever came of it"),
    Metric("GenerationSeconds", "Seconds", "from Kling's acceptance to the end that we saw, by model", "model"),
    Metric("Refused", "Count", "jobs that Kling refused at submission"),
    Metric("SubmitUnknown", "Count", "creates of which it is not known whether Kling took them"),
    Metric("UnknownEnded", "Count", "how unknown creates ended: adopted, resent, lost", "outcome"),
    Metric("SubmissionResumed", "Count", "submissions that went on after their sender had died or did not know"),
    Metric("ProviderLost", "Count", "tasks of which Kling never told an end"),
    Metric("OverCapacity", "Count", "creates refused for want of a slot (1303)"),
    Metric("RateLimited", "Count", "creates refused for their pace (1302)"),
    Metric("AccountBlocked", "Count", "creates refused for what only an operator can change"),
    Metric("Unreachable", "Count", "creates that surely never reached Kling"),
    Metric("LookUpFailed", "Count", "look-ups of tasks that Kling did not answer"),
    Metric("CreditUnknown", "Count", "times that Kling did not tell its credit: the pulse that it should have"),
    Metric("BreakerOpened", "Count", "lanes that stopped because an operator must act"),
    Metric("BreakerClosed", "Count", "lanes that went on"),
    Metric("BreakerOpen", "Count", "1 while a lane's breaker is open, else 0", "lane"),
    Metric("CallbackReceived", "Count", "callbacks that claimed an end"),
    Metric("CallbackForged", "Count", "callbacks to addresses that we did not make"),
    Metric("KlingCreditUnits", "Count", "units left in Kling's packs, known to lag by up to twelve hours", "account"),
)

CATALOGUE: Final = {metric.name: metric for metric in (*BUSINESS, *PIPELINE, *TELLING, *PROVIDER)}
