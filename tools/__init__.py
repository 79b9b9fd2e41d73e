"""What is run by hand to make parts of the program, and never by the program itself."""
