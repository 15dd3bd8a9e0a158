"""`python -m merestone` is `merestone`."""

from merestone.cli import main

raise SystemExit(main())
