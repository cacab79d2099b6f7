from decimal import Decimal

import pytest

from reelwright.domain.catalogue import describe, plan
from reelwright.domain.catalogue.models import MODELS
from reelwright.domain.generation import Generation, JobType


def price(model: str, *, image: str | None = None, **wish: object) -> Decimal:
    kind = JobType.IMAGE_TO_VIDEO if image else JobType.TEXT_TO_VIDEO
    return plan(Generation(type=kind, model=model, prompt="a fox", image=image, **wish)).units  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("model", "wish", "units"),
    [
        ("kling-v3", {"duration": 3}, "1.8"),
        ("kling-v3", {"duration": 15, "mode": "pro", "sound": True}, "18"),
        ("kling-v3", {"duration": 4, "mode": "4k"}, "12"),
        ("kling-v3-omni", {"duration": 3, "mode": "std"}, "1.8"),
        ("kling-v3-omni", {"duration": 5, "sound": True}, "5"),
        ("kling-video-o1", {"duration": 10}, "8"),
        ("kling-v2-6", {}, "1.5"),
        ("kling-v2-6", {"mode": "pro", "sound": True, "duration": 10}, "10"),
        ("kling-v2-5-turbo", {"mode": "pro"}, "2.5"),
        ("kling-v2-master", {"duration": 10}, "20"),
        ("kling-v2-1", {"image": "https://a.test/1.png", "mode": "pro"}, "3.5"),
        ("kling-v1", {}, "1"),
        ("kling-v1-5", {"image": "https://a.test/1.png", "duration": 10}, "4"),
    ],
)
def test_a_generation_costs_what_the_price_book_says(model: str, wish: dict[str, object], units: str) -> None:
    """Prices are exact decimals of the official list."""
    assert price(model, **wish) == Decimal(units)  # type: ignore[arg-type]


def test_every_description_is_complete() -> None:
    """Each model is described with at least one price for each of its modes."""
    described = {entry["id"]: entry for entry in describe()}
    assert list(described) == list(MODELS)
    for name, model in MODELS.items():
        priced = {price["mode"] for price in described[name]["prices"]}  # type: ignore[attr-defined]
        assert priced == set(model.modes or (None,))


def test_a_longer_video_is_expected_to_take_longer() -> None:
    """The expectation grows with the length and is never zero."""
    wishes = [Generation(type=JobType.TEXT_TO_VIDEO, model="kling-v3", prompt="x", duration=s) for s in (3, 5, 15)]
    expected = [plan(wish).typical_seconds for wish in wishes]
    assert expected == sorted(set(expected))
    assert expected[0] > 0
