"""Fits the second reader to the labelled messages (docs/language.md)."""
