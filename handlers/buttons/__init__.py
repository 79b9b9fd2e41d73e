"""What a press of a button, or its label typed as text, is."""
