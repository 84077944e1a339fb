"""The commands that ask the judge or the rules: `conformance`, `check`, `timeline`, `rules`, `readings`."""
