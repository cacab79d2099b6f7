"""Images that came inline: implements `ports.Images` on S3."""

from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client


class BucketImages:
    """Images below `inputs/` of the media bucket; a lifecycle rule removes them."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, data: bytes, content_type: str) -> None:
        """See `ports.Images.put`."""
        self._client.put_object(Bucket=self._bucket, Key=key, Body=data, ContentType=content_type)

    def load(self, key: str) -> bytes:
        """The bytes of a stored image. Raises LookupError when it is gone, OSError when it cannot be had now."""
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except self._client.exceptions.NoSuchKey:
            raise LookupError(key) from None
        except (BotoCoreError, ClientError) as error:
            raise OSError(type(error).__name__) from error
