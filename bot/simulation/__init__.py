"""A campaign of made-up students, played through the real handlers."""
