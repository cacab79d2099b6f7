"""What packages contain beside the sources that they are made from."""
