"""The running program: everything that touches the outside world."""
