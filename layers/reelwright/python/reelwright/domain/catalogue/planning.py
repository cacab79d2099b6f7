"""From a wish to what will be made and what it costs: no I/O."""

from dataclasses import dataclass
from decimal import Decimal

from reelwright.domain.catalogue.model import DEFAULT_ASPECT_RATIO, Model
from reelwright.domain.catalogue.models import MODELS
from reelwright.domain.catalogue.prices import units
from reelwright.domain.catalogue.rules import RULES
from reelwright.domain.catalogue.wording import either
from reelwright.domain.errors import FieldError, Unprocessable
from reelwright.domain.generation import Generation, JobType
from reelwright.domain.money import Cost


@dataclass(frozen=True, slots=True)
class Plan:
    """A generation with every default decided, and its price in video units.

    `mode` is None for a model without modes, `aspect_ratio` for image-to-video. `typical_seconds` is how
    long Kling usually takes.
    """

    mode: str | None
    aspect_ratio: str | None
    units: Decimal
    typical_seconds: int

    @property
    def cost(self) -> Cost:
        """The same price, with its equivalent in dollars at hand."""
        return Cost(self.units)


def plan(wish: Generation) -> Plan:
    """Decide what will be made. Raises Unprocessable that names every offending field and what the model can do."""
    model = _model(wish.model)
    mode = wish.mode if wish.mode is not None else model.default_mode
    errors = tuple(dict.fromkeys(error for rule in RULES for error in rule(model, wish, mode)))
    if errors:
        raise Unprocessable(errors[0].detail, errors=errors)
    return Plan(
        mode=mode,
        aspect_ratio=_aspect_ratio(wish),
        units=units(model.id, mode, sound=wish.sound, duration=wish.duration),
        typical_seconds=_typical_seconds(model, wish),
    )


def _model(name: str) -> Model:
    if name not in MODELS:
        detail = f"no such model; there are {either(MODELS).replace(' or ', ' and ')}"
        raise Unprocessable(detail, errors=(FieldError("/model", detail),))
    return MODELS[name]


def _aspect_ratio(wish: Generation) -> str | None:
    if wish.type is JobType.IMAGE_TO_VIDEO:
        return None
    return wish.aspect_ratio or DEFAULT_ASPECT_RATIO


def _typical_seconds(model: Model, wish: Generation) -> int:
    """Half of a 5 s render counts as fixed, half as growing with the length: an assumption, not a contract."""
    return model.typical_seconds[wish.type] * (wish.duration + 5) // 10
