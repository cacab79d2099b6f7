"""A plain caller of the simulator for its own tests: signs, calls, and hands back what came."""

from typing import Any

import jwt
import requests

from tests.simulators.kling import ACCESS_KEY, SECRET_KEY, KlingSimulator

Json = dict[str, Any]
TEXT, IMAGE = "/v1/videos/text2video", "/v1/videos/image2video"


class Caller:
    """Speaks to one simulator, in memory or over its socket."""

    def __init__(self, simulator: KlingSimulator, *, in_memory: bool = True) -> None:
        self.simulator = simulator
        self.session = requests.Session()
        self.session.trust_env = False
        if in_memory:
            self.session.mount(simulator.base_url, simulator.transport())

    def token(self, *, secret: str = SECRET_KEY, **claims: Any) -> str:
        """Return a token valid by the simulator's clock, with some claims replaced."""
        now = self.simulator.clock.now_ms() // 1000
        return jwt.encode({"iss": ACCESS_KEY, "exp": now + 1800, "nbf": now - 5} | claims, secret)

    def call(self, method: str, path: str, authorization: str | None = None, **more: Any) -> requests.Response:
        """Return the answer to one call."""
        header = f"Bearer {self.token()}" if authorization is None else authorization
        headers = {"Authorization": header}
        return self.session.request(method, self.simulator.base_url + path, headers=headers, timeout=5, **more)

    def create(self, path: str = TEXT, **body: Any) -> requests.Response:
        """Create a task; model and prompt have defaults."""
        return self.call("POST", path, json={"model_name": "kling-v2-6", "prompt": "a fox"} | body)

    def look_up(self, wanted: str, path: str = TEXT) -> Json:
        """Return the `data` of a look-up that finds its task."""
        answer = self.call("GET", f"{path}/{wanted}")
        assert answer.status_code == 200, answer.text
        data: Json = answer.json()["data"]
        return data

    def finished(self, external_id: str = "job-1", **body: Any) -> Json:
        """Create a task, let it finish, and return it."""
        assert self.create(external_task_id=external_id, **body).status_code == 200
        self.simulator.control.run_until_idle()
        return self.look_up(external_id)

    def link(self, external_id: str = "job-1", **body: Any) -> str:
        """Return the result link of a task made for the purpose."""
        url: str = self.finished(external_id, **body)["task_result"]["videos"][0]["url"]
        return url
