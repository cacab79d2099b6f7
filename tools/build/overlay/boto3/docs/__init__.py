"""boto3 without its documentation writer."""
