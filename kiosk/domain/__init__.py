"""What a procedure, a question, a step, a paper and a place ARE. Pure values and rules, no input or output."""
