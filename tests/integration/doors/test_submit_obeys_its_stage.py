"""What the stage says of submit's patience is what a stored job shows."""

from reelwright.adapters.aws.clients import client
from reelwright.adapters.aws.table import keys
from reelwright.adapters.aws.table.codec import decode
from tests.integration.doors.conftest import PLAIN
from tests.integration.doors.town import TABLE, Town, key


def test_a_lost_hint_is_repaired_when_the_stage_says(town: Town) -> None:
    """The sweep looks at a new job after the stage's `hint_repair_seconds`, not after a default of the library's."""
    video = town.ask("POST", "/v1/videos", key("owner")).body["id"]
    row = decode(client("dynamodb").get_item(TableName=TABLE, Key=keys.job(video))["Item"])
    assert row["due_ms"] - row["created_ms"] == int(PLAIN["HINT_REPAIR_SECONDS"]) * 1000
