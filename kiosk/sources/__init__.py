"""Where content comes from: authored YAML, and later the official library, to domain values with a report."""
