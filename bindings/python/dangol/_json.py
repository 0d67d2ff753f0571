"""What Dangol answers, as text that can be stored."""

import json
from datetime import date, datetime, timezone
from decimal import Decimal


def to_json(value: object) -> str:
    """The JSON text of a member, of events, or of anything else that this library returned.

    Exact numbers become strings, so that nothing on the way makes floats of them; times become RFC 3339 text.
    ``json.loads`` of it goes in again as it is.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> to_json({"points": Decimal("12.50"), "expires_on": date(2026, 12, 31)})
    '{"points":"12.50","expires_on":"2026-12-31"}'
    """
    return json.dumps(value, default=_text, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        # As many digits as the core writes: none, three or six.
        digits = "microseconds" if value.microsecond % 1000 else "milliseconds" if value.microsecond else "seconds"
        return value.astimezone(timezone.utc).isoformat(timespec=digits).replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} is nothing that this library returns")
