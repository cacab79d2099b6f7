"""`RateLimit` and `RateLimit-Policy` as draft 10 of the IETF's "RateLimit header fields for HTTP" writes them."""

from reelwright.domain.errors import TooManyRequests

POLICY = '"minute"'
WINDOW_SECONDS = 60


def used_up(error: TooManyRequests) -> dict[str, str]:
    """The tenant's quota of a minute, nothing of which is left until the next one; {} where it is not known."""
    if error.a_minute is None:
        return {}
    headers = {"RateLimit-Policy": f"{POLICY};q={error.a_minute};w={WINDOW_SECONDS}"}
    if error.retry_after_seconds is not None:
        headers["RateLimit"] = f"{POLICY};r=0;t={error.retry_after_seconds}"
    return headers
