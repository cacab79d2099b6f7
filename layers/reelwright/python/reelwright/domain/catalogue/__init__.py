"""What Kling's models can do and what they cost: data, and the rules that read it."""

from reelwright.domain.catalogue.describing import describe
from reelwright.domain.catalogue.models import MODELS
from reelwright.domain.catalogue.planning import Plan, plan

__all__ = ["MODELS", "Plan", "describe", "plan"]
