"""The commands: `concord serve` and everything else that is done from a terminal."""
