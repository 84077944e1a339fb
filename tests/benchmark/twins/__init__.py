"""*Small town* rebuilt in other simulators, from its description: nothing here knows the service."""
