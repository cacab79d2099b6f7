"""What is noted of IAM's decisions in the embedded AWS."""

from pathlib import Path
from typing import Any

from local.decisions import Decision, Notes, read

CALLERS = {"AK1": "arn:aws:sts::000000000000:assumed-role/submit/session", "test": "arn:aws:iam::000000000000:root"}
TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/t"


def _asked(path: Path, *requests: tuple[str, str, object]) -> list[Decision]:
    """The notes after these requests: (access key, action, refusal or None)."""
    answers = iter(refusal for _, _, refusal in requests)

    def enforce(*_: Any, **__: Any) -> object:
        return next(answers)

    noted = Notes(path, CALLERS.__getitem__).noting(enforce)
    for access_key, action, refusal in requests:
        assert noted(access_key, action, "dynamodb", "us-east-1", resource_arn=TABLE) is refusal
    return list(read(path))


def test_what_is_allowed_is_told_once_and_every_refusal_again(tmp_path: Path) -> None:
    """Else a run of an hour would fill the disk, and a test could not see a second refusal."""
    no = object()
    notes = _asked(tmp_path / "iam", ("AK1", "a:Get", None), ("AK1", "a:Get", None), *[("AK1", "a:Put", no)] * 2)
    assert [(note.action, note.allowed) for note in notes] == [("a:Get", True), ("a:Put", False), ("a:Put", False)]
    assert {(note.role, note.resource) for note in notes} == {("submit", TABLE)}


def test_only_roles_are_noted(tmp_path: Path) -> None:
    """Root may do everything, and who has no key is not checked."""
    assert _asked(tmp_path / "iam", ("test", "a:Get", None), ("", "a:Get", None)) == []


def test_a_new_run_begins_with_an_empty_page(tmp_path: Path) -> None:
    """Notes of an earlier run would prove what is no longer so."""
    _asked(tmp_path / "iam", ("AK1", "a:Get", None))
    assert _asked(tmp_path / "iam") == []
