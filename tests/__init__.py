"""Tests, by room; end-to-end tests run the real program over real HTTP."""
