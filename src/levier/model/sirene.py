"""
The numbers of SIRENE: the SIREN of a body, and the SIRET of each of its establishments.

Source: Code de commerce, articles R123-220 and R123-221; ISO/IEC 7812-1, annex B.
"""

from __future__ import annotations

__all__ = ["SIREN_DIGITS", "SIRET_DIGITS", "is_siren", "is_siret"]

SIREN_DIGITS = 9
SIRET_DIGITS = 14
_LA_POSTE = "356000000"
_LA_POSTE_HEAD_OFFICE = "35600000000048"


def _luhn(digits: str) -> int:
    """Return the Luhn sum: double every second digit from the right, and add the digits of the results."""
    return sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(reversed(digits)))


def is_siren(number: str) -> bool:
    """
    Return whether *number* is a SIREN: nine digits with a Luhn check digit.

    Source: Code de commerce, article R123-221; ISO/IEC 7812-1, annex B.

    >>> is_siren("130005481"), is_siren("130005482")
    (True, False)
    """
    return len(number) == SIREN_DIGITS and number.isascii() and number.isdigit() and _luhn(number) % 10 == 0


def is_siret(number: str) -> bool:
    """
    Return whether *number* is a SIRET: a SIREN and five more digits, with a Luhn check digit.

    The establishments of La Poste (SIREN 356000000), except its head office, are checked by the plain sum of digits.

    >>> is_siret("13000548100010"), is_siret("35600000049837")
    (True, True)
    """
    if not (len(number) == SIRET_DIGITS and is_siren(number[:SIREN_DIGITS]) and number.isascii() and number.isdigit()):
        return False
    if number.startswith(_LA_POSTE) and number != _LA_POSTE_HEAD_OFFICE:
        return sum(map(int, number)) % 5 == 0
    return _luhn(number) % 10 == 0
