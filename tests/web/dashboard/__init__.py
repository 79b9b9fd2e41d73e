"""The dashboard: who gets in, what it shows, in a real Chromium as well."""
