"""Requests with a token, sent anew exactly once when the token itself was what Kling refused."""

from collections.abc import Mapping

from reelwright.adapters.kling.envelope import Answer, Envelope, parse
from reelwright.adapters.kling.errors import BAD_CREDENTIALS, TOKEN_TIMES
from reelwright.adapters.kling.tokens import Tokens
from reelwright.adapters.kling.transport import Transport


class Client:
    """Transport and tokens together. A refused token means that nothing was created, so sending anew is safe."""

    def __init__(self, transport: Transport, tokens: Tokens) -> None:
        self._transport = transport
        self._tokens = tokens

    def call(self, method: str, path: str, body: Mapping[str, object] | None = None) -> tuple[int, Envelope | None]:
        """HTTP status and envelope. Raises NotSent, NoAnswer, NoKeys; after NoKeys nothing was created, either."""
        answer, envelope = self._once(method, path, body)
        if envelope is not None and self._renewed(envelope.code, answer.date):
            answer, envelope = self._once(method, path, body)
        return answer.status, envelope

    def _once(self, method: str, path: str, body: Mapping[str, object] | None) -> tuple[Answer, Envelope | None]:
        answer = self._transport.send(method, path, self._tokens.bearer(), body)
        return answer, parse(answer)

    def _renewed(self, code: int, server_date: str | None) -> bool:
        """True when the token was refused and there is a better one now."""
        if code in TOKEN_TIMES:
            self._tokens.resign(server_date)
            return True
        return code in BAD_CREDENTIALS and self._tokens.reload()
