"""What this machine keeps: the active and the previous pack, the staff PIN and its tries, counters."""
