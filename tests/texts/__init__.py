"""Shared texts, tried with real servers and clients that speak the protocol."""
