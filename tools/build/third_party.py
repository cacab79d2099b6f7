"""The changes themselves: what each package does at import that a function pays for and does not use.

None changes what a function can observe. Each names the text that it was written for, so an upgrade that moves the
text fails the build and sends a person here.
"""

from tools.build.patches import Patch
from tools.build.waiting_imports import WAITING

# boto3 imports the transfer manager, with multiprocessing behind it, to answer one question that only uploads ask.
# The answer stands in the pinned s3transfer.
TRANSFERS = (
    Patch("boto3/compat.py", "from s3transfer.manager import TransferConfig\n", ""),
    Patch(
        "boto3/compat.py",
        "TRANSFER_CONFIG_SUPPORTS_CRT = hasattr(TransferConfig, 'UNSET_DEFAULT')\n",
        "TRANSFER_CONFIG_SUPPORTS_CRT = True\n",
    ),
)

# A session makes the factory of resources, whose data is not shipped; only clients are made here.
RESOURCES = (
    Patch("boto3/session.py", "from .resources.factory import ResourceFactory\n", ""),
    Patch(
        "boto3/session.py",
        "        self.resource_factory = ResourceFactory(\n"
        "            self._session.get_component('event_emitter')\n"
        "        )\n",
        "",
    ),
)

# urllib3 reads installed packages' metadata to support HTTP/2, which nobody switches on.
HTTP2 = (
    Patch("urllib3/http2/__init__.py", "from importlib.metadata import version\n", ""),
    Patch(
        "urllib3/http2/__init__.py",
        '    h2_version = version("h2")\n',
        '    from importlib.metadata import version\n\n    h2_version = version("h2")\n',
    ),
)

# urllib3 compiles four expressions for IPv6 addresses and botocore one, one to three ms each. Every such address holds
# a colon, and in a URL a bracket, so the expressions wait for the first text that does.
_WAITING = (
    "class _Waiting:\n"
    '    """An expression that is compiled at the first text with `mark`, without which none can match."""\n\n'
    "    def __init__(self, pattern: str, mark: str) -> None:\n"
    "        self._pattern = pattern\n"
    "        self._mark = mark\n\n"
    "    def match(self, text: str) -> re.Match[str] | None:\n"
    "        return re.match(self._pattern, text) if self._mark in text else None\n\n\n"
)
IPV6 = (
    Patch("urllib3/util/url.py", '_IPV6_RE = re.compile("^" + _IPV6_PAT + "$")\n', ""),
    Patch(
        "urllib3/util/url.py",
        '_IPV6_ADDRZ_RE = re.compile("^" + _IPV6_ADDRZ_PAT + "$")\n'
        '_BRACELESS_IPV6_ADDRZ_RE = re.compile("^" + _IPV6_ADDRZ_PAT[2:-2] + "$")\n',
        "\n\n" + _WAITING + '_IPV6_ADDRZ_RE = _Waiting("^" + _IPV6_ADDRZ_PAT + "$", "[")\n'
        '_BRACELESS_IPV6_ADDRZ_RE = _Waiting("^" + _IPV6_ADDRZ_PAT[2:-2] + "$", ":")\n',
    ),
    Patch(
        "botocore/compat.py",
        'IPV6_ADDRZ_RE = re.compile("^" + IPV6_ADDRZ_PAT + "$")\n',
        "\n\n" + _WAITING + 'IPV6_ADDRZ_RE = _Waiting("^" + IPV6_ADDRZ_PAT + "$", "[")\n',
    ),
)

# Every event name that botocore registers is compared with the aliases of all services, and the signature of every
# handler, all of them botocore's own, is inspected. A client of a used service meets the aliases of its service only.
SERVICE_IDS = ("dynamodb", "eventbridge", "s3", "secrets-manager", "sfn", "sqs")
EVENTS = (
    Patch(
        "botocore/hooks.py",
        "            self._event_aliases = EVENT_ALIASES\n",
        "            self._event_aliases = {old: new for old, new in EVENT_ALIASES.items()"
        f" if new in {SERVICE_IDS!r}}}\n",
    ),
    Patch(
        "botocore/hooks.py",
        "        self._verify_accept_kwargs(handler)\n        register_method(",
        "        register_method(",
    ),
)

PATCHES = (*TRANSFERS, *RESOURCES, *HTTP2, *IPV6, *EVENTS, *WAITING)
