"""What belongs to an evening beside its numbers."""
