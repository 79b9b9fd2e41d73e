"""Tests of when it is said."""
