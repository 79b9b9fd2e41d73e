"""Tests of the campaign folder."""
