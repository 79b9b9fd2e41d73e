"""Tests of hamlets and communes."""
