"""Query's composition root."""

from functools import cache

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table.jobs import TableJobs
from reelwright.adapters.aws.table.tenants import TableTenants
from reelwright.adapters.clock import SystemClock
from reelwright.adapters.lazy import Lazy
from reelwright.composition.environment import read
from reelwright.composition.settings import QuerySettings
from reelwright.use_cases.ports import LinkSigner
from reelwright.use_cases.query import QueryVideos


@cache
def settings() -> QuerySettings:
    """The function's settings."""
    return read(QuerySettings)


@cache
def query_videos() -> QueryVideos:
    """The use case behind every GET."""
    clock, table = SystemClock(), settings().table_name
    return QueryVideos(
        TableJobs(client("dynamodb"), table, clock.now_ms), TableTenants(client("dynamodb"), table), clock
    )


@cache
def links() -> LinkSigner:
    """Signs links; its key is read when the first link is signed."""
    return Lazy(_signer)


def _signer() -> LinkSigner:
    from reelwright.adapters.aws.secrets import Secret  # noqa: PLC0415 - only finished jobs need a signature
    from reelwright.adapters.media.links import CloudFrontLinks, SigningKey  # noqa: PLC0415

    given = settings()
    secrets = (Secret(client("secretsmanager"), arn) for arn in given.media_secret_arns)
    pairs = zip(given.media_key_pair_ids, secrets, strict=True)
    return CloudFrontLinks(given.media_base_url, tuple(SigningKey(*pair) for pair in pairs))
