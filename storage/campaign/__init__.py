"""The undertaking: its phases, places, teams and people, and how a campaign folder becomes them."""
