import pytest

from tests.simulators.caller import IMAGE, TEXT, Caller
from tests.simulators.kling import SECRET_KEY, KlingSimulator, Settings, VirtualClock


def test_a_create_answers_with_the_documented_envelope(caller: Caller) -> None:
    """The first answer names the task, its state and the caller's own id."""
    body = caller.create(external_task_id="job-1").json()
    assert (body["code"], body["message"]) == (0, "SUCCEED")
    assert body["request_id"]
    assert body["data"]["task_status"] == "submitted"
    assert body["data"]["task_info"] == {"external_task_id": "job-1"}
    assert set(body["data"]) == {"task_id", "task_status", "task_info", "created_at", "updated_at"}


def test_a_task_is_found_by_both_ids(caller: Caller) -> None:
    """The system id and the external id lead to the same record."""
    task_id = caller.create(external_task_id="job-1").json()["data"]["task_id"]
    assert caller.look_up(task_id) == caller.look_up("job-1")


@pytest.mark.parametrize("path", [TEXT, IMAGE])
def test_an_external_id_is_unique_in_the_account(caller: Caller, path: str) -> None:
    """A repeat is 400/1201 without data, on another product too, and makes no second task."""
    caller.create(external_task_id="job-1")
    again = caller.create(path, external_task_id="job-1", image="https://example.org/a.png")
    assert (again.status_code, again.json()["code"]) == (400, 1201)
    assert "already exists" in again.json()["message"]
    assert "data" not in again.json()
    assert len(caller.simulator.control.tasks()) == 1


def test_an_external_id_stays_used_after_its_task_ended(caller: Caller) -> None:
    """Ids are remembered for ever."""
    caller.finished("job-1")
    assert caller.create(external_task_id="job-1").json()["code"] == 1201


@pytest.mark.parametrize(("wanted", "text"), [("12345", "by id: 12345"), ("job-9", "by external id: job-9")])
def test_a_missing_task_is_400_1201(caller: Caller, wanted: str, text: str) -> None:
    """Not found is a bad request whose text says what was looked for."""
    answer = caller.call("GET", f"{TEXT}/{wanted}")
    assert (answer.status_code, answer.json()["code"]) == (400, 1201)
    assert answer.json()["message"] == f"Task not found {text}"


def test_a_task_is_found_on_its_own_path_only(caller: Caller) -> None:
    """A text-to-video task is not an image-to-video task."""
    caller.create(external_task_id="job-1")
    assert caller.call("GET", f"{IMAGE}/job-1").json()["code"] == 1201


def test_the_list_is_paged_newest_first(caller: Caller) -> None:
    """Pages follow each other without overlap, and a page past the end is empty."""
    for number in range(3):
        caller.create(external_task_id=f"job-{number}")
    pages = [caller.call("GET", f"{TEXT}?pageNum={page}&pageSize=2").json()["data"] for page in (1, 2, 3)]
    ids = [[task["task_info"]["external_task_id"] for task in page] for page in pages]
    assert ids == [["job-2", "job-1"], ["job-0"], []]


@pytest.mark.parametrize("query", ["pageNum=0", "pageNum=1001", "pageSize=501", "pageSize=x"])
def test_a_page_out_of_range_is_refused(caller: Caller, query: str) -> None:
    """Page numbers and sizes have documented bounds."""
    assert caller.call("GET", f"{TEXT}?{query}").json()["code"] == 1201


def test_slots_are_held_until_the_task_ends(caller: Caller) -> None:
    """The fourth unfinished task of a model is 429/1303 without data; another model has its own slots."""
    for _ in range(3):
        assert caller.create().status_code == 200
    refused = caller.create()
    assert (refused.status_code, refused.json()["code"], "data" in refused.json()) == (429, 1303, False)
    assert caller.create(model_name="kling-v3").status_code == 200
    caller.simulator.control.run_until_idle()
    assert caller.create().status_code == 200


def test_slots_of_others_on_the_account_count(caller: Caller) -> None:
    """Limits can be changed and slots occupied from outside while the simulator runs."""
    caller.simulator.control.set_limits({"concurrency": 2, "foreign": {"kling-v2-6": 1}})
    assert caller.create().status_code == 200
    assert caller.create().json()["code"] == 1303


def test_the_request_rate_is_limited(caller: Caller) -> None:
    """One call too many within a second is 429/1302, and a second later it is welcome."""
    caller.simulator.control.set_limits({"requests_per_second": 2})
    codes = [caller.call("GET", TEXT).json()["code"] for _ in range(3)]
    caller.simulator.control.advance(1)
    assert [*codes, caller.call("GET", TEXT).json()["code"]] == [0, 0, 1302, 0]


@pytest.mark.parametrize(
    ("method", "path", "code"), [("PUT", TEXT, 1202), ("GET", "/v1/videos/nothing", 1203), ("GET", "/v2", 1203)]
)
def test_wrong_methods_and_paths_are_404(caller: Caller, method: str, path: str, code: int) -> None:
    """Kling answers 404 to both, told apart by the code."""
    answer = caller.call(method, path)
    assert (answer.status_code, answer.json()["code"]) == (404, code)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_body_that_is_no_object_is_1200(caller: Caller, body: bytes) -> None:
    """What cannot be read as a JSON object is a bad request, never a crash."""
    assert caller.call("POST", TEXT, data=body).json()["code"] == 1200


def test_accounts_do_not_see_each_other() -> None:
    """Tasks, external ids and slots belong to one account."""
    known = {"simulated-access-key": SECRET_KEY, "second": SECRET_KEY}
    with KlingSimulator(Settings(accounts=known, concurrency=1), clock=VirtualClock()) as simulator:
        caller = Caller(simulator)
        with caller.session:
            task_id = caller.create(external_task_id="job-1").json()["data"]["task_id"]
            second = f"Bearer {caller.token(iss='second')}"
            for wanted in ("job-1", task_id):
                assert caller.call("GET", f"{TEXT}/{wanted}", second).json()["code"] == 1201
            body = {"model_name": "kling-v2-6", "prompt": "x", "external_task_id": "job-1"}
            assert caller.call("POST", TEXT, second, json=body).status_code == 200
