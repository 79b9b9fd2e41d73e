"""The whole program, killed at every step that it passes; only these tests can make it die there."""
