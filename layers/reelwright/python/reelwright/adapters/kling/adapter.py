"""Kling behind the port `Provider`, on its legacy standard."""

from reelwright.adapters.kling.bodies import Json, LoadImage, create_body
from reelwright.adapters.kling.client import Client
from reelwright.adapters.kling.envelope import Envelope
from reelwright.adapters.kling.errors import NO_KEYS, look_up_error, submit_error
from reelwright.adapters.kling.paths import create_path, task_path
from reelwright.adapters.kling.tasks import read_task
from reelwright.adapters.kling.tokens import Credentials, NoKeys, Tokens
from reelwright.adapters.kling.transport import NotSent, Transport, TransportFailure
from reelwright.domain.provider_errors import AccountBlocked, LookUpFailed, OutcomeUnknown, Refused, Unreachable
from reelwright.domain.task import Task
from reelwright.use_cases.ports import Clock, Submission


class KlingProvider:
    """Creates and looks up tasks. `load_image` reads images that came inline, by their key below `inputs/`."""

    def __init__(self, client: Client, load_image: LoadImage) -> None:
        self._client = client
        self._load_image = load_image

    def submit(self, submission: Submission) -> Task:
        """Create the task; see `ports.Provider.submit` for what is raised."""
        body = self._body(submission)
        path = create_path(submission.generation.type, submission.generation.model)
        try:
            status, envelope = self._client.call("POST", path, body)
        except NoKeys:
            raise AccountBlocked("There are no keys of the Kling account", code=NO_KEYS) from None
        except NotSent as error:
            raise Unreachable(f"No connection to Kling: {error}") from None
        except TransportFailure as error:
            raise OutcomeUnknown(f"No answer from Kling: {error}") from None
        if envelope is None or not envelope.ok:
            raise submit_error(status, envelope)
        return _created(envelope, submission.external_id)

    def _body(self, submission: Submission) -> Json:
        try:
            return create_body(submission, self._load_image)
        except LookupError:
            raise Refused("The image that came with the request is gone") from None
        except OSError as error:
            raise Unreachable(f"The image that came with the request cannot be read: {type(error).__name__}") from None

    def look_up(self, generation_type: str, model: str, ref: str) -> Task | None:
        """The truth about a task; see `ports.Provider.look_up` for what is raised."""
        try:
            status, envelope = self._client.call("GET", task_path(generation_type, model, ref))
        except NoKeys:
            raise LookUpFailed("There are no keys of the Kling account", code=NO_KEYS) from None
        except TransportFailure as error:
            raise LookUpFailed(f"No answer from Kling: {error}") from None
        if envelope is not None and envelope.ok:
            return _found(envelope, ref)
        failure = look_up_error(status, envelope)
        if failure is not None:
            raise failure
        return None


def _created(envelope: Envelope, external_id: str) -> Task:
    task = read_task(envelope.data, envelope.request_id)
    if task is None or task.external_id not in {"", external_id}:
        raise OutcomeUnknown("Kling accepted something, but not clearly this", request_id=envelope.request_id)
    return task


def _found(envelope: Envelope, ref: str) -> Task:
    task = read_task(envelope.data, envelope.request_id)
    if task is None or ref not in {task.task_id, task.external_id or ref}:
        raise LookUpFailed("Kling told about no task, or another one", request_id=envelope.request_id)
    return task


def kling_provider(
    base_url: str, credentials: Credentials, clock: Clock, load_image: LoadImage, transport: Transport | None = None
) -> KlingProvider:
    """A provider for one Kling endpoint and account."""
    client = Client(transport or Transport(base_url), Tokens(credentials, clock))
    return KlingProvider(client, load_image)
