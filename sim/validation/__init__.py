"""An operator's own system, put through a plan against the sandbox: an application, which may see reports."""
