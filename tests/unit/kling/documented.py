"""The callback that Kling's documentation gives as its test vector."""

BODY = b'{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}'
