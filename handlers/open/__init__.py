"""What stands open in a conversation: the questions, and what answers them."""
