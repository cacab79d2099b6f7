"""Between Python values and DynamoDB's attribute values."""

from collections.abc import Mapping
from typing import Any, Final

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

Item = dict[str, Any]
"""A row in DynamoDB's own shape: name → typed attribute value."""

_write: Final = TypeSerializer().serialize
_read: Final = TypeDeserializer().deserialize


def encode(values: Mapping[str, object]) -> Item:
    """A row from plain values; fields that are None are left out, so that sparse indexes stay sparse."""
    return {name: _write(value) for name, value in values.items() if value is not None}


def decode(item: Mapping[str, Any]) -> dict[str, Any]:
    """Plain values from a row; numbers come as Decimal."""
    return {name: _read(value) for name, value in item.items()}
