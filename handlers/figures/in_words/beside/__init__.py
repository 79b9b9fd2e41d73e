"""What words are beside each other: nouns left out, clauses that ask nothing, items that say something else."""
