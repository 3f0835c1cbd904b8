"""The one kind of error that a service may raise for its user to read."""


class DomainError(Exception):
    """A rule of the business refuses the act. The message is in French, plain, and says what to do next."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
