"""Takes any request to the right place: the API, the results, or the control."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate

from tests.simulators.kling.api import VIDEOS, Api
from tests.simulators.kling.faults import RESULT
from tests.simulators.kling.gallery import denied, facts_of, ranged, task_id_of, whole
from tests.simulators.kling.render import Studio
from tests.simulators.kling.results import PREFIX
from tests.simulators.kling.spoiled import hop, spoil
from tests.simulators.kling.task import SUCCEED
from tests.simulators.kling.timeline import Timeline
from tests.simulators.kling.wire import Answer, Json, Request, json_answer

CONTROL = "/_control/"
MAX_CALLS_KEPT = 100_000


@dataclass
class App:
    """One simulated endpoint without its carrier; `lock` guards all state, `wake` says that something was planned."""

    api: Api
    timeline: Timeline
    studio: Studio
    control: Callable[[Request], Answer] = field(default=lambda _: json_answer(404, {"error": "no control"}))
    wake: Callable[[], None] = field(default=lambda: None)
    lock: threading.RLock = field(default_factory=threading.RLock)
    calls: list[Json] = field(default_factory=list)

    def handle(self, request: Request) -> Answer:
        """Return the answer to one request, with the time by which tokens are judged as its Date."""
        answer = self._answer(request)
        answer.headers["Date"] = formatdate(self.api.auth_clock.now_ms() / 1000, usegmt=True)
        self.wake()
        return answer

    def tick(self) -> None:
        """Let everything happen that is due."""
        with self.lock:
            self.timeline.run_due(self.api.clock.now_ms())

    def _answer(self, request: Request) -> Answer:
        if request.path.startswith(CONTROL):
            return self.control(request)
        if request.path.startswith(PREFIX):
            return self._result(request)
        with self.lock:
            self.tick()
            facts = self._facts(request)
            answer, fault = self.api.handle(request, facts)
            self._note(facts, answer, fault)
            return answer

    def _result(self, request: Request) -> Answer:
        """Return a video, or what a rule makes of it; rendering happens outside the lock."""
        with self.lock:
            self.tick()
            task = self.api.engine.store.tasks.get(task_id_of(request.path))
            facts = facts_of(request, task)
            valid = self.api.links.valid(request.path, request.query, self.api.clock.now_ms())
            ready = valid and task is not None and task.status == SUCCEED
            rule = self.api.faults.first([RESULT], facts) if ready and "hop" not in request.query else None
            self.calls.append(facts | {"at_ms": self.api.clock.now_ms(), "fault": rule.fault if rule else ""})
        if not ready or task is None:
            return denied("Request has expired or its signature does not match")
        if (hops := request.query.get("hop", "0")).isdecimal() and int(hops):
            return hop(request, int(hops), request.query.get("to", ""))
        path = self.studio.file(task)
        if rule:
            return spoil(rule, path, request)
        return ranged(path, request.headers["range"]) if "range" in request.headers else whole(path)

    def _facts(self, request: Request) -> dict[str, str]:
        """Return what rules may match on a call: of the task it names, else of its body."""
        body = _lenient(request.body)
        named = ("prompt", "external_task_id", "model_name")
        facts = {name: str(body[name]) for name in named if name in body}
        facts["model"] = facts.pop("model_name", "")
        wanted = request.path.rpartition("/")[2] if request.path.startswith(VIDEOS) else ""
        tasks = self.api.engine.store.tasks.values()
        task = next((task for task in tasks if wanted and wanted in {task.task_id, task.external_id}), None)
        return facts | (task.facts() if task else {}) | {"method": request.method, "path": request.path}

    def _note(self, facts: dict[str, str], answer: Answer, fault: str) -> None:
        """Remember a call for the control's accounts."""
        del self.calls[: -MAX_CALLS_KEPT + 1]
        at_ms = self.api.clock.now_ms()
        self.calls.append(facts | {"at_ms": at_ms, "http_status": answer.status, "fault": fault})


def _lenient(body: bytes) -> Json:
    """Return the body as an object, empty when it is none."""
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
