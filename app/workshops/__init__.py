"""Preparing workshops and taking seats in them."""
