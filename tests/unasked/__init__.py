"""Tests of what is said by the clock."""
