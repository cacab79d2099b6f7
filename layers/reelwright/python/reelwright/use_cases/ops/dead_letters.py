"""Dead letters: look at them, send them back to work, take them away."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from reelwright.domain.errors import Conflict, NotFound
from reelwright.use_cases.ops.changes import Change, Hand
from reelwright.use_cases.ops.letters import DROP, REDRIVE, Explanation, ReadLetter
from reelwright.use_cases.ops.ports import DeadLetters
from reelwright.use_cases.ops.records import DeadLetter
from reelwright.use_cases.ports import Jobs
from reelwright.use_cases.tell.ports import Deliveries


@dataclass(frozen=True, slots=True)
class ManageDeadLetters:
    """The table is the truth and letters were hints: dropping one loses nothing that the sweep does not find."""

    letters: DeadLetters
    jobs: Jobs
    deliveries: Deliveries

    def explain(self, limit: int) -> tuple[Explanation, ...]:
        """Up to `limit` letters of each queue, explained."""
        with self._looked_at(limit) as letters:
            return tuple(map(self._reader.explain, letters))

    def redrive(self, ids: Iterable[str], limit: int, hand: Hand) -> tuple[Change, ...]:
        """Send letters back to work, all that are worth it when `ids` is empty. Raises NotFound, Conflict."""
        wanted = set(ids)

        def worth(one: Explanation) -> bool:
            if wanted and one.advice != REDRIVE:
                raise Conflict(f"{one.letter.id} would only die again: {one.now}. Drop it.")
            return one.advice == REDRIVE

        return self._act(wanted, limit, worth, hand, REDRIVE)

    def drop(self, ids: Iterable[str], limit: int, hand: Hand) -> tuple[Change, ...]:
        """Take letters away, all of no use when `ids` is empty. Raises NotFound."""
        wanted = set(ids)
        return self._act(wanted, limit, lambda one: bool(wanted) or one.advice == DROP, hand, DROP)

    def _act(
        self, wanted: set[str], limit: int, chosen: Callable[[Explanation], bool], hand: Hand, what: str
    ) -> tuple[Change, ...]:
        with self._looked_at(limit) as letters:
            if missing := wanted - {letter.id for letter in letters}:
                raise NotFound(f"There is no dead letter {', '.join(sorted(missing))}.")
            explained = [self._reader.explain(letter) for letter in letters if not wanted or letter.id in wanted]
            picked = [one for one in explained if chosen(one)]
            return tuple(self._moved(one, what, hand, letters) for one in picked)

    def _moved(self, one: Explanation, what: str, hand: Hand, left: list[DeadLetter]) -> Change:
        after = "queued" if what == REDRIVE else "gone"

        def move() -> None:
            if what == REDRIVE:
                self.letters.redrive(one.letter, one.group)
            else:
                self.letters.drop(one.letter)
            left.remove(one.letter)

        return hand.apply(Change(one.letter.id, one.wanted, "dead", after), move)

    @contextmanager
    def _looked_at(self, limit: int) -> Iterator[list[DeadLetter]]:
        """Letters, shown again afterwards; those that were moved take themselves off the list."""
        letters = list(self.letters.look(limit))
        try:
            yield letters
        finally:
            self.letters.put_back(letters)

    @property
    def _reader(self) -> ReadLetter:
        return ReadLetter(self.jobs, self.deliveries)
