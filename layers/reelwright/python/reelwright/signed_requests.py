"""Requests to AWS that no client of boto3 makes, signed by the function's own credentials. A neutral module."""

import os
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import NoCredentialsError
from botocore.session import Session
from requests.auth import AuthBase

OF_AWS: Final = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws")


class Signature(AuthBase):
    """Signs a request for a service of AWS (SigV4) with credentials that are read anew each time, for they expire."""

    def __init__(self, service: str, region: str) -> None:
        self._service = service
        self._region = region
        self._session = Session()

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request with its signature."""
        body: Any = request.body
        unsigned = AWSRequest(request.method, request.url, {"Content-Type": request.headers["Content-Type"]}, body)
        credentials = self._session.get_credentials()
        if credentials is None:
            raise NoCredentialsError
        SigV4Auth(credentials, self._service, self._region).add_auth(unsigned)
        request.headers.update(dict(unsigned.headers.items()))
        return request


def session(endpoint: str) -> requests.Session:
    """A session for an endpoint; its requests are signed where the endpoint is one of AWS, `<service>.<region>.…`."""
    made, host = requests.Session(), urlsplit(endpoint).hostname or ""
    made.trust_env = False
    if host.endswith(OF_AWS):
        made.auth = Signature(host.partition(".")[0], os.environ["AWS_REGION"])
    return made
