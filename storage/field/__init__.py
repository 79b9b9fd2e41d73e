"""What belongs to an evening beside its numbers: who is off duty."""
