"""Values as JSON, between the sandbox and the grader: nothing that arrives can run code.

Numbers, texts, arrays, tuples, lists and dictionaries arrive as they are. A function arrives as one that is called on
the other side; a loss of the library by its name and parameters. Anything else arrives as a stand-in, which has the
name of its type and says the same of itself.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import json
import math
import socket
import struct
from collections.abc import Callable, Iterator

import numpy as np

from lossutils import losses
from lossutils.judge.parcel import stand_in
from lossutils.judge.showing import LONG, shortened
from lossutils.loss import Loss

KINDS = "biufcUS"  # of arrays
LARGEST = 2**24  # bytes of one message
LARGE = 10**6  # numbers of an array; answers have a few hundred
KEYS = 1000  # of a dictionary: whoever chooses them can let each be compared with all others
CHUNK = 2**16  # bytes that are read at once
HEAD = struct.Struct(">I")


class Nonsense(Exception):
    """What arrived is no message of ours."""


class TooLong(ValueError):
    """What is to be sent is more than a message holds."""


class Channel:
    """Messages one after the other, through a socket or a pair of pipes."""

    def __init__(self, reads: Callable[[int], bytes], writes: Callable[[bytes], object], takes: Callable | None = None):
        self._reads, self._writes, self._takes = reads, writes, takes
        self._rest = b""  # what was read beyond the last message

    @classmethod
    def through(cls, connected: socket.socket) -> Channel:
        """Return the channel through a socket."""

        def takes():
            _, files, *_ = socket.recv_fds(connected, 1, 1)
            return socket.socket(fileno=files[0])

        return cls(connected.recv, connected.sendall, takes)

    def send(self, message: dict) -> None:
        """Send a message, its length first."""
        body = json.dumps(message).encode()
        if len(body) > LARGEST:
            raise TooLong(f"{len(body)} bytes")
        self._writes(HEAD.pack(len(body)) + body)

    def receive(self) -> dict:
        """Wait for the next message; EOFError when the other end is gone, Nonsense when it is no message."""
        (length,) = HEAD.unpack(self._exactly(HEAD.size))
        if length > LARGEST:
            raise Nonsense(f"a message of {length} bytes")
        return unpacked(self._exactly(length))

    def _exactly(self, length):
        parts, there = [self._rest], len(self._rest)
        while there < length:
            part = self._reads(max(length - there, CHUNK))
            if not part:
                raise EOFError("the other end is gone")
            parts.append(part)
            there += len(part)
        whole = b"".join(parts)
        self._rest = whole[length:]
        return whole[:length]

    @contextlib.contextmanager
    def aside(self, message: dict) -> Iterator[Channel]:
        """Give the channel for calls of the grader's functions: one that came with the message, else this one.

        A process that is stopped while it calls leaves half a message, which must not come before the next answer.
        """
        if not message.get("aside"):
            yield self
            return
        self.send({"say": "aside"})  # now it may come: read together with a message it would be lost
        with self._takes() as connected:
            yield Channel.through(connected)


def unpacked(body: bytes) -> dict:
    """Return the message in these bytes; Nonsense if it is none."""
    try:
        message = json.loads(body)
        if not body.isascii() or b"\\u" in body:
            message = clean(message)
    except (ValueError, RecursionError) as error:
        raise Nonsense(f"no JSON: {shortened(str(error), LONG)}") from None
    if not isinstance(message, dict):
        raise Nonsense("no message")
    return message


def clean(value: object) -> object:
    """Return what arrived without what no file and no database takes: halves of letters, and the letter of number 0."""
    if isinstance(value, str):
        if value.isascii() and "\0" not in value:
            return value
        return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(name): clean(item) for name, item in value.items()}
    return value


def encoded(value: object, known: Callable[[Callable], dict] | None = None) -> object:
    """Return a value as JSON can hold it; `known` tells how a function is written.

    What is too large, too deep or refuses to be looked at becomes a stand-in.
    """
    try:
        made = _encoded(value, known)
    except (RecursionError, OverflowError, MemoryError, ValueError, TypeError, AttributeError):
        return _thing(value)
    return made


def _encoded(value, known):
    if value is None or type(value) in (bool, int, float, str):
        return value if type(value) is not int or abs(value) < 10**300 else {"#": "int", "hex": hex(value)}
    if isinstance(value, np.generic) and value.dtype.kind in KINDS:
        return {"#": "scalar", **_encoded_array(np.asarray(value))}
    if isinstance(value, np.ndarray) and value.dtype.kind in KINDS and value.size <= LARGE:
        return {"#": "array", **_encoded_array(np.asarray(value))}
    if type(value) in (list, tuple):
        items = [_encoded(item, known) for item in value]
        return items if type(value) is list else {"#": "tuple", "items": items}
    if type(value) is dict and len(value) <= KEYS:
        return {"#": "dict", "items": [[_encoded(key, known), _encoded(item, known)] for key, item in value.items()]}
    if isinstance(value, Loss) and getattr(losses, type(value).__name__, None) is type(value):
        fields = {field.name: _encoded(getattr(value, field.name), None) for field in dataclasses.fields(value)}
        return {"#": "loss", "name": type(value).__name__, "fields": fields}
    if known is not None and callable(value):
        return known(value)
    if hasattr(value, "__array__") and not isinstance(value, np.ndarray):
        return _encoded(np.asarray(value), known)
    return _thing(value)


def _thing(value):
    return {"#": "thing", "type": type(value).__name__, "text": _text(value), "callable": callable(value)}


def _encoded_array(array):
    data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
    return {"dtype": array.dtype.str, "shape": array.shape, "data": data}


def _text(value):
    try:
        return shortened(repr(value), LONG)
    except Exception:
        return ""


def decoded(value: object, function: Callable[[dict], Callable] | None = None) -> object:
    """Return the value that was encoded; Nonsense if none was. `function` makes one of what `known` has written."""
    try:
        return _decoded(value, function)
    except Nonsense:
        raise
    except Exception as error:  # NumPy and the losses have their own
        raise Nonsense(f"no value: {shortened(repr(error), LONG)}") from None


def _decoded(value, function):
    if isinstance(value, list):
        return [_decoded(item, function) for item in value]
    if not isinstance(value, dict):
        return value
    match value["#"]:
        case "int":
            return int(value["hex"], 16)
        case "array":
            return _decoded_array(value)
        case "scalar":
            return _decoded_array(value)[()]
        case "tuple":
            return tuple(_decoded(item, function) for item in value["items"])
        case "dict":
            if len(value["items"]) > KEYS:
                raise ValueError("too many keys")
            return {_decoded(key, function): _decoded(item, function) for key, item in value["items"]}
        case "loss":
            return _decoded_loss(value, function)
        case "thing":
            return stand_in(_name(value["type"]), _name(value["text"]), value["callable"] is True)
        case "function" if function is not None:
            return function(value)
    raise ValueError(value["#"])


def _decoded_array(value):
    name, shape = value["dtype"], tuple(value["shape"])
    if not isinstance(name, str) or len(name) > LONG:
        raise ValueError("no type of ours")
    kind = np.dtype(name)
    if kind.kind not in KINDS or not all(type(size) is int and size >= 0 for size in shape) or len(shape) > 32:
        raise ValueError("no array of ours")
    data = base64.b64decode(value["data"], validate=True)
    if math.prod(shape) > LARGE or kind.itemsize * math.prod(shape) != len(data):
        raise ValueError("an array of another size")
    flat = np.frombuffer(data, dtype=kind) if kind.itemsize else np.empty(math.prod(shape), dtype=kind)
    return flat.reshape(shape).copy()


def _decoded_loss(value, function):
    kind = getattr(losses, value["name"])
    if not (isinstance(kind, type) and issubclass(kind, Loss)):
        raise ValueError("no loss")
    return kind(**{name: _decoded(field, function) for name, field in value["fields"].items()})


def _name(text):
    if not isinstance(text, str):
        raise ValueError("no text")
    return text[: 2 * LONG].replace("\0", "")
