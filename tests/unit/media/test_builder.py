from typing import Any, cast

import pytest

from reelwright.adapters.media.builder import media_copier
from reelwright.adapters.media.guard import RefusedAddress, check_url


def test_settings_become_the_guards_policy_and_limits() -> None:
    """Trusted hosts in any case, the list of result hosts, and never more than S3 can copy at once."""
    made = media_copier(
        cast("Any", None),
        "bucket",
        ffmpeg_path="/opt/bin/ffmpeg",
        max_result_bytes=1 << 40,
        result_hosts=("klingai.com",),
        allow_http_hosts=("Kling.Local",),
    )
    assert made.downloader.limits.max_bytes == 5 << 30
    policy = made.downloader.guard.policy
    assert check_url("http://kling.local:8080/a", policy).trusted
    assert check_url("https://p1.klingai.com/a", policy).host == "p1.klingai.com"
    with pytest.raises(RefusedAddress):
        check_url("https://cdn.example.com/a", policy)
