"""A signed head: proof, kept elsewhere, of how long a record was and what it said at an instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from standto.errors import RecordError
from standto.ledger.canonical import canonical

FORMAT = "standto-head/1"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The last entry of a record at the time of signing, and an Ed25519 signature over it.

    Attributes
    ----------
    record, nature
        Name and nature of the record.
    position, hash, recorded_at
        Of its last entry.
    signed_at
        When it was signed, by the clock of whoever signed.
    key
        The public key, 64 hexadecimal digits.
    signature
        Over the canonical form of all fields but this one; 128 hexadecimal digits.
    """

    record: str
    nature: str
    position: int
    hash: str
    recorded_at: str
    signed_at: str
    key: str
    signature: str = ""
    format: str = FORMAT

    def signed_text(self) -> str:
        """What is signed: the canonical form of all fields but the signature."""
        return canonical({name: value for name, value in asdict(self).items() if name != "signature"})

    def as_json(self) -> str:
        """The head as it is written to a file."""
        return canonical(asdict(self))


def sign_head(
    key: Ed25519PrivateKey,
    *,
    record: str,
    nature: str,
    position: int,
    hash: str,  # noqa: A002  # the field is called so
    recorded_at: str,
    signed_at: str,
) -> SignedHead:
    """Sign the last entry of a record."""
    fields = (record, nature, position, hash, recorded_at, signed_at)
    head = SignedHead(*fields, key.public_key().public_bytes_raw().hex())
    return SignedHead(*fields, head.key, key.sign(head.signed_text().encode()).hex())


def read_head(row: Mapping[str, Any], key: Ed25519PublicKey, *, file: str) -> SignedHead:
    """A signed head, if the key did sign it.

    Raises
    ------
    RecordError
        If it is no signed head, or another key or another text was signed.
    """
    names = set(SignedHead.__dataclass_fields__)
    whole = isinstance(row.get("position"), int) and not isinstance(row.get("position"), bool)
    texts = all(isinstance(value, str) for name, value in row.items() if name != "position")
    if set(row) != names or not whole or not texts or row["format"] != FORMAT:
        raise RecordError(f"is no signed head ({FORMAT})", fix="run `standto record head` again", file=file)
    head = SignedHead(**row)
    if head.key != key.public_bytes_raw().hex():
        raise RecordError(
            "was signed with another key", fix="give the public key of whoever signed it", file=file
        )
    try:
        key.verify(bytes.fromhex(head.signature), head.signed_text().encode())
    except (InvalidSignature, ValueError):
        raise RecordError(
            "does not say what was signed: it was altered",
            fix="get it again from whoever signed it",
            file=file,
        ) from None
    return head


def new_key() -> tuple[bytes, bytes]:
    """A new private key and its public key, as PEM files hold them."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private, public


def private_key(pem: bytes, *, file: str) -> Ed25519PrivateKey:
    """The private key of a PEM file.

    Raises
    ------
    RecordError
        If it holds none of Ed25519, or one under a passphrase.
    """
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        fix = "make one with `standto record key`, or with `openssl genpkey -algorithm ed25519`"
        raise RecordError("holds no open Ed25519 private key", fix=fix, file=file)
    return key


def public_key(pem: bytes, *, file: str) -> Ed25519PublicKey:
    """The public key of a PEM file; of a private key's file, the public key that belongs to it.

    Raises
    ------
    RecordError
        If it holds none of Ed25519.
    """
    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError:
        return private_key(pem, file=file).public_key()
    if not isinstance(key, Ed25519PublicKey):
        raise RecordError("holds no Ed25519 public key", fix="give the key that signed the head", file=file)
    return key
