"""Concord's tests: they mirror app/, and e2e, house and load stand beside."""
