# Two commands do everything on a fresh machine: `make conformance` and `make test`.
