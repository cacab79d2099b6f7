"""Every order: the use cases on one seeded thread, a virtual clock and an in-memory store."""
