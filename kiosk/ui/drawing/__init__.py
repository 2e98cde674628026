"""Drawing the elements of a view: measured first, then placed, then painted."""
