"""Tests of the ways to reach people."""
