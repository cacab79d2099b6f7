"""All schedules that a trace gives rise to. A new effect in a function brings its own cases by itself.

Killing a process leaves behind what it had changed, nothing else: crash points of one invocation between the same two
changes leave the same world. Each such world is tried once and stands for all its crash points.
"""

from collections.abc import Iterator, Sequence

from tests.crash.effects import Effect, Fault

Schedule = tuple[Fault, ...]


def crash_points(trace: Sequence[Effect]) -> int:
    """Just before and just after every effect."""
    return 2 * len(trace)


def crashes(trace: Sequence[Effect], later_than: int = 0) -> Iterator[Fault]:
    """One crash for each different world: before an invocation's first effect, and after each of its changes."""
    for effect in trace[later_than:]:
        if dies_before(trace[: effect.number], later_than):
            yield Fault(effect.number, "before")
        if effect.call.changes:
            yield Fault(effect.number, "after")


def dies_before(trace: Sequence[Effect], later_than: int = 0) -> bool:
    """Whether the last effect of a trace is the first one of its invocation; of the sweeps, only one counts."""
    *earlier, effect = trace
    if effect.changes or (earlier and earlier[-1].invocation == effect.invocation):
        return False
    return effect.function != "sweep" or all(one.function != "sweep" for one in earlier[later_than:])


def lost_answers(trace: Sequence[Effect]) -> Iterator[Fault]:
    """The effect happens, its answer does not come, and the function has to live with it."""
    return (Fault(effect.number, "lost") for effect in trace if effect.call.changes)


def overtakings(trace: Sequence[Effect]) -> Iterator[Fault]:
    """Right before a change, with all it was decided on already read, the same event is served by somebody else."""
    return (Fault(effect.number, "overtaken") for effect in trace if effect.call.changes)


def singles(trace: Sequence[Effect]) -> tuple[Schedule, ...]:
    """Every schedule with one fault."""
    faults = (*crashes(trace), *lost_answers(trace), *overtakings(trace))
    return tuple((fault,) for fault in faults)
