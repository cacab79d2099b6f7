"""The exception tree. Each leaf says whether a retry can help and what a client may see.

ReelwrightError
├── ClientError                 what a caller did, told as problem+json (RFC 9457)
│   ├── MalformedRequest 400    ├── Unauthenticated 401     ├── OverBudget 402
│   ├── TenantSuspended 403     ├── NotFound 404            ├── Conflict 409
│   ├── PayloadTooLarge 413     ├── UnsupportedMediaType 415
│   ├── Unprocessable 422       ├── IdempotencyMismatch 422
│   ├── AddressRefused 422
│   ├── TooManyRequests 429     └── Unavailable 503
├── StoreError                  a conditional write lost: Stale, NoFreeSlot; a row is Unreadable
├── ProviderError               what Kling said, see `domain.provider_errors`
└── WorkflowSignal              answers of a task to the state machine, see `domain.signals`
"""

from dataclasses import dataclass
from typing import ClassVar


class ReelwrightError(Exception):
    """Whatever Reelwright raises on purpose."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault of a request: where (JSON pointer), what, and what would be allowed."""

    pointer: str
    detail: str


class ClientError(ReelwrightError):
    """A fault the caller can see: a stable `code`, an HTTP `status`, a `title`."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "client_error"
    title: ClassVar[str] = "The request cannot be served"
    retryable: ClassVar[bool] = False

    def __init__(
        self, detail: str, *, errors: tuple[FieldError, ...] = (), retry_after_seconds: int | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.retry_after_seconds = retry_after_seconds


class MalformedRequest(ClientError):
    """The body is no JSON object of the documented shape."""

    code = "malformed_request"
    title = "Malformed request"


class Unauthenticated(ClientError):
    """No API key that is valid now and has the scope of this call; `detail` names the scope, whatever was sent."""

    status = 401
    code = "unauthenticated"
    title = "A valid API key is required"


class OverBudget(ClientError):
    """The tenant's budget of this month does not cover the estimate."""

    status = 402
    code = "over_budget"
    title = "Over budget"


class TenantSuspended(ClientError):
    """The key is good, but its tenant is suspended: it may look, and change nothing."""

    status = 403
    code = "tenant_suspended"
    title = "The tenant is suspended"


class NotFound(ClientError):
    """No such resource, or another tenant's: the same answer."""

    status = 404
    code = "not_found"
    title = "Not found"


class Conflict(ClientError):
    """The resource's state forbids it, or the same request is being served right now."""

    status = 409
    code = "conflict"
    title = "Conflict"


class PayloadTooLarge(ClientError):
    """The body or an inline image is larger than allowed."""

    status = 413
    code = "payload_too_large"
    title = "Payload too large"


class UnsupportedMediaType(ClientError):
    """The body is not `application/json`."""

    status = 415
    code = "unsupported_media_type"
    title = "Unsupported media type"


class Unprocessable(ClientError):
    """Well formed, but the chosen model cannot do what is asked."""

    status = 422
    code = "unprocessable"
    title = "The model cannot do what is asked"


class IdempotencyMismatch(ClientError):
    """The Idempotency-Key was used before with another body."""

    status = 422
    code = "idempotency_key_reused"
    title = "Idempotency-Key reused with another request"


class AddressRefused(ClientError):
    """An address that a tenant gave leads, or could lead, where nothing may be sent; it is never repeated."""

    status = 422
    code = "address_refused"
    title = "The address may not be used"


class TooManyRequests(ClientError):
    """The tenant's requests of this minute are used up; `Retry-After` says when to come back."""

    status = 429
    code = "too_many_requests"
    title = "Too many requests"
    retryable = True

    def __init__(self, detail: str, *, retry_after_seconds: int | None = None, a_minute: int | None = None) -> None:
        """`a_minute` is how many requests a minute the tenant may send."""
        super().__init__(detail, retry_after_seconds=retry_after_seconds)
        self.a_minute = a_minute


class Unavailable(ClientError):
    """The service cannot answer now; with the same Idempotency-Key a request can be repeated safely."""

    status = 503
    code = "unavailable"
    title = "Service unavailable"
    retryable = True


class StoreError(ReelwrightError):
    """A conditional write found another state than it was told to expect."""


class Unreadable(StoreError):
    """A row that holds something else than what its key says."""


class Stale(StoreError):
    """Somebody else moved the job first: read it again."""


class NoFreeSlot(StoreError):
    """Every slot of the lane is leased, or the lane is paused or cooling."""
