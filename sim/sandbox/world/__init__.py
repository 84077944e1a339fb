"""A world of the sandbox: a function of its commands, kept on disk, under a clock that is moved."""
