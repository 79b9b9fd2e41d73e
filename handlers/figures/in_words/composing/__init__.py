"""What the parts of a question ask together: whether each stands where it says something, of whom it is, and what."""
