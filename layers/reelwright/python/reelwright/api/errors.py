"""Faults that only HTTP knows."""

from reelwright.domain.errors import ClientError


class MethodNotAllowed(ClientError):
    """The path exists, but not with this method; `allow` lists those that do."""

    status = 405
    code = "method_not_allowed"
    title = "Method not allowed"

    def __init__(self, allow: tuple[str, ...]) -> None:
        super().__init__(f"Use {' or '.join(allow)} here.")
        self.allow = allow
