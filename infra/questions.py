"""Saved queries of Logs Insights, named `Reelwright/<stage>/<Area>/<Question>`.

Values of metrics are lists in the log's lines, hence the `.0`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.function import Function
from infra.settings import Settings


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the logs of some functions, or of all of them where none is named."""

    area: str
    words: str
    clauses: tuple[str, ...]
    asked: tuple[str, ...] = ()


NEWEST: Final = ("sort @timestamp desc", "limit 200")

QUESTIONS: Final = (
    Question(
        "Job",
        "What happened to one job",
        (
            'filter job_id = "job_PUT_THE_ID_HERE"',
            "sort @timestamp asc",
            "display @timestamp, level, message, @log, @message",
        ),
    ),
    Question(
        "Job",
        "Which request made which job",
        ("filter ispresent(Admitted.0)", "display @timestamp, job_id, request_id, model", *NEWEST),
        ("submit",),
    ),
    Question(
        "Job",
        "Which jobs failed and why",
        ("filter ispresent(Failed.0)", "display @timestamp, job_id, reason, model", *NEWEST),
        ("finalize", "poll", "dispatch"),
    ),
    Question(
        "Provider",
        "What does Kling refuse",
        (
            'filter message = "not created"',
            "stats count(*) as times by reason, provider_code, bin(1h)",
            "sort times desc",
        ),
        ("dispatch",),
    ),
    Question(
        "Provider",
        "Which creates have an unknown outcome",
        (
            "filter ispresent(SubmitUnknown.0) or ispresent(UnknownEnded.0)",
            "display @timestamp, job_id, code, outcome",
            *NEWEST,
        ),
        ("dispatch",),
    ),
    Question(
        "Provider",
        "How long does each model take",
        (
            "filter ispresent(GenerationSeconds.0)",
            "stats pct(GenerationSeconds.0, 50) as p50, pct(GenerationSeconds.0, 99) as p99 by model",
        ),
        ("finalize",),
    ),
    Question(
        "Pipeline",
        "What was repaired",
        ('filter message = "repaired"', "display @timestamp, kind, job_id", *NEWEST),
        ("sweep", "announce"),
    ),
    Question(
        "Pipeline",
        "Which copies failed",
        ('filter message = "copy failed"', "display @timestamp, job_id, reason, failures", *NEWEST),
        ("finalize",),
    ),
    Question(
        "Pipeline",
        "What went wrong",
        (
            'filter level in ["WARNING", "ERROR", "CRITICAL"]',
            "stats count(*) as times by message, reason, @log",
            "sort times desc",
        ),
    ),
    Question(
        "Money",
        "Which books do not agree",
        ('filter message = "ledger drift"', "display @timestamp, kind, tenant, subject, expected, found", *NEWEST),
        ("sweep",),
    ),
)


class Questions(Construct):
    """One saved query for each question."""

    def __init__(self, scope: Construct, settings: Settings, functions: Mapping[str, Function]) -> None:
        super().__init__(scope, "Questions")
        for one in QUESTIONS:
            logs.CfnQueryDefinition(
                self,
                "".join(word.capitalize() for word in one.words.split()),
                name=f"Reelwright/{settings.stage}/{one.area}/{one.words}",
                query_string=" | ".join(one.clauses),
                log_group_names=[functions[name].log_group.log_group_name for name in one.asked or functions],
            )
