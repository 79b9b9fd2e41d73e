"""Tests of who comes in and what they learn."""
