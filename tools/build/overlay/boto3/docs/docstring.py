"""Empty docstrings for boto3's resources, which its session imports even when only clients are made."""

from botocore.docs.docstring import LazyLoadedDocstring


class ActionDocstring(LazyLoadedDocstring):
    """For an action."""


class LoadReloadDocstring(LazyLoadedDocstring):
    """For `load` and `reload`."""


class SubResourceDocstring(LazyLoadedDocstring):
    """For a sub-resource."""


class AttributeDocstring(LazyLoadedDocstring):
    """For an attribute."""


class IdentifierDocstring(LazyLoadedDocstring):
    """For an identifier."""


class ReferenceDocstring(LazyLoadedDocstring):
    """For a reference."""


class CollectionDocstring(LazyLoadedDocstring):
    """For a collection."""


class CollectionMethodDocstring(LazyLoadedDocstring):
    """For a collection's method."""


class BatchActionDocstring(LazyLoadedDocstring):
    """For a batch action."""


class ResourceWaiterDocstring(LazyLoadedDocstring):
    """For a resource's waiter."""
