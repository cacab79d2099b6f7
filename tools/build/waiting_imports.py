"""Imports of third-party code that wait until somebody needs them, one to three ms of every start each.

What the modules can do stays the same: the names are found when a profile is read, the whole bundle of authorities is
asked for, or a time in words is parsed. None of that happens on the way to a first answer.
"""

from tools.build.patches import Patch

# The files of profiles, which a Lambda does not have.
PROFILES = (
    Patch("botocore/configloader.py", "import configparser\n", ""),
    Patch(
        "botocore/configloader.py",
        "        cp = configparser.RawConfigParser()\n",
        "        import configparser\n\n        cp = configparser.RawConfigParser()\n",
    ),
)

# Clients are told their bundle; certifi's is for those that are not.
AUTHORITIES = (
    Patch(
        "botocore/httpsession.py",
        "try:\n    from certifi import where\nexcept ImportError:\n\n"
        "    def where():\n        return DEFAULT_CA_BUNDLE\n",
        "\ndef where():\n    from certifi import where as authorities\n\n    return authorities()\n",
    ),
)

# dateutil itself imports its parser at the first `dateutil.parser` (PEP 562).
TIMES = (
    Patch("botocore/utils.py", "import dateutil.parser\n", "import dateutil\n"),
    Patch("botocore/tokens.py", "import dateutil.parser\n", "import dateutil\n"),
    Patch(
        "botocore/credentials.py",
        "import dateutil.parser\nfrom dateutil.parser import parse\n",
        "import dateutil\n",
    ),
    Patch(
        "botocore/credentials.py",
        "\n\ndef _local_now():\n",
        "\n\ndef parse(text):\n    return dateutil.parser.parse(text)\n\n\ndef _local_now():\n",
    ),
)

# Powertools takes three marks for type checkers from typing_extensions, whose own import makes some hundred classes.
_DEPRECATED = (
    "\n\ndef deprecated(message, **_options):\n"
    '    """Mark as typing_extensions does when it is told not to warn."""\n\n'
    "    def mark(function):\n"
    "        function.__deprecated__ = message\n"
    "        return function\n\n"
    "    return mark\n\n\n"
)
_OVERRIDE = (
    "\n\ndef override(method):\n"
    '    """Mark as typing_extensions does."""\n'
    "    method.__override__ = True\n"
    "    return method\n\n\n"
)
_POWERTOOLS = "aws_lambda_powertools/utilities/"
MARKS = (
    *(
        Patch(f"aws_lambda_powertools/{file}", "from typing_extensions import override\n", _OVERRIDE)
        for file in ("event_handler/api_gateway.py", "utilities/data_classes/alb_event.py")
    ),
    *(
        Patch(_POWERTOOLS + file, "from typing_extensions import deprecated\n", _DEPRECATED)
        for file in ("data_classes/common.py", "data_classes/shared_functions.py", "jmespath_utils/__init__.py")
    ),
    Patch(
        _POWERTOOLS + "data_classes/api_gateway_authorizer_event.py",
        "from typing_extensions import deprecated, override\n",
        _DEPRECATED.rstrip() + _OVERRIDE,
    ),
    Patch(
        "aws_lambda_powertools/metrics/types.py",
        "from typing import TypedDict\n\nfrom typing_extensions import NotRequired\n",
        "from typing import NotRequired, TypedDict\n",
    ),
)

WAITING = (*PROFILES, *AUTHORITIES, *TIMES, *MARKS)
