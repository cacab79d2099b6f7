"""What one job costs at AWS, counted call by call."""
