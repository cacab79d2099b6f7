"""What Kling and the way to it may say instead of an answer."""

import requests
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
)

from reelwright.domain.provider_errors import (
    AccountBlocked,
    OutcomeUnknown,
    OverCapacity,
    ProviderError,
    RateLimited,
    Refused,
)
from tests.support.scripted_kling import Reply

CODES: list[tuple[int, int, type[ProviderError]]] = [
    (1000, 401, AccountBlocked), (1001, 401, AccountBlocked), (1002, 401, AccountBlocked),
    (1100, 429, AccountBlocked), (1101, 429, AccountBlocked), (1102, 429, AccountBlocked),
    (1103, 403, AccountBlocked), (1200, 400, Refused), (1201, 400, Refused), (1202, 404, Refused),
    (1203, 404, Refused), (1300, 400, Refused), (1301, 400, Refused), (1302, 429, RateLimited),
    (1303, 429, OverCapacity), (1304, 429, AccountBlocked), (5000, 500, OutcomeUnknown),
    (5001, 503, OutcomeUnknown), (5002, 504, OutcomeUnknown), (1399, 400, Refused), (1399, 429, RateLimited),
    (7777, 400, OutcomeUnknown), (1303, 200, OutcomeUnknown), (1301, 200, OutcomeUnknown),
    (1200, 502, OutcomeUnknown), (0, 500, OutcomeUnknown),
]  # fmt: skip
UNREADABLE: list[Reply] = [
    Reply(b"<html>bad gateway</html>", 502),
    Reply(b"<html>hello</html>", 200),
    Reply(b'{"code":0,"data":{"task_id":"8', 200),
    Reply(b"", 200),
    Reply([1, 2], 200),
    Reply({"code": "0", "data": {}}, 200),
    Reply({"code": True}, 200),
    Reply(b"[" * 100_000, 200),
    Reply(b'{"code":0,"code":0}', 200),
    Reply(b"\xff\xfe{\x00", 200),
    Reply(b" " * (1 << 20) + b"{}", 200),
    Reply(b'{"code":' + b"9" * 5000 + b"}", 200),
]
NEVER_CONNECTED = [
    requests.ConnectTimeout(MaxRetryError(None, "/", ConnectTimeoutError())),  # type: ignore[arg-type]
    requests.ConnectionError(MaxRetryError(None, "/", NewConnectionError(None, "refused"))),  # type: ignore[arg-type]
    requests.ConnectionError(MaxRetryError(None, "/", NameResolutionError("h", None, OSError()))),  # type: ignore[arg-type]
]
MAYBE_SENT = [
    requests.ReadTimeout("read timed out"),
    requests.ConnectionError(ProtocolError("aborted", ConnectionResetError())),
    requests.exceptions.ChunkedEncodingError("cut"),
    requests.exceptions.SSLError("eof"),
]
