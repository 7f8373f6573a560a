"""How outside data is held to these types."""

from typing import Any, ClassVar


class Strict:
    """A type that refuses keys it does not know when outside data is decoded into it.

    The attribute is pydantic's (https://docs.pydantic.dev/latest/concepts/dataclasses/), given as a plain dict so that
    the ground needs the standard library only.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[Any] = {"extra": "forbid"}
