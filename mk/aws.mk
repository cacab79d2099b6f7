# A real AWS account.
