"""Hamlets and communes: which one a person means, the one in use, and those that no list has."""
