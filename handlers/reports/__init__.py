"""All that makes a report, changes it and takes it back."""
