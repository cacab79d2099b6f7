"""The one guard for addresses that come from outside: what may be asked for, and where it really leads.

`check_url` reads an address without touching the network; `Guard.resolve` also resolves it, once, and hands out
the addresses that were checked, so that nobody has to ask DNS again before connecting.
"""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from reelwright.adapters.media.addresses import is_public

MAX_URL_CHARS: Final = 4096
_FORBIDDEN: Final = re.compile(r"[^\x21-\x7e]|[\\<>\"^`{|}]")
_NAME: Final = re.compile(r"(?=.{4,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
_QUAD: Final = re.compile(r"(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}")
_INTERNAL: Final = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion")

Resolver = Callable[[str, int], Sequence[str]]
"""Host and port → every address that the name has now. Raises OSError."""


class RefusedAddress(ValueError):
    """The address may not be used. The message says why and never repeats the address."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `host` in lower case without brackets, `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """What is allowed besides public https on port 443.

    `trusted_hosts` may be reached by http, on any port and at private addresses (an embedded deployment trusts
    its Kling endpoint so). `host_suffixes` limit every other host when there are any: `a.com` allows `x.a.com`.
    """

    trusted_hosts: frozenset[str] = field(default_factory=frozenset)
    host_suffixes: tuple[str, ...] = ()

    def allows(self, host: str) -> bool:
        """True when the host is on the list, or there is no list."""
        suffixes = (suffix.lower().lstrip(".") for suffix in self.host_suffixes)
        return not self.host_suffixes or any(host == s or host.endswith(f".{s}") for s in suffixes)


STRICT: Final = Policy()


def check_url(url: str, policy: Policy = STRICT) -> Target:
    """Read an address and refuse what could lead anywhere but to a public web server.

    Nothing is resolved: names are judged as names, literal addresses as addresses. Raises RefusedAddress.
    """
    if not isinstance(url, str) or not 0 < len(url) <= MAX_URL_CHARS or _FORBIDDEN.search(url):
        raise RefusedAddress("not a plain ASCII address of at most 4096 characters")
    scheme, host, port, path = _split(url)
    if host in policy.trusted_hosts:
        return Target(scheme, host, port or (443 if scheme == "https" else 80), path, trusted=True)
    if scheme != "https":
        raise RefusedAddress("only https is allowed")
    if port not in {None, 443}:
        raise RefusedAddress("only port 443 is allowed")
    _check_host(host)
    if not policy.allows(host):
        raise RefusedAddress("the host is not on the list of allowed hosts")
    return Target(scheme, host, 443, path)


def _split(url: str) -> tuple[str, str, int | None, str]:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise RefusedAddress("not a well-formed address") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise RefusedAddress("not an absolute https address")
    if "@" in parts.netloc or "%" in parts.netloc or parts.netloc.endswith(":"):
        raise RefusedAddress("user names, escapes and empty ports are not allowed")
    if "[" in parts.netloc and ":" not in host:
        raise RefusedAddress("brackets hold IPv6 addresses only")
    return parts.scheme, host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _check_host(host: str) -> None:
    if ":" in host or _QUAD.fullmatch(host):
        if not is_public(host):
            raise RefusedAddress("the address is not public")
        return
    if not _NAME.fullmatch(host):
        raise RefusedAddress("not a full domain name")
    if host.rsplit(".", 1)[-1] in _INTERNAL:
        raise RefusedAddress("the name is not public")


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Every address that the operating system's resolver gives, without repeats."""
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in infos))


@dataclass(frozen=True, slots=True)
class Guard:
    """A policy with a resolver."""

    policy: Policy = STRICT
    resolver: Resolver = system_resolver

    def resolve(self, url: str) -> tuple[Target, tuple[str, ...]]:
        """The address and every IP it has, all checked. Raises RefusedAddress, OSError when it has none."""
        target = check_url(url, self.policy)
        addresses = tuple(self.resolver(target.host, target.port))
        if not addresses:
            raise OSError("the name has no address")
        if not target.trusted and not all(map(is_public, addresses)):
            raise RefusedAddress("the name leads to an address that is not public")
        return target, addresses
