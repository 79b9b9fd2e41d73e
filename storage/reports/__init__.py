"""What was done: reports, what stands open, homes and promised visits, and the sums of them."""
