"""Tests of how reports are made, changed and taken back."""
