"""The killer strikes only what works, and chooses its moments by the seed."""

from dataclasses import dataclass
from random import Random

from tests.chaos.killer import Doom, Victim


@dataclass
class Fake:
    """A worker that can be told to rest."""

    function: str = "finalize"
    at_work: bool = True
    dead: bool = False

    def kill(self) -> None:
        self.dead = True


def victim(kills: int = 1, seed: int = 7) -> Victim:
    return Victim("finalize", Doom(kills, within_seconds=1.0, rest_seconds=5.0), Random(seed))  # noqa: S311 - repeatable


def test_work_that_ended_in_between_is_spared() -> None:
    """Between aim and strike the invocation ended: nobody dies, and the kill is still to come."""
    fake, hunted = Fake(), victim()
    assert not hunted.step(0.0, [fake])
    fake.at_work = False
    assert not hunted.step(1.0, [fake])
    assert (fake.dead, hunted.kills) == (False, 0)


def test_what_works_dies_within_its_time() -> None:
    """A function at work is killed once its drawn moment has come."""
    fake, hunted = Fake(), victim()
    hunted.step(0.0, [fake])
    assert hunted.step(1.0, [fake])
    assert fake.dead


def test_others_and_more_than_asked_for_are_left_alone() -> None:
    """Only its own function, and only so often."""
    other, fake, hunted = Fake("query"), Fake(), victim(kills=1)
    for second in range(100):
        hunted.step(float(second), [other, fake])
    assert (other.dead, fake.dead, hunted.kills) == (False, True, 1)


def test_the_same_seed_draws_the_same_moments() -> None:
    """Chance comes from the seed alone."""

    def moments(seed: int) -> list[int]:
        hunted, fake = victim(kills=5, seed=seed), Fake()
        return [tick for tick in range(4000) if hunted.step(tick / 100, [fake])]

    assert moments(1) == moments(1)
    assert len(moments(1)) == 5
    assert moments(1) != moments(2)
