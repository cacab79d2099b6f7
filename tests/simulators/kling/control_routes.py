"""The control over HTTP: open, because the server listens on the machine itself only."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.simulators.kling.control import Control
from tests.simulators.kling.errors import KlingError
from tests.simulators.kling.wire import Answer, Json, Request, json_answer

Route = Callable[[Request], object]


@dataclass(frozen=True)
class ControlRoutes:
    """Maps `/_control/…` onto a Control: 400 for a bad request, 404 for the unknown."""

    control: Control

    def handle(self, request: Request) -> Answer:
        """Return the answer to one control request."""
        route = self._routes().get((request.method, request.path.removeprefix("/_control/")))
        if route is None:
            return json_answer(404, {"error": "no such control"})
        try:
            result = route(request)
        except KeyError as error:
            return json_answer(404, {"error": f"no such task or field: {error}"})
        except (KlingError, ValueError, TypeError) as error:
            return json_answer(400, {"error": str(error)})
        return json_answer(200, {"ok": True} if result is None else result)

    def _routes(self) -> dict[tuple[str, str], Route]:
        control = self.control
        return {
            ("GET", "health"): lambda _: {"ok": True},
            ("GET", "tasks"): lambda _: control.state(),
            ("GET", "faults"): lambda _: control.rules(),
            ("POST", "faults"): lambda request: self._add(request.json()),
            ("DELETE", "faults"): lambda _: control.clear_faults(),
            ("POST", "advance"): lambda request: control.advance(float(request.json()["seconds"])),
            ("POST", "finish"): lambda request: self._finish(request.json()),
            ("POST", "limits"): lambda request: control.set_limits(request.json()),
            ("POST", "pack"): lambda request: control.set_units_left(**request.json()),
            ("POST", "webhook-secrets"): lambda request: control.set_webhook_secrets(request.json()["secrets"]),
        }

    def _add(self, body: Json) -> list[Json]:
        """Add one rule, or all those under `rules`."""
        return [vars(self.control.add_rule(rule)) for rule in body.get("rules", [body])]

    def _finish(self, body: Json) -> None:
        self.control.finish(body["task"], body.get("status", "succeed"), body.get("message", ""))
