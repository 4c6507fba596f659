"""How this room writes its short tables of words."""

from __future__ import annotations


def wordset(words: str) -> frozenset[str]:
    """The words of a string, separated by white space, as a set."""
    return frozenset(words.split())
