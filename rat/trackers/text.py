"""Text as any tracker can store it."""


def clean(text: str) -> str:
    """*text* with plain line feeds; what cannot be stored anywhere (NUL, lone surrogates) becomes U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
