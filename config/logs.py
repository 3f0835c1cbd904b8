"""What the log keeps of a request that was refused."""

import logging

SERVER_ERROR = 500


class RefusalsInOneLine(logging.Filter):
    """No traceback for an ordinary refusal (400, 403, 404…): it says nothing that the address does not, in fifty lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", SERVER_ERROR) < SERVER_ERROR:
            record.exc_info = None
            record.exc_text = None
        return True
