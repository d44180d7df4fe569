"""Concord: live consensus workshops."""
