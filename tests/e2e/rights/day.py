"""A day on which everybody does all that can be done: what each role is for is then asked of IAM at least once."""

import base64
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from local import aws
from local.watch import until
from tests.e2e.orders import order
from tests.e2e.rights import services
from tests.e2e.rights.means import SECONDS, Means, renew
from tests.e2e.rights.owners import clocks

COOLING_SECONDS = 2
MISHAPS = 2
"""How many dead letters there are of each kind at the end of the day."""

SILENT = "a day without callbacks"
STUCK = "a day without an end"
IMAGE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\x00\x00\x00"
"""The head of a PNG, which is all that anybody looks at here."""


class Day(Means):
    """Lived once, by a tenant of the day's own."""

    def live(self) -> None:
        """Everything at once, as far as it can be."""
        parts = (self._films, self._silent_film, self._lost_film, self._hooks, self._repairs, self._large_film)
        self._mishaps()
        with ThreadPoolExecutor(len(parts)) as pool:
            for done in [pool.submit(part) for part in parts]:
                done.result()
        self._cancel()
        self._late_delivery()
        self._busy_lane()
        self.invoke("sweep", {"check": "ledger"})
        self._credit()
        self._dead_letters()

    def _films(self) -> None:
        """From an image in the body, by callback, to a signed link; the same request twice."""
        image = base64.b64encode(IMAGE).decode()
        wish = {"type": "image_to_video", "model": "kling-v2-6", "prompt": "run", "image": image, "duration": 5}
        headers = {"Idempotency-Key": self.tenant}
        job = self.ok("POST", "/v1/videos", wish, headers)
        self.ok("POST", "/v1/videos", wish, headers)
        self.ok("POST", "/v1/estimates", order("what would it cost"))
        self.end_of(job)
        for path in ("/v1/videos", "/v1/usage", "/v1/models"):
            self.ok("GET", path)

    def _silent_film(self) -> None:
        """Its end is found by asking."""
        self.fault("callback_none", SILENT)
        self.end_of(self.ok("POST", "/v1/videos", order(SILENT)))

    def _hooks(self) -> None:
        """Every call about webhooks; nobody takes the messages."""
        made = self.ok("POST", "/v1/webhooks", {"url": f"{self.deployment.kling.base_url}/nobody"})
        at = f"/v1/webhooks/{made['id']}"
        tried = self.ok("POST", f"{at}/test")
        self.ok("PATCH", at, {"description": "the day's"})
        self.ok("POST", f"{at}/secret", {})
        self.ok("POST", f"{at}/deliveries/{tried['id']}/replay")
        for path in ("/v1/webhooks", at, f"{at}/deliveries"):
            self.ok("GET", path)
        other = self.ok("POST", "/v1/webhooks", {"url": f"{self.deployment.kling.base_url}/gone"})
        self.ok("DELETE", f"/v1/webhooks/{other['id']}")

    def _repairs(self) -> None:
        """What the clock wakes."""
        self.invoke("sweep", {})
        self.invoke("announce", {"repair": True})

    def _large_film(self) -> None:
        """One of a quarter of a gigabyte would take a minute here."""
        services.stage_results(self.deployment)

    def _mishaps(self) -> None:
        """Schedules call what they should and what they may not; functions fail at what nobody waits for."""
        for clock in clocks(self.deployment):
            services.fire(self.deployment, clock)
            services.mislead(self.deployment, clock)
        for function in ("sweep", "announce"):
            services.fail(self.deployment, function)

    def _dead_letters(self) -> None:
        """What became of the mishaps: of a call and of a schedule's."""
        for name in ("SweepDeadLettersUrl", "AnnounceDeadLettersUrl"):
            until(partial(self.messages, self.deployment.outputs[name]), MISHAPS.__le__, SECONDS)

    def _credit(self) -> None:
        """Kling is asked what is left in one minute of five; for once, in this one."""
        renew(self.deployment, "sweep", KLING_CREDIT_MINUTES="1")
        self.invoke("sweep", {})
        renew(self.deployment, "sweep", KLING_CREDIT_MINUTES="5")

    def _cancel(self) -> None:
        """Paused, a tenant's job stays queued, so that it can be called back."""
        self.put(f"TENANT#{self.tenant}", "TENANT", paused=True)
        job = self.ok("POST", "/v1/videos", order("never mind"))
        self.invoke("sweep", {})
        self.ok("POST", f"/v1/videos/{job['id']}/cancel")
        self.put(f"TENANT#{self.tenant}", "TENANT", paused=False)

    def _late_delivery(self) -> None:
        """A delivery whose time came and whose message did not."""
        (endpoint,) = self.ok("GET", "/v1/webhooks")["webhooks"]
        late = self.ok("GET", f"/v1/webhooks/{endpoint['id']}/deliveries")["deliveries"][-1]
        self.outdate(f"ENDPOINT#{endpoint['id']}", f"DELIVERY#{late['id']}", due_ms=1)
        self.invoke("announce", {"repair": True})

    def _lost_film(self) -> None:
        """Kling never ends it; its execution dies and is started again, until the deadline is over."""
        self.fault("stuck_processing", STUCK)
        job = self.ok("POST", "/v1/videos", order(STUCK))["id"]
        until(lambda: self.api.video(job)["status"], lambda status: status == "generating", SECONDS)
        machine = aws.client(self.deployment.stack, "stepfunctions")
        arn = self.deployment.outputs["StateMachineArn"]
        running = machine.list_executions(stateMachineArn=arn, statusFilter="RUNNING")["executions"]
        (execution,) = [one for one in running if one["name"].startswith(job)]
        machine.stop_execution(executionArn=execution["executionArn"])
        self.invoke("sweep", {"detail": {"name": execution["name"]}})
        self.outdate(f"JOB#{job}", "JOB", deadline_ms=1)
        until(partial(self._polled, job), "failed".__eq__, SECONDS)

    def _polled(self, job: str) -> str:
        """How the job stands after the question that its execution asks until there is an end."""
        self.invoke("poll", {"job": job, "attempt": 1})
        return str(self.api.video(job)["status"])

    def _busy_lane(self) -> None:
        """A job that comes while the lane cools down is waited for."""
        opens = int(time.time() * 1000) + COOLING_SECONDS * 1000
        self.put("LANES", "main.kling-v2-6.video", cool_until_ms=opens)
        self.end_of(self.ok("POST", "/v1/videos", order("after a pause")))
