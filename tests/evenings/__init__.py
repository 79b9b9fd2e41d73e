"""Whole evenings with their truth: what students wrote, and what a fair clerk books for it."""
