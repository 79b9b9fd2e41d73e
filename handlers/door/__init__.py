"""Who comes in and what they learn: joining, groups, help, private numbers."""
