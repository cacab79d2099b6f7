"""What an operator does to a deployed pipeline. Every use case names its changes, and makes them unless told not to."""
