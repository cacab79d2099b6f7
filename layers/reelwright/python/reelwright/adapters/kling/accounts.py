"""Several Kling accounts behind one port: every call goes to the account that the attempt belongs to."""

from collections.abc import Callable

from reelwright.adapters.kling.adapter import KlingProvider
from reelwright.adapters.kling.tokens import Credentials
from reelwright.domain.task import Task
from reelwright.use_cases.ports import Submission


class KlingAccounts:
    """Implements `ports.Provider`; `provider` gives an account's own, which is made once and kept."""

    def __init__(self, provider: Callable[[str], KlingProvider]) -> None:
        self._provider = provider
        self._made: dict[str, KlingProvider] = {}

    def submit(self, submission: Submission) -> Task:
        """See `ports.Provider.submit`."""
        return self._of(submission.account).submit(submission)

    def look_up(self, generation_type: str, model: str, ref: str, account: str = "main") -> Task | None:
        """See `ports.Provider.look_up`."""
        return self._of(account).look_up(generation_type, model, ref)

    def _of(self, account: str) -> KlingProvider:
        if account not in self._made:
            self._made[account] = self._provider(account)
        return self._made[account]


class AccountKeys:
    """The keys of one account in the secret of all: `access_key` for `main`, `second.access_key` for `second`."""

    def __init__(self, secret: Credentials, account: str) -> None:
        self._secret = secret
        self._prefix = "" if account == "main" else f"{account}."

    def text(self, name: str) -> str:
        """The account's key of that name."""
        return self._secret.text(self._prefix + name)

    def refresh(self) -> bool:
        """Read the secret again; True when something changed."""
        return self._secret.refresh()
