"""Tests of what Concord promises when things break: real processes, killed and cut off."""
