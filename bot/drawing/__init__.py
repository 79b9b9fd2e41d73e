"""Pictures and files that are drawn for people to hold in their hands."""
