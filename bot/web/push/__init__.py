"""Web Push: how the web chat reaches people while none of their pages is open."""
