"""What students tell of comrades of their team."""
