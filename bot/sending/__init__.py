"""Messages out: what was committed is sent."""
