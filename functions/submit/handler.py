"""Calls that make something: videos, estimates, cancellations."""

from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from reelwright.api.answers import answer, render
from reelwright.api.auth import caller
from reelwright.api.idempotency import key_hash
from reelwright.api.identifiers import video_id as checked
from reelwright.api.reading import read
from reelwright.api.resolver import resolver
from reelwright.api.retry import retry_after
from reelwright.api.routes import WRITE
from reelwright.api.views import money, video
from reelwright.api.wish import command, generation, images
from reelwright.composition import submit as parts
from reelwright.domain.generation import Generation
from reelwright.domain.job import Job
from reelwright.observability import logger, metrics
from reelwright.tracing import traced

app = resolver()


@app.post("/v1/videos")
def submit_video() -> Response[Any]:
    """202 with the job, or the first answer again when the Idempotency-Key is known."""
    event = app.current_event.raw_event
    who, key, reading = caller(event, WRITE), key_hash(app.current_event.headers), read(event)
    use_case = parts.submit_video()
    waits: dict[str, str] = {}

    def rendered(job: Job, asked: Generation) -> str:
        waits.update(retry_after(job, use_case.clock.now_ms()))
        return render(video(job, asked))

    result = use_case.submit(command(who.tenant, reading, key, rendered))
    replay = {"Idempotent-Replayed": "true"} if result.replayed else {}
    headers = {"Location": f"/v1/videos/{result.job_id}", "Retry-After": "5"} | waits | replay
    return answer(result.answer, status=202, headers=headers)


@app.post("/v1/estimates")
def estimate_video() -> Response[Any]:
    """What the same body would cost; nothing is created."""
    event = app.current_event.raw_event
    caller(event, WRITE)
    request = read(event).request
    plan = parts.submit_video().estimate(generation(request, images(request)))
    decided = {"model": request.model, "mode": plan.mode, "aspect_ratio": plan.aspect_ratio}
    return answer({**decided, "cost": money(plan.units), "typical_seconds": plan.typical_seconds})


@app.post("/v1/videos/<video_id>/cancel")
def cancel_video(video_id: str) -> Response[Any]:
    """The canceled job, its hold released."""
    who = caller(app.current_event.raw_event, WRITE)
    job, asked = parts.cancel_video().cancel(who.tenant, checked(video_id))
    return answer(video(job, asked))


@traced
@metrics.log_metrics
@logger.inject_lambda_context(clear_state=True, correlation_id_path="requestContext.requestId")
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one HTTP request."""
    metrics.add_metadata("request_id", event["requestContext"]["requestId"])  # leads from the access log to the job
    return app.resolve(event, context)
