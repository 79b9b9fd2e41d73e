"""Hamlets, days and times as they are said: where each begins and ends, and which moment is meant.

Never counts anything.
"""
