"""Our own chat server: rooms, posts, devices, and what browsers did."""
