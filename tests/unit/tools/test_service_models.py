"""Service models are cut down to what is called."""

import pytest

from tools.build.service_models import trim_model, without_documentation

MODEL = {
    "metadata": {"endpointPrefix": "thing"},
    "documentation": "long",
    "operations": {
        "Get": {"input": {"shape": "GetInput"}, "errors": [{"shape": "Gone"}], "documentation": "long"},
        "Drop": {"input": {"shape": "DropInput"}},
    },
    "shapes": {
        "GetInput": {"type": "structure", "members": {"Keys": {"shape": "Keys", "documentation": "long"}}},
        "Keys": {"type": "list", "member": {"shape": "Key"}},
        "Key": {"type": "string"},
        "Gone": {"type": "structure", "members": {}, "exception": True},
        "DropInput": {"type": "structure", "members": {}},
    },
}


def test_only_shapes_that_kept_operations_reach_remain() -> None:
    """Inputs, what they hold, and errors stay; what only other operations use goes."""
    cut = trim_model(MODEL, {"Get"})
    assert set(cut["operations"]) == {"Get"}
    assert set(cut["shapes"]) == {"GetInput", "Keys", "Key", "Gone"}


def test_texts_are_dropped_everywhere() -> None:
    """No documentation remains at any depth."""
    assert "long" not in str(trim_model(MODEL, {"Get"}))


def test_a_member_called_documentation_stays() -> None:
    """A member's entry is an object and no text, so it is part of the contract."""
    members = {"documentation": {"shape": "Text"}}
    assert without_documentation({"members": members}) == {"members": members}


def test_an_unknown_operation_is_an_error() -> None:
    """A misspelt operation fails the build, not the first call in production."""
    with pytest.raises(KeyError):
        trim_model(MODEL, {"Gett"})
