"""Stand-ins for other companies' services: independent witnesses that share no code with the product."""
