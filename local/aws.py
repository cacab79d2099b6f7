"""Clients of the embedded AWS for the one who deploys and looks at it."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from local.ministack import REGION, ROOT_KEY, Ministack


@cache
def client(stack: Ministack, service: str) -> Any:
    """A client with root's rights; made once, safe to share between threads."""
    session: Any = boto3.session.Session()
    return session.client(
        service,
        region_name=REGION,
        endpoint_url=stack.endpoint,
        aws_access_key_id=ROOT_KEY,
        aws_secret_access_key=ROOT_KEY,
        config=Config(
            retries={"mode": "standard", "total_max_attempts": 3},
            read_timeout=120,
            max_pool_connections=20,
            s3={"addressing_style": "path"},
        ),
    )
