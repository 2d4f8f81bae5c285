"""A study file under a passphrase: AES-256-GCM, its key from the passphrase by Scrypt. Both are `cryptography`'s.

Layout: mark, version, then the parameters of Scrypt, salt and nonce, all of which are sealed along; then the sealed
bytes with their tag. The parameters are fixed: a file that names others would let a stranger choose what opening costs.
"""

from __future__ import annotations

import os
import struct
import unicodedata

from evalcore.errors import PassphraseNeededError, StorageError
from evalcore.storage.checked import damaged, newer

MARK = b"\x89STUDY\r\n\x1a\n"
"""How a sealed file begins. It does not survive a program that changes line ends, so such a change is seen."""

SHORTEST = 12
"""Characters that a passphrase must have."""

_FEWEST_DIFFERENT = 5
_VERSION, _SCRYPT = 1, b"scrypt"
_LOG_N, _R, _P = 17, 8, 1  # 128 MB and about half a second
_FORM = f">{len(MARK)}sH6sBBB16s12s"
_HEAD = struct.calcsize(_FORM)
_TAG, _KEY = 16, 32
_NEEDED = "This study file is sealed. Type the passphrase with which it was sealed."
_WRONG = (
    "The file could not be opened with this passphrase. Either the passphrase is another one, or the file is damaged:"
    " that can not be told apart. Look at capitals and blanks, then try an earlier copy of the file."
)


def is_sealed(data: bytes) -> bool:
    """Whether these bytes are a sealed study file, by their beginning.

    >>> is_sealed(b"PK")
    False
    """
    return bytes(data[: len(MARK)]) == MARK


def check_passphrase(text: str) -> str:
    """Return why a passphrase can not be used, in a sentence, or an empty text.

    >>> check_passphrase("four words is fine"), check_passphrase("short")
    ('', 'The passphrase is too short: it needs 12 characters or more. Four unrelated words are good.')
    """
    typed = unicodedata.normalize("NFC", text)
    if len(typed) < SHORTEST:
        return f"The passphrase is too short: it needs {SHORTEST} characters or more. Four unrelated words are good."
    if len(set(typed)) < _FEWEST_DIFFERENT:
        return "The passphrase is too easy to guess: it has few different characters. Choose another one."
    if any(unicodedata.category(sign) == "Cs" for sign in typed):
        return "The passphrase holds half a character, which no keyboard can type again. Choose another one."
    return ""


def sealed(plain: bytes, passphrase: str) -> bytes:
    """Seal bytes under a passphrase; StorageError says why where that can not be used."""
    wrong = check_passphrase(passphrase)
    if wrong:
        raise StorageError(wrong)
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    head = struct.pack(_FORM, MARK, _VERSION, _SCRYPT, _LOG_N, _R, _P, salt, nonce)
    return head + AESGCM(_key(passphrase, salt)).encrypt(nonce, plain, head)


def unsealed(data: bytes, passphrase: str | None) -> bytes:
    """Open what `sealed` made.

    Raises
    ------
    PassphraseNeededError
        If there is no passphrase, or it does not fit.
    UnreadableFileError
        If the head names other parameters, or is cut short, or a newer version of the software wrote it.
    """
    if len(data) < _HEAD + _TAG:
        raise damaged()
    head = data[:_HEAD]
    mark, version, kdf, log_n, r, p, salt, nonce = struct.unpack(_FORM, head)
    if version > _VERSION:
        raise newer()
    if (mark, version, kdf, log_n, r, p) != (MARK, _VERSION, _SCRYPT, _LOG_N, _R, _P):
        raise damaged()
    if not passphrase:
        raise PassphraseNeededError(_NEEDED)
    if check_passphrase(passphrase):  # nothing was ever sealed with such a one
        raise PassphraseNeededError(_WRONG)
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, data[_HEAD:], head)
    except InvalidTag:
        raise PassphraseNeededError(_WRONG) from None


def _key(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    typed = unicodedata.normalize("NFC", passphrase).encode()
    return Scrypt(salt=salt, length=_KEY, n=2**_LOG_N, r=_R, p=_P).derive(typed)
