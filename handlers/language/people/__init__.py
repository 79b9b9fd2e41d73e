"""Who is named: forms of address and names, kin, homes and who lives there, for whom a report is.

Never says how many phones they are.
"""
