"""Finding: what a person types, with its mistakes and everyday words, to the procedures that serve."""
