"""Which trace a job is follows from its id alone."""

import hashlib
from typing import Final

from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import SpanContext, TraceFlags

_ULID_TIME: Final = "0123456789abcdefghjkmnpqrstvwxyz"


def job_context(job_id: str) -> SpanContext:
    """The trace of a job and the root of it. The id begins with the second of admission, which X-Ray asks for."""
    digest = hashlib.sha256(job_id.encode()).digest()
    second = _second(job_id).to_bytes(4, "big")
    trace, span = int.from_bytes(second + digest[:12], "big"), int.from_bytes(digest[12:20], "big")
    return SpanContext(trace, span, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))


def _second(job_id: str) -> int:
    """Of the time that the id begins with; 1 for an id of another shape."""
    milliseconds = 0
    for character in job_id.partition("_")[2][:10]:
        milliseconds = milliseconds << 5 | max(_ULID_TIME.find(character), 0)
    return milliseconds // 1000 & 0xFFFFFFFF or 1


class JobIds(RandomIdGenerator):
    """Chance, except where a job's root is wanted."""

    wanted: SpanContext | None = None

    def generate_trace_id(self) -> int:
        """See `IdGenerator`."""
        return self.wanted.trace_id if self.wanted else super().generate_trace_id()

    def generate_span_id(self) -> int:
        """See `IdGenerator`."""
        return self.wanted.span_id if self.wanted else super().generate_span_id()
