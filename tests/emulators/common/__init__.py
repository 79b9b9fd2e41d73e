"""What the emulated platforms share: parameters of calls, scripted faults, a record of calls, listening."""
