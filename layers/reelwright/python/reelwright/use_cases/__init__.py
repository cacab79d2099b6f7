"""What the system does, one module a use case, speaking to the outside through `ports`."""
