"""The content file: one read-only SQLite file with a manifest. Written on a desk or a hub, read on the device."""
