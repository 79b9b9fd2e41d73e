"""Simulated campaigns: what is drawn, played, and held against what is stored."""
