"""Concord played through real browsers."""
