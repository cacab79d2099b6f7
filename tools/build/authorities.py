"""A small bundle of certificate authorities for AWS's endpoints, cut from certifi's at build time.

Amazon Trust Services publishes these five roots as the ones to trust for AWS. Loading them takes about 2 ms a client,
certifi's whole bundle about 40. `requests` keeps certifi, since Kling and its CDN may use any public authority.
"""

import re
from pathlib import Path

AWS_ROOTS = (
    "Amazon Root CA 1",
    "Amazon Root CA 2",
    "Amazon Root CA 3",
    "Amazon Root CA 4",
    "Starfield Services Root Certificate Authority - G2",
)
_ENTRY = re.compile(
    r'^# Label: "(?P<label>[^"]+)"\n(?:#.*\n)*(?P<pem>-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n)',
    re.MULTILINE,
)


def aws_bundle(certifi_bundle: str) -> str:
    """Cut AWS's roots out of certifi's bundle; KeyError when one of them is no longer in it."""
    found = {entry["label"]: entry["pem"] for entry in _ENTRY.finditer(certifi_bundle)}
    return "".join(f"# {label}\n{found[label]}" for label in AWS_ROOTS)


def replace_bundle(site: Path) -> None:
    """Put AWS's roots where botocore carries its own copy of the whole bundle, which certifi's hides anyway."""
    bundle = (site / "certifi/cacert.pem").read_text(encoding="utf-8")
    (site / "botocore/cacert.pem").write_text(aws_bundle(bundle), encoding="utf-8")
