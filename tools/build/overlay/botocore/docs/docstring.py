"""Empty docstrings for generated client methods, in place of a writer that nobody calls in a function."""

from typing import Self


class LazyLoadedDocstring(str):
    """An empty text that takes whatever the documentation writer would have taken."""

    __slots__ = ()

    def __new__(cls, *_args: object, **_kwargs: object) -> Self:
        """Ignore what there would be to document."""
        return super().__new__(cls)


class ClientMethodDocstring(LazyLoadedDocstring):
    """For the methods of a client."""


class WaiterDocstring(LazyLoadedDocstring):
    """For `wait`."""


class PaginatorDocstring(LazyLoadedDocstring):
    """For `paginate`."""
