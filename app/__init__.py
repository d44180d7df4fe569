"""Concord: live consensus workshops, where people answer alone before their table agrees."""
