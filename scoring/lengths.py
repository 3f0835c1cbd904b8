"""How long the jury's and the secretariat's free texts may be, so that a page and the minutes can hold them."""

COMMENT_LENGTH = 4000
REMARKS_LENGTH = 8000
REASON_LENGTH = 1000
