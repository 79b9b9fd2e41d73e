"""Webhooks of Telegram and Zalo."""
