"""A certificate for the loopback, and bundles of authorities that trust it too.

TLS belongs to the first call: reading the authorities costs more than the request itself.
"""

import datetime as dt
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def make_certificate(folder: Path) -> Path:
    """Write loopback.pem, a key and the self-signed certificate of 127.0.0.1 that is good for a day, into `folder`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = dt.datetime.now(dt.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
    certificate = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    path = folder / "loopback.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return path


def trusting(authorities: Path, certificate: Path) -> Path:
    """Write a copy of the bundle `authorities` with the certificate's public half added, beside the certificate."""
    _, begin, public = certificate.read_text(encoding="ascii").partition("-----BEGIN CERTIFICATE-----")
    text = authorities.read_text(encoding="utf-8") + begin + public
    path = certificate.with_name(f"trusted-{len(text)}.pem")
    path.write_text(text, encoding="utf-8")
    return path
