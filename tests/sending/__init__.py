"""Tests of what leaves, and when."""
