"""One visit: its state, what the person wants, and what each screen shows. No drawing here."""
