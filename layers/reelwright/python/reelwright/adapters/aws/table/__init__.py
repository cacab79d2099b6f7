"""The one DynamoDB table: rows, keys and the conditional writes on them."""
