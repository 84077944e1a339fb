"""What the service and the operators exchange as documents: the CSV file, the XML of orders and notifications."""
