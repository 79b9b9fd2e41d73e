"""Tests of the numbers that are shown."""
