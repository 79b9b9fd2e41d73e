"""What is kept about people: how it goes after its time, how one person is erased, and what one person is shown."""
