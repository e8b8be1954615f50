"""Merkle trees: one digest that stands for many rows, of which each can be shown to be one."""

from hashlib import sha256

LEAF = 32
EMPTY = sha256(b"").digest()


def root(leaves: bytes) -> bytes:
    """The root over leaf digests joined end to end, 32 bytes each, in their order.

    A node is SHA-256 of 0x01 and its two children; an odd one goes up as it is (RFC 6962 shape).
    Raises `ValueError` where the length is no multiple of 32.
    """
    if len(leaves) % LEAF:
        raise ValueError("leaves are digests of 32 bytes each")
    level = [leaves[at : at + LEAF] for at in range(0, len(leaves), LEAF)]
    if not level:
        return EMPTY
    while len(level) > 1:
        paired = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        level = paired + level[len(paired) * 2 :]
    return level[0]
