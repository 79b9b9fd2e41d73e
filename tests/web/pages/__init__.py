"""The web chat's page in a real Chromium."""
