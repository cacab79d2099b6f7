"""The changes themselves: what each package does at import that a function pays for and does not use.

None changes what a function can observe. Each names the text that it was written for, so an upgrade that moves the
text fails the build and sends a person here.
"""

from tools.build.patches import Patch

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

# urllib3 compiles four expressions for IPv6 addresses, some 3 ms each. Every such address holds a colon, and in a URL
# a bracket, so the expressions wait for the first text that does.
IPV6 = (
    Patch("urllib3/util/url.py", '_IPV6_RE = re.compile("^" + _IPV6_PAT + "$")\n', ""),
    Patch(
        "urllib3/util/url.py",
        '_IPV6_ADDRZ_RE = re.compile("^" + _IPV6_ADDRZ_PAT + "$")\n'
        '_BRACELESS_IPV6_ADDRZ_RE = re.compile("^" + _IPV6_ADDRZ_PAT[2:-2] + "$")\n',
        "\n\n"
        "class _Waiting:\n"
        '    """An expression that is compiled at the first text with `mark`, without which none can match."""\n\n'
        "    def __init__(self, pattern: str, mark: str) -> None:\n"
        "        self._pattern = pattern\n"
        "        self._mark = mark\n\n"
        "    def match(self, text: str) -> re.Match[str] | None:\n"
        "        return re.match(self._pattern, text) if self._mark in text else None\n\n\n"
        '_IPV6_ADDRZ_RE = _Waiting("^" + _IPV6_ADDRZ_PAT + "$", "[")\n'
        '_BRACELESS_IPV6_ADDRZ_RE = _Waiting("^" + _IPV6_ADDRZ_PAT[2:-2] + "$", ":")\n',
    ),
)

# Pydantic looks for plugins among the entry points of installed packages; none are shipped.
PLUGINS = (
    Patch(
        "pydantic/plugin/_loader.py",
        "from importlib.metadata import entry_points\n",
        "",
    ),
    Patch(
        "pydantic/plugin/_loader.py",
        "    disabled_plugins = os.getenv('PYDANTIC_DISABLE_PLUGINS')\n",
        "    disabled_plugins = '__all__'\n",
    ),
)

# Every event name that botocore registers is compared with the aliases of all services, and the signature of every
# handler, all of them botocore's own, is inspected. A client of a used service meets the aliases of its service only.
SERVICE_IDS = ("dynamodb", "s3", "secrets-manager", "sfn", "sqs")
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

# A hundred typed dictionaries describe schemas to type checkers; at run time a plain dictionary does the same.
SCHEMAS = (
    Patch(
        "pydantic_core/core_schema.py",
        "if sys.version_info < (3, 12):\n"
        "    from typing_extensions import TypedDict\n"
        "else:\n"
        "    from typing import TypedDict\n",
        "\n\nclass TypedDict(dict):\n"
        '    """Stands for typing.TypedDict, whose classes take ten times as long to make."""\n\n'
        "    def __init_subclass__(cls, total: bool = True) -> None:\n"
        '        """Take what TypedDict takes."""\n\n\n',
    ),
)

PATCHES = (*TRANSFERS, *RESOURCES, *HTTP2, *IPV6, *PLUGINS, *EVENTS, *SCHEMAS)
