"""What a function is given where its stage asks for traces: a layer, and where to send them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aws_cdk import Aws

from infra.settings import Settings


@dataclass(frozen=True, slots=True)
class Tracing:
    """Nothing at all where it is not asked for."""

    layers: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    to_xray: bool = False

    @classmethod
    def of(cls, function: str, settings: Settings, *, traced: bool) -> "Tracing":
        """For one function; `traced` is false for those that do not carry our library."""
        if not (traced and settings.pipeline.tracing):
            return cls()
        own = settings.pipeline.otlp_endpoint
        endpoint = own or f"https://xray.{Aws.REGION}.{Aws.URL_SUFFIX}/v1/traces"
        told = {"OTEL_SERVICE_NAME": function, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": endpoint}
        return cls(("tracing",), told, to_xray=not own)
