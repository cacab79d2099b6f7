from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.adapters.media.addresses import is_public
from reelwright.adapters.media.download import DownloadFailed
from reelwright.adapters.media.guard import Guard, Policy, RefusedAddress, Target, check_url
from tests.support.scripted_web import PUBLIC, URL, ScriptedWeb, redirect, whole
from tests.support.spellings import ALLOWED, PRIVATE, PRIVATE_V6, REFUSED


def test_the_corpus_is_large() -> None:
    """At least two hundred spellings, none twice."""
    assert len(REFUSED) >= 200


@pytest.mark.parametrize("url", REFUSED)
def test_no_spelling_passes(url: str) -> None:
    """Refused before anything is resolved, and the refusal does not repeat the address."""
    with pytest.raises(RefusedAddress) as caught:
        check_url(url)
    assert "://" not in str(caught.value)


@pytest.mark.parametrize("url", ALLOWED)
def test_honest_addresses_pass(url: str) -> None:
    """No false alarm."""
    assert check_url(url).port == 443


@pytest.mark.parametrize("url", REFUSED)
def test_no_redirect_leads_there(url: str) -> None:
    """Each hop is checked like the first. What is only relative stays where it is; all else is never dialled."""
    web = ScriptedWeb([redirect(url), whole(b"fine")])
    with suppress(DownloadFailed), web.downloader().open(URL) as body:
        assert b"".join(body.chunks) == b"fine"
    assert web.targets == {("https", "cdn.example.com", 443)}
    assert {address for _, address in web.dialled} == {PUBLIC}


@pytest.mark.parametrize("address", [*PRIVATE, *PRIVATE_V6])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_name_with_one_private_address_is_refused(address: str, place: int) -> None:
    """All addresses are checked, wherever the private one stands."""
    addresses = [PUBLIC, "2606:4700::1111"]
    addresses.insert(place, address)
    guard = Guard(resolver=lambda _host, _port: addresses)
    with pytest.raises(RefusedAddress):
        guard.resolve(URL)


def test_a_lying_resolver_is_asked_once_and_what_was_checked_is_dialled() -> None:
    """Rebinding between check and connection has no second question to answer."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    web = ScriptedWeb([whole(b"x")])
    downloader = replace(web.downloader(), guard=Guard(resolver=lambda _host, _port: next(answers)))
    with downloader.open(URL) as body:
        assert b"".join(body.chunks) == b"x"
    assert web.dialled == [("cdn.example.com", PUBLIC)]
    assert next(answers) == ["127.0.0.1"]


def test_a_name_without_addresses_leads_nowhere() -> None:
    """An empty answer is an error of the network, not a pass."""
    with pytest.raises(OSError, match="no address"):
        Guard(resolver=lambda _host, _port: []).resolve(URL)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/a", "https://127.0.0.1/a", "http://kling.local:81/x"])
def test_a_trusted_host_may_be_private_plain_and_on_any_port(url: str) -> None:
    """As an embedded deployment trusts its Kling endpoint, and nothing else."""
    policy = Policy(frozenset({"127.0.0.1", "kling.local"}), ("klingai.com",))
    target, addresses = Guard(policy, lambda _host, _port: ["10.0.0.7"]).resolve(url)
    assert (target.trusted, addresses) == (True, ("10.0.0.7",))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.2:9000/", "http://localhost/", "https://a@127.0.0.1/", "file://127.0.0.1/"]
)
def test_trust_in_one_host_opens_no_other_door(url: str) -> None:
    """Neither its neighbours nor other schemes or user names."""
    with pytest.raises(RefusedAddress):
        check_url(url, Policy(frozenset({"127.0.0.1"})))


@pytest.mark.parametrize(
    ("host", "allowed"),
    [("klingai.com", True), ("p1.klingai.com", True), ("P1.KlingAI.com", True), ("evilklingai.com", False),
     ("klingai.com.evil.com", False), ("8.8.8.8", False), ("cdn.example.org", True)],
)  # fmt: skip
def test_the_list_of_hosts_ends_at_a_dot(host: str, *, allowed: bool) -> None:
    """A suffix matches whole labels only."""
    policy = Policy(host_suffixes=(".KlingAI.com", "example.org"))
    if allowed:
        assert check_url(f"https://{host}/", policy).host == host.lower()
        return
    with pytest.raises(RefusedAddress):
        check_url(f"https://{host}/", policy)


def test_what_is_asked_for_is_what_was_checked() -> None:
    """Host in lower case, path with query, never the fragment."""
    assert check_url("https://CDN.example.com?a=1#x") == Target("https", "cdn.example.com", 443, "/?a=1")


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    """Nothing else is ever raised."""
    for url in (text, "https://" + text, f"https://{text}/"):
        try:
            check_url(url)
        except RefusedAddress:
            continue


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(address: object) -> None:
    """The list of our own is at least as strict as the standard library's."""
    if is_public(str(address)) and "64:ff9b" not in str(address):
        assert address.is_global  # type: ignore[attr-defined]
