"""Shared texts: what people write together at the same time, stored before it is acknowledged."""
