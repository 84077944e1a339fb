"""The notification wire: deliveries to the operators' endpoints."""
