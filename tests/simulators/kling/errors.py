"""Kling's error codes with their HTTP statuses (Kling API contract, error codes)."""

from typing import Final

CATALOGUE: Final[dict[int, tuple[int, str]]] = {
    1000: (401, "Authentication failed"),
    1001: (401, "Authorization is empty"),
    1002: (401, "Authorization is invalid"),
    1003: (401, "Authorization is not yet valid"),
    1004: (401, "Authorization has expired"),
    1100: (429, "Account exception"),
    1101: (429, "Account in arrears"),
    1102: (429, "Account balance not enough"),
    1103: (403, "Unauthorized access to requested resource"),
    1200: (400, "Invalid request parameters"),
    1201: (400, "Invalid parameter value"),
    1202: (404, "The requested method is invalid"),
    1203: (404, "The requested resource does not exist"),
    1300: (400, "Trigger the platform strategy"),
    1301: (400, "Trigger the content security policy of the platform"),
    1302: (429, "The API request is too fast"),
    1303: (429, "parallel task over resource pack limit"),
    1304: (429, "IP is not in the whitelist"),
    5000: (500, "Server internal error"),
    5001: (503, "Server temporarily unavailable, under maintenance"),
    5002: (504, "Server internal timeout"),
}


class KlingError(Exception):
    """A refusal by the API: nothing was created and nothing is charged."""

    def __init__(self, code: int, message: str = "") -> None:
        self.code = code
        self.status, usual = CATALOGUE[code]
        self.message = message or usual
        super().__init__(f"{code}: {self.message}")


def bad_value(message: str) -> KlingError:
    """Return the error for a parameter whose value cannot be accepted."""
    return KlingError(1201, message)


def task_not_found(wanted: str) -> KlingError:
    """Return the documented answer to a look-up that finds nothing: 400/1201, not 404."""
    kind = "id" if wanted.isdigit() else "external id"
    return KlingError(1201, f"Task not found by {kind}: {wanted}")


def already_exists(external_id: str) -> KlingError:
    """Return the answer to a repeated external id; no second task comes of it."""
    return KlingError(1201, f"External_task_id {external_id} already exists")
