"""The chat server: its socket, what browsers send, and what is pushed to them."""
