"""Pictures: kept beside what says them, shown on every platform in its own way."""
