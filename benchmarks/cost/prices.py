"""List prices in US dollars, us-east-1, first paid tier, no free tier (AWS price pages as of November 2026)."""

from decimal import Decimal
from typing import Final

MILLION: Final = Decimal(1_000_000)

PRICES: Final = {
    "api_request": Decimal("1.00") / MILLION,
    "lambda_request": Decimal("0.20") / MILLION,
    "lambda_gb_second": Decimal("13.3334") / MILLION,  # arm64; INIT is billed too, and rare
    "dynamodb_write_unit": Decimal("0.625") / MILLION,
    "dynamodb_read_unit": Decimal("0.125") / MILLION,
    "sqs_request": Decimal("0.40") / MILLION,
    "event_published": Decimal("1.00") / MILLION,
    "step_functions_transition": Decimal(25) / MILLION,
    "s3_put": Decimal("5.00") / MILLION,
    "s3_get": Decimal("0.40") / MILLION,
    "log_gb": Decimal("0.50"),
}
"""What each kind of operation costs."""

USUAL_LOOP_USD: Final = Decimal("2.86")
"""1,000 jobs of the usual polling loop: REST API, a Standard state machine asking every 5 s, secret read, trace and
write at every turn (150 s at Kling); the arithmetic of 3·⌈150 / 5.7⌉ + 4 transitions and what goes with them."""

BILLED_SECONDS: Final = {
    "authorizer": Decimal("0.01"),
    "submit": Decimal("0.05"),
    "query": Decimal("0.02"),
    "webhook": Decimal("0.02"),
    "dispatch": Decimal("1.00"),
    "dispatch_idle": Decimal("0.03"),
    "poll": Decimal("1.00"),
    "finalize": Decimal("2.50"),
    "announce": Decimal("0.05"),
    "deliver": Decimal("0.30"),
}
"""Assumed, not measured: warm durations on AWS. Kling answers in 0.9 s; finalize then takes 0.6 s to download 12 MB,
0.5 s to decode one frame and 0.5 s to upload. An endpoint answers in 0.2 s."""
