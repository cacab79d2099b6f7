"""Two models of one account, each with a lane of its own."""

from dataclasses import replace

from reelwright.domain.lane import lane_id
from tests.support.pipeline import CLIP

OTHER = lane_id("main", "kling-v2-6")
OTHER_CLIP = replace(CLIP, model="kling-v2-6")
