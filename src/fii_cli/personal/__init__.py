"""Personal data in a text: whether it holds what leads to a person, however that person or Word writes it."""

from fii_cli.personal.email import holds_email
from fii_cli.personal.numbers import holds_bsn, holds_iban
from fii_cli.personal.telephone import holds_telephone

__all__ = ["holds_bsn", "holds_email", "holds_iban", "holds_personal", "holds_telephone"]


def holds_personal(text: str) -> bool:
    """Whether a text holds personal data of any kind that fii recognises."""
    return holds_email(text) or holds_telephone(text) or holds_iban(text) or holds_bsn(text)
