"""Cuts botocore's data folder down to the services and operations that are called.

botocore walks every service's folder before it makes a client, unpacks the whole model with its documentation, and
parses 1.25 MB of endpoints: together the larger half of a small function's start.
"""

import gzip
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.build.service_models import Document, trim_model

Services = Mapping[str, frozenset[str]]
_PLAIN_FILES = ("_retry.json", "partitions.json", "sdk-default-configuration.json")


def trim_data(data: Path, services: Services) -> None:
    """Rewrite the folder `data` so that it knows `services` only."""
    trimmed = data.with_name("data.trimmed")
    prefixes = {_trim_service(data, trimmed, name, operations) for name, operations in services.items()}
    for name in _PLAIN_FILES:
        _write(trimmed / name, _read(data / name))
    _write(trimmed / "endpoints.json", trim_endpoints(_read(data / "endpoints.json"), prefixes))
    shutil.rmtree(data)
    trimmed.rename(data)


def trim_endpoints(endpoints: Document, prefixes: set[str]) -> Document:
    """Keep every partition and region, and the services whose endpoint prefix is used."""
    cut: Document = {**endpoints, "partitions": []}
    for partition in endpoints["partitions"]:
        services = {name: entry for name, entry in partition["services"].items() if name in prefixes}
        cut["partitions"].append({**partition, "services": services})
    return cut


def _trim_service(data: Path, into: Path, service: str, operations: frozenset[str]) -> str:
    version = max(path.parent for path in (data / service).glob("*/service-2.json*"))
    target = into / service / version.name
    model = trim_model(_read(version / "service-2.json"), operations)
    _write(target / "service-2.json", model)
    _write(target / "endpoint-rule-set-1.json", _read(version / "endpoint-rule-set-1.json"))
    _write(target / "paginators-1.json", _paginators(version, operations))
    for extra in sorted(version.glob("service-2.sdk-extras.json")):
        _write(target / extra.name, _read(extra))
    prefix: str = model["metadata"]["endpointPrefix"]
    return prefix


def _paginators(version: Path, operations: frozenset[str]) -> Document:
    paginators = _read(version / "paginators-1.json")["pagination"]
    return {"pagination": {name: entry for name, entry in paginators.items() if name in operations}}


def _read(path: Path) -> Any:
    packed = path.with_name(path.name + ".gz")
    return json.loads(gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes())


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, separators=(",", ":")), encoding="utf-8")
