"""The public face: small, sorted, and everything in it is there."""

from __future__ import annotations

import handrail


def test_the_public_names_are_these():
    assert handrail.__all__ == ["Directory", "HandrailError", "Issue", "RegistryError", "Site", "compile"]


def test_every_public_name_is_there_and_explained():
    for name in handrail.__all__:
        assert getattr(handrail, name).__doc__


def test_nothing_else_is_found():
    assert not hasattr(handrail, "magic")
