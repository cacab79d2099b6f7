"""What CloudFront does in front of the deployment on AWS, done on one machine."""
