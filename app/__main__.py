"""`python -m app …`, which is the same as `concord …`."""

from app.cli import main

main()
