"""Tests of what stands open."""
